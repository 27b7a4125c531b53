//! A driver for each database, behind one trait.

mod mysql;
mod postgres;
mod postgres_binary;
mod sqlite;

use crate::location::Database;
use crate::{Access, ClientError, Rows, Value};

pub(crate) use mysql::MySql;
pub(crate) use postgres::Postgres;
pub(crate) use sqlite::Sqlite;

/// What a connection asks of a driver.
pub(crate) trait Driver: Send {
    /// Which database it talks to.
    fn database(&self) -> Database;
    /// The server's version, as it says it.
    fn version(&self) -> &str;
    /// Runs a statement that gives rows.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError>;
    /// Runs a statement, and says what it did.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<Done, ClientError>;
    /// Has the server parse and resolve a statement, without running it.
    fn prepare(&mut self, sql: &str) -> Result<(), ClientError>;
    /// Runs statements without values and without rows.
    fn batch(&mut self, sql: &str) -> Result<(), ClientError>;
    /// Begins a transaction in which all statements see the same rows.
    fn begin(&mut self, access: Access) -> Result<(), ClientError>;
}

/// What a statement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// The number of rows that it matched or made.
    pub(crate) rows: u64,
    /// The number of rows that were given to an insert, where the server says it.
    pub(crate) records: Option<u64>,
    /// The key that the database made for the last new row, where the driver can say it.
    pub(crate) key: Option<i64>,
}

impl Done {
    /// So many rows, and nothing more is known.
    pub(crate) fn of(rows: u64) -> Self {
        Self {
            rows,
            records: None,
            key: None,
        }
    }
}
