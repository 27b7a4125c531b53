//! The first row of each key: a row number that must be one, as `DISTINCT ON` where the dialect has that, which does not
//! number the rows that it drops.

use super::walk;
use crate::legal::{Body, Expr, OrderKey, Query};
use djq_check::{
    functions::WindowId,
    hir::{BinaryOperator, Literal},
};
use djq_plan::plan::{self, ExprKind, TableId, WindowFunction};

/// A condition that keeps the first row of each key of a derived table.
#[derive(Debug, Clone, Copy)]
pub(super) struct First<'a> {
    /// The derived table.
    pub(super) table: TableId,
    /// The condition, which `DISTINCT ON` makes superfluous.
    pub(super) condition: &'a plan::Expr,
    /// The number's place in the derived table's output.
    place: usize,
    /// Whether anything else reads the number.
    read: bool,
}

impl<'a> First<'a> {
    /// Of a SELECT that reads a derived table and nothing else.
    pub(super) fn of(select: &'a plan::Select, order_by: &'a [plan::OrderKey]) -> Option<Self> {
        let plan::From::Derived {
            id,
            query,
            lateral: false,
        } = select.from.as_ref()?
        else {
            return None;
        };
        let plain = query.order_by.is_empty() && query.limit.is_none() && query.offset.is_none();
        let plan::Body::Select(inner) = &query.body else {
            return None;
        };
        if !plain || inner.distinct || inner.grouping_sets.is_some() {
            return None;
        }
        let (condition, number) = select.filter.iter().find_map(|condition| {
            let number = is_one(condition, *id)?;
            Some((condition, number))
        })?;
        let place = inner.items.iter().position(|item| *item.name == *number)?;
        if !is_number(&inner.items.get(place)?.value) {
            return None;
        }
        let mut reads = 0;
        let mut count = |expr: &'a plan::Expr| {
            let is = matches!(&expr.kind, ExprKind::Column(table, name) if table == id && **name == *number);
            reads += usize::from(is);
        };
        walk::of_select(select, &mut count);
        walk::of_keys(order_by, &mut count);
        Some(Self {
            table: *id,
            condition,
            place,
            read: reads > 1,
        })
    }
}

/// The column of `table` that a condition says is one.
fn is_one(condition: &plan::Expr, table: TableId) -> Option<&str> {
    let ExprKind::Binary(BinaryOperator::Equal, left, right) = &condition.kind else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Column(of, name), ExprKind::Literal(Literal::Int(1))) => {
            (*of == table).then_some(name)
        }
        _ => None,
    }
}

/// Whether it is a row number in each of some columns' values, in an order in which nothing is guarded.
fn is_number(value: &plan::Expr) -> bool {
    let ExprKind::Window(window) = &value.kind else {
        return false;
    };
    matches!(
        window.function,
        WindowFunction::Window(WindowId::RowNumber, _)
    ) && window.frame.is_none()
        && !window.partition_by.is_empty()
        && window
            .order_by
            .iter()
            .all(|key| key.value.guard().is_none())
}

/// Gives the rows of the derived table by `DISTINCT ON`, and says so; where its keys are no columns, it stays as it is.
pub(super) fn first_of_each(query: &mut Query<'_>, first: &First<'_>) -> bool {
    let Body::Select(select) = &mut query.body else {
        return false;
    };
    let number = select
        .items
        .get_mut(first.place)
        .map(|item| &mut item.value);
    let Some(Expr::Form { operands, .. }) = number else {
        return false;
    };
    let Some(Expr::Window(window)) = operands.first_mut() else {
        return false;
    };
    let keys = window.partition_by.iter().map(|key| match key {
        Expr::Column(table, name) => Some((table.clone(), name.clone())),
        _ => None,
    });
    let Some(keys) = keys.collect::<Option<Vec<_>>>() else {
        return false;
    };
    // Of keys that are constants none is left, and the rows are one key's.
    if keys.is_empty() {
        return false;
    }
    let mut order_by: Vec<_> = std::mem::take(&mut window.partition_by)
        .into_iter()
        .map(|value| OrderKey {
            value,
            descending: false,
            nulls_first: None,
        })
        .collect();
    order_by.extend(std::mem::take(&mut window.order_by).into_iter().filter(|key| {
            !matches!(&key.value, Expr::Column(table, name) if keys.iter().any(|(t, n)| t == table && n == name))
        }));
    if first.read || select.items.len() == 1 {
        if let Some(item) = select.items.get_mut(first.place) {
            item.value = Expr::atom("1");
        }
    } else {
        select.items.remove(first.place);
    }
    select.distinct_on = keys;
    query.order_by = order_by;
    true
}
