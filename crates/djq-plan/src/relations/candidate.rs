//! An aggregate over a relation that may be grouped for all outer rows at once.

use super::survey::Survey;
use crate::{
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, From, Query, Select, TableId},
};
use djq_check::{Type, functions::AggregateId, hir::BinaryOperator};

/// Such a subquery, taken apart.
pub(super) struct Candidate {
    /// What it reads.
    pub(super) from: From,
    /// The key of each row: the column there, and the outer column that it equals.
    pub(super) keys: Vec<(Expr, Expr)>,
    /// The other conditions.
    pub(super) filter: Vec<Expr>,
    /// The value, over aggregates.
    pub(super) value: Expr,
    /// Whether it may be one with another over the same rows.
    pub(super) shares: bool,
}

impl Candidate {
    /// The subquery as a candidate, if it is one over rows that hang on columns of `outer`.
    pub(super) fn of(query: &mut Query, outer: TableId) -> Option<Self> {
        let plain = query.ctes.is_empty()
            && query.order_by.is_empty()
            && query.limit.is_none()
            && query.offset.is_none();
        let Body::Select(select) = &mut query.body else {
            return None;
        };
        if !plain || !is_one_group(select) {
            return None;
        }
        let (Some(from), [item]) = (&mut select.from, &mut *select.items) else {
            return None;
        };
        let mut rows = Survey::default();
        rows.from(from);
        if rows.names_outer() || rows.fixed {
            return None;
        }
        let own = rows.made;
        let mut shares = !rows.queries;
        let mut keys = Vec::new();
        let mut filter = Vec::new();
        for condition in &mut select.filter {
            if let Some(key) = key(condition, &own, outer) {
                keys.push(key);
                continue;
            }
            shares &= is_closed(condition, &own)?;
            filter.push(condition.clone());
        }
        shares &= is_closed(&mut item.value, &own)?;
        if keys.is_empty() || !is_of_aggregates(&mut item.value) {
            return None;
        }
        Some(Self {
            from: from.clone(),
            keys,
            filter,
            value: item.value.clone(),
            shares,
        })
    }
}

impl Candidate {
    /// A subquery that gives the JSON array of nested rows, as a candidate.
    pub(super) fn of_list(query: &Query, outer: TableId) -> Option<Self> {
        let plain = query.ctes.is_empty()
            && query.order_by.is_empty()
            && query.limit.is_none()
            && query.offset.is_none();
        let Body::Select(select) = &query.body else {
            return None;
        };
        let (Some(from), [item], true) = (&select.from, &*select.items, plain) else {
            return None;
        };
        if !is_one_group(select) || !matches!(item.value.kind, ExprKind::JsonList { .. }) {
            return None;
        }
        let mut rows = Survey {
            takes_lists: true,
            ..Survey::default()
        };
        rows.from(from);
        let own = rows.made.clone();
        let mut keys = Vec::new();
        let mut filter = Vec::new();
        for condition in &select.filter {
            match key(condition, &own, outer) {
                Some(key) => keys.push(key),
                None => {
                    rows.expr(condition);
                    filter.push(condition.clone());
                }
            }
        }
        rows.expr(&item.value);
        let hangs = keys.is_empty() || rows.names_outer() || rows.fixed;
        (!hangs).then(|| Self {
            from: from.clone(),
            keys,
            filter,
            value: item.value.clone(),
            shares: false,
        })
    }
}

/// Whether all its rows are one group.
fn is_one_group(select: &Select) -> bool {
    select.grouped
        && !select.distinct
        && select.group_by.is_empty()
        && select.grouping_sets.is_none()
        && select.having.is_empty()
}

/// Of an expression over rows of these tables alone, that may stand anywhere: whether there is no query in it.
fn is_closed(expr: &mut Expr, own: &[TableId]) -> Option<bool> {
    let mut survey = Survey::of(expr);
    survey.made.extend(own);
    (!survey.names_outer() && !survey.fixed).then_some(!survey.queries)
}

/// `own.column = outer.column`, of a type of which equal values are one group.
pub(crate) fn key(condition: &Expr, own: &[TableId], outer: TableId) -> Option<(Expr, Expr)> {
    let ExprKind::Binary(BinaryOperator::Equal, left, right) = &condition.kind else {
        return None;
    };
    let table = |expr: &Expr| match &expr.kind {
        ExprKind::Column(table, _) if is_key_type(&expr.ty.kind) => Some(*table),
        _ => None,
    };
    let (of_left, of_right) = (table(left)?, table(right)?);
    if own.contains(&of_left) && of_right == outer {
        Some(((**left).clone(), (**right).clone()))
    } else if own.contains(&of_right) && of_left == outer {
        Some(((**right).clone(), (**left).clone()))
    } else {
        None
    }
}

fn is_key_type(ty: &Type) -> bool {
    matches!(ty, Type::Int | Type::BigInt | Type::Uuid)
}

/// Whether all that it takes from rows it takes by aggregates whose value over no rows is known.
fn is_of_aggregates(value: &mut Expr) -> bool {
    match &value.kind {
        ExprKind::Aggregate(aggregate) => {
            aggregate.order_by.is_empty()
                && matches!(
                    aggregate.function,
                    AggregateId::Count
                        | AggregateId::Sum
                        | AggregateId::Avg
                        | AggregateId::Min
                        | AggregateId::Max
                        | AggregateId::Every
                        | AggregateId::Some
                )
        }
        ExprKind::Column(..) | ExprKind::Window(_) | ExprKind::Grouping(_) => false,
        _ => {
            let mut of_aggregates = true;
            parts::of_expr(value, &mut |part| {
                of_aggregates = of_aggregates
                    && match part {
                        Part::Expr(part) => is_of_aggregates(part),
                        Part::Query(_) => false,
                    };
            });
            of_aggregates
        }
    }
}
