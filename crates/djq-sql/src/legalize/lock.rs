//! Rows that a statement locks.

use super::Legalizer;
use crate::{
    dialect::Refusal,
    legal::{Body, From, Lock, Query},
};
use djq_check::hir::Wait;
use djq_plan::plan::{self, JoinKind};

impl<'a> Legalizer<'a> {
    /// The lock behind a statement, where the tables are read by its very SELECT.
    pub(super) fn lock(&mut self, lock: &'a plan::Lock, query: &Query<'a>) -> Option<Lock<'a>> {
        let locking = match self.dialect.locking() {
            Ok(locking) => locking,
            Err(refusal) => {
                self.refuse(lock.span, refusal);
                return None;
            }
        };
        let mut tables = Tables::default();
        if let Body::Select(select) = &query.body
            && !select.distinct
            && select.group_by.is_empty()
            && select.having.is_none()
            && let Some(from) = &select.from
        {
            tables.read(from, true);
        }
        let of: Vec<_> = lock.of.iter().map(|id| self.alias(*id)).collect();
        let missing = of.iter().any(|alias| !tables.sure.contains(alias));
        if missing {
            self.refuse(
                lock.span,
                Refusal {
                    why: "the rows come out of a derived table, or of a join that is not always there".into(),
                    instead: Some(
                        "lock rows as they are read: `where`, `order by` and one `limit`, no optional join of theirs".into(),
                    ),
                },
            );
            return None;
        }
        if !locking.has_of && tables.count > of.len() {
            self.refuse(
                lock.span,
                Refusal {
                    why: "it has no `OF`, and would lock the rows of every table that is read".into(),
                    instead: Some(
                        "read the locked table alone, with what the condition needs in `in ( … )` or `exists ( … )`".into(),
                    ),
                },
            );
            return None;
        }
        Some(Lock {
            words: if lock.share {
                locking.share
            } else {
                "FOR UPDATE"
            },
            of: if locking.has_of {
                of.into_iter().map(Into::into).collect()
            } else {
                Vec::new()
            },
            wait: match lock.wait {
                Wait::Until => "",
                Wait::Skip => " SKIP LOCKED",
                Wait::Never => " NOWAIT",
            },
        })
    }
}

/// What a SELECT reads.
#[derive(Default)]
struct Tables<'t> {
    /// The aliases of tables with a row for each of the output.
    sure: Vec<&'t str>,
    /// All, derived ones too.
    count: usize,
}

impl<'t> Tables<'t> {
    fn read(&mut self, from: &'t From<'_>, sure: bool) {
        match from {
            From::Table { alias, .. } => {
                self.count += 1;
                if sure {
                    self.sure.push(alias);
                }
            }
            From::Derived { .. } | From::Function { .. } => self.count += 1,
            From::Join {
                kind,
                left,
                right,
                guard,
                ..
            } => stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
                let (outer_left, outer_right) = match kind {
                    JoinKind::Inner | JoinKind::Cross => (false, false),
                    JoinKind::Left => (false, true),
                    JoinKind::Right => (true, false),
                    JoinKind::Full => (true, true),
                };
                self.read(left, sure && !outer_left);
                self.read(right, sure && !outer_right && guard.is_none());
            }),
        }
    }
}
