//! Typed code for compiled queries.
