//! Typed code for compiled queries.
//!
//! Takes what a query looks like from outside (its [`Interface`]) and its SQL, and gives
//! text; writes no files.

mod guards;
mod names;
mod rust;

pub use rust::rust;

use djq_check::Interface;
use djq_sql::Rendered;

/// A query to generate code for.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// What callers see.
    pub interface: &'a Interface,
    /// Its SQL for the driver's dialect.
    pub sql: &'a Rendered,
    /// The `.djq` file and line it stands in.
    pub source: &'a str,
}
