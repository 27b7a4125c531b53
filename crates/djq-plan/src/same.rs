//! Whether two planned expressions are one value, wherever they are written.

use crate::plan::{Expr, ExprKind};
use djq_check::functions::FunctionId;

/// Whether both give the same value in the same place. Subqueries never count as the same.
pub(crate) fn same(left: &Expr, right: &Expr) -> bool {
    if left.ty.kind != right.ty.kind {
        return false;
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        same_kind(&left.kind, &right.kind)
    })
}

fn same_kind(left: &ExprKind, right: &ExprKind) -> bool {
    use ExprKind as K;
    match (left, right) {
        (K::Column(t, c), K::Column(u, d)) => t == u && c == d,
        (K::Literal(a), K::Literal(b)) => a == b,
        (K::Param(a), K::Param(b)) => a == b,
        (K::Unary(o, a), K::Unary(p, b)) => o == p && same(a, b),
        (K::Binary(o, a, b), K::Binary(p, c, d)) => o == p && same(a, c) && same(b, d),
        (K::IsNull(a), K::IsNull(b))
        | (K::Cast(a), K::Cast(b))
        | (K::TryCast(a), K::TryCast(b)) => same(a, b),
        (K::IsBool(a, v), K::IsBool(b, w)) => v == w && same(a, b),
        (
            K::Lookup {
                lookup: l,
                value: a,
                pattern: b,
            },
            K::Lookup {
                lookup: m,
                value: c,
                pattern: d,
            },
        ) => l == m && same(a, c) && same(b, d),
        (K::InList(a, list), K::InList(b, other)) => same(a, b) && same_all(list, other),
        (K::InParam(a, p), K::InParam(b, q)) => p == q && same(a, b),
        (
            K::Case {
                branches,
                otherwise,
            },
            K::Case {
                branches: others,
                otherwise: other,
            },
        ) => {
            branches.len() == others.len()
                && branches
                    .iter()
                    .zip(others)
                    .all(|((a, b), (c, d))| same(a, c) && same(b, d))
                && match (otherwise, other) {
                    (Some(a), Some(b)) => same(a, b),
                    (None, None) => true,
                    _ => false,
                }
        }
        (K::Call(f, list), K::Call(g, others)) => {
            f == g
                && !matches!(f, FunctionId::Random | FunctionId::UuidV4)
                && same_all(list, others)
        }
        (K::Row(list), K::Row(others)) => same_all(list, others),
        (K::When(g, a), K::When(h, b)) => g == h && same(a, b),
        (K::Aggregate(a), K::Aggregate(b)) => {
            a.function == b.function
                && a.distinct == b.distinct
                && same_all(&a.arguments, &b.arguments)
                && match (&a.condition, &b.condition) {
                    (Some(a), Some(b)) => same(a, b),
                    (None, None) => true,
                    _ => false,
                }
                && a.order_by.len() == b.order_by.len()
                && a.order_by.iter().zip(&b.order_by).all(|(k, l)| {
                    k.descending == l.descending
                        && k.nulls_first == l.nulls_first
                        && same(&k.value, &l.value)
                })
        }
        _ => false,
    }
}

fn same_all(left: &[Expr], right: &[Expr]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
}
