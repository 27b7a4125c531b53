//! What can go wrong when a query runs.

use crate::Query;
use std::fmt;

/// Shorthand for results of running queries.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a query gave no result: which query, where it is written, and what happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A query with cardinality `one` found no row.
    NoRow {
        /// The query.
        query: &'static Query,
    },
    /// The driver or the database refused.
    Driver {
        /// The query.
        query: &'static Query,
        /// What the driver said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The query refuses by itself what it was asked to write.
    Refused {
        /// The query.
        query: &'static Query,
        /// Why.
        why: &'static str,
    },
    /// A parameter that says how many rows in a `limit` or an `offset` is negative.
    Negative {
        /// The query.
        query: &'static Query,
        /// The number.
        number: i64,
    },
    /// A value in the database is not one of the column's type.
    Value {
        /// The query.
        query: &'static Query,
        /// The column's place in the statement, from 0.
        column: usize,
        /// What was found instead, in words.
        found: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NoRow { query }
        | Self::Driver { query, .. }
        | Self::Refused { query, .. }
        | Self::Negative { query, .. }
        | Self::Value { query, .. }) = self;
        write!(f, "query `{}` ({}): ", query.name, query.source)?;
        match self {
            Self::NoRow { .. } => f.write_str("found no row where there must be one"),
            Self::Driver { source, .. } => write!(f, "{source}"),
            Self::Refused { why, .. } => f.write_str(why),
            Self::Negative { number, .. } => write!(
                f,
                "`limit` and `offset` take no negative number, and {number} is one"
            ),
            Self::Value { column, found, .. } => write!(f, "column {} is {found}", column + 1),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Driver { source, .. } => Some(&**source),
            _ => None,
        }
    }
}
