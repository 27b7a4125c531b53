//! More of a kind than any database takes: told at once, and left out.

use crate::walker::Walker;
use djq_diagnostics::{Diagnostic, Span, codes};

/// The columns of a MySQL table, and more than a row of PostgreSQL or SQLite has.
pub(crate) const MOST: usize = 4096;

impl<'a> Walker<'a> {
    /// As many of these as a database takes; says so where there are more.
    pub(crate) fn bounded<T>(&mut self, items: &'a [T], at: Span, what: &str) -> &'a [T] {
        match items.get(..MOST) {
            Some(first) if items.len() > MOST => {
                self.report(too_many(items.len(), at, what));
                self.broken = true;
                first
            }
            _ => items,
        }
    }
}

/// The diagnostic for so many.
pub(crate) fn too_many(count: usize, at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&codes::TOO_LARGE, at, format!("these are {count} {what}"))
        .label(format!("more than {MOST}"))
        .help("many values of one kind are rows: a list `$ids`, or `$rows`, as a parameter")
}
