//! What a condition says about the rows of an outer join that have no partner.

use crate::plan::{Expr, ExprKind, TableId};
use djq_check::hir::{BinaryOperator as B, UnaryOperator};

/// Whether the condition is never true where all columns of `table` are null.
pub(crate) fn rejects_null(condition: &Expr, table: TableId) -> bool {
    match &condition.kind {
        ExprKind::Binary(B::And, left, right) => {
            rejects_null(left, table) || rejects_null(right, table)
        }
        ExprKind::Binary(B::Or, left, right) => {
            rejects_null(left, table) && rejects_null(right, table)
        }
        ExprKind::Binary(B::NotDistinctFrom, left, right) => {
            is_null(left, table) && !right.ty.nullable || is_null(right, table) && !left.ty.nullable
        }
        ExprKind::Unary(UnaryOperator::Not, of) => match &of.kind {
            ExprKind::IsNull(value) => is_null(value, table),
            _ => is_null(of, table),
        },
        ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::InQuery { value: of, .. } => is_null(of, table),
        ExprKind::Exists(_) => false,
        _ => is_null(condition, table),
    }
}

/// Whether the value is surely null where all columns of `table` are.
pub(crate) fn is_null(value: &Expr, table: TableId) -> bool {
    match &value.kind {
        ExprKind::Column(of, _) => *of == table,
        ExprKind::Unary(_, of) | ExprKind::Cast(of) => is_null(of, table),
        ExprKind::Binary(
            B::Equal
            | B::NotEqual
            | B::Less
            | B::LessEqual
            | B::Greater
            | B::GreaterEqual
            | B::Xor
            | B::Concat
            | B::Add
            | B::Subtract
            | B::Multiply
            | B::Divide
            | B::FloorDivide
            | B::Modulo,
            left,
            right,
        ) => is_null(left, table) || is_null(right, table),
        ExprKind::Lookup { value, pattern, .. } => is_null(value, table) || is_null(pattern, table),
        ExprKind::InList(of, _) => is_null(of, table),
        _ => false,
    }
}
