//! `for update` and `for share`.

use crate::{
    hir::{ClauseKind, Lock, SourceId, SourceKind, Wait},
    scope::FrameKind,
    walker::Walker,
    windows::first_window,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

/// The clauses of the outermost pipeline without the lock at their end, and the lock.
pub(crate) fn split(clauses: &[ast::Clause]) -> (&[ast::Clause], Option<&ast::Clause>) {
    match clauses.split_last() {
        Some((last, rest)) if matches!(last.kind, ast::ClauseKind::Lock { .. }) => {
            (rest, Some(last))
        }
        _ => (clauses, None),
    }
}

impl<'a> Walker<'a> {
    /// The lock at the end of the outermost pipeline, whose scope is open.
    pub(crate) fn lock(&mut self, clause: &'a ast::Clause) -> Option<Lock> {
        let ast::ClauseKind::Lock { strength, of, wait } = &clause.kind else {
            return None;
        };
        self.clause_guard(clause);
        if self.scope().grain.unknown {
            return None;
        }
        if let Some((made_by, what)) = self.other_rows() {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_LOCK,
                    clause.keyword,
                    "these are not rows of a table, so that none of a table's would be locked",
                )
                .because(made_by, what)
                .help("lock the rows in one query, and sum them up in another of the same transaction"),
            );
            return None;
        }
        let of = if of.is_empty() {
            self.all_written(clause.keyword)?
        } else {
            of.iter()
                .map(|name| self.locked(name))
                .collect::<Option<Vec<_>>>()?
        };
        for source in &of {
            self.touch(*source, clause.span);
        }
        Some(Lock {
            share: &*strength.text == "share",
            of,
            wait: match wait.as_ref().map(|wait| &*wait.text) {
                None => Wait::Until,
                Some("nowait") => Wait::Never,
                Some(_) => Wait::Skip,
            },
            span: clause.span,
        })
    }

    /// A lock that is not the last clause of the outermost pipeline of a query that reads.
    pub(crate) fn misplaced_lock(&mut self, clause: &ast::Clause) {
        self.report(
            Diagnostic::new(
                &codes::MISPLACED_LOCK,
                clause.keyword,
                "rows are locked at the end of a query",
            )
            .label("databases would lock other rows from here, or none")
            .help(
                "write it once, as the last clause of the outermost pipeline of a query that reads",
            ),
        );
    }

    /// What makes the rows other than those of the sources.
    fn other_rows(&mut self) -> Option<(Span, &'static str)> {
        let scope = self.scope();
        let framed = scope.frames.iter().find_map(|frame| match frame.kind {
            FrameKind::Rows => None,
            FrameKind::Grouped(_) => Some((frame.made_by, "gives a row for each group")),
            FrameKind::Distinct(_) => Some((frame.made_by, "gives each row once")),
            FrameKind::SetOperation => Some((frame.made_by, "gives rows of two pipelines")),
        });
        if framed.is_some() {
            return framed;
        }
        let mut named = Vec::new();
        for clause in &scope.clauses {
            match &clause.kind {
                ClauseKind::PagePer { .. } => {
                    return Some((clause.span, "counts the rows of each key"));
                }
                ClauseKind::Let(ids) | ClauseKind::Select(ids) => named.extend_from_slice(ids),
                _ => {}
            }
        }
        named
            .into_iter()
            .find_map(|id| first_window(&self.named(id).value))
            .map(|span| (span, "is a window, over rows that are not locked"))
    }

    /// The sources that the author wrote.
    fn all_written(&mut self, keyword: Span) -> Option<Vec<SourceId>> {
        let written: Vec<SourceId> = self.scope().sources.iter().map(|known| known.id).collect();
        if written.is_empty() {
            self.report(
                Diagnostic::new(&codes::MISPLACED_LOCK, keyword, "there are no rows to lock")
                    .help("start from a model: `from Entry`"),
            );
            return None;
        }
        let lockable: Vec<Box<str>> = written
            .iter()
            .filter(|id| self.not_lockable(**id).is_none())
            .map(|id| self.source(*id).name.clone())
            .collect();
        let wrong = written
            .iter()
            .find_map(|id| self.not_lockable(*id).map(|why| (*id, why)));
        if let Some((id, why)) = wrong {
            let source = self.source(id);
            let mut diagnostic = Diagnostic::new(
                &codes::MISPLACED_LOCK,
                keyword,
                format!("the rows of `{}` cannot be locked", source.name),
            )
            .because(source.span, why);
            if let Some(first) = lockable.first() {
                diagnostic = diagnostic.help(format!("say whose rows are: `of {first}`"));
            }
            self.report(diagnostic);
            return None;
        }
        Some(written)
    }

    /// A source after `of`.
    fn locked(&mut self, name: &'a ast::Name) -> Option<SourceId> {
        let known = self
            .scope()
            .sources
            .iter()
            .find(|known| *known.name == *name.text)
            .cloned();
        let Some(known) = known else {
            let names: Vec<Box<str>> = self
                .scope()
                .sources
                .iter()
                .map(|known| known.name.clone())
                .collect();
            let near = djq_diagnostics::nearest(&name.text, names.iter().map(|name| &**name));
            self.report(crate::names::with_nearest(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("`{}` is no source of this query", name.text),
                ),
                name.span,
                near,
            ));
            return None;
        };
        self.fact(name.span, crate::facts::FactKind::Definition(known.span));
        if let Some(why) = self.not_lockable(known.id) {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_LOCK,
                    name.span,
                    format!("the rows of `{}` cannot be locked", name.text),
                )
                .because(known.span, why)
                .help("lock the rows of a model that `from` or an inner `join` reads"),
            );
            return None;
        }
        Some(known.id)
    }

    /// Why rows of a source cannot be locked.
    fn not_lockable(&self, id: SourceId) -> Option<&'static str> {
        let source = self.source(id);
        if !matches!(source.kind, SourceKind::Model(_)) {
            Some("is no model's table")
        } else if source.nullable {
            Some("may have no row: an outer join")
        } else {
            None
        }
    }
}
