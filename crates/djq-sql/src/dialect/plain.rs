//! Operators that all dialects spell alike.

use super::{Binding, Form, Spelling};
use djq_check::hir::BinaryOperator;

/// The form of an operator that every dialect has.
pub(super) fn spell(spelling: Spelling<'_>) -> Option<Form> {
    let Spelling::Binary(operator, ..) = spelling else {
        return None;
    };
    let comparison = |sql: &'static str| Form::infix(sql, Binding::Comparison, Binding::Other);
    Some(match operator {
        BinaryOperator::Or => Form::infix("{0} OR {1}", Binding::Or, Binding::And),
        BinaryOperator::And => Form::infix("{0} AND {1}", Binding::And, Binding::Not),
        BinaryOperator::Equal => comparison("{0} = {1}"),
        BinaryOperator::NotEqual => comparison("{0} <> {1}"),
        BinaryOperator::Less => comparison("{0} < {1}"),
        BinaryOperator::LessEqual => comparison("{0} <= {1}"),
        BinaryOperator::Greater => comparison("{0} > {1}"),
        BinaryOperator::GreaterEqual => comparison("{0} >= {1}"),
        _ => return None,
    })
}
