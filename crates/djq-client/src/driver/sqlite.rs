//! SQLite, by rusqlite.

use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, OpenFlags, ToSql};

use super::{Done, Driver};
use crate::location::Database;
use crate::{Access, ClientError, ErrorKind, Rows, Value, stored};

pub(crate) struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    pub(crate) fn open(file: Option<&Path>, access: Access) -> Result<Self, ClientError> {
        let connection = match file {
            None => Connection::open_in_memory(),
            Some(file) => {
                if access == Access::Read && !file.exists() {
                    return Err(ClientError::new(
                        ErrorKind::Unreachable,
                        "there is no such file",
                    ));
                }
                if file.is_dir() {
                    return Err(ClientError::new(
                        ErrorKind::Unreachable,
                        "it is a directory",
                    ));
                }
                let mode = match access {
                    Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
                    Access::Write => {
                        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
                    }
                };
                Connection::open_with_flags(file, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            }
        };
        let connection = connection.map_err(failure)?;
        // The first statement that reads the file says whether it is a database.
        connection
            .query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0))
            .map_err(failure)?;
        connection
            .pragma_update(None, "foreign_keys", true)
            .map_err(failure)?;
        djq_runtime::sqlite::register(&connection).map_err(failure)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection })
    }
}

impl Driver for Sqlite {
    fn database(&self) -> Database {
        Database::Sqlite
    }

    fn version(&self) -> &str {
        rusqlite::version()
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let columns: Vec<String> = statement.column_names().map(Into::into).collect();
        let mut found = statement
            .query(rusqlite::params_from_iter(values.iter().map(Bound)))
            .map_err(failure)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(failure)? {
            let value = |column| row.get_ref(column).map(natural).map_err(failure);
            rows.push((0..columns.len()).map(value).collect::<Result<_, _>>()?);
        }
        Ok(Rows { columns, rows })
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<Done, ClientError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        if statement.column_count() > 0 {
            let mut rows = statement
                .query(rusqlite::params_from_iter(values.iter().map(Bound)))
                .map_err(failure)?;
            let mut count = 0;
            while rows.next().map_err(failure)?.is_some() {
                count += 1;
            }
            return Ok(Done::of(count));
        }
        let count = statement
            .execute(rusqlite::params_from_iter(values.iter().map(Bound)))
            .map_err(failure)?;
        Ok(Done {
            key: Some(self.connection.last_insert_rowid()),
            ..Done::of(count as u64)
        })
    }

    fn prepare(&mut self, sql: &str) -> Result<(), ClientError> {
        self.connection.prepare(sql).map(|_| ()).map_err(failure)
    }

    fn batch(&mut self, sql: &str) -> Result<(), ClientError> {
        self.connection.execute_batch(sql).map_err(failure)
    }

    fn begin(&mut self, access: Access) -> Result<(), ClientError> {
        self.batch(match access {
            Access::Read => "BEGIN DEFERRED",
            Access::Write => "BEGIN IMMEDIATE",
        })
    }
}

fn natural(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Float(number),
        ValueRef::Text(bytes) => match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Value::Text(text),
            Err(error) => Value::Bytes(error.into_bytes()),
        },
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

/// A value as Django stores it on SQLite.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let owned = |value: Stored| Ok(ToSqlOutput::Owned(value));
        match self.0 {
            Value::Null => owned(Stored::Null),
            Value::Bool(value) => owned(Stored::Integer((*value).into())),
            Value::Int(number) | Value::Duration(number) => owned(Stored::Integer(*number)),
            Value::Float(number) => owned(Stored::Real(*number)),
            // As text it would be larger than every number wherever no column lends it its affinity.
            Value::Decimal(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(number), _) => owned(Stored::Integer(number)),
                (_, Ok(number)) => owned(Stored::Real(number)),
                _ => owned(Stored::Text(text.clone())),
            },
            Value::Text(text) => Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
            Value::Bytes(bytes) => Ok(ToSqlOutput::Borrowed(ValueRef::Blob(bytes))),
            Value::Date(date) => owned(Stored::Text(date.to_string())),
            Value::Time(time) => owned(Stored::Text(stored::time(time))),
            Value::DateTime(moment) => owned(Stored::Text(stored::moment(moment))),
            Value::Uuid(id) => owned(Stored::Text(format!("{id:032x}"))),
            Value::Json(value) => owned(Stored::Text(value.to_string())),
            Value::Array(items) => owned(Stored::Text(stored::list(items))),
        }
    }
}

fn failure(error: Error) -> ClientError {
    let code = error.sqlite_error_code();
    let kind = match code {
        Some(ErrorCode::CannotOpen | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ErrorKind::Unreachable
        }
        Some(ErrorCode::NotADatabase | ErrorCode::PermissionDenied) => ErrorKind::Refused,
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt) => ErrorKind::Disconnected,
        _ => ErrorKind::Statement,
    };
    let message = match &error {
        Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    };
    let position = match &error {
        Error::SqlInputError { sql, offset, .. } => usize::try_from(*offset)
            .ok()
            .and_then(|offset| sql.get(..offset))
            .and_then(|before| u32::try_from(before.chars().count() + 1).ok()),
        _ => None,
    };
    let message = match &error {
        Error::SqlInputError { msg, .. } => msg.clone(),
        _ => message,
    };
    let extended = match &error {
        Error::SqliteFailure(error, _) | Error::SqlInputError { error, .. } => {
            Some(error.extended_code.to_string())
        }
        _ => None,
    };
    ClientError {
        code: extended,
        position,
        ..ClientError::new(kind, message)
    }
}
