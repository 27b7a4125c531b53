//! Bound lists on MySQL and MariaDB: the text of a JSON array, unpacked by `JSON_TABLE`.

use crate::dialect::{Binding, Form, Refusal};
use djq_check::Type;
use djq_plan::plan::Expr;

/// `{0}` is in the list `{1}`.
pub(in crate::dialect) fn in_list(element: &Type) -> Result<Form, Refusal> {
    let column = column(element)?;
    Ok(Form::infix(
        format!(
            "{{0}} IN (SELECT listed.v FROM JSON_TABLE({{1}}, '$[*]' COLUMNS (v {column} PATH '$')) AS listed)"
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}

/// The values are in the list of rows.
pub(in crate::dialect) fn in_rows(values: &[Expr]) -> Result<Form, Refusal> {
    let mut left = String::new();
    let mut right = String::new();
    let mut columns = String::new();
    for (place, value) in values.iter().enumerate() {
        let column = column(&value.ty.kind)?;
        let comma = if place == 0 { "" } else { ", " };
        left.push_str(&format!("{comma}{{{place}}}"));
        right.push_str(&format!("{comma}listed.v{place}"));
        columns.push_str(&format!("{comma}v{place} {column} PATH '$[{place}]'"));
    }
    Ok(Form::infix(
        format!(
            "({left}) IN (SELECT {right} FROM JSON_TABLE({{{}}}, '$[*]' COLUMNS ({columns})) AS listed)",
            values.len()
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}

/// A column's type that holds an element exactly.
fn column(element: &Type) -> Result<String, Refusal> {
    Ok(match element.base() {
        Type::Bool => "TINYINT".to_owned(),
        Type::Int | Type::BigInt | Type::Duration => "BIGINT".to_owned(),
        Type::Float => "DOUBLE".to_owned(),
        Type::Decimal(precision, scale) => format!("DECIMAL({precision}, {scale})"),
        Type::Text | Type::Inet => "TEXT CHARACTER SET utf8mb4".to_owned(),
        Type::Uuid => "CHAR(32)".to_owned(),
        Type::Date => "DATE".to_owned(),
        Type::Time => "TIME(6)".to_owned(),
        Type::DateTime => "DATETIME(6)".to_owned(),
        other => {
            return Err(Refusal {
                why: format!("a list of values of type {other} cannot be bound").into(),
                instead: None,
            });
        }
    })
}
