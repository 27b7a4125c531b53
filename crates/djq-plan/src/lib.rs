//! From the HIR to a relational plan that knows no dialect: joins shared, aggregates placed,
//! SELECTs merged. Infallible.

pub mod plan;
