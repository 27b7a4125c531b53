//! Connections to PostgreSQL, MySQL, MariaDB and SQLite by URL, and values known only at run time.
//!
//! A [`Connection`] runs SQL that is ready, [`run`](fn@run) a compiled query with all that is nested in it,
//! [`write`](fn@write) one that writes; none compiles
//! queries or reads schemas. Rows come as
//! [`Value`]s of the server's own types; [`Value::typed`] makes of one what a Django field of a type
//! holds, whatever way that database stores it.

mod cascade;
mod connection;
mod decimal;
mod driver;
mod error;
mod guards;
mod location;
mod nested;
mod run;
mod stored;
mod typed;
mod value;
mod write;

pub use connection::{Access, Connection};
pub use error::{ClientError, ErrorKind};
pub use guards::holds;
pub use location::{Database, redacted};
pub use run::{Field, field_type, run};
pub use typed::TypeError;
pub use value::{Rows, Value};
pub use write::{Written, write};
