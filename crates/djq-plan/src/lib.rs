//! From the HIR to a relational plan that knows no dialect: joins shared, aggregates placed,
//! SELECTs merged. Infallible.

mod apart;
mod conflicts;
mod forms;
mod frames;
mod guards;
mod lower;
mod nulls;
mod parts;
pub mod plan;
mod relations;
mod same;
mod scan;
mod unions;
pub mod walk;

pub use apart::{Apart, groups_apart};
pub use conflicts::conflicts_apart;
pub use forms::{Forms, JoinedFirsts, LateralPages, in_forms};
pub use frames::frames_apart;
pub use lower::{Ways, plan, plan_clause_by_clause, plan_in};
pub use unions::unions_closed;
