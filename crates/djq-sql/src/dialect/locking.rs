//! How a dialect locks rows that it reads.

/// How a dialect locks rows that it reads. `FOR UPDATE`, `NOWAIT` and `SKIP LOCKED` are the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locking {
    /// Whether it takes `OF`; else it locks the rows of every table that the SELECT reads.
    pub has_of: bool,
    /// What locks rows so that others may do so too.
    pub share: &'static str,
}
