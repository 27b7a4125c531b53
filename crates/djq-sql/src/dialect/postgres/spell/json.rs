//! JSON on PostgreSQL, which is `jsonb`.

use super::super::literal::text_literal;
use crate::dialect::{
    Binding, Form, Refusal,
    constant::in_template,
    operand::{base, holes, no_cast},
    step::{Step, steps},
};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

/// The value at the end of the steps, JSON's null among them.
fn raw(operands: &[Expr]) -> String {
    let mut sql = String::from("{0}");
    for step in steps(operands) {
        sql.push_str(" -> ");
        sql.push_str(&spelt(step, operands));
    }
    sql
}

/// As [`raw`], as text without quotes.
fn raw_text(operands: &[Expr]) -> String {
    match operands.split_last() {
        Some((_, before)) if !before.is_empty() => {
            let last = steps(operands)
                .last()
                .map_or(String::new(), |step| spelt(step, operands));
            format!("{} ->> {last}", raw(before))
        }
        _ => "{0} #>> '{{}}'".to_owned(),
    }
}

/// A value at the end of the steps, where each index is one of an array: a scalar has itself as its first item.
fn on_the_way(operands: &[Expr], value: String) -> String {
    let arrays: Vec<String> = steps(operands)
        .enumerate()
        .filter(|(_, step)| matches!(step, Step::Index(0 | -1) | Step::IndexAt(_)))
        .map(|(place, _)| {
            let before = operands.get(..=place).unwrap_or(operands);
            format!("jsonb_typeof({}) = 'array'", raw(before))
        })
        .collect();
    if arrays.is_empty() {
        value
    } else {
        format!("CASE WHEN {} THEN {value} END", arrays.join(" AND "))
    }
}

fn spelt(step: Step<'_>, operands: &[Expr]) -> String {
    match step {
        Step::Key(key) => in_template(&text_literal(key)),
        // The operator is unary minus beside a number without parentheses.
        Step::Index(index) => match i32::try_from(index) {
            Ok(index) if index < 0 => format!("({index})"),
            Ok(index) => index.to_string(),
            Err(_) => i32::MAX.to_string(),
        },
        Step::KeyAt(place) => format!("{{{place}}}"),
        Step::IndexAt(place) => match base(operands, place) {
            // In parentheses: an operator stands before it.
            Type::BigInt => format!("({})", super::text::narrowed(operands, place)),
            _ => format!("{{{place}}}"),
        },
    }
}

/// `x['a'][0]`.
pub(super) fn get(operands: &[Expr]) -> Form {
    let value = format!("nullif({}, 'null')", raw(operands));
    Form::atom(on_the_way(operands, value))
}

/// What is there, as a value of a type; null where it is of another kind.
pub(super) fn take(operands: &[Expr], ty: &Ty) -> Result<Form, Refusal> {
    let (json, text) = (raw(operands), raw_text(operands));
    let number =
        |inner: String| format!("CASE jsonb_typeof({json}) WHEN 'number' THEN {inner} END");
    let whole = |least: &str, most: &str, name: &str| {
        number(format!(
            "CASE WHEN ({json})::numeric BETWEEN {least} AND {most} AND ({json})::numeric % 1 = 0 THEN ({json})::{name} END"
        ))
    };
    let taken = match ty.kind.base() {
        Type::Text => format!("CASE jsonb_typeof({json}) WHEN 'string' THEN {text} END"),
        Type::Bool => {
            format!("CASE jsonb_typeof({json}) WHEN 'boolean' THEN ({json})::boolean END")
        }
        Type::Int => whole("-2147483648", "2147483647", "integer"),
        Type::BigInt => whole("-9223372036854775808", "9223372036854775807", "bigint"),
        Type::Float => number(format!("({json})::double precision")),
        Type::Decimal(precision, places) => number(format!(
            "CASE WHEN abs(round(({json})::numeric, {places})) < 1{} THEN round(({json})::numeric, {places}) END",
            "0".repeat(usize::from(precision.saturating_sub(*places)))
        )),
        other => return Err(no_cast(&Type::Json, other)),
    };
    Ok(Form::atom(on_the_way(operands, taken)))
}

/// What kind of value is there.
pub(super) fn kind(operands: &[Expr]) -> Form {
    Form::atom(on_the_way(
        operands,
        format!("jsonb_typeof({})", raw(operands)),
    ))
}

/// Of arrays and objects alone.
pub(super) const LENGTH: &str = "CASE jsonb_typeof({0}) WHEN 'array' THEN jsonb_array_length({0}) WHEN 'object' THEN (SELECT count(*)::integer FROM jsonb_object_keys({0})) END";

/// The shortest first, as they are stored.
pub(super) const KEYS: &str = "CASE jsonb_typeof({0}) WHEN 'object' THEN (SELECT coalesce(jsonb_agg(k), '[]') FROM jsonb_object_keys({0}) AS k) END";

/// Of objects alone: the operator looks among the items of an array too.
pub(super) fn has_key(operands: &[Expr]) -> Form {
    known(
        operands,
        "jsonb_typeof({0}) = 'object' AND {0} ? {1}".to_owned(),
    )
}

/// A condition on the second operand that is null where that is, also where the first is no array or object.
fn known(operands: &[Expr], condition: String) -> Form {
    if operands.get(1).is_some_and(|operand| operand.ty.nullable) {
        Form::atom(format!("CASE WHEN {{1}} IS NOT NULL THEN {condition} END"))
    } else {
        Form::infix(condition, Binding::And, Binding::Atom)
    }
}

/// An item of an array; of JSON, what the operator says.
pub(super) fn contains(operands: &[Expr]) -> Form {
    if base(operands, 1) == &Type::Json {
        return Form::infix("{0} @> {1}", Binding::Comparison, Binding::Atom);
    }
    let item = match base(operands, 1) {
        Type::Text => "to_jsonb({1}::text)",
        _ => "to_jsonb({1})",
    };
    // A scalar holds itself, to the operator.
    known(
        operands,
        format!("jsonb_typeof({{0}}) = 'array' AND {{0}} @> {item}"),
    )
}

/// An object or an array out of values.
pub(super) fn made(function: &str, operands: &[Expr]) -> Form {
    Form::atom(format!("{function}({})", holes(operands.len())))
}
