//! Functions of text on PostgreSQL.

use super::super::literal::text_literal;
use crate::dialect::{
    Binding, Form, Refusal,
    constant::in_template,
    operand::{base, fill, int_at, refuse, text_at},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A count, which PostgreSQL takes in 32 bits.
fn count(operands: &[Expr], place: usize) -> String {
    match (int_at(operands, place), base(operands, place)) {
        (None, Type::BigInt) => narrowed(operands, place),
        _ => format!("{{{place}}}"),
    }
}

/// A number of 64 bits as the nearest one of 32. `greatest` and `least` pass over a null.
pub(super) fn narrowed(operands: &[Expr], place: usize) -> String {
    let nearest = format!("greatest(least({{{place}}}, 2147483647), -2147483647)::integer");
    if operands
        .get(place)
        .is_some_and(|operand| operand.ty.nullable)
    {
        format!("CASE WHEN {{{place}}} IS NOT NULL THEN {nearest} END")
    } else {
        nearest
    }
}

/// A function whose second operand is a count.
pub(super) fn counted(template: &str, operands: &[Expr]) -> Form {
    Form::atom(fill(template, &[("@1", &count(operands, 1))]))
}

/// `lpad`, `rpad`: with spaces where nothing is said.
pub(super) fn pad(name: &str, operands: &[Expr]) -> Form {
    let fill = if operands.len() > 2 { ", {2}" } else { "" };
    Form::atom(format!("{name}({{0}}, {}{fill})", count(operands, 1)))
}

/// From 1; what lies before the text is cut off, a negative length is none.
pub(super) fn substr(operands: &[Expr]) -> Form {
    let start = count(operands, 1);
    if operands.len() < 3 {
        return Form::atom(format!("substr({{0}}, {start})"));
    }
    let length = match int_at(operands, 2) {
        Some(length) if length >= 0 => "{2}".to_owned(),
        _ => format!("CASE WHEN {{2}} < 0 THEN 0 ELSE {} END", count(operands, 2)),
    };
    Form::atom(format!("substr({{0}}, {start}, {length})"))
}

/// Null for a part before the first; the parts behind the last are empty.
pub(super) fn split_part(operands: &[Expr]) -> Form {
    match int_at(operands, 2) {
        Some(part) if part >= 1 => Form::atom("split_part({0}, {1}, {2})"),
        _ => Form::atom(fill(
            "split_part({0}, CASE WHEN {2} < 1 THEN NULL ELSE {1} END, @2)",
            &[("@2", &count(operands, 2))],
        )),
    }
}

/// Null for a number that is no character's.
pub(super) fn chr(operands: &[Expr]) -> Form {
    match int_at(operands, 0) {
        Some(1..=0xD7FF | 0xE000..=0x10_FFFF) => Form::atom("chr({0})"),
        _ => Form::atom(format!(
            "CASE WHEN {{0}} BETWEEN 1 AND 55295 OR {{0}} BETWEEN 57344 AND 1114111 THEN chr({}) END",
            count(operands, 0)
        )),
    }
}

/// Every match; a backslash in what it is replaced by means itself.
pub(super) fn regexp_replace(operands: &[Expr]) -> Form {
    let by = match text_at(operands, 2) {
        Some(by) => in_template(&text_literal(&by.replace('\\', "\\\\"))),
        None => r"replace({2}, E'\\', E'\\\\')".to_owned(),
    };
    Form::atom(format!("regexp_replace({{0}}, {{1}}, {by}, 'g')"))
}

/// The function of this name came with version 15.
pub(super) fn regexp_count(operands: &[Expr]) -> Form {
    let count = "(SELECT count(*)::integer FROM regexp_matches({0}, {1}, 'g'))";
    if operands.iter().any(|operand| operand.ty.nullable) {
        Form::atom(format!(
            "CASE WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN {count} END"
        ))
    } else {
        Form::atom(count)
    }
}

/// A collation by its name.
pub(super) fn collate(operands: &[Expr]) -> Result<Form, Refusal> {
    let name = match text_at(operands, 1) {
        Some("exact") => "C",
        Some(name) if !is_of_another(name) => name,
        _ => {
            return Err(refuse(
                "PostgreSQL has no such collation",
                "`'exact'`, which compares code points on every database",
            ));
        }
    };
    // The operand may be compared exactly itself, and an outer collation goes over an inner one.
    Ok(Form::infix(
        format!("{{0}} COLLATE \"{name}\""),
        Binding::Unary,
        Binding::Atom,
    ))
}

fn is_of_another(name: &str) -> bool {
    name.starts_with("utf8") || matches!(name, "BINARY" | "NOCASE" | "RTRIM" | "binary")
}

/// `sha1` is an extension's.
pub(super) fn no_sha1() -> Refusal {
    refuse(
        "PostgreSQL has SHA-1 in the extension pgcrypto alone",
        "`sha256`, which every database has",
    )
}
