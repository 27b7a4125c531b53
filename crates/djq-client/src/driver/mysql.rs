//! MySQL and MariaDB, by the mysql crate.

use std::time::Duration;

use mysql::consts::ColumnType;
use mysql::prelude::Queryable;
use mysql::{Column, Conn, DriverError, Error, Opts, OptsBuilder, Params, Value as Wire};
use url::Url;

use super::{Done, Driver};
use crate::location::Database;
use crate::{Access, ClientError, ErrorKind, Rows, Value, stored};

/// A server that does not answer within this time is not there.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The number of the character set "binary": what has it is bytes.
const BINARY: u16 = 63;

pub(crate) struct MySql {
    connection: Conn,
    database: Database,
    version: String,
}

impl MySql {
    pub(crate) fn open(url: &Url, access: Access) -> Result<Self, ClientError> {
        let options = Opts::from_url(url.as_str())
            .map_err(|error| ClientError::new(ErrorKind::Url, error.to_string()))?;
        // Django asks for the rows an update finds, not for those it changes; an empty session variable list means utf8mb4.
        let options = OptsBuilder::from_opts(options)
            .tcp_connect_timeout(Some(TIMEOUT))
            .prefer_socket(false)
            .stmt_cache_size(Some(64));
        let mut connection = Conn::new(options).map_err(failure)?;
        let mut setup = vec![
            "SET NAMES utf8mb4",
            "SET time_zone = '+00:00'",
            "SET SESSION group_concat_max_len = 4294967295",
        ];
        if access == Access::Read {
            setup.push("SET SESSION TRANSACTION READ ONLY");
        }
        for statement in setup {
            connection.query_drop(statement).map_err(failure)?;
        }
        let version: String = connection
            .query_first("SELECT version()")
            .map_err(failure)?
            .unwrap_or_default();
        let database = if version.contains("MariaDB") {
            Database::MariaDb
        } else {
            Database::MySql
        };
        Ok(Self {
            connection,
            database,
            version,
        })
    }
}

impl Driver for MySql {
    fn database(&self) -> Database {
        self.database
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError> {
        let mut result = self
            .connection
            .exec_iter(sql, params(values))
            .map_err(failure)?;
        let mut rows = Rows {
            columns: result
                .columns()
                .as_ref()
                .iter()
                .map(|column| column.name_str().into_owned())
                .collect(),
            rows: Vec::new(),
        };
        for row in result.by_ref() {
            let row = row.map_err(failure)?;
            let columns = row.columns();
            let values = columns.iter().zip(row.unwrap_raw());
            rows.rows.push(
                values
                    .map(|(column, value)| natural(column, value.unwrap_or(Wire::NULL)))
                    .collect::<Result<_, _>>()?,
            );
        }
        Ok(rows)
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<Done, ClientError> {
        let result = self
            .connection
            .exec_iter(sql, params(values))
            .map_err(failure)?;
        // Of an update the server counts the rows that are now other than before; those that it matched it says in words.
        let words = result.info_str();
        let said = |what: &str| -> Option<u64> {
            let (_, rest) = words.split_once(what)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        Ok(Done {
            rows: said("Rows matched:").unwrap_or_else(|| result.affected_rows()),
            records: said("Records:"),
            key: result
                .last_insert_id()
                .and_then(|key| i64::try_from(key).ok()),
        })
    }

    fn prepare(&mut self, sql: &str) -> Result<(), ClientError> {
        let statement = self.connection.prep(sql).map_err(failure)?;
        self.connection.close(statement).map_err(failure)
    }

    fn batch(&mut self, sql: &str) -> Result<(), ClientError> {
        // Each statement on its own gives its own result, or its error.
        let results = self.connection.query_iter(sql).map_err(failure)?;
        let mut results = results;
        while let Some(set) = results.iter() {
            for row in set {
                row.map_err(failure)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, access: Access) -> Result<(), ClientError> {
        // The server may be set to let each statement see a later state.
        self.connection
            .query_drop("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            .map_err(failure)?;
        self.batch(match access {
            Access::Read => "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
            Access::Write => "START TRANSACTION READ WRITE",
        })
    }
}

fn params(values: &[Value]) -> Params {
    if values.is_empty() {
        Params::Empty
    } else {
        Params::Positional(values.iter().map(bound).collect())
    }
}

/// A value as Django stores it on MySQL and MariaDB.
fn bound(value: &Value) -> Wire {
    let text = |text: String| Wire::Bytes(text.into_bytes());
    match value {
        Value::Null => Wire::NULL,
        Value::Bool(value) => Wire::Int((*value).into()),
        Value::Int(number) | Value::Duration(number) => Wire::Int(*number),
        Value::Float(number) => Wire::Double(*number),
        Value::Decimal(digits) => text(digits.clone()),
        Value::Text(words) => text(words.clone()),
        Value::Bytes(bytes) => Wire::Bytes(bytes.clone()),
        Value::Date(date) => text(date.to_string()),
        Value::Time(time) => text(stored::time(time)),
        Value::DateTime(moment) => text(stored::moment(moment)),
        Value::Uuid(id) => text(format!("{id:032x}")),
        Value::Json(value) => text(value.to_string()),
        Value::Array(items) => text(stored::list(items)),
    }
}

/// A value of the server's own type.
fn natural(column: &Column, value: Wire) -> Result<Value, ClientError> {
    let odd = |what: String| {
        ClientError::new(
            ErrorKind::Value,
            format!(
                "column `{}` holds {what}, which is no date or time",
                column.name_str()
            ),
        )
    };
    Ok(match value {
        Wire::NULL => Value::Null,
        Wire::Int(number) => Value::Int(number),
        Wire::UInt(number) => {
            i64::try_from(number).map_or_else(|_| Value::Decimal(number.to_string()), Value::Int)
        }
        // Not `f64::from`: 0.1 in single precision means 0.1, not 0.10000000149.
        Wire::Float(number) => {
            Value::Float(number.to_string().parse().unwrap_or_else(|_| number.into()))
        }
        Wire::Double(number) => Value::Float(number),
        Wire::Date(year, month, day, hour, minute, second, micros) => {
            let shown = || odd(format!("{year:04}-{month:02}-{day:02}"));
            let narrow = |number: u8| i8::try_from(number).unwrap_or(-1);
            let year = i16::try_from(year).unwrap_or(-1);
            let date =
                jiff::civil::Date::new(year, narrow(month), narrow(day)).map_err(|_| shown())?;
            if column.column_type() == ColumnType::MYSQL_TYPE_DATE {
                return Ok(Value::Date(date));
            }
            let nanos = i32::try_from(micros).unwrap_or(-1).saturating_mul(1000);
            let time = jiff::civil::Time::new(narrow(hour), narrow(minute), narrow(second), nanos)
                .map_err(|_| shown())?;
            Value::DateTime(date.to_datetime(time))
        }
        Wire::Time(negative, days, hours, minutes, seconds, micros) => {
            let seconds = ((i64::from(days) * 24 + i64::from(hours)) * 60 + i64::from(minutes))
                * 60
                + i64::from(seconds);
            let micros = seconds * 1_000_000 + i64::from(micros);
            // The type is a length of time; Django keeps times of day in it.
            let time = jiff::civil::Time::midnight()
                .checked_add(jiff::SignedDuration::from_micros(micros));
            match time {
                Ok(time) if !negative => Value::Time(time),
                _ => Value::Duration(if negative { -micros } else { micros }),
            }
        }
        Wire::Bytes(bytes) => {
            let text =
                |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| error.into_bytes());
            match column.column_type() {
                ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL => {
                    text(bytes).map_or_else(Value::Bytes, Value::Decimal)
                }
                ColumnType::MYSQL_TYPE_JSON => match serde_json::from_slice(&bytes) {
                    Ok(value) => Value::Json(value),
                    Err(_) => Value::Bytes(bytes),
                },
                ColumnType::MYSQL_TYPE_BIT | ColumnType::MYSQL_TYPE_GEOMETRY => Value::Bytes(bytes),
                _ if column.character_set() == BINARY => Value::Bytes(bytes),
                _ => text(bytes).map_or_else(Value::Bytes, Value::Text),
            }
        }
    })
}

fn failure(error: Error) -> ClientError {
    match error {
        Error::MySqlError(error) => {
            let kind = match error.code {
                1044 | 1045 | 1049 | 1129 | 1130 | 1698 => ErrorKind::Refused,
                1053 | 1077 | 1079 | 1927 => ErrorKind::Disconnected,
                _ => ErrorKind::Statement,
            };
            ClientError {
                code: Some(error.code.to_string()),
                ..ClientError::new(kind, error.message)
            }
        }
        Error::DriverError(error) => match error {
            DriverError::ConnectTimeout => ClientError::new(
                ErrorKind::Unreachable,
                "no answer within two seconds; is the server running?",
            ),
            DriverError::CouldNotConnect(inner) => {
                let words = inner.map_or_else(|| "no connection".into(), |(_, words, _)| words);
                ClientError::new(
                    ErrorKind::Unreachable,
                    format!("{words}; is the server running?"),
                )
            }
            other => ClientError::new(ErrorKind::Statement, other.to_string()),
        },
        Error::IoError(error) => ClientError::new(
            ErrorKind::Disconnected,
            format!("the connection was lost: {error}"),
        ),
        Error::CodecError(error) => ClientError::new(
            ErrorKind::Disconnected,
            format!("the connection was lost: {error}"),
        ),
        Error::UrlError(error) => ClientError::new(ErrorKind::Url, error.to_string()),
        Error::FromValueError(value) => ClientError::new(
            ErrorKind::Value,
            format!("a value that cannot be read: {value:?}"),
        ),
        other => ClientError::new(ErrorKind::Statement, other.to_string()),
    }
}
