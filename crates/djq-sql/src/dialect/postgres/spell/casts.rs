//! Casts on PostgreSQL.

use super::super::types;
use crate::dialect::{
    Binding, Form, Options, Refusal,
    operand::{fill, no_cast, no_try_cast},
    valid,
};
use djq_check::Type;
use djq_plan::plan::{Expr, ExprKind};

/// A cast that cannot fail. The precision of decimals is not enforced on any database, the scale is.
pub(super) fn cast(options: &Options, operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    if let (Type::Null, Some(name)) = (from, types::sql(to, options)) {
        return Ok(Form::atom(format!("{{0}}::{name}")));
    }
    let plain = |sql: &'static str| Ok(Form::atom(sql));
    match (from, to) {
        (Type::Int, Type::Int)
        | (Type::BigInt, Type::BigInt)
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
        | (Type::Inet, Type::Inet) => plain("{0}"),
        (Type::Int, Type::BigInt) => plain("{0}::bigint"),
        (Type::BigInt | Type::Bool, Type::Int) => plain("{0}::integer"),
        (Type::Bool, Type::BigInt) => plain("{0}::integer::bigint"),
        (Type::Int | Type::BigInt, Type::Bool) => plain("({0} <> 0)"),
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Float) => {
            plain("{0}::double precision")
        }
        // A float's own digits, of which a direct cast keeps fifteen.
        (Type::Float, Type::Int) => plain("{0}::text::numeric::integer"),
        (Type::Float, Type::BigInt) => plain("{0}::text::numeric::bigint"),
        (Type::Decimal(..), Type::Int) => plain("{0}::integer"),
        (Type::Decimal(..), Type::BigInt) => plain("{0}::bigint"),
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Decimal(_, places)) => {
            Ok(Form::atom(format!("{{0}}::numeric(120, {places})")))
        }
        (Type::Float, Type::Decimal(_, places)) => {
            Ok(Form::atom(format!("{{0}}::text::numeric(400, {places})")))
        }
        (Type::Bool | Type::Int | Type::BigInt | Type::Uuid, Type::Text) => plain("{0}::text"),
        // Zero has no sign.
        (Type::Float, Type::Text) => {
            Ok(Form::infix("({0} + 0)::text", Binding::Atom, Binding::Sum))
        }
        (Type::Decimal(_, places), Type::Text) => {
            Ok(Form::atom(format!("{{0}}::numeric(120, {places})::text")))
        }
        (Type::Date, Type::Text) => plain("to_char({0}, 'YYYY-MM-DD')"),
        (Type::Time, Type::Text) => plain("replace(to_char({0}, 'HH24:MI:SS.US'), '.000000', '')"),
        (Type::DateTime, Type::Text) => Ok(Form::atom(fill(
            "replace(to_char(@0, 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')",
            &[(
                "@0",
                if options.use_tz {
                    "{0} AT TIME ZONE 'UTC'"
                } else {
                    "{0}"
                },
            )],
        ))),
        (Type::Inet, Type::Text) => plain("host({0})"),
        (Type::Date, Type::DateTime) if options.use_tz => {
            plain("({0}::timestamp AT TIME ZONE 'UTC')")
        }
        (Type::Date, Type::DateTime) => plain("{0}::timestamp"),
        (Type::DateTime, Type::Date) if options.use_tz => plain("({0} AT TIME ZONE 'UTC')::date"),
        (Type::DateTime, Type::Date) => plain("{0}::date"),
        (Type::DateTime, Type::Time) if options.use_tz => plain("({0} AT TIME ZONE 'UTC')::time"),
        (Type::DateTime, Type::Time) => plain("{0}::time"),
        _ => Err(no_cast(from, to)),
    }
}

/// A cast that gives null where the value is none of the type.
///
/// What counts is the same on every database: see [`valid`].
pub(super) fn try_cast(options: &Options, operand: &Expr, to: &Type) -> Result<Form, Refusal> {
    let from = operand.ty.kind.base();
    let to = to.base();
    let form = match (from, to) {
        (Type::Text, Type::Text) => "{0}",
        (Type::Text, Type::Int) => {
            "CASE WHEN {0} ~ @integer THEN CASE WHEN {0}::numeric BETWEEN -2147483648 AND 2147483647 THEN {0}::integer END END"
        }
        (Type::Text, Type::BigInt) => {
            "CASE WHEN {0} ~ @integer THEN CASE WHEN {0}::numeric BETWEEN -9223372036854775808 AND 9223372036854775807 THEN {0}::bigint END END"
        }
        (Type::Text, Type::Float) => "CASE WHEN {0} ~ @number THEN {0}::double precision END",
        (Type::Text, Type::Decimal(precision, places)) => {
            return Ok(Form::atom(fill(
                &"CASE WHEN {0} ~ @number THEN CASE WHEN abs(round({0}::numeric, @places)) < 1e@digits THEN {0}::numeric(@precision, @places) END END"
                    .replace("{0}", as_text(operand)),
                &[
                    ("@number", &quoted(valid::NUMBER)),
                    ("@places", &places.to_string()),
                    ("@precision", &precision.to_string()),
                    ("@digits", &precision.saturating_sub(*places).to_string()),
                ],
            )));
        }
        (Type::Text, Type::Bool) => {
            "CASE lower({0}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        }
        (Type::Text, Type::Date) => "CASE WHEN {0} ~ @date THEN {0}::date END",
        (Type::Text, Type::Time) => "CASE WHEN {0} ~ @time THEN {0}::time END",
        (Type::Text, Type::DateTime) if options.use_tz => {
            "CASE WHEN {0} ~ @moment THEN rtrim({0}, 'Z')::timestamp AT TIME ZONE 'UTC' END"
        }
        (Type::Text, Type::DateTime) => {
            "CASE WHEN {0} ~ @moment THEN rtrim({0}, 'Z')::timestamp END"
        }
        (Type::Text, Type::Uuid) => "CASE WHEN {0} ~ @uuid THEN {0}::uuid END",
        (Type::BigInt, Type::Int) => {
            "CASE WHEN {0} BETWEEN -2147483648 AND 2147483647 THEN {0}::integer END"
        }
        (Type::Decimal(..), Type::Int) => {
            "CASE WHEN round({0}) BETWEEN -2147483648 AND 2147483647 THEN {0}::integer END"
        }
        (Type::Decimal(..), Type::BigInt) => {
            "CASE WHEN round({0}) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN {0}::bigint END"
        }
        (Type::Float, Type::Int) => {
            "CASE WHEN round({0}::text::numeric) BETWEEN -2147483648 AND 2147483647 THEN {0}::text::numeric::integer END"
        }
        (Type::Float, Type::BigInt) => {
            "CASE WHEN round({0}::text::numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN {0}::text::numeric::bigint END"
        }
        (
            Type::Int | Type::BigInt | Type::Decimal(..) | Type::Float,
            Type::Decimal(precision, places),
        ) => {
            let number = match from {
                Type::Float => "{0}::text::numeric",
                Type::Decimal(..) => "{0}",
                _ => "{0}::numeric",
            };
            return Ok(Form::atom(format!(
                "CASE WHEN abs(round({number}, {places})) < 1e{} THEN {number}::numeric({precision}, {places}) END",
                precision.saturating_sub(*places)
            )));
        }
        (Type::Text, _) => return Err(no_try_cast(from, to)),
        _ => return cast(options, operand, to).map_err(|_| no_try_cast(from, to)),
    };
    Ok(Form::atom(fill(
        &form.replace("{0}", as_text(operand)),
        &[
            ("@integer", &quoted(valid::INTEGER)),
            ("@number", &quoted(valid::NUMBER)),
            ("@date", &quoted(&valid::date())),
            ("@time", &quoted(&valid::time())),
            ("@moment", &quoted(&valid::moment())),
            ("@uuid", &quoted(valid::UUID)),
        ],
    )))
}

/// The hole of a text that is cast behind a condition. A cast of a literal or a parameter happens when the statement is
/// parsed, before any condition, unless it is text already.
fn as_text(operand: &Expr) -> &'static str {
    match (&operand.kind, operand.ty.kind.base()) {
        (ExprKind::Literal(_) | ExprKind::Param(_), Type::Text) => "{0}::text",
        _ => "{0}",
    }
}

/// A regular expression as a literal in a template.
fn quoted(pattern: &str) -> String {
    crate::dialect::constant::in_template(&crate::dialect::constant::quoted(pattern))
}
