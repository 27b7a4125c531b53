//! Where diagnostics go while a file is checked.

use djq_diagnostics::Diagnostic;

/// The diagnostics of one file, in the order found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    /// Adds a diagnostic.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether one of those from place `since` on stops the query from compiling.
    pub(crate) fn errors_since(&self, since: usize) -> bool {
        self.found.iter().skip(since).any(Diagnostic::is_error)
    }

    /// All of them.
    pub(crate) fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }

    /// All of them, to read.
    pub(crate) fn as_slice(&self) -> &[Diagnostic] {
        &self.found
    }
}
