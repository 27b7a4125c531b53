//! Names, types, nullability and cardinality: from the syntax tree and the schema to the HIR.
//!
//! Knows no dialect and writes no SQL.

pub mod functions;
pub mod hir;
mod interface;
mod sink;
mod types;
mod typing;

pub use interface::{Interface, Parameter, RowField, RowFieldKind, RowShape};
pub use types::{Ty, Type};
