//! From a connection to a [`Catalog`].

mod django_rows;
mod mysql;
mod postgres;
mod sqlite;

use djq_client::{Connection, Database, Rows, Value};

use crate::{Catalog, IntrospectError};

/// Reads the tables of the database (of the schemas that a bare name reaches), and Django's rows in it. Only reads.
///
/// # Errors
/// What the database refuses or a lost connection. A view that is broken is listed in [`Catalog::unreadable`] instead.
pub fn read_catalog(connection: &mut Connection) -> Result<Catalog, IntrospectError> {
    let mut catalog = match connection.database() {
        Database::Sqlite => sqlite::read(connection)?,
        Database::Postgres => postgres::read(connection)?,
        Database::MySql | Database::MariaDb => mysql::read(connection)?,
    };
    catalog.django = django_rows::read(connection, &catalog);
    Ok(catalog)
}

/// A row's values by column, taken one after the other.
struct Cells<'r>(std::slice::Iter<'r, Value>);

impl<'r> Cells<'r> {
    fn of(rows: &'r Rows) -> impl Iterator<Item = Self> {
        rows.rows.iter().map(|row| Self(row.iter()))
    }

    fn value(&mut self) -> &'r Value {
        self.0.next().unwrap_or(&Value::Null)
    }

    fn optional(&mut self) -> Option<String> {
        match self.value() {
            Value::Null => None,
            // MySQL's catalog has text in columns of bytes.
            Value::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            other => Some(other.to_string()),
        }
    }

    fn text(&mut self) -> String {
        self.optional().unwrap_or_default()
    }

    fn int(&mut self) -> i64 {
        self.value().as_int().unwrap_or(0)
    }

    fn flag(&mut self) -> bool {
        self.int() != 0
    }

    fn texts(&mut self) -> Vec<Option<String>> {
        match self.value() {
            Value::Array(items) => items
                .iter()
                .map(|item| {
                    if item.is_null() {
                        None
                    } else {
                        Some(item.to_string())
                    }
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
