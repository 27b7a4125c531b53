//! Names, types, nullability and cardinality: from the syntax tree and the schema to the HIR.
//!
//! Knows no dialect and writes no SQL.

mod calls;
mod cardinality;
mod check;
mod comparable;
mod composite;
mod content_type;
mod declared;
mod definition_checks;
mod definitions;
mod escape;
mod expressions;
mod facts;
mod fan_out;
pub mod functions;
mod grouping;
mod groups;
mod guard;
mod guards;
pub mod hir;
mod index_lints;
mod interface;
mod joins;
mod links;
mod lints;
mod lock;
mod meant;
mod members;
mod names;
mod nest;
mod pages;
mod parameters;
mod paths;
mod pipeline;
mod recursion;
mod relations;
mod resolve;
mod rows;
mod scope;
mod selection;
mod sink;
mod sources;
mod trees;
mod types;
mod typing;
mod visit;
mod walker;
mod windows;
mod writing;

pub use check::{Checked, Context, check};
pub use facts::{Fact, FactKind, Facts};
pub use guard::{Comparison, Guard, compare, decimal};
pub use interface::{Interface, Parameter, RowField, RowFieldKind, RowShape};
pub use lints::Level;
pub use types::{Ty, Type};
