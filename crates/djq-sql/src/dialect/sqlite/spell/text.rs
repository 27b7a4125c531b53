//! Functions of text on SQLite.

use crate::dialect::{
    Binding, Form, Refusal,
    operand::{fill, int_at, refuse, text_at},
};
use djq_plan::plan::Expr;

/// Null counts as empty.
pub(super) fn concat(operands: &[Expr]) -> Form {
    let parts: Vec<String> = operands
        .iter()
        .enumerate()
        .map(|(place, operand)| {
            if operand.ty.nullable || operands.len() == 1 {
                format!("coalesce({{{place}}}, '')")
            } else {
                format!("{{{place}}}")
            }
        })
        .collect();
    Form::infix(parts.join(" || "), Binding::Other, Binding::Atom)
}

/// A collation by its name.
pub(super) fn collate(operands: &[Expr]) -> Result<Form, Refusal> {
    let name = match text_at(operands, 1) {
        Some("exact" | "BINARY") => "BINARY",
        Some("NOCASE") => "NOCASE",
        Some("RTRIM") => "RTRIM",
        _ => {
            return Err(refuse(
                "SQLite has the collations BINARY, NOCASE and RTRIM alone",
                "`'exact'`, which compares code points on every database",
            ));
        }
    };
    Ok(Form::infix(
        format!("{{0}} COLLATE {name}"),
        Binding::Unary,
        Binding::Atom,
    ))
}

/// The separator before each that is not null, and the first separator cut off.
pub(super) fn concat_ws(operands: &[Expr]) -> Form {
    let parts: Vec<String> = operands
        .iter()
        .enumerate()
        .skip(1)
        .map(|(place, operand)| {
            if operand.ty.nullable {
                format!("coalesce({{0}} || {{{place}}}, '')")
            } else {
                format!("{{0}} || {{{place}}}")
            }
        })
        .collect();
    Form::infix(
        format!("substr({}, length({{0}}) + 1)", parts.join(" || ")),
        Binding::Atom,
        Binding::Atom,
    )
}

/// From 1; what lies before the text is cut off, a negative length is none. (A negative start would count
/// from the end, a negative length backwards.)
pub(super) fn substr(operands: &[Expr]) -> Form {
    let start = int_at(operands, 1);
    let length = int_at(operands, 2);
    let from = match start {
        Some(start) if start >= 1 => "{1}",
        Some(_) => "1",
        None => "max({1}, 1)",
    };
    if operands.len() < 3 {
        return Form::atom(format!("substr({{0}}, {from})"));
    }
    Form::atom(match (start, length) {
        (Some(1..), Some(0..)) => "substr({0}, {1}, {2})".to_owned(),
        (Some(start @ 1..), _) => format!("substr({{0}}, {start}, max({{2}}, 0))"),
        (Some(start), _) => format!(
            "substr({{0}}, 1, max({{2}} - {}, 0))",
            1_i64.saturating_sub(start)
        ),
        (None, _) => format!("substr({{0}}, {from}, max({{2}} + min({{1}}, 1) - 1, 0))"),
    })
}

/// A negative count leaves out so many.
pub(super) fn left(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(0..) => Form::atom("substr({0}, 1, {1})"),
        Some(count) => Form::atom(format!(
            "substr({{0}}, 1, max(length({{0}}) - {}, 0))",
            count.unsigned_abs()
        )),
        None => Form::atom(
            "substr({0}, 1, CASE WHEN {1} < 0 THEN max(length({0}) + {1}, 0) ELSE {1} END)",
        ),
    }
}

/// A negative count leaves out so many.
pub(super) fn right(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(0) => Form::atom("substr({0}, 1, 0)"),
        Some(count @ 1..) => Form::atom(format!("substr({{0}}, -{count})")),
        Some(count) => Form::atom(format!(
            "substr({{0}}, {})",
            count.unsigned_abs().saturating_add(1)
        )),
        None => Form::atom(
            "CASE WHEN {1} < 0 THEN substr({0}, 1 - {1}) ELSE substr({0}, max(length({0}) - {1}, 0) + 1) END",
        ),
    }
}

/// Padding is the hexadecimal digits of so many zero bytes, each pair replaced.
pub(super) fn pad(before: bool, operands: &[Expr]) -> Form {
    let (fill_by, known) = match text_at(operands, 2) {
        None if operands.len() < 3 => ("' '", true),
        Some("") => {
            return Form::atom(fill(
                "substr({0}, 1, @length)",
                &[("@length", length(operands))],
            ));
        }
        Some(_) => ("{2}", true),
        None => ("{2}", false),
    };
    let padding = "substr(replace(hex(zeroblob({1})), '00', @fill), 1, {1} - length({0}))";
    let padded = if before {
        format!("{padding} || {{0}}")
    } else {
        format!("{{0}} || {padding}")
    };
    let template = if known {
        format!("CASE WHEN length({{0}}) >= {{1}} THEN substr({{0}}, 1, @length) ELSE {padded} END")
    } else {
        // Null where what it is filled with is.
        format!(
            "CASE WHEN length({{0}}) >= {{1}} OR @fill = '' THEN substr({{0}}, 1, @length) || substr(@fill, 1, 0) ELSE {padded} END"
        )
    };
    Form::atom(fill(
        &template,
        &[("@length", length(operands)), ("@fill", fill_by)],
    ))
}

/// A length, at least nothing.
fn length(operands: &[Expr]) -> &'static str {
    match int_at(operands, 1) {
        Some(0..) => "{1}",
        Some(_) => "0",
        None => "max({1}, 0)",
    }
}

/// The hexadecimal digits of so many zero bytes, each pair replaced.
pub(super) fn repeat(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(1..) => Form::atom("replace(hex(zeroblob({1})), '00', {0})"),
        Some(_) => Form::atom("substr({0}, 1, 0)"),
        // No bytes where the count is null, and no null either.
        None => Form::atom(
            "CASE WHEN {1} IS NOT NULL THEN replace(hex(zeroblob(max({1}, 0))), '00', {0}) END",
        ),
    }
}

/// Null for a number that is no character's.
pub(super) fn chr(operands: &[Expr]) -> Form {
    match int_at(operands, 0) {
        Some(1..=0xD7FF | 0xE000..=0x10_FFFF) => Form::atom("char({0})"),
        _ => Form::atom(
            "CASE WHEN {0} BETWEEN 1 AND 55295 OR {0} BETWEEN 57344 AND 1114111 THEN char({0}) END",
        ),
    }
}
