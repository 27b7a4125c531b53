//! Functions of numbers on SQLite, whose decimals are floats.

use super::operators::NUDGE;
use crate::dialect::{
    Binding, Form,
    operand::{base, fill, int_at},
};
use djq_plan::plan::Expr;

/// `ceiling`, `floor`: integers stay as they are.
pub(super) fn to_integral(name: &'static str, operands: &[Expr]) -> Form {
    if base(operands, 0).is_integer() {
        Form::atom("{0}")
    } else {
        Form::atom(format!("{name}({{0}})")).registering(name)
    }
}

/// Towards zero.
pub(super) fn trunc(operands: &[Expr]) -> Form {
    if base(operands, 0).is_integer() {
        Form::atom("{0}")
    } else {
        Form::atom("trunc({0})").registering("trunc")
    }
}

/// To places that are known only when it runs; a negative number of them is before the point.
fn round_to(operands: &[Expr]) -> Form {
    let rounded = if base(operands, 0).is_integer() {
        fill(
            "CASE WHEN {1} >= 0 THEN {0} WHEN {1} < -18 THEN 0 * ({0}) ELSE (({0}) + CASE WHEN {0} < 0 THEN -@unit ELSE @unit END / 2) / @unit * @unit END",
            &[("@unit", "CAST(power(10, -({1})) AS INTEGER)")],
        )
    } else {
        fill(
            "CASE WHEN {1} < 0 THEN round(({0}) / @unit * @nudge) * @unit WHEN abs({0}) < 1e15 THEN round(({0}) * @nudge, {1}) ELSE {0} END",
            &[("@unit", "power(10, -({1}))"), ("@nudge", NUDGE)],
        )
    };
    Form::atom(rounded).registering("power")
}

/// Half away from zero. `1.005` is held a little below: nudged by its last digit, it is rounded by the digits that
/// it is written with. Above 1e15 a float has no digits behind the point worth the name.
pub(super) fn round(operands: &[Expr]) -> Form {
    let places = match (operands.len(), int_at(operands, 1)) {
        (0 | 1, _) => 0,
        (_, Some(places)) => places.clamp(-30, 30),
        (_, None) => return round_to(operands),
    };
    if base(operands, 0).is_integer() {
        return if places >= 0 {
            Form::atom("{0}")
        } else if places < -18 {
            Form::infix("{0} * 0", Binding::Product, Binding::Atom)
        } else {
            let unit = 10_i64.pow(u32::try_from(-places).unwrap_or(0));
            Form::infix(
                format!(
                    "({{0}} + CASE WHEN {{0}} < 0 THEN -{half} ELSE {half} END) / {unit} * {unit}",
                    half = unit / 2
                ),
                Binding::Product,
                Binding::Atom,
            )
        };
    }
    let rounded = if places >= 0 {
        format!("round({{0}} * {NUDGE}, {places})")
    } else {
        let unit = format!("1e{}", -places);
        format!("round({{0}} / {unit} * {NUDGE}) * {unit}")
    };
    Form::atom(fill(
        "CASE WHEN abs({0}) < 1e15 THEN @rounded ELSE @large END",
        &[
            ("@rounded", &rounded),
            (
                "@large",
                &if places >= 0 {
                    "{0}".to_owned()
                } else {
                    format!("round({{0}} / 1e{places}) * 1e{places}", places = -places)
                },
            ),
        ],
    ))
}

/// A root with the sign.
pub(super) fn cbrt() -> Form {
    Form::infix(
        "(({0} > 0) - ({0} < 0)) * power(abs({0}), 1 / 3.0)",
        Binding::Product,
        Binding::Atom,
    )
    .registering("power")
}

/// Null where there is no such power among real numbers.
pub(super) fn power(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(0..) => Form::atom("power({0}, {1})"),
        _ => Form::atom("CASE WHEN {0} = 0 AND {1} < 0 THEN NULL ELSE power({0}, {1}) END"),
    }
    .registering("power")
}
