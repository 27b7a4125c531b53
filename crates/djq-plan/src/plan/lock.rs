//! Rows that a statement locks.

use super::TableId;
use djq_check::hir::Wait;
use djq_diagnostics::Span;

/// What a statement locks of the rows that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Whether others may lock them so too.
    pub share: bool,
    /// The rows of which tables, at least one.
    pub of: Vec<TableId>,
    /// What happens where another transaction has locked one.
    pub wait: Wait,
    /// The clause.
    pub span: Span,
}
