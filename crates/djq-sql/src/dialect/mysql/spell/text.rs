//! Functions of text on MySQL and MariaDB.

use crate::dialect::{
    Binding, Form, Refusal,
    operand::{int_at, refuse, text_at},
};
use djq_plan::plan::Expr;

/// Null counts as empty, as it does not in CONCAT.
pub(super) fn concat(operands: &[Expr]) -> Form {
    let parts: Vec<String> = operands
        .iter()
        .enumerate()
        .map(|(place, operand)| {
            if operand.ty.nullable {
                format!("coalesce({{{place}}}, '')")
            } else {
                format!("{{{place}}}")
            }
        })
        .collect();
    Form::atom(format!("concat({})", parts.join(", ")))
}

/// From 1; what lies before the text is cut off, a negative length is none.
pub(super) fn substr(operands: &[Expr]) -> Form {
    let start = int_at(operands, 1);
    let length = int_at(operands, 2);
    let from = match start {
        Some(start) if start >= 1 => "{1}",
        Some(_) => "1",
        None => "greatest({1}, 1)",
    };
    if operands.len() < 3 {
        return Form::atom(format!("substring({{0}}, {from})"));
    }
    Form::atom(match (start, length) {
        // A length below one gives nothing here.
        (Some(start), _) if start >= 1 => "substring({0}, {1}, {2})".to_owned(),
        // A negative length gives nothing before the text either: {1} - 1 only makes it shorter.
        (Some(start), _) => format!(
            "substring({{0}}, 1, {{2}} - {})",
            1_i64.saturating_sub(start)
        ),
        (None, _) => format!("substring({{0}}, {from}, {{2}} + least({{1}}, 1) - 1)"),
    })
}

/// `LEFT`, `RIGHT`: a negative count leaves out so many.
pub(super) fn side(name: &str, operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(count) if count >= 0 => Form::atom(format!("{name}({{0}}, {{1}})")),
        Some(count) => Form::atom(format!(
            "{name}({{0}}, char_length({{0}}) - {})",
            count.unsigned_abs()
        )),
        None => Form::atom(format!(
            "{name}({{0}}, CASE WHEN {{1}} < 0 THEN char_length({{0}}) + {{1}} ELSE {{1}} END)"
        )),
    }
}

/// `LPAD`, `RPAD`: to nothing where the length is negative, not at all with nothing.
pub(super) fn pad(name: &str, operands: &[Expr]) -> Form {
    let length = match int_at(operands, 1) {
        Some(length) if length >= 0 => "{1}",
        Some(_) => "0",
        None => "greatest({1}, 0)",
    };
    Form::atom(match text_at(operands, 2) {
        None if operands.len() < 3 => format!("{name}({{0}}, {length}, ' ')"),
        Some("") => format!("left({{0}}, {length})"),
        Some(_) => format!("{name}({{0}}, {length}, {{2}})"),
        None => format!(
            "CASE WHEN char_length({{2}}) = 0 THEN left({{0}}, {length}) ELSE {name}({{0}}, {length}, {{2}}) END"
        ),
    })
}

/// Null for a part before the first; the parts behind the last are empty.
pub(super) fn split_part(operands: &[Expr]) -> Form {
    const FIRST: &str = "substring_index({0}, {1}, 1)";
    const WHOLE: &str =
        "CASE WHEN char_length({1}) = 0 THEN {0} ELSE substring_index({0}, {1}, 1) END";
    const LATER: &str = "substring(substring_index({0}, {1}, {2}), \
                         char_length(substring_index({0}, {1}, {2} - 1)) + char_length({1}) + 1)";
    let first = match text_at(operands, 1) {
        Some(delimiter) if !delimiter.is_empty() => FIRST,
        _ => WHOLE,
    };
    match int_at(operands, 2) {
        Some(1) => Form::atom(first),
        Some(part) if part > 1 => Form::atom(LATER),
        _ => Form::atom(format!(
            "CASE WHEN {{2}} = 1 THEN {first} WHEN {{2}} > 1 THEN {LATER} END"
        )),
    }
}

/// Every match; a dollar and a backslash in what it is replaced by mean themselves.
pub(super) fn regexp_replace(operands: &[Expr]) -> Form {
    let by = match text_at(operands, 2) {
        Some(by) if !by.contains(['$', '\\']) => "{2}",
        _ => {
            "replace(replace({2}, char(92 USING utf8mb4), repeat(char(92 USING utf8mb4), 2)), '$', concat(char(92 USING utf8mb4), '$'))"
        }
    };
    Form::atom(format!("regexp_replace({{0}}, {{1}}, {by}, 1, 0, 'c')"))
}

/// A collation by its name; `binary` is the one that compares code points.
pub(super) fn collate(binary: &str, operands: &[Expr]) -> Result<Form, Refusal> {
    let name = match text_at(operands, 1) {
        Some("exact") => binary,
        Some(name)
            if name.starts_with("utf8mb4_")
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') =>
        {
            name
        }
        _ => {
            return Err(refuse(
                "MySQL and MariaDB have no such collation of Unicode",
                "a name that begins with `utf8mb4_`, or `'exact'`, which compares code points on every database",
            ));
        }
    };
    Ok(Form::infix(
        format!("CONVERT({{0}} USING utf8mb4) COLLATE {name}"),
        Binding::Unary,
        Binding::Atom,
    ))
}

/// Null for a number that is no character's.
pub(super) fn chr(operands: &[Expr]) -> Form {
    const CHR: &str = "CONVERT(char({0} USING utf32) USING utf8mb4)";
    match int_at(operands, 0) {
        Some(1..=0xD7FF | 0xE000..=0x10_FFFF) => Form::atom(CHR),
        _ => Form::atom(format!(
            "CASE WHEN {{0}} BETWEEN 1 AND 55295 OR {{0}} BETWEEN 57344 AND 1114111 THEN {CHR} END"
        )),
    }
}
