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
pub(crate) trait Driver {
    /// Which database it talks to.
    fn database(&self) -> Database;
    /// The server's version, as it says it.
    fn version(&self) -> &str;
    /// Runs a statement that gives rows.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError>;
    /// Runs a statement, and says how many rows it matched.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ClientError>;
    /// Has the server parse and resolve a statement, without running it.
    fn prepare(&mut self, sql: &str) -> Result<(), ClientError>;
    /// Runs statements without values and without rows.
    fn batch(&mut self, sql: &str) -> Result<(), ClientError>;
    /// Begins a transaction in which all statements see the same rows.
    fn begin(&mut self, access: Access) -> Result<(), ClientError>;
}
