//! Whether two planned expressions are one value, wherever they are written.

use crate::plan::{Aggregate, Expr, ExprKind, Frame, FrameBound, OrderKey, WindowFunction};
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
        (K::Aggregate(a), K::Aggregate(b)) => same_aggregate(a, b),
        (K::Grouping(a), K::Grouping(b)) => a == b,
        (K::Window(a), K::Window(b)) => {
            (match (&a.function, &b.function) {
                (WindowFunction::Window(f, list), WindowFunction::Window(g, others)) => {
                    f == g && same_all(list, others)
                }
                (WindowFunction::Aggregate(a), WindowFunction::Aggregate(b)) => {
                    same_aggregate(a, b)
                }
                _ => false,
            }) && same_all(&a.partition_by, &b.partition_by)
                && same_order(&a.order_by, &b.order_by)
                && match (&a.frame, &b.frame) {
                    (Some(a), Some(b)) => same_frame(a, b),
                    (None, None) => true,
                    _ => false,
                }
        }
        _ => false,
    }
}

fn same_aggregate(a: &Aggregate, b: &Aggregate) -> bool {
    a.function == b.function
        && a.distinct == b.distinct
        && same_all(&a.arguments, &b.arguments)
        && match (&a.condition, &b.condition) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        }
        && same_order(&a.order_by, &b.order_by)
}

fn same_order(left: &[OrderKey], right: &[OrderKey]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(k, l)| {
            k.descending == l.descending
                && k.nulls_first == l.nulls_first
                && same(&k.value, &l.value)
        })
}

fn same_frame(left: &Frame, right: &Frame) -> bool {
    use FrameBound as B;
    let bound = |left: &B, right: &B| match (left, right) {
        (B::Preceding(a), B::Preceding(b)) | (B::Following(a), B::Following(b)) => same(a, b),
        (B::UnboundedPreceding, B::UnboundedPreceding)
        | (B::CurrentRow, B::CurrentRow)
        | (B::UnboundedFollowing, B::UnboundedFollowing) => true,
        _ => false,
    };
    left.range == right.range
        && left.exclude == right.exclude
        && bound(&left.start, &right.start)
        && bound(&left.end, &right.end)
}

fn same_all(left: &[Expr], right: &[Expr]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
}
