//! CTEs that read themselves.

use crate::plan::{Body, Query};
use djq_check::hir::{self, ClauseKind, Column, Pipeline, SourceKind};

/// Whether the last part of a CTE's body reads the CTE, by its place.
pub(super) fn reads(query: &hir::Query, body: &Pipeline, cte: usize) -> bool {
    body.clauses.iter().any(|clause| {
        let ClauseKind::SetOperation { right, .. } = &clause.kind else {
            return false;
        };
        let joined = right.clauses.iter().flat_map(|clause| match &clause.kind {
            ClauseKind::Join { steps, .. } => steps.as_slice(),
            _ => &[],
        });
        right.from.iter().chain(joined).any(|source| {
            let source = &query.sources[source.0 as usize];
            matches!(source.kind, SourceKind::Cte(id) if id.0 as usize == cte)
        })
    })
}

/// Gives the columns of a set operation the names that they go by: those of its first SELECT.
pub(super) fn rename(query: &mut Query, columns: &[Column]) {
    let Body::SetOperation { left, .. } = &mut query.body else {
        return;
    };
    if let Body::Select(select) = &mut left.body {
        if select.items.len() == columns.len() {
            for (item, column) in select.items.iter_mut().zip(columns) {
                item.name = column.name.clone();
            }
        }
        return;
    }
    rename(left, columns);
}
