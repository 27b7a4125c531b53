//! Queries that read themselves on MySQL and MariaDB, which take a column's type from the first part alone.

use djq_check::Type;
use std::borrow::Cow;

/// The form of a column in the first part.
pub(in crate::dialect) fn column(ty: &Type, columns: bool) -> Option<Cow<'static, str>> {
    Some(match ty.base() {
        // A cast would bring the connection's collation, and a number as wide as the first; these only make room.
        Type::Text => "if(TRUE, {0}, repeat(' ', 1000000))".into(),
        Type::Int | Type::BigInt | Type::Duration if !columns => {
            "if(TRUE, {0}, 9223372036854775807)".into()
        }
        Type::Float if !columns => "CAST({0} AS DOUBLE)".into(),
        Type::Decimal(precision, scale) => {
            format!("CAST({{0}} AS DECIMAL({precision}, {scale}))").into()
        }
        Type::DateTime if !columns => "CAST({0} AS DATETIME(6))".into(),
        Type::Time if !columns => "CAST({0} AS TIME(6))".into(),
        Type::Date if !columns => "CAST({0} AS DATE)".into(),
        _ => return None,
    })
}
