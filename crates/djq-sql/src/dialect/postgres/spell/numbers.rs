//! Functions of numbers on PostgreSQL.

use crate::dialect::{
    Binding, Form,
    operand::{base, fill, holes, int_at},
};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

/// A hole as a float.
fn float(operands: &[Expr], place: usize) -> String {
    match base(operands, place) {
        Type::Float => format!("{{{place}}}"),
        _ => format!("{{{place}}}::double precision"),
    }
}

/// A function of floats; `@0` and `@1` are its operands.
pub(super) fn floats(template: &str, operands: &[Expr]) -> Form {
    Form::atom(fill(
        template,
        &[("@0", &float(operands, 0)), ("@1", &float(operands, 1))],
    ))
}

/// A function that leaves integers as they are.
pub(super) fn to_integral(template: &'static str, operands: &[Expr]) -> Form {
    if base(operands, 0).is_integer() {
        Form::infix("{0}", Binding::Atom, Binding::Atom)
    } else {
        Form::atom(template)
    }
}

/// Half away from zero: a float by the digits that it is written with, since the server's own rounds
/// halves to even.
pub(super) fn round(operands: &[Expr], ty: &Ty) -> Form {
    let places = if operands.len() > 1 { "{1}" } else { "0" };
    match base(operands, 0) {
        Type::Int | Type::BigInt
            if operands.len() < 2 || int_at(operands, 1).is_some_and(|places| places >= 0) =>
        {
            Form::atom("{0}")
        }
        Type::Int => Form::atom(format!("round({{0}}::numeric, {places})::integer")),
        Type::BigInt => Form::atom(format!("round({{0}}::numeric, {places})::bigint")),
        Type::Float => {
            let rounded = format!("round({{0}}::text::numeric, {places})");
            Form::atom(match ty.kind.base() {
                Type::Int => format!("{rounded}::integer"),
                Type::BigInt => format!("{rounded}::bigint"),
                _ => format!("{rounded}::double precision"),
            })
        }
        _ => Form::atom(format!("round({{0}}, {places})")),
    }
}

/// Null of what has no root.
pub(super) fn sqrt(operands: &[Expr]) -> Form {
    floats("sqrt(CASE WHEN {0} >= 0 THEN @0 END)", operands)
}

/// Null of what has no logarithm.
pub(super) fn logarithm(name: &str, operands: &[Expr]) -> Form {
    floats(
        &format!("{name}(CASE WHEN {{0}} > 0 THEN @0 END)"),
        operands,
    )
}

/// The logarithm of the second operand to the base of the first.
pub(super) fn log(operands: &[Expr]) -> Form {
    floats(
        "(ln(CASE WHEN {1} > 0 THEN @1 END) / nullif(ln(CASE WHEN {0} > 0 THEN @0 END), 0))",
        operands,
    )
}

/// Null where there is no such power among real numbers.
pub(super) fn power(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(exponent) if exponent >= 0 => floats("power(@0, @1)", operands),
        _ => floats(
            "CASE WHEN {0} < 0 AND {1} <> floor({1}) OR {0} = 0 AND {1} < 0 THEN NULL ELSE power(@0, @1) END",
            operands,
        ),
    }
}

/// Null where any operand is, which the server's own leaves out.
pub(super) fn extreme(name: &str, operands: &[Expr]) -> Form {
    let nullable: Vec<String> = operands
        .iter()
        .enumerate()
        .filter(|(_, operand)| operand.ty.nullable)
        .map(|(place, _)| format!("{{{place}}} IS NULL"))
        .collect();
    let call = format!("{name}({})", holes(operands.len()));
    if nullable.is_empty() {
        return Form::atom(call);
    }
    Form::infix(
        format!(
            "CASE WHEN {} THEN NULL ELSE {call} END",
            nullable.join(" OR ")
        ),
        Binding::Atom,
        Binding::Sum,
    )
}
