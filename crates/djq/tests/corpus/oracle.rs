//! What the rows should be, by plain SQL for PostgreSQL that was written by hand beside a case: `case.sql`, with
//! `-- query` before each statement (`-- query 2` for a query's second run).
//!
//! A nested list is a column of JSON, made by `json_agg(json_build_object(…))`; its values may be texts.

use crate::case::{Case, root};
use crate::rows::{Cell, of_value};
use djq_check::{RowFieldKind, RowShape, Ty};
use djq_client::{Connection, Value, field_type};
use djq_schema::Schema;
use std::collections::HashMap;
use std::path::Path;

/// The statements beside a case by query and run, from 1.
pub(crate) fn beside(case: &Case) -> HashMap<(String, usize), String> {
    let path = root().join(Path::new(&case.path).with_extension("sql"));
    let Ok(text) = std::fs::read_to_string(path) else {
        return HashMap::new();
    };
    let mut statements: HashMap<(String, usize), String> = HashMap::new();
    let mut current = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("-- ") {
            let (name, run) = heading.split_once(' ').unwrap_or((heading, "1"));
            current = Some((
                name.to_owned(),
                run.parse()
                    .unwrap_or_else(|_| panic!("{}: `{line}`", case.path)),
            ));
        } else if let Some(key) = &current {
            let statement = statements.entry(key.clone()).or_default();
            statement.push_str(line);
            statement.push('\n');
        }
    }
    statements
}

/// What a statement that writes gives: its rows, of the types that the query promises, or how many it wrote.
pub(crate) fn write(
    connection: &mut Connection,
    sql: &str,
    shape: &RowShape,
    schema: &Schema,
) -> Result<Vec<Vec<Cell>>, String> {
    // Statements in front of the last prepare it, or do a part of it.
    let mut statements = sql.trim().trim_end_matches(';').split(";\n").peekable();
    while let Some(statement) = statements.next() {
        if statements.peek().is_none() {
            if !shape.fields.is_empty() {
                return rows(connection, statement, shape, schema);
            }
            let count = connection
                .execute(statement, &[])
                .map_err(|error| error.to_string())?;
            return Ok(vec![vec![Cell::Exact(count.to_string())]]);
        }
        connection
            .execute(statement, &[])
            .map_err(|error| error.to_string())?;
    }
    Err("it has no statement".into())
}

/// The rows that a statement gives, of the types that the query promises.
pub(crate) fn rows(
    connection: &mut Connection,
    sql: &str,
    shape: &RowShape,
    schema: &Schema,
) -> Result<Vec<Vec<Cell>>, String> {
    let found = connection
        .query(sql.trim().trim_end_matches(';'), &[])
        .map_err(|error| error.to_string())?;
    if found.columns.len() != shape.fields.len() {
        return Err(format!(
            "it has {} columns instead of {}",
            found.columns.len(),
            shape.fields.len()
        ));
    }
    let row = |values: Vec<Value>| {
        let fields = values.into_iter().zip(&shape.fields);
        fields
            .map(|(value, field)| {
                cell(value, &field.kind, schema).map_err(|error| format!("{}: {error}", field.name))
            })
            .collect()
    };
    found.rows.into_iter().map(row).collect()
}

fn cell(value: Value, kind: &RowFieldKind, schema: &Schema) -> Result<Cell, String> {
    match (kind, value) {
        (RowFieldKind::Value(ty), value) => typed(value, ty, schema),
        (_, Value::Json(json)) => nested(&json, kind, schema),
        (RowFieldKind::Object { .. }, Value::Null) => Ok(of_value(&Value::Null)),
        (RowFieldKind::List(_), Value::Null) => Ok(Cell::List(Vec::new())),
        (_, value) => Err(format!("{value} is no JSON")),
    }
}

fn typed(value: Value, ty: &Ty, schema: &Schema) -> Result<Cell, String> {
    value
        .typed(&field_type(&ty.kind, schema))
        .map(|value| of_value(&value))
        .map_err(|error| error.to_string())
}

fn nested(json: &serde_json::Value, kind: &RowFieldKind, schema: &Schema) -> Result<Cell, String> {
    use serde_json::Value as Json;
    match (kind, json) {
        (RowFieldKind::Object { .. }, Json::Null) => Ok(of_value(&Value::Null)),
        (RowFieldKind::Object { shape, .. }, json) => object(json, shape, schema).map(Cell::Object),
        (RowFieldKind::List(_), Json::Null) => Ok(Cell::List(Vec::new())),
        (RowFieldKind::List(shape), Json::Array(items)) => items
            .iter()
            .map(|item| object(item, shape, schema))
            .collect::<Result<_, _>>()
            .map(Cell::List),
        (RowFieldKind::Value(ty), json) => {
            let value = match json {
                Json::Null => Value::Null,
                Json::Bool(value) => Value::Bool(*value),
                Json::Number(number) => number
                    .as_i64()
                    .map_or_else(|| Value::Decimal(number.to_string()), Value::Int),
                Json::String(text) => Value::Text(text.clone()),
                other => Value::Json(other.clone()),
            };
            typed(value, ty, schema)
        }
        (_, other) => Err(format!("{other} where a list belongs")),
    }
}

fn object(
    json: &serde_json::Value,
    shape: &RowShape,
    schema: &Schema,
) -> Result<Vec<Cell>, String> {
    let field = |field: &djq_check::RowField| {
        let value = json
            .get(&*field.name)
            .ok_or_else(|| format!("{json} has no `{}`", field.name))?;
        nested(value, &field.kind, schema)
    };
    shape.fields.iter().map(field).collect()
}
