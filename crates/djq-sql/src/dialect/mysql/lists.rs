//! Bound lists on MySQL and MariaDB: the text of a JSON array, unpacked by `JSON_TABLE`.

use crate::dialect::{Binding, BoundRows, Form, Refusal, Series};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

/// `{0}` is in the list `{1}`.
pub(in crate::dialect) fn in_list(element: &Ty) -> Result<Form, Refusal> {
    let (column, value) = unpacked(element, "v")?;
    Ok(Form::infix(
        format!(
            "{{0}} IN (SELECT {value} FROM json_table({{1}}, '$[*]' COLUMNS (v {column} PATH '$')) AS listed)"
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
        let name = format!("v{place}");
        let (column, value) = unpacked(&value.ty, &name)?;
        let comma = if place == 0 { "" } else { ", " };
        left.push_str(&format!("{comma}{{{place}}}"));
        right.push_str(&format!("{comma}{value}"));
        columns.push_str(&format!("{comma}{name} {column} PATH '$[{place}]'"));
    }
    Ok(Form::infix(
        format!(
            "({left}) IN (SELECT {right} FROM json_table({{{}}}, '$[*]' COLUMNS ({columns})) AS listed)",
            values.len()
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}

/// The rows of a list.
pub(in crate::dialect) fn rows(columns: &[&Ty]) -> Result<BoundRows, Refusal> {
    let mut defined = String::new();
    let mut values = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let (ty, value) = match column.kind.base() {
            Type::Bytes => ("JSON".to_owned(), Some("unhex(json_unquote({0}))")),
            Type::Json => ("JSON".to_owned(), Some("json_unquote({0})")),
            _ => match unpacked(column, "v")? {
                (ty, _) if ty == "JSON" && column.nullable => (
                    ty,
                    Some("CASE WHEN json_type({0}) <> 'NULL' THEN json_unquote({0}) END"),
                ),
                (ty, _) if ty == "JSON" => (ty, Some("json_unquote({0})")),
                (ty, _) => (ty, None),
            },
        };
        // A value that the type cannot hold would be null in silence.
        let error = if value.is_none() {
            " ERROR ON ERROR"
        } else {
            ""
        };
        let comma = if place == 0 { "" } else { ", " };
        defined.push_str(&format!(
            "{comma}{{{}}} {ty} PATH '$[{place}]'{error}",
            place + 1
        ));
        values.push(value);
    }
    Ok(BoundRows::Function {
        from: format!("json_table({{0}}, '$[*]' COLUMNS ({defined}))").into(),
        columns: values,
    })
}

/// A series: the elements of a JSON array of so many zeros, since a recursive query ends in silence, or in an error, behind
/// a number of rows that a setting of the server says. A text that the server's limit makes null is no JSON: an error.
pub(in crate::dialect) const SERIES: Series = Series::Numbered {
    from: "json_table({0}, '$[*]' COLUMNS (n FOR ORDINALITY))",
    text: "coalesce(concat('[', substr(repeat(',0', coalesce({0}, 0)), 2), ']'), 'too many')",
    known: "coalesce(concat('[', substr(repeat(',0', {0}), 2), ']'), 'too many')",
    divide: "{0} DIV {1}",
    column: "n",
    // Ordinality is without a sign, and so is all that is computed with it.
    number: "CAST({0} AS SIGNED) - 1",
};

/// The type of JSON_TABLE's column `name` that holds an element exactly, and the element's value out of it.
///
/// Text is unpacked as JSON: a text column would bring its own collation, which servers refuse to mix with
/// that of the column it is compared with, while JSON_UNQUOTE's result takes the other's.
fn unpacked(element: &Ty, name: &str) -> Result<(String, String), Refusal> {
    let column = match element.kind.base() {
        Type::Bool => "TINYINT".to_owned(),
        Type::Int | Type::BigInt | Type::Duration => "BIGINT".to_owned(),
        Type::Float => "DOUBLE".to_owned(),
        Type::Decimal(precision, scale) => format!("DECIMAL({precision}, {scale})"),
        Type::Date => "DATE".to_owned(),
        Type::Time => "TIME(6)".to_owned(),
        Type::DateTime => "DATETIME(6)".to_owned(),
        Type::Text | Type::Inet | Type::Uuid => {
            let value = if element.nullable {
                // JSON's null would be the text `null`.
                format!(
                    "CASE WHEN json_type(listed.{name}) <> 'NULL' THEN json_unquote(listed.{name}) END"
                )
            } else {
                format!("json_unquote(listed.{name})")
            };
            return Ok(("JSON".to_owned(), value));
        }
        other => {
            return Err(Refusal {
                why: format!("a list of values of type {other} cannot be bound").into(),
                instead: None,
            });
        }
    };
    Ok((column, format!("listed.{name}")))
}
