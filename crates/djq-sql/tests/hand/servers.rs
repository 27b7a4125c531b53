//! The four databases with the blog example in them.

use djq_check::Type;
use djq_client::{Access, Connection, Value};
use djq_plan::plan::Plan;
use djq_schema::FieldType;
use djq_sql::{
    Rendered, SlotValue, compile,
    dialect::{DialectId, Options, dialect},
};

/// Values of parameters, by place, as the server's driver takes them; and of the parent's keys.
pub(crate) type Arguments<'a> = &'a [Value];

pub(crate) fn url(id: DialectId) -> String {
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

/// The rows of a plan's only statement on one database, each value as text.
pub(crate) fn rows_on(id: DialectId, plan: &Plan, arguments: Arguments<'_>) -> Vec<Vec<String>> {
    let rendered = rendered(id, plan);
    let statement = &rendered.statements[0];
    let piece = &statement.pieces[0];
    let values: Vec<Value> = piece
        .slots
        .iter()
        .map(|slot| {
            let value = match slot.value {
                SlotValue::Param(param) => arguments[param.0 as usize].clone(),
                SlotValue::Now => unreachable!("nothing here writes"),
                SlotValue::ParentKeys => arguments.last().unwrap().clone(),
            };
            // Rows of values are JSON everywhere; other lists an array on PostgreSQL.
            let json =
                slot.list && (id != DialectId::Postgres || matches!(slot.ty.kind, Type::Row(_)));
            if json {
                Value::Text(value.to_json().to_string())
            } else {
                value
            }
        })
        .collect();
    let mut connection = Connection::open_with(&url(id), Access::Read).unwrap();
    let rows = connection
        .query(&piece.sql, &values)
        .unwrap_or_else(|error| panic!("{id}: {error}\n{}", piece.sql));
    rows.rows
        .into_iter()
        .map(|row| {
            row.into_iter()
                .zip(&statement.columns)
                .map(|(value, (_, ty))| {
                    let stored = match ty.kind.base() {
                        Type::Bool => Some(FieldType::Bool),
                        Type::Int | Type::BigInt => Some(FieldType::BigInt),
                        Type::Float => Some(FieldType::Float),
                        Type::Decimal(digits, scale) => Some(FieldType::Decimal(*digits, *scale)),
                        _ => None,
                    };
                    let value = match stored {
                        Some(stored) => value.typed(&stored).unwrap(),
                        None => value,
                    };
                    match value {
                        Value::Null => "null".to_owned(),
                        Value::Text(text) => text,
                        other => other.to_json().to_string(),
                    }
                })
                .collect()
        })
        .collect()
}

pub(crate) fn rendered(id: DialectId, plan: &Plan) -> Rendered {
    compile(plan, &*dialect(id, Options::default()))
        .unwrap_or_else(|diagnostics| panic!("{id}: {diagnostics:#?}"))
}

/// The rows that all four databases agree on. Without an order they are compared as a bag.
pub(crate) fn same_rows(plan: &Plan, arguments: Arguments<'_>) -> Vec<Vec<String>> {
    let ordered = !plan.statements[0].query.order_by.is_empty();
    let sorted = |mut rows: Vec<Vec<String>>| {
        if !ordered {
            rows.sort();
        }
        rows
    };
    let first = sorted(rows_on(DialectId::Postgres, plan, arguments));
    for id in [DialectId::MySql, DialectId::MariaDb, DialectId::Sqlite] {
        let rows = sorted(rows_on(id, plan, arguments));
        assert_eq!(
            first,
            rows,
            "PostgreSQL and {id} differ:\n{}",
            rendered(id, plan).statements[0].pieces[0].sql
        );
    }
    first
}

/// The SQL of a plan's only statement.
pub(crate) fn sql(id: DialectId, plan: &Plan) -> String {
    rendered(id, plan).statements[0].pieces[0].sql.to_string()
}
