//! The dialects, a folder each.

mod form;

pub use form::{Binding, Form, Refusal, Spelling};
