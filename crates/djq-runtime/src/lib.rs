//! What generated Rust code needs to run djq queries; one feature for each driver.
//!
//! Generated modules hold plain functions and structs; the SQL is a constant [`Query`] in them, and everything that
//! is the same for every query is here. Imports no crate of the compiler.

mod error;
mod query;
#[cfg(feature = "rusqlite")]
pub mod sqlite;

pub use error::{Error, Result};
pub use query::{KeyForm, Keys, Moment, Parent, Piece, Query, Slot, Statement, Step, Write};

// Generated code names these types through this crate, so that it depends on nothing else.
pub use jiff;
#[cfg(feature = "rusqlite")]
pub use rusqlite;
pub use rust_decimal;
pub use serde_json;
pub use uuid;

/// Includes what `djq_build::compile` wrote in the build script of this crate.
#[macro_export]
macro_rules! include_queries {
    () => {
        include!(concat!(env!("OUT_DIR"), "/djq_queries.rs"));
    };
}
