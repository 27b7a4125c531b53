//! The catalogue of functions: names, types, null behaviour, documentation.
//!
//! A function is known by its id; each dialect answers for each id by an exhaustive `match`.

mod callable;
mod ids;

pub use callable::{Callable, by_name};
pub use ids::{AggregateId, FunctionId};
