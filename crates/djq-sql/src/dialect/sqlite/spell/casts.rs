//! Casts on SQLite, which has no types to cast to but its storage classes.

use super::operators::NUDGE;
use crate::dialect::{
    Binding, Form, Refusal,
    operand::{fill, no_cast, no_try_cast},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A cast that cannot fail. The precision of decimals is not enforced on any database, the scale is.
pub(super) fn cast(operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    let plain = |sql: &'static str| Ok(Form::atom(sql));
    match (from, to) {
        (Type::Null, _)
        | (Type::Int | Type::BigInt | Type::Bool, Type::Int | Type::BigInt)
        | (Type::Float, Type::Float)
        | (Type::Text, Type::Text)
        | (Type::Bool, Type::Bool)
        | (Type::Date, Type::Date | Type::Text)
        | (Type::Time, Type::Time | Type::Text)
        | (Type::DateTime, Type::DateTime | Type::Text)
        | (Type::Duration, Type::Duration)
        | (Type::Uuid, Type::Uuid)
        | (Type::Bytes, Type::Bytes)
        | (Type::Json, Type::Json)
        | (Type::Inet, Type::Inet | Type::Text) => plain("{0}"),
        (Type::Int | Type::BigInt, Type::Bool) => {
            Ok(Form::infix("{0} <> 0", Binding::Comparison, Binding::Other))
        }
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Float)
        | (Type::Int | Type::BigInt, Type::Decimal(..)) => plain("CAST({0} AS REAL)"),
        (Type::Float | Type::Decimal(..), Type::Int | Type::BigInt) => {
            plain("CAST(round({0}) AS INTEGER)")
        }
        (Type::Decimal(_, old), Type::Decimal(_, new)) if new >= old => plain("{0}"),
        (Type::Float | Type::Decimal(..), Type::Decimal(_, places)) => Ok(Form::infix(
            format!("round({{0}} * {NUDGE}, {places})"),
            Binding::Atom,
            Binding::Product,
        )),
        (Type::Bool, Type::Text) => {
            plain("CASE {0} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END")
        }
        (Type::Int | Type::BigInt, Type::Text) => plain("CAST({0} AS TEXT)"),
        (Type::Float, Type::Text) => {
            Ok(Form::atom("djq_float_text({0})").registering("djq_float_text"))
        }
        // Zero has no sign.
        (Type::Decimal(_, places), Type::Text) => Ok(Form::infix(
            format!("CASE WHEN {{0}} IS NOT NULL THEN printf('%.{places}f', {{0}} + 0.0) END"),
            Binding::Atom,
            Binding::Sum,
        )),
        (Type::Uuid, Type::Text) => Ok(Form::infix(
            "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4) || '-' || \
             substr({0}, 17, 4) || '-' || substr({0}, 21)",
            Binding::Other,
            Binding::Atom,
        )),
        (Type::Date, Type::DateTime) => Ok(Form::infix(
            "{0} || ' 00:00:00'",
            Binding::Other,
            Binding::Atom,
        )),
        (Type::DateTime, Type::Date) => plain("substr({0}, 1, 10)"),
        (Type::DateTime, Type::Time) => plain("substr({0}, 12)"),
        _ => Err(no_cast(from, to)),
    }
}

/// A whole number's digits, without sign and zeros in front.
const DIGITS: &str = "ltrim(CASE WHEN {0} GLOB '[+-]*' THEN substr({0}, 2) ELSE {0} END, '0')";

/// Whether it is a sign or none, and digits.
const IS_INTEGER: &str = "{0} GLOB '*[0-9]' AND (CASE WHEN {0} GLOB '[+-]*' THEN substr({0}, 2) ELSE {0} END) NOT GLOB '*[^0-9]*'";

/// Whether it is a sign or none, digits, at most one point among them.
const IS_NUMBER: &str = "{0} GLOB '*[0-9]*' AND (CASE WHEN {0} GLOB '[+-]*' THEN substr({0}, 2) ELSE {0} END) NOT GLOB '*[^0-9.]*' AND {0} NOT GLOB '*.*.*' \
AND length({0}) - ({0} GLOB '[+-]*') - CASE WHEN instr({0}, '.') THEN length({0}) - instr({0}, '.') + 1 ELSE 0 END <= 40 \
AND CASE WHEN instr({0}, '.') THEN length({0}) - instr({0}, '.') ELSE 0 END <= 20";

/// Whether it is a day that there is.
const IS_DATE: &str =
    "@x GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND @x >= '0001' AND date(@x) = @x";

/// Whether it is a time of day, of hours and minutes at least.
const IS_TIME: &str = "(@x GLOB '[0-9][0-9]:[0-5][0-9]' OR @x GLOB '[0-9][0-9]:[0-5][0-9]:[0-5][0-9]' \
OR @x GLOB '[0-9][0-9]:[0-5][0-9]:[0-5][0-9].*' AND length(@x) BETWEEN 10 AND 15 AND substr(@x, 10) NOT GLOB '*[^0-9]*') AND @x < '24'";

/// A time of day as it is held: with seconds, and either six digits behind them or none.
const TIME: &str = "replace(substr(@x || CASE WHEN length(@x) = 5 THEN ':00.000000' WHEN length(@x) = 8 THEN '.000000' ELSE '000000' END, 1, 15), '.000000', '')";

/// A cast that gives null where the value is none of the type.
///
/// What counts is the same on every database: see [`crate::dialect::valid`].
pub(super) fn try_cast(operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    let sql = match (from, to) {
        (Type::Text, Type::Text) => "{0}".to_owned(),
        (Type::Text, Type::Int) => format!(
            "CASE WHEN {IS_INTEGER} AND length({DIGITS}) <= 10 AND CAST({{0}} AS INTEGER) BETWEEN -2147483648 AND 2147483647 THEN CAST({{0}} AS INTEGER) END"
        ),
        (Type::Text, Type::BigInt) => format!(
            "CASE WHEN {IS_INTEGER} AND (length({DIGITS}) < 19 OR length({DIGITS}) = 19 AND {DIGITS} <= \
             CASE WHEN {{0}} GLOB '-*' THEN '9223372036854775808' ELSE '9223372036854775807' END) THEN CAST({{0}} AS INTEGER) END"
        ),
        (Type::Text, Type::Float) => format!("CASE WHEN {IS_NUMBER} THEN CAST({{0}} AS REAL) END"),
        (Type::Text, Type::Decimal(precision, places)) => format!(
            "CASE WHEN {IS_NUMBER} AND abs(round(CAST({{0}} AS REAL) * {NUDGE}, {places})) < 1e{} THEN round(CAST({{0}} AS REAL) * {NUDGE}, {places}) END",
            precision.saturating_sub(*places)
        ),
        (Type::Text, Type::Bool) => {
            "CASE lower({0}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END".to_owned()
        }
        (Type::Text, Type::Date) => {
            fill(&format!("CASE WHEN {IS_DATE} THEN {{0}} END"), &[("@x", "{0}")])
        }
        (Type::Text, Type::Time) => fill(
            &format!("CASE WHEN {IS_TIME} THEN {TIME} END"),
            &[("@x", "{0}")],
        ),
        (Type::Text, Type::DateTime) => {
            let date = fill(IS_DATE, &[("@x", "substr({0}, 1, 10)")]);
            let time = "substr({0}, 12, length({0}) - 11 - ({0} GLOB '*Z'))";
            let is_time = fill(IS_TIME, &[("@x", time)]);
            let made = fill(TIME, &[("@x", time)]);
            format!(
                "CASE WHEN {date} AND substr({{0}}, 11, 1) IN (' ', 'T') AND {is_time} THEN substr({{0}}, 1, 10) || ' ' || {made} END"
            )
        }
        (Type::Text, Type::Uuid) => {
            let hex = |count: usize| "[0-9a-fA-F]".repeat(count);
            format!(
                "CASE WHEN {{0}} GLOB '{}' OR {{0}} GLOB '{}-{}-{}-{}-{}' THEN lower(replace({{0}}, '-', '')) END",
                hex(32),
                hex(8),
                hex(4),
                hex(4),
                hex(4),
                hex(12)
            )
        }
        (Type::BigInt, Type::Int) => {
            "CASE WHEN {0} BETWEEN -2147483648 AND 2147483647 THEN {0} END".to_owned()
        }
        (Type::Float | Type::Decimal(..), Type::Int) => {
            "CASE WHEN round({0}) BETWEEN -2147483648 AND 2147483647 THEN CAST(round({0}) AS INTEGER) END"
                .to_owned()
        }
        (Type::Float | Type::Decimal(..), Type::BigInt) => {
            "CASE WHEN round({0}) BETWEEN -9223372036854775808 AND 9223372036854774784 THEN CAST(round({0}) AS INTEGER) END"
                .to_owned()
        }
        (
            Type::Int | Type::BigInt | Type::Decimal(..) | Type::Float,
            Type::Decimal(precision, places),
        ) => {
            format!(
                "CASE WHEN abs(round({{0}} * {NUDGE}, {places})) < 1e{} THEN round({{0}} * {NUDGE}, {places}) END",
                precision.saturating_sub(*places)
            )
        }
        (Type::Text, _) => return Err(no_try_cast(from, to)),
        _ => return cast(operand, to).map_err(|_| no_try_cast(from, to)),
    };
    Ok(Form::atom(sql))
}
