//! Aggregates over relations of all rows of a model: grouped once, and joined.
//!
//! The lowering writes an aggregate over a relation as a subquery for each outer row. That reads the fewest rows where
//! a condition or a page keeps most outer rows back. Where all outer rows are wanted, all rows of the relation
//! are read anyway, and one derived table that groups them is up to twenty times faster; docs/plans.md has the measures. All
//! aggregates over the same relation share it.
//!
//! Not here: which outer rows there are, and anything that names more of them than the relation's key.

mod candidate;
mod groups;
mod having;
mod levels;
mod lists;
mod paged;
mod side_by_side;
mod steps;
mod survey;
mod within;

use crate::{
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, From, JoinKind, OrderKey, Plan, Query, Select, Table, TableId},
};
use candidate::Candidate;
pub(crate) use candidate::key;
use djq_schema::Schema;
use groups::Groups;
pub(crate) use levels::read_whole_levels;
pub(crate) use lists::group_lists;
pub(crate) use steps::{beyond_index, has_order, model};
pub(crate) use survey::Survey;
pub(crate) use within::group_within;

/// Groups the aggregates over relations of a plan's whole models.
pub(crate) fn group_relations(plan: &mut Plan, schema: &Schema) {
    let mut pass = Pass {
        tables: &mut plan.tables,
        schema,
    };
    for statement in &mut plan.statements {
        // Rows of a group cannot be locked.
        if statement.lock.is_none() {
            pass.query(&mut statement.query);
        }
    }
}

struct Pass<'p> {
    schema: &'p Schema,
    tables: &'p mut Vec<Table>,
}

impl Pass<'_> {
    fn query(&mut self, query: &mut Query) {
        each_select(query, &mut |select, order_by, paged| {
            self.select(select, order_by, paged);
        });
    }

    fn select(&mut self, select: &mut Select, order_by: &mut [OrderKey], paged: bool) {
        let whole = is_whole(select, order_by, paged);
        let joined =
            (whole || !paged) && side_by_side::join(select, order_by, self.tables, self.schema);
        if !whole || joined {
            return;
        }
        let Some(mut from) = select.from.take() else {
            return;
        };
        match base(&mut from) {
            From::Derived { query, .. } => self.query(query),
            From::Table { id, .. } => {
                let id = *id;
                let mut groups = Groups::new(self.tables, self.schema, &from, id);
                for item in &mut select.items {
                    replace(&mut item.value, select.grouped, &mut groups);
                }
                for condition in &mut select.filter {
                    replace(condition, false, &mut groups);
                }
                for key in &mut *order_by {
                    replace(&mut key.value, select.grouped, &mut groups);
                }
                groups.move_conditions(select, order_by);
                let listed;
                (from, listed) = groups.joined(from);
                select.filter.extend(listed);
            }
            _ => {}
        }
        select.from = Some(from);
    }
}

/// Calls `visit` with each SELECT of a query whose rows are all wanted, with its order, and whether it is paged. Those of a
/// CTE may not be: a server that inlines it takes conditions inside.
pub(crate) fn each_select(
    query: &mut Query,
    visit: &mut dyn FnMut(&mut Select, &mut [OrderKey], bool),
) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let paged = query.limit.is_some() || query.offset.is_some();
        match &mut query.body {
            Body::Select(select) => visit(select, &mut query.order_by, paged),
            Body::SetOperation { left, right, .. } if !paged => {
                each_select(left, visit);
                each_select(right, visit);
            }
            _ => {}
        }
    });
}

/// The first table of a FROM.
pub(crate) fn base(from: &mut From) -> &mut From {
    let mut at = from;
    while let From::Join { left, .. } = at {
        at = left;
    }
    at
}

/// Whether all rows of the first table are wanted: nothing keeps some back but what is known of all of them first.
pub(crate) fn is_whole(select: &mut Select, order_by: &mut [OrderKey], paged: bool) -> bool {
    let Some(from) = &mut select.from else {
        return false;
    };
    if !joins_keep_rows(from) {
        return false;
    }
    let (table, known) = match base(from) {
        From::Table { id, .. } => (*id, Vec::new()),
        From::Derived {
            id,
            query,
            lateral: false,
        } => (*id, known_after_all(query)),
        _ => return false,
    };
    let waits = |expr: &mut Expr| waits(expr, table, &known);
    // Groups of a page would be another thing than its rows.
    let mut whole_page = |items: &mut Select| {
        order_by.iter_mut().any(|key| match key.value.kind {
            ExprKind::Item(place) => {
                let item = items.items.get_mut(place);
                item.is_some_and(|item| waits(&mut item.value))
            }
            _ => waits(&mut key.value),
        })
    };
    select.filter.iter_mut().all(waits) && (!paged || whole_page(select))
}

/// Whether no join takes rows away from the first table.
fn joins_keep_rows(from: &From) -> bool {
    let mut at = from;
    while let From::Join {
        kind,
        left,
        right,
        on,
        guard,
    } = at
    {
        let by_key = || {
            let column = |expr: &Expr| matches!(expr.kind, ExprKind::Column(..));
            guard.is_none()
                && matches!(**right, From::Table { .. })
                && on.iter().all(|on| match &on.kind {
                    ExprKind::Binary(djq_check::hir::BinaryOperator::Equal, left, right) => {
                        column(left) && column(right)
                    }
                    _ => false,
                })
        };
        if !(*kind == JoinKind::Left || *kind == JoinKind::Inner && by_key()) {
            return false;
        }
        at = left;
    }
    true
}

/// The columns of a derived table that are known when all its rows were seen.
fn known_after_all(query: &mut Query) -> Vec<Box<str>> {
    let Body::Select(select) = &mut query.body else {
        return Vec::new();
    };
    let (table, known) = match select.from.as_mut().map(base) {
        Some(From::Table { id, .. }) => (*id, Vec::new()),
        Some(From::Derived { id, query, .. }) => (*id, known_after_all(query)),
        _ => return Vec::new(),
    };
    let items = select.items.iter_mut();
    items
        .filter_map(|item| waits(&mut item.value, table, &known).then(|| item.name.clone()))
        .collect()
}

/// Whether a value holds an aggregate over a relation, a window, or such a column of a derived table.
fn waits(expr: &mut Expr, table: TableId, known: &[Box<str>]) -> bool {
    match &mut expr.kind {
        ExprKind::Window(_) => true,
        ExprKind::When(..) => false,
        ExprKind::Column(of, name) => *of == table && known.contains(name),
        ExprKind::Scalar(query) => Candidate::of(query, table).is_some(),
        _ => {
            let mut found = false;
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    found = found || waits(part, table, known);
                }
            });
            found
        }
    }
}

/// Puts columns of the groups where an expression has aggregates over relations; `grouped`: in aggregates alone, of rows
/// that are themselves grouped.
fn replace(expr: &mut Expr, grouped: bool, groups: &mut Groups<'_>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let grouped = match &mut expr.kind {
            // What is there only under a guard is left as it is.
            ExprKind::When(..) => return,
            ExprKind::Scalar(query) if !grouped => {
                if let Some(candidate) = Candidate::of(query, groups.base()) {
                    expr.kind = groups.add(candidate);
                }
                return;
            }
            ExprKind::Aggregate(_) => false,
            _ => grouped,
        };
        parts::of_expr(expr, &mut |part| {
            if let Part::Expr(part) = part {
                replace(part, grouped, groups);
            }
        });
    });
}
