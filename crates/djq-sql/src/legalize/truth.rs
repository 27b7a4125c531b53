//! Conditions that say themselves that they are true or false. They are written as that: a server that finds it out
//! later may have a query in them left over that it no longer knows where to put.

use djq_check::hir::{BinaryOperator, Literal, UnaryOperator};
use djq_plan::plan::{Body, Expr, ExprKind, Query};

/// Whether a condition is always true, or always false; none where that is for the rows to say.
pub(super) fn always(condition: &Expr) -> Option<bool> {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &condition.kind {
        ExprKind::Literal(Literal::Bool(value)) => Some(*value),
        ExprKind::Unary(UnaryOperator::Not, of) => always(of).map(|value| !value),
        ExprKind::Binary(operator @ (BinaryOperator::Or | BinaryOperator::And), left, right) => {
            let decides = *operator == BinaryOperator::Or;
            match (always(left), always(right)) {
                (Some(value), _) | (_, Some(value)) if value == decides => Some(decides),
                (Some(_), Some(_)) => Some(!decides),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Whether a query says itself that it has no rows.
pub(super) fn is_empty(query: &Query) -> bool {
    let never = |condition: &Expr| {
        matches!(condition.kind, ExprKind::Literal(Literal::Null))
            || always(condition) == Some(false)
    };
    match &query.body {
        Body::Select(select) => {
            let one_group = select.grouped && select.group_by.is_empty();
            let sets = select.grouping_sets.is_some();
            !one_group && !sets && select.filter.iter().any(never)
        }
        Body::SetOperation { .. } | Body::Values(_) => false,
    }
}
