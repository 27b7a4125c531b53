//! The rows of a recorded state, put into the tables as Django stores them.

use crate::case::Project;
use crate::recorded::{State, Table};
use djq_client::Connection;
use djq_schema::{Field, FieldType, ModelLookup};
use djq_sql::dialect::DialectId;
use serde_json::Value as Json;
use std::fmt::Write;

/// Has this process alone write to the database until the connection ends, and rows come in any order.
pub(crate) fn prepare(connection: &mut Connection, dialect: DialectId) {
    let statement = match dialect {
        DialectId::Postgres => "SELECT pg_advisory_lock(hashtext('djq_django'))::text",
        DialectId::MySql | DialectId::MariaDb => "SELECT GET_LOCK('djq_django', 120)",
        // The file is a copy of this process's own.
        DialectId::Sqlite => return,
    };
    connection.query(statement, &[]).unwrap();
    if dialect != DialectId::Postgres {
        connection.batch("SET foreign_key_checks = 0").unwrap();
    }
}

/// Adds the rows of a state, in the transaction that has begun.
pub(crate) fn load(connection: &mut Connection, dialect: DialectId, state: &State) {
    for (label, table) in &state.data {
        let statements = inserts(dialect, label, table);
        for statement in statements {
            connection
                .batch(&statement)
                .unwrap_or_else(|error| panic!("{label} on {dialect}: {error}\n{statement}"));
        }
    }
}

fn inserts(dialect: DialectId, label: &str, table: &Table) -> Vec<String> {
    let schema = Project::Django.schema();
    let (app, name) = label.split_once('.').unwrap();
    let ModelLookup::Found(id) = schema.find_model(Some(app), name) else {
        panic!("there is no model {label}");
    };
    let model = schema.model(id);
    let quote = match dialect {
        DialectId::MySql | DialectId::MariaDb => '`',
        DialectId::Postgres | DialectId::Sqlite => '"',
    };
    let fields: Vec<&Field> = table
        .fields
        .iter()
        .map(|name| {
            let field = model.fields.iter().find(|field| *field.attname == **name);
            field.unwrap_or_else(|| panic!("{label} has no field {name}"))
        })
        .collect();
    let name = format!("{quote}{}{quote}", model.table);
    // Django fills its own tables when it makes them.
    let mut statements = vec![format!("DELETE FROM {name}")];
    if !table.rows.is_empty() {
        let columns: Vec<String> = fields
            .iter()
            .map(|field| format!("{quote}{}{quote}", field.column))
            .collect();
        let mut insert = format!("INSERT INTO {name} ({}) VALUES ", columns.join(", "));
        for (number, row) in table.rows.iter().enumerate() {
            let values: Vec<String> = row
                .iter()
                .zip(&fields)
                .map(|(value, field)| literal(dialect, value, &field.ty))
                .collect();
            let comma = if number == 0 { "" } else { ", " };
            write!(insert, "{comma}({})", values.join(", ")).unwrap();
        }
        statements.push(insert);
    }
    statements
}

/// A value as SQL, stored as Django stores a field of this type.
fn literal(dialect: DialectId, value: &Json, ty: &FieldType) -> String {
    let text = |text: &str| {
        let text = text.replace('\'', "''");
        match dialect {
            DialectId::MySql | DialectId::MariaDb => format!("'{}'", text.replace('\\', "\\\\")),
            DialectId::Postgres | DialectId::Sqlite => format!("'{text}'"),
        }
    };
    let tagged = value.as_object().and_then(|object| object.iter().next());
    match (value, tagged) {
        (Json::Null, _) => "NULL".into(),
        (Json::Bool(true), _) => "TRUE".into(),
        (Json::Bool(false), _) => "FALSE".into(),
        (Json::Number(number), _) => number.to_string(),
        (Json::String(string), _) => text(string),
        (_, Some((tag, inner))) => match (tag.as_str(), inner) {
            ("$datetime", Json::String(moment)) => text(&moment.replace('T', " ")),
            ("$uuid", Json::String(id)) => text(&id.replace('-', "")),
            ("$date" | "$time" | "$decimal" | "$str", Json::String(string)) => text(string),
            ("$delta", Json::Array(parts)) if dialect == DialectId::Postgres => {
                text(&format!("{} microseconds", microseconds(parts)))
            }
            ("$delta", Json::Array(parts)) => microseconds(parts).to_string(),
            _ => panic!("no way to store {value} as {ty:?}"),
        },
        _ => panic!("no way to store {value} as {ty:?}"),
    }
}

/// Of days, seconds and microseconds.
pub(crate) fn microseconds(parts: &[Json]) -> i64 {
    let part = |place: usize| parts.get(place).and_then(Json::as_i64).unwrap();
    (part(0) * 86_400 + part(1)) * 1_000_000 + part(2)
}
