//! The catalogue of functions: names, types, null behaviour, documentation.
//!
//! A function is known by its id; each dialect answers for each id by an exhaustive `match`.
//!
//! Two rules hold for all: a function is null where any of its arguments is, unless its entry says
//! otherwise ([`Nulls`]); and where databases disagree about an argument that has no answer (the logarithm
//! of -1, the 30th of February) it is null on all of them.

mod aggregates;
mod brought;
mod choice;
mod collections;
mod entry;
mod ids;
mod json;
mod lookup;
mod numbers;
mod other;
mod search;
mod statistics;
mod text;
mod time;
mod windows;

pub use brought::{Brought, brought};
pub use entry::{Argument, Callable, Category, Entry, Gives, Nulls, Takes, Times};
pub use ids::{AggregateId, FunctionId, WindowId};
pub use lookup::{aggregate_entry, all, by_name, entry, entry_by_name};
pub(crate) use lookup::{every, lowered};
