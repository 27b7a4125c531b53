//! Set operations in derived tables that use rows around them, for databases whose derived tables see none: of all rows, with
//! what pins them to those around as columns more, by which they are then found.

use crate::{
    parts::{Part, of_expr, of_query},
    plan::{Body, Expr, ExprKind, From, Item, JoinKind, Plan, Query, Select, TableId},
    same::same,
    walk,
};
use djq_check::{Type, hir::BinaryOperator};
use rustc_hash::FxHashSet;

/// The plan with such set operations closed, where each side pins the same outer values by `=`.
///
/// ```
/// # fn of(plan: &djq_plan::plan::Plan) {
/// let closed = djq_plan::unions_closed(plan);
/// # let _ = closed;
/// # }
/// ```
#[must_use]
pub fn unions_closed(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for statement in &mut plan.statements {
        in_query(&mut statement.query);
    }
    plan
}

fn in_query(query: &mut Query) {
    of_query(query, &mut in_part);
    if let Body::Select(select) = &mut query.body {
        in_select(select);
    }
}

fn in_part(part: Part<'_>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match part {
        Part::Query(query) => in_query(query),
        Part::Expr(expr) => of_expr(expr, &mut in_part),
    });
}

fn in_select(select: &mut Select) {
    if let Some(from) = &mut select.from {
        in_from(from, &mut select.filter);
    }
}

/// What is joined in any other way than inner keeps its rows by its own condition.
fn in_from(from: &mut From, filter: &mut Vec<Expr>) {
    match from {
        From::Join {
            kind: JoinKind::Inner | JoinKind::Cross,
            left,
            right,
            guard: None,
            ..
        } => {
            in_from(left, filter);
            in_from(right, filter);
        }
        From::Derived {
            id, query, lateral, ..
        } if matches!(query.body, Body::SetOperation { .. }) && walk::uses_outer(query) => {
            let mut closed = query.clone();
            let mut pins = Vec::new();
            if open(&mut closed, &mut pins).is_some()
                && !pins.is_empty()
                && !walk::uses_outer(&closed)
            {
                *query = closed;
                *lateral = false;
                filter.extend(
                    pins.into_iter()
                        .enumerate()
                        .map(|(place, pin)| found(*id, place, pin)),
                );
            }
        }
        _ => {}
    }
}

/// A column of the derived table equals what its rows are pinned to.
fn found(id: TableId, place: usize, pin: Expr) -> Expr {
    let span = pin.span;
    let column = Expr {
        kind: ExprKind::Column(id, name(place)),
        ty: pin.ty.clone(),
        span,
    };
    Expr {
        ty: Type::Bool.required().with_null(pin.ty.nullable),
        kind: ExprKind::Binary(BinaryOperator::Equal, Box::new(column), Box::new(pin)),
        span,
    }
}

/// No name that an output has by itself.
fn name(place: usize) -> Box<str> {
    format!("pinned to {place}").into()
}

/// Takes the pins of each side out: the outer values are `pins`, and the sides' own are outputs more.
fn open(query: &mut Query, pins: &mut Vec<Expr>) -> Option<()> {
    let plain = query.ctes.is_empty() && query.limit.is_none() && query.offset.is_none();
    if !plain {
        return None;
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut query.body {
        Body::SetOperation { left, right, .. } => {
            open(left, pins)?;
            open(right, pins)
        }
        Body::Select(select) => open_side(select, pins),
        Body::Values(_) => None,
    })
}

fn open_side(select: &mut Select, pins: &mut Vec<Expr>) -> Option<()> {
    let mut windows = false;
    for item in &select.items {
        walk::expressions(&item.value, false, &mut |part| {
            windows |= matches!(part.kind, ExprKind::Window(_));
        });
    }
    if select.grouped || windows {
        return None;
    }
    let mut own = FxHashSet::default();
    walk::tables_of(select.from.as_ref()?, &mut own);
    let mut pinned: Vec<(Expr, Expr)> = Vec::new();
    select
        .filter
        .retain(|condition| match pin(condition, &own) {
            Some(pair) => {
                pinned.push(pair);
                false
            }
            None => true,
        });
    if pins.is_empty() {
        pins.extend(pinned.iter().map(|(_, outer)| outer.clone()));
    }
    if pinned.len() != pins.len() {
        return None;
    }
    for (place, outer) in pins.iter().enumerate() {
        let at = pinned.iter().position(|(_, known)| same(known, outer))?;
        let (value, _) = pinned.swap_remove(at);
        select.items.push(Item {
            value,
            name: name(place),
        });
    }
    Some(())
}

/// The own value and the outer one that a condition says are equal.
fn pin(condition: &Expr, own: &FxHashSet<TableId>) -> Option<(Expr, Expr)> {
    let ExprKind::Binary(BinaryOperator::Equal, left, right) = &condition.kind else {
        return None;
    };
    let outer =
        |expr: &Expr| walk::is_free_of(expr, own) && walk::uses(expr, own) == walk::Uses::Others;
    let inner = |expr: &Expr| walk::uses(expr, own) == walk::Uses::Own;
    if inner(left) && outer(right) {
        return Some(((**left).clone(), (**right).clone()));
    }
    (inner(right) && outer(left)).then(|| ((**right).clone(), (**left).clone()))
}
