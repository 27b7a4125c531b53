//! What the language has and this compiler does not: said plainly, once.

use crate::walker::Walker;
use djq_diagnostics::{Diagnostic, Span, codes};

impl Walker<'_> {
    /// The answer to what is not there yet.
    pub(crate) fn not_yet(&mut self, span: Span, what: &str) {
        self.report(
            Diagnostic::new(&codes::NOT_YET, span, format!("{what}: not there yet"))
                .label("this version cannot compile it"),
        );
    }
}
