//! What clauses become: one test for each rule of the lowering, from HIR to the plan as text.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod build;
mod dump;
mod queries;
mod rules;
