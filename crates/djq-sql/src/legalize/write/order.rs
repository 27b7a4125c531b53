//! Assignments where each sees what those in front of it have set.

use super::super::walk;
use djq_plan::plan::{Expr, ExprKind, TableId};

/// An order of assignments in which each reads columns before they are set; none where there is none (`a = b, b = a`).
/// `table` is the row that is set.
pub(super) fn readers_first(sets: &[(&str, &Expr)], table: TableId) -> Option<Vec<usize>> {
    // reads[i] are the assignments that must come behind i.
    let reads: Vec<Vec<usize>> = sets
        .iter()
        .enumerate()
        .map(|(place, (_, value))| {
            let mut behind = Vec::new();
            walk::expressions(value, true, &mut |part| {
                if let ExprKind::Column(id, column) = &part.kind
                    && *id == table
                    && let Some(set) = sets.iter().position(|(name, _)| **name == **column)
                    && set != place
                {
                    behind.push(set);
                }
            });
            behind
        })
        .collect();
    let mut order: Vec<usize> = Vec::with_capacity(sets.len());
    while order.len() < sets.len() {
        let next = (0..sets.len()).find(|place| {
            !order.contains(place)
                && reads.iter().enumerate().all(|(reader, behind)| {
                    reader == *place || order.contains(&reader) || !behind.contains(place)
                })
        })?;
        order.push(next);
    }
    Some(order)
}
