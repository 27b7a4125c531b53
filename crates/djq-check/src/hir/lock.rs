//! Rows that a query locks.

use super::SourceId;
use djq_diagnostics::Span;

/// What a query locks of the rows that it reads, until its transaction ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Whether others may lock them so too (`for share`).
    pub share: bool,
    /// Whose rows: models' tables, each surely there for each row; at least one.
    pub of: Vec<SourceId>,
    /// What happens where another transaction has locked one.
    pub wait: Wait,
    /// The clause.
    pub span: Span,
}

/// What happens where another transaction has locked a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The query waits for it.
    Until,
    /// The row is left out.
    Skip,
    /// The query fails.
    Never,
}
