//! Plans made by hand, for what the language reaches by long ways only: every statement is prepared and run on
//! all four databases, and the rows are compared.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod aggregates;
mod from;
mod lateral;
mod lists;
mod names;
mod order;
mod parameters;
mod plans;
mod servers;
mod sets;
