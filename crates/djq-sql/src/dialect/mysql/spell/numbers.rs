//! Functions of numbers on MySQL and MariaDB.

use crate::dialect::{
    Form,
    operand::{base, fill, int_at},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A function that leaves integers as they are.
pub(super) fn to_integral(template: &'static str, operands: &[Expr]) -> Form {
    if base(operands, 0).is_integer() {
        Form::atom("{0}")
    } else {
        Form::atom(template)
    }
}

/// Half away from zero: a float by the digits that it is written with, since the server's own rounds
/// halves of floats to even. Above 1e15 a float has no digits behind the point worth the name.
pub(super) fn round(operands: &[Expr]) -> Form {
    let places = if operands.len() > 1 { "{1}" } else { "0" };
    match base(operands, 0) {
        Type::Int | Type::BigInt
            if operands.len() < 2 || int_at(operands, 1).is_some_and(|places| places >= 0) =>
        {
            Form::atom("{0}")
        }
        Type::Float => Form::atom(fill(
            "CASE WHEN abs({0}) < 1e15 THEN CAST(round(CAST({0} AS DECIMAL(65, 30)), @places) AS DOUBLE) ELSE round({0}, @places) END",
            &[("@places", places)],
        )),
        _ => Form::atom(format!("round({{0}}, {places})")),
    }
}

/// Null where there is no such power among real numbers.
pub(super) fn power(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(exponent) if exponent >= 0 => Form::atom("power({0}, {1})"),
        _ => Form::atom(
            "CASE WHEN {0} < 0 AND {1} <> floor({1}) OR {0} = 0 AND {1} < 0 THEN NULL ELSE power({0}, {1}) END",
        ),
    }
}
