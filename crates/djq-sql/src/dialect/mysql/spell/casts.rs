//! Casts on MySQL, and on MariaDB where that has nothing of its own.

use crate::dialect::{
    Binding, Form, Refusal,
    constant::{in_template, quoted},
    operand::{fill, no_cast, no_try_cast},
    valid,
};
use djq_check::Type;
use djq_plan::plan::Expr;
use std::borrow::Cow;

/// A placeholder among the outputs of a set operation's side, which would be text to the server. Text is what it
/// is, and takes the collation of what it meets.
pub(in crate::dialect) fn side(ty: &Type) -> Option<Cow<'static, str>> {
    Some(match ty.base() {
        Type::Bool | Type::Int | Type::BigInt | Type::Duration => "CAST({0} AS SIGNED)".into(),
        Type::Float => "CAST({0} AS DOUBLE)".into(),
        Type::Decimal(_, places) => format!("CAST({{0}} AS DECIMAL(65, {places}))").into(),
        Type::Date => "CAST({0} AS DATE)".into(),
        // MySQL takes what is bound in a CAST to TIME for a moment, and makes 00:00 of it.
        Type::Time => "CAST(concat({0}) AS TIME(6))".into(),
        Type::DateTime => "CAST({0} AS DATETIME(6))".into(),
        _ => return None,
    })
}

/// A cast that cannot fail. The precision of decimals is not enforced on any database, the scale is.
///
/// Numbers and times become text by CONCAT, whose result takes the collation of what it meets; that of CAST
/// insists on the connection's, and cannot be compared with a column that has another.
pub(in crate::dialect) fn cast(operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    let plain = |sql: &'static str| Ok(Form::atom(sql));
    match (from, to) {
        (Type::Null, _)
        | (Type::Int | Type::BigInt | Type::Bool, Type::Int | Type::BigInt)
        | (Type::Float, Type::Float)
        | (Type::Text, Type::Text)
        | (Type::Bool, Type::Bool)
        | (Type::Date, Type::Date)
        | (Type::Time, Type::Time)
        | (Type::DateTime, Type::DateTime)
        | (Type::Duration, Type::Duration)
        | (Type::Uuid, Type::Uuid)
        | (Type::Bytes, Type::Bytes)
        | (Type::Json, Type::Json)
        | (Type::Inet, Type::Inet | Type::Text) => plain("{0}"),
        (Type::Int | Type::BigInt, Type::Bool) => {
            Ok(Form::infix("{0} <> 0", Binding::Comparison, Binding::Other))
        }
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Float) => plain("CAST({0} AS DOUBLE)"),
        // Not a cast to SIGNED, which silently cuts what does not fit.
        (Type::Float, Type::Int | Type::BigInt) => plain("round(CAST({0} AS DECIMAL(65, 30)))"),
        (Type::Decimal(..), Type::Int | Type::BigInt) => plain("round({0})"),
        (Type::Int | Type::BigInt | Type::Float | Type::Decimal(..), Type::Decimal(_, places)) => {
            Ok(Form::atom(format!("CAST({{0}} AS DECIMAL(65, {places}))")))
        }
        (Type::Bool, Type::Text) => {
            plain("CASE {0} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END")
        }
        (Type::Int | Type::BigInt | Type::Date, Type::Text) => plain("concat({0})"),
        (Type::Decimal(_, places), Type::Text) => Ok(Form::atom(format!(
            "concat(CAST({{0}} AS DECIMAL(65, {places})))"
        ))),
        (Type::Float, Type::Text) => Ok(Form::atom(fill(
            FLOAT_TEXT,
            &[("@digits", DIGITS), ("@text", "concat(abs({0}))")],
        ))),
        (Type::Time, Type::Text) => {
            plain("replace(time_format({0}, '%H:%i:%s.%f'), '.000000', '')")
        }
        (Type::DateTime, Type::Text) => {
            plain("replace(date_format({0}, '%Y-%m-%d %H:%i:%s.%f'), '.000000', '')")
        }
        (Type::Uuid, Type::Text) => plain(
            "insert(insert(insert(insert({0}, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')",
        ),
        (Type::Date, Type::DateTime) => plain("CAST({0} AS DATETIME(6))"),
        (Type::DateTime, Type::Date) => plain("date({0})"),
        (Type::DateTime, Type::Time) => plain("time({0})"),
        _ => Err(no_cast(from, to)),
    }
}

/// A float as PostgreSQL writes it: an exponent, of two digits at least, from 1e15 on and below 1e-4. The servers write the same
/// digits, and the exponent where they run out of room.
const FLOAT_TEXT: &str = "CASE WHEN {0} IS NOT NULL THEN concat(CASE WHEN {0} < 0 THEN '-' ELSE '' END, \
    CASE WHEN @text LIKE '%e-%' AND abs({0}) >= 1e-4 THEN \
    concat('0.', repeat('0', right(@text, 1) - 1), replace(substring_index(@text, 'e', 1), '.', '')) \
    WHEN @text LIKE '%e-_' THEN replace(@text, 'e-', 'e-0') \
    WHEN @text LIKE '%e-%' THEN @text \
    WHEN @text LIKE '%e%' THEN replace(@text, 'e', 'e+') \
    WHEN abs({0}) >= 1e15 THEN concat(insert(replace(@text, '.', ''), 2, 0, '.'), 'e+15') \
    WHEN {0} = 0 OR abs({0}) >= 1e-4 THEN @text \
    ELSE concat(insert(@digits, 2, 0, CASE WHEN char_length(@digits) > 1 THEN '.' ELSE '' END), 'e-', \
    lpad(char_length(@text) - 1 - char_length(@digits), 2, '0')) END) END";

/// Those of a number below one that are no leading zeros.
const DIGITS: &str = "trim(LEADING '0' FROM substr(concat(abs({0})), 3))";

/// A cast that gives null where the value is none of the type.
///
/// What counts is the same on every database: see [`valid`].
pub(in crate::dialect) fn try_cast(operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    let form = match (from, to) {
        (Type::Text, Type::Text) => "{0}",
        (Type::Text, Type::Int) => {
            "CASE WHEN {0} REGEXP @integer AND CAST({0} AS DECIMAL(65)) BETWEEN -2147483648 AND 2147483647 THEN CAST({0} AS SIGNED) END"
        }
        (Type::Text, Type::BigInt) => {
            "CASE WHEN {0} REGEXP @integer AND CAST({0} AS DECIMAL(65)) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST({0} AS SIGNED) END"
        }
        (Type::Text, Type::Float) => "CASE WHEN {0} REGEXP @number THEN CAST({0} AS DOUBLE) END",
        (Type::Text, Type::Decimal(precision, places)) => {
            return Ok(Form::atom(fill(
                "CASE WHEN {0} REGEXP @number AND abs(CAST({0} AS DECIMAL(65, @places))) < 1@zeros THEN CAST({0} AS DECIMAL(65, @places)) END",
                &[
                    ("@number", &regex(valid::NUMBER)),
                    ("@places", &places.to_string()),
                    (
                        "@zeros",
                        &"0".repeat(usize::from(precision.saturating_sub(*places))),
                    ),
                ],
            )));
        }
        (Type::Text, Type::Bool) => {
            "CASE WHEN {0} REGEXP '(?i)^true$(?!.)' THEN TRUE WHEN {0} REGEXP '(?i)^false$(?!.)' THEN FALSE END"
        }
        (Type::Text, Type::Date) => "CASE WHEN {0} REGEXP @date THEN CAST({0} AS DATE) END",
        (Type::Text, Type::Time) => "CASE WHEN {0} REGEXP @time THEN CAST({0} AS TIME(6)) END",
        (Type::Text, Type::DateTime) => {
            "CASE WHEN {0} REGEXP @moment THEN CAST(trim(TRAILING 'Z' FROM {0}) AS DATETIME(6)) END"
        }
        (Type::Text, Type::Uuid) => {
            "CASE WHEN {0} REGEXP @uuid THEN lower(replace({0}, '-', '')) END"
        }
        (Type::BigInt, Type::Int) => {
            "CASE WHEN {0} BETWEEN -2147483648 AND 2147483647 THEN {0} END"
        }
        (Type::Decimal(..), Type::Int) => {
            "CASE WHEN round({0}) BETWEEN -2147483648 AND 2147483647 THEN round({0}) END"
        }
        (Type::Decimal(..), Type::BigInt) => {
            "CASE WHEN round({0}) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN round({0}) END"
        }
        (Type::Float, Type::Int) => {
            "CASE WHEN round(CAST({0} AS DECIMAL(65, 30))) BETWEEN -2147483648 AND 2147483647 THEN round(CAST({0} AS DECIMAL(65, 30))) END"
        }
        (Type::Float, Type::BigInt) => {
            "CASE WHEN round(CAST({0} AS DECIMAL(65, 30))) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN round(CAST({0} AS DECIMAL(65, 30))) END"
        }
        (
            Type::Int | Type::BigInt | Type::Decimal(..) | Type::Float,
            Type::Decimal(precision, places),
        ) => {
            let float = if from == &Type::Float {
                // Larger ones would be cut to the largest decimal there is.
                "abs({0}) < 1e35 AND "
            } else {
                ""
            };
            return Ok(Form::atom(format!(
                "CASE WHEN {float}abs(CAST({{0}} AS DECIMAL(65, {places}))) < 1{} THEN CAST({{0}} AS DECIMAL(65, {places})) END",
                "0".repeat(usize::from(precision.saturating_sub(*places)))
            )));
        }
        (Type::Text, _) => return Err(no_try_cast(from, to)),
        _ => return cast(operand, to).map_err(|_| no_try_cast(from, to)),
    };
    Ok(Form::infix(
        fill(
            form,
            &[
                ("@integer", &regex(valid::INTEGER)),
                ("@number", &regex(valid::NUMBER)),
                ("@date", &regex(&valid::date())),
                ("@time", &regex(&valid::time())),
                ("@moment", &regex(&valid::moment())),
                ("@uuid", &regex(valid::UUID)),
            ],
        ),
        Binding::Atom,
        Binding::Atom,
    ))
}

/// A regular expression as a literal in a template. By itself `$` would match before a last newline too, and letters
/// in any case.
fn regex(pattern: &str) -> String {
    in_template(&quoted(&format!("(?s-i){pattern}(?!.)")))
}
