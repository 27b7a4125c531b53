//! Rows for people and programs.

use crate::{args::RowFormat, output};
use djq_check::{Interface, RowFieldKind, RowShape};
use djq_client::{Field, Value, Written};
use serde_json::{Map, Value as Json};
use std::fmt::Write;

/// Rows in a form.
pub(crate) fn text(format: RowFormat, interface: &Interface, rows: &[Vec<Field>]) -> String {
    match format {
        RowFormat::Table => table(interface, rows),
        RowFormat::Json => json(interface, rows),
        RowFormat::Csv => csv(interface, rows),
        RowFormat::Ndjson => ndjson(interface, rows),
    }
}

/// What a query that writes gave: rows, or how many it matched.
pub(crate) fn written(format: RowFormat, interface: &Interface, written: &Written) -> String {
    match (written, format) {
        (Written::Rows(rows), _) => text(format, interface, rows),
        (Written::Count(1), RowFormat::Table) => "1 row\n".to_owned(),
        (Written::Count(count), RowFormat::Table) => format!("{count} rows\n"),
        (Written::Count(count), RowFormat::Csv) => format!("rows\n{count}\n"),
        (Written::Count(count), RowFormat::Json | RowFormat::Ndjson) => {
            format!("{{\"rows\":{count}}}\n")
        }
    }
}

/// A table; nested lists and objects stand in their cell as JSON.
fn table(interface: &Interface, rows: &[Vec<Field>]) -> String {
    let header: Vec<&str> = interface
        .row
        .fields
        .iter()
        .map(|field| &*field.name)
        .collect();
    let mut table = output::table(&header);
    for row in rows {
        table.add_row(
            row.iter()
                .zip(&interface.row.fields)
                .map(|(field, shape)| cell(field, &shape.kind)),
        );
    }
    for (index, field) in interface.row.fields.iter().enumerate() {
        if let RowFieldKind::Value(ty) = &field.kind
            && ty.kind.is_number()
            && let Some(column) = table.column_mut(index)
        {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    let count = if rows.len() == 1 {
        "1 row".to_owned()
    } else {
        format!("{} rows", rows.len())
    };
    format!("{table}\n({count})\n")
}

fn cell(field: &Field, kind: &RowFieldKind) -> String {
    match field {
        Field::Value(Value::Null) | Field::Object(None) => "null".to_owned(),
        Field::Value(value) => value.to_string(),
        nested => to_json(nested, kind).to_string(),
    }
}

/// An array of objects, a row a line.
fn json(interface: &Interface, rows: &[Vec<Field>]) -> String {
    let mut text = String::from("[");
    for (index, row) in rows.iter().enumerate() {
        let _ = write!(
            text,
            "{}\n  {}",
            if index == 0 { "" } else { "," },
            object(row, &interface.row)
        );
    }
    text.push_str(if rows.is_empty() { "]\n" } else { "\n]\n" });
    text
}

/// An object a line.
fn ndjson(interface: &Interface, rows: &[Vec<Field>]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        let _ = writeln!(text, "{}", object(row, &interface.row));
        text
    })
}

/// Comma-separated values by RFC 4180, with a header; null is an empty field, empty text a quoted one.
fn csv(interface: &Interface, rows: &[Vec<Field>]) -> String {
    let header = interface.row.fields.iter().map(|field| quoted(&field.name));
    let mut text = header.collect::<Vec<_>>().join(",") + "\r\n";
    for row in rows {
        let cells = row
            .iter()
            .zip(&interface.row.fields)
            .map(|(field, shape)| match field {
                Field::Value(Value::Null) | Field::Object(None) => String::new(),
                Field::Value(value) => quoted(&plain(value)),
                nested => quoted(&to_json(nested, &shape.kind).to_string()),
            });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

/// The value as JSON has it, without JSON's quotes.
fn plain(value: &Value) -> String {
    match value.to_json() {
        Json::String(text) => text,
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let needs = text.is_empty()
        || text.contains(['"', ',', '\n', '\r'])
        || text.starts_with(' ')
        || text.ends_with(' ');
    if needs {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn object(row: &[Field], shape: &RowShape) -> Json {
    let pairs = row
        .iter()
        .zip(&shape.fields)
        .map(|(field, shape)| (shape.name.to_string(), to_json(field, &shape.kind)));
    Json::Object(pairs.collect::<Map<_, _>>())
}

fn to_json(field: &Field, kind: &RowFieldKind) -> Json {
    match (field, kind) {
        (Field::Value(value), _) => value.to_json(),
        (Field::Object(Some(row)), RowFieldKind::Object { shape, .. }) => object(row, shape),
        (Field::List(rows), RowFieldKind::List(shape)) => {
            rows.iter().map(|row| object(row, shape)).collect()
        }
        _ => Json::Null,
    }
}
