//! PostgreSQL, by the postgres crate.
//!
//! Values are bound as text, which the server reads as the parameter's own type, whatever that is; what
//! comes back is binary, and read in [`super::postgres_binary`].

use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::types::{Format, IsNull, ToSql, Type, private::BytesMut};
use postgres::{Client, Config, Error, NoTls};
use url::Url;

use super::{Done, Driver, postgres_binary::Cell};
use crate::location::Database;
use crate::{Access, ClientError, ErrorKind, Rows, Value};

/// A server that does not answer within this time is not there.
const TIMEOUT: Duration = Duration::from_secs(2);

pub(crate) struct Postgres {
    client: Client,
    version: String,
}

impl Postgres {
    pub(crate) fn open(url: &Url, access: Access) -> Result<Self, ClientError> {
        let mut config: Config = url
            .as_str()
            .parse()
            .map_err(|error: Error| ClientError::new(ErrorKind::Url, words(&error)))?;
        if config
            .get_hosts()
            .iter()
            .all(|host| matches!(host, Host::Tcp(name) if name.is_empty()))
        {
            config.host_path("/var/run/postgresql");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(TIMEOUT);
        }
        if config.get_ssl_mode() == SslMode::Require {
            return Err(ClientError::new(
                ErrorKind::Url,
                "the URL asks for `sslmode=require`, and djq speaks no TLS; connect through a tunnel",
            ));
        }
        config.application_name("djq");
        let mut client = config.connect(NoTls).map_err(|error| failure(&error))?;
        let mut setup = String::from("SET TimeZone TO 'UTC'; SET client_encoding TO 'UTF8'");
        if access == Access::Read {
            setup.push_str("; SET default_transaction_read_only TO on");
        }
        client
            .batch_execute(&setup)
            .map_err(|error| failure(&error))?;
        let row = client
            .query_one("SHOW server_version", &[])
            .map_err(|error| failure(&error))?;
        let version = row.try_get(0).map_err(|error| failure(&error))?;
        Ok(Self { client, version })
    }
}

impl Driver for Postgres {
    fn database(&self) -> Database {
        Database::Postgres
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError> {
        let statement = self.client.prepare(sql).map_err(|error| failure(&error))?;
        let columns = statement
            .columns()
            .iter()
            .map(|column| column.name().to_owned())
            .collect();
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
        let found = self
            .client
            .query(&statement, &bound)
            .map_err(|error| failure(&error))?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            let value = |column| {
                let cell: Result<Option<Cell>, Error> = row.try_get(column);
                cell.map(|cell| cell.map_or(Value::Null, |cell| cell.0))
                    .map_err(|error| ClientError {
                        kind: ErrorKind::Value,
                        ..failure(&error)
                    })
            };
            rows.push((0..row.len()).map(value).collect::<Result<_, _>>()?);
        }
        Ok(Rows { columns, rows })
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<Done, ClientError> {
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
        self.client
            .execute(sql, &bound)
            .map(Done::of)
            .map_err(|error| failure(&error))
    }

    fn prepare(&mut self, sql: &str) -> Result<(), ClientError> {
        self.client
            .prepare(sql)
            .map(|_| ())
            .map_err(|error| failure(&error))
    }

    fn batch(&mut self, sql: &str) -> Result<(), ClientError> {
        self.client
            .batch_execute(sql)
            .map_err(|error| failure(&error))
    }

    fn begin(&mut self, access: Access) -> Result<(), ClientError> {
        self.batch(match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Access::Write => "BEGIN READ WRITE",
        })
    }
}

/// A value in the text that the server reads as the type of its parameter.
#[derive(Debug)]
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let text = match self.0 {
            // There is no array of rows to bind: a list of them is the text of a JSON array.
            Value::Array(items) if *ty == Type::TEXT => Some(rows(items)),
            value => text(value),
        };
        match text {
            None => Ok(IsNull::Yes),
            Some(text) => {
                out.extend_from_slice(text.as_bytes());
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bytes(_) => format!("\\x{value}"),
        Value::DateTime(moment) => format!("{moment}+00"),
        Value::Duration(micros) => format!("{micros} microseconds"),
        Value::Array(items) => array(items),
        other => other.to_string(),
    })
}

/// `{a,NULL,"b \"quoted\""}`; lists in lists are arrays of more dimensions.
fn array(items: &[Value]) -> String {
    let item = |item: &Value| match (item, text(item)) {
        (Value::Array(_), Some(nested)) => nested,
        (_, Some(text)) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        (_, None) => "NULL".into(),
    };
    format!(
        "{{{}}}",
        items.iter().map(item).collect::<Vec<_>>().join(",")
    )
}

/// `[["1", "a"], ["2", null]]`: each value in the text that a cast reads.
fn rows(items: &[Value]) -> String {
    fn item(value: &Value) -> serde_json::Value {
        match value {
            Value::Array(items) => items.iter().map(item).collect(),
            other => text(other).map_or(serde_json::Value::Null, serde_json::Value::String),
        }
    }
    serde_json::Value::from(items.iter().map(item).collect::<Vec<_>>()).to_string()
}

/// The driver's own words and the cause behind them: "db error" alone says nothing.
fn words(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn failure(error: &Error) -> ClientError {
    let Some(server) = error.as_db_error() else {
        let words = words(error);
        if words.starts_with("error connecting") {
            return ClientError::new(
                ErrorKind::Unreachable,
                format!("{words}; is the server running?"),
            );
        }
        let lost = error.is_closed() || words.starts_with("error communicating");
        return match lost {
            true => ClientError::new(
                ErrorKind::Disconnected,
                format!("the connection was lost: {words}"),
            ),
            false => ClientError::new(ErrorKind::Statement, words),
        };
    };
    let code = server.code();
    let kind = match code.code().get(..2) {
        Some("08") => ErrorKind::Disconnected,
        _ if [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code) => {
            ErrorKind::Disconnected
        }
        Some("28" | "3D" | "53") => ErrorKind::Refused,
        _ => ErrorKind::Statement,
    };
    let detail = [server.detail(), server.hint()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; ");
    let position = match server.position() {
        Some(postgres::error::ErrorPosition::Original(position)) => Some(*position),
        _ => None,
    };
    ClientError {
        code: Some(code.code().to_owned()),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        position,
        ..ClientError::new(kind, server.message())
    }
}
