//! The rows of a query on each database.

use crate::compiled::{plan, rendered, text};
use djq_check::{Ty, Type};
use djq_client::{Access, Connection, Value};
use djq_schema::FieldType;
use djq_sql::{
    Rendered, SlotValue, Statement,
    dialect::{DialectId, Options},
};

use std::{cell::RefCell, collections::HashMap, mem::ManuallyDrop};

type Rows = Vec<Vec<Value>>;

thread_local! {
    // Not dropped: a driver cannot close a connection while the thread's own values are being dropped.
    static CONNECTIONS: RefCell<ManuallyDrop<HashMap<DialectId, Connection>>> = RefCell::default();
}

fn url(id: DialectId) -> String {
    let variable = match id {
        DialectId::Postgres => "DJQ_TEST_POSTGRES_URL",
        DialectId::MySql => "DJQ_TEST_MYSQL_URL",
        DialectId::MariaDb => "DJQ_TEST_MARIADB_URL",
        DialectId::Sqlite => {
            return format!(
                "sqlite://{}/../../examples/blog/db.sqlite3",
                env!("CARGO_MANIFEST_DIR")
            );
        }
    };
    let url = std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: eval \"$(tools/testdb env)\""));
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/djq_blog")
}

/// The rows of each statement of a query, which all databases agree on, and its SQL for PostgreSQL.
///
/// Parameters are given by place. Rows without an order are compared as a bag.
#[track_caller]
pub(crate) fn same_rows(source: &str, arguments: &[Value]) -> (Vec<Vec<Vec<String>>>, String) {
    same_rows_with(Options::default(), source, arguments)
}

/// As [`same_rows`], with a project's options.
#[track_caller]
pub(crate) fn same_rows_with(
    options: Options,
    source: &str,
    arguments: &[Value],
) -> (Vec<Vec<Vec<String>>>, String) {
    let plan = plan(source);
    let answer = |id: DialectId| {
        let rendered = rendered(id, &plan, options);
        let statements = CONNECTIONS.with_borrow_mut(|connections| {
            let connection = connections
                .entry(id)
                .or_insert_with(|| Connection::open_with(&url(id), Access::Read).unwrap());
            run(id, &rendered, connection, arguments)
        });
        let mut shown: Vec<Vec<Vec<String>>> = statements
            .into_iter()
            .map(|rows| {
                rows.into_iter()
                    .map(|row| row.iter().map(show).collect())
                    .collect()
            })
            .collect();
        for (rows, statement) in shown.iter_mut().zip(&plan.statements) {
            if statement.query.order_by.is_empty() {
                rows.sort();
            } else if let Some(parent) = &statement.parent {
                // An order is within each parent.
                rows.sort_by_key(|row| {
                    let own = parent.own_columns.iter();
                    own.map(|column| row[*column].clone()).collect::<Vec<_>>()
                });
            }
        }
        (shown, text(&rendered))
    };
    let (first, sql) = answer(DialectId::Postgres);
    for id in [DialectId::MySql, DialectId::MariaDb, DialectId::Sqlite] {
        let (rows, other) = answer(id);
        for (number, (first, rows)) in first.iter().zip(&rows).enumerate() {
            let differs = first.iter().zip(rows).find(|(a, b)| a != b);
            assert!(
                first.len() == rows.len() && differs.is_none(),
                "statement {number}: PostgreSQL has {} rows, {id} {}; first difference: {differs:?}\n\n{sql}\n\n{other}",
                first.len(),
                rows.len()
            );
        }
    }
    (first, sql)
}

fn run(
    id: DialectId,
    rendered: &Rendered,
    connection: &mut Connection,
    arguments: &[Value],
) -> Vec<Rows> {
    let mut results: Vec<Rows> = Vec::new();
    for statement in &rendered.statements {
        let keys = keys(statement, &results);
        let piece = &statement.pieces[0];
        let values: Vec<Value> = piece
            .slots
            .iter()
            .map(|slot| {
                let value = match slot.value {
                    SlotValue::Param(param) => arguments[param.0 as usize].clone(),
                    SlotValue::Now => unreachable!("nothing here writes"),
                    SlotValue::ParentKeys => keys.clone(),
                };
                let json = slot.list
                    && (id != DialectId::Postgres || matches!(slot.ty.kind, Type::Row(_)));
                if json {
                    Value::Text(value.to_json().to_string())
                } else {
                    value
                }
            })
            .collect();
        let rows = connection
            .query(&piece.sql, &values)
            .unwrap_or_else(|error| panic!("{id}: {error}\n{}\n{values:?}", piece.sql));
        let typed = rows
            .rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .zip(&statement.columns)
                    .map(|(value, (name, ty))| {
                        typed(value, ty)
                            .unwrap_or_else(|error| panic!("{id}: {name}: {error}\n{}", piece.sql))
                    })
                    .collect()
            })
            .collect();
        results.push(typed);
    }
    results
}

/// The keys that a nested statement asks for.
fn keys(statement: &Statement, results: &[Rows]) -> Value {
    let Some(parent) = &statement.parent else {
        return Value::Null;
    };
    let mut keys: Vec<Value> = Vec::new();
    for row in &results[parent.statement] {
        let mut key: Vec<Value> = parent
            .parent_columns
            .iter()
            .map(|column| row[*column].clone())
            .collect();
        let key = if key.len() == 1 {
            key.remove(0)
        } else {
            Value::Array(key)
        };
        if !key.is_null() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    Value::Array(keys)
}

fn typed(value: Value, ty: &Ty) -> Result<Value, djq_client::TypeError> {
    let field = match ty.kind.base() {
        Type::Bool => FieldType::Bool,
        Type::Int | Type::BigInt => FieldType::BigInt,
        Type::Float => FieldType::Float,
        Type::Decimal(digits, scale) => FieldType::Decimal(*digits, *scale),
        Type::Text => FieldType::Text,
        Type::Date => FieldType::Date,
        Type::Time => FieldType::Time,
        Type::DateTime => FieldType::DateTime,
        Type::Duration => FieldType::Duration,
        Type::Uuid => FieldType::Uuid,
        _ => return Ok(value),
    };
    assert!(ty.nullable || !value.is_null(), "null where none can be");
    value.typed(&field)
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Text(text) => text.clone(),
        // Floats differ in the last digits.
        Value::Float(number) => format!("{number:.9e}"),
        Value::Int(number) => number.to_string(),
        other => other.to_json().to_string(),
    }
}
