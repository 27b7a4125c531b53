//! From which rows a tree's walk starts.

use super::{Ends, UsedTree};
use crate::lower::Planner;
use crate::plan::{Body, Expr, ExprKind, From, Query, Select, TableId};
use djq_check::hir::JoinKind;
use djq_diagnostics::Span;

impl Planner<'_> {
    /// The table reference that a tree's first step starts from, and the conditions that leave out rows whose trees
    /// no one asks for: those of the statement that say which rows of the source there are.
    pub(super) fn seeds(
        &mut self,
        used: &UsedTree,
        query: &Query,
        ends: &Ends,
    ) -> (TableId, Vec<Expr>) {
        let fresh = self.new_table(0, "start", Span::default());
        let mut selects = Vec::new();
        selects_of(query, &mut selects);
        // The keys that a statement above has found.
        for condition in selects.iter().flat_map(|select| &select.filter) {
            if let ExprKind::InParent(values) = &condition.kind
                && let [value] = values.as_slice()
                && let ExprKind::Column(table, column) = &value.kind
                && used.pairs.contains(table)
                && *column == ends.key
            {
                let mut seed = condition.clone();
                seed.kind = ExprKind::InParent(vec![ends.column(fresh, &ends.key)]);
                return (fresh, vec![seed]);
            }
        }
        let tables = self.source_tables.iter().rev();
        let tables = tables.filter(|(source, _)| *source == used.parent);
        let mut found = tables.flat_map(|(_, table)| {
            let reads =
                |select: &&&Select| select.from.as_ref().is_some_and(|from| reads(from, *table));
            selects.iter().filter(reads).map(|select| (*table, *select))
        });
        // One place alone says which rows of the source there are.
        let (Some((table, select)), None) = (found.next(), found.next()) else {
            return (fresh, Vec::new());
        };
        if select.from.as_ref().is_some_and(may_miss) {
            return (fresh, Vec::new());
        }
        let seeds: Vec<Expr> = select
            .filter
            .iter()
            .filter(|condition| is_of(condition, table))
            .cloned()
            .collect();
        if seeds.is_empty() {
            return (fresh, Vec::new());
        }
        (table, seeds)
    }
}

/// The SELECTs that a query's rows come from: its own, and those of its sides and derived tables.
fn selects_of<'q>(query: &'q Query, found: &mut Vec<&'q Select>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &query.body {
        Body::Select(select) => {
            found.push(select);
            if let Some(from) = &select.from {
                derived_in(from, found);
            }
        }
        Body::SetOperation { left, right, .. } => {
            selects_of(left, found);
            selects_of(right, found);
        }
        Body::Values(_) => {}
    });
}

fn derived_in<'q>(from: &'q From, found: &mut Vec<&'q Select>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match from {
        From::Derived { query, .. } => selects_of(query, found),
        From::Join { left, right, .. } => {
            derived_in(left, found);
            derived_in(right, found);
        }
        From::Table { .. } | From::Cte { .. } | From::Function { .. } => {}
    });
}

/// Whether a FROM reads this table reference itself.
fn reads(from: &From, table: TableId) -> bool {
    match from {
        From::Table { id, .. } => *id == table,
        From::Join { left, right, .. } => reads(left, table) || reads(right, table),
        _ => false,
    }
}

/// Whether a join in it may leave rows of its left side out.
fn may_miss(from: &From) -> bool {
    match from {
        From::Join {
            kind, left, right, ..
        } => matches!(kind, JoinKind::Right | JoinKind::Full) || may_miss(left) || may_miss(right),
        _ => false,
    }
}

/// Whether a condition is of a table's columns, and of nothing else but constants and parameters.
pub(super) fn is_of(condition: &Expr, table: TableId) -> bool {
    let all = |list: &[Expr]| list.iter().all(|part| is_of(part, table));
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &condition.kind {
        ExprKind::Column(of, _) => *of == table,
        ExprKind::Literal(_) | ExprKind::Param(_) => true,
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::Cast(of)
        | ExprKind::TryCast(of)
        | ExprKind::When(_, of) => is_of(of, table),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => is_of(left, table) && is_of(right, table),
        ExprKind::InList(value, list) => is_of(value, table) && all(list),
        ExprKind::Row(list) | ExprKind::InParent(list) => all(list),
        _ => false,
    })
}
