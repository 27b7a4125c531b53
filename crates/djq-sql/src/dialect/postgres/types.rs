//! The types' names on PostgreSQL.

use crate::dialect::Options;
use djq_check::Type;
use std::borrow::Cow;

/// The name of a type, where it has one.
pub(super) fn sql(ty: &Type, options: &Options) -> Option<Cow<'static, str>> {
    Some(match ty.base() {
        Type::Bool => "boolean".into(),
        Type::Int => "integer".into(),
        Type::BigInt => "bigint".into(),
        Type::Float => "double precision".into(),
        Type::Decimal(..) => "numeric".into(),
        Type::Text => "text".into(),
        Type::Bytes => "bytea".into(),
        Type::Date => "date".into(),
        Type::Time => "time".into(),
        Type::DateTime if options.use_tz => "timestamptz".into(),
        Type::DateTime => "timestamp".into(),
        Type::Duration | Type::Calendar => "interval".into(),
        Type::Uuid => "uuid".into(),
        Type::Json => "jsonb".into(),
        Type::Inet => "inet".into(),
        Type::HStore => "hstore".into(),
        Type::SearchVector => "tsvector".into(),
        Type::Array(of) => format!("{}[]", sql(of, options)?).into(),
        Type::Range(of) => match &**of {
            Type::Int => "int4range",
            Type::BigInt => "int8range",
            Type::Decimal(..) => "numrange",
            Type::Date => "daterange",
            Type::DateTime if options.use_tz => "tstzrange",
            Type::DateTime => "tsrange",
            _ => return None,
        }
        .into(),
        _ => return None,
    })
}
