//! What a dialect cannot do, said to the author.

use super::Legalizer;
use crate::{
    dialect::{DialectId, Refusal},
    legal::Expr,
};
use djq_diagnostics::{Code, Diagnostic, Span, codes};

/// What is said of something that these dialects cannot do.
///
/// ```
/// use djq_sql::dialect::DialectId;
/// assert_eq!(
///     djq_sql::refused_by(&DialectId::ALL[1..3]),
///     "this cannot be written faithfully for MySQL and MariaDB"
/// );
/// ```
#[must_use]
pub fn refused_by(dialects: &[DialectId]) -> String {
    let titles: Vec<&str> = dialects.iter().map(|id| id.title()).collect();
    let titles = match titles.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => titles.concat(),
    };
    format!("this cannot be written faithfully for {titles}")
}

impl<'a> Legalizer<'a> {
    /// Reports a refusal of the dialect's.
    pub(super) fn refuse(&mut self, span: Span, refusal: Refusal) {
        self.refuse_as(&codes::NO_FAITHFUL_FORM, span, refusal);
    }

    /// Reports that something cannot be written for the dialect.
    pub(super) fn refuse_as(&mut self, code: &'static Code, span: Span, refusal: Refusal) {
        let mut diagnostic =
            Diagnostic::new(code, span, refused_by(&[self.dialect.id()])).label(refusal.why);
        if let Some(instead) = refusal.instead {
            diagnostic = diagnostic.help(instead);
        }
        // What is refused as a whole is not refused again, for the same reason, for a part of it.
        let known = self.diagnostics.iter().any(|known| {
            known.code.id == code.id
                && known.primary.message == diagnostic.primary.message
                && known.primary.span.covers(span)
        });
        if !known {
            self.diagnostics.push(diagnostic);
        }
    }

    /// What stands for an expression whose diagnostic has been given; it is never written.
    pub(super) fn refused(&mut self, span: Span, refusal: Refusal) -> Expr<'a> {
        self.refuse(span, refusal);
        Expr::atom("NULL")
    }

    /// Refuses a name that the dialect would cut.
    pub(super) fn check_name(&mut self, name: &str, span: Span) {
        if !self.dialect.takes_name(name) {
            self.refuse_as(
                &codes::NAME_TOO_LONG,
                span,
                Refusal {
                    why: format!("the name `{name}` is longer than names may be there").into(),
                    instead: Some("give it a shorter name with `as`".into()),
                },
            );
        }
    }
}
