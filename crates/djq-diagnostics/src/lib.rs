//! Spans, source maps, diagnostics and their codes.
//!
//! Every stage reports problems as [`Diagnostic`] data; how they look is the business of
//! `terminal` (for people) and `json` (for programs). What fills a diagnostic stands beside the
//! stage that raises it; what a code means, with its example, stands in [`codes`].

pub mod codes;
mod diagnostic;
mod excerpt;
mod fix;
mod json;
mod nearest;
mod source;
mod terminal;

/// More errors of one file than anyone reads: the stages look no further.
pub const MOST_ERRORS: usize = 100;

pub use codes::Code;
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use fix::apply_fix;
pub use json::{to_github, to_json};
pub use nearest::nearest;
pub use source::{FileId, LineColumn, SourceFile, SourceMap, Span};
pub use terminal::render;
