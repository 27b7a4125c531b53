//! What several dialects refuse for one cause, as one diagnostic that names them.

use djq_diagnostics::Diagnostic;
use djq_sql::{dialect::DialectId, refused_by};

/// The refusals of a query, by dialect in the settings' order.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    merged: Vec<Refused>,
}

/// One thing that cannot be done.
#[derive(Debug)]
struct Refused {
    diagnostic: Diagnostic,
    /// The dialects, each with why.
    by: Vec<(DialectId, String)>,
}

impl Refusals {
    /// Takes what a dialect refuses.
    pub(crate) fn add(&mut self, dialect: DialectId, refusals: Vec<Diagnostic>) {
        for diagnostic in refusals {
            let why = diagnostic.primary.message.clone();
            let known = self.merged.iter_mut().find(|known| {
                known.diagnostic.code.id == diagnostic.code.id
                    && known.diagnostic.primary.span == diagnostic.primary.span
                    && known.diagnostic.help == diagnostic.help
                    && known.by.iter().all(|(id, _)| *id != dialect)
            });
            match known {
                Some(known) => known.by.push((dialect, why)),
                None => self.merged.push(Refused {
                    diagnostic,
                    by: vec![(dialect, why)],
                }),
            }
        }
    }

    /// One diagnostic for each thing.
    pub(crate) fn into_diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.merged.into_iter().map(|refused| {
            let Refused { mut diagnostic, by } = refused;
            let dialects: Vec<DialectId> = by.iter().map(|(id, _)| *id).collect();
            diagnostic.message = refused_by(&dialects);
            let mut said = vec![diagnostic.primary.message.clone()];
            for (dialect, why) in by {
                if !said.contains(&why) {
                    diagnostic.notes.push(format!("{}: {why}", dialect.title()));
                    said.push(why);
                }
            }
            diagnostic
        })
    }
}
