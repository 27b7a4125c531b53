//! Values that clauses compare: JSON is not compared alike on all databases, so it is no key and no part of rows that
//! must differ.

use crate::{Type, hir::NamedId, walker::Walker};
use djq_diagnostics::{Diagnostic, Span, codes};

impl Walker<'_> {
    /// The answer to named values that a clause compares and databases do not compare alike.
    pub(crate) fn compared(&mut self, ids: &[NamedId], clause: &str, at: Span) {
        for id in ids {
            let named = self.named(*id);
            let (ty, span) = (named.value.ty.kind.clone(), named.span);
            let span = if span == Span::default() { at } else { span };
            self.compared_value(&ty, clause, span);
        }
    }

    /// As [`Walker::compared`], of one value.
    pub(crate) fn compared_value(&mut self, ty: &Type, clause: &str, at: Span) {
        let help = match ty.base() {
            Type::Json => "take out what is compared, with its type: `x['key']::text`",
            Type::SearchVector => "compare the text that it was made of",
            _ => return,
        };
        self.report(
            Diagnostic::new(
                &codes::OPERAND_TYPE,
                at,
                format!("{clause} compares values, and databases do not compare {ty} alike"),
            )
            .label(format!("this is `{ty}`"))
            .help(help),
        );
    }
}
