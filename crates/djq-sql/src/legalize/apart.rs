//! Groups that a server must see in a derived table before it can make of them what is asked.

use super::{query::is_constant, walk};
use crate::dialect::{Dialect, Spelling};
use djq_check::{Type, functions::AggregateId};
use djq_plan::{
    Apart,
    plan::{Aggregate, Body, Expr, ExprKind, From, Item, OrderKey, Plan, Query, Select, WriteKind},
};
use rustc_hash::FxHashSet;

/// The plan with such groups in derived tables; none where it is fit as it is.
pub(crate) fn groups_apart(plan: &Plan, dialect: &dyn Dialect) -> Option<Plan> {
    let is_to_part = |select: &Select, order_by: &[OrderKey], scalar: bool| {
        is_to_part(select, order_by, scalar, dialect)
    };
    let mut found = false;
    let mut look = |query: &Query| {
        each_query(query, false, &mut |query, scalar| {
            if let Body::Select(select) = &query.body {
                found = found || select.grouped && is_to_part(select, &query.order_by, scalar);
            }
        });
    };
    for statement in &plan.statements {
        look(&statement.query);
    }
    if let Some(write) = &plan.write {
        match &write.kind {
            WriteKind::Insert(insert) => insert.rows.iter().for_each(look),
            WriteKind::Update(update) => look(&update.rows),
            WriteKind::Delete(delete) => look(&delete.rows),
        }
    }
    found.then(|| {
        djq_plan::groups_apart(
            plan,
            Apart {
                is_to_part: &is_to_part,
                is_gathered: &|aggregate| is_gathered(aggregate, dialect),
            },
        )
    })
}

/// Whether the rows of an aggregate are put in their order outside the groups, since no aggregate takes one.
fn is_gathered(aggregate: &Aggregate, dialect: &dyn Dialect) -> bool {
    dialect.gathered_rows(&[]).is_some()
        && matches!(
            aggregate.function,
            AggregateId::StringAgg | AggregateId::JsonAgg
        )
        && aggregate
            .order_by
            .iter()
            .any(|key| !is_constant(key.value.unguarded()))
        && aggregate
            .order_by
            .iter()
            .all(|key| key.value.guard().is_none())
        && aggregate
            .arguments
            .iter()
            .all(|value| *value.ty.kind.base() != Type::Bytes)
}

/// The one aggregate of all rows, which is its query's one value: its first row's window does.
fn is_whole(select: &Select) -> bool {
    select.group_by.is_empty()
        && select.grouping_sets.is_none()
        && select.having.is_empty()
        && !select.distinct
        && matches!(
            select.items.as_slice(),
            [Item { value: Expr { kind: ExprKind::Aggregate(aggregate), .. }, .. }] if !aggregate.distinct
        )
}

fn is_to_part(select: &Select, order_by: &[OrderKey], scalar: bool, dialect: &dyn Dialect) -> bool {
    let whole = scalar && is_whole(select);
    let queries_over_groups = dialect.has_queries_over_groups();
    let mut tables = Vec::new();
    if let (false, Some(from)) = (queries_over_groups, &select.from) {
        walk::visible_tables(from, &mut tables);
    }
    let outer_column = |expr: &Expr| match &expr.kind {
        ExprKind::InQuery { query, .. } | ExprKind::Exists(query) | ExprKind::Scalar(query) => {
            let mut found = false;
            walk::of_query(query, &mut |part| {
                found |= matches!(&part.kind, ExprKind::Column(table, _) if tables.contains(table));
            });
            found
        }
        _ => false,
    };
    let mut needed = false;
    let mut gathered = false;
    let values = select.items.iter().map(|item| &item.value);
    let keys = order_by.iter().map(|key| &key.value);
    for value in values.chain(&select.having).chain(keys) {
        walk::expressions(value, false, &mut |part| {
            gathered |= matches!(part.kind, ExprKind::JsonList { .. });
            needed |= is_out_of_place(part, dialect);
            needed |=
                !whole && matches!(&part.kind, ExprKind::Aggregate(of) if is_gathered(of, dialect));
            if let ExprKind::Window(window) = &part.kind {
                needed |= !dialect.has_distinct_in_windows() && window.parts().any(has_distinct);
            }
        });
    }
    if !queries_over_groups {
        for condition in &select.having {
            walk::expressions(condition, false, &mut |part| needed |= outer_column(part));
        }
    }
    needed && !gathered && (dialect.has_outer_references_in_derived() || !uses_others(select))
}

/// Whether an aggregate in it would come to stand in a query inside, and there be none of the rows around.
fn is_out_of_place(expr: &Expr, dialect: &dyn Dialect) -> bool {
    let (spelling, operands) = match &expr.kind {
        ExprKind::InQuery { value, .. } => {
            return !dialect.has_queries_over_groups() && walk::has_aggregate(value);
        }
        ExprKind::Call(function, operands) => (
            Spelling::Function(*function, operands, &expr.ty),
            operands.as_slice(),
        ),
        ExprKind::Cast(operand) => (
            Spelling::Cast(operand, &expr.ty),
            std::slice::from_ref(&**operand),
        ),
        ExprKind::TryCast(operand) => (
            Spelling::TryCast(operand, &expr.ty),
            std::slice::from_ref(&**operand),
        ),
        _ => return false,
    };
    let any = dialect.has_outer_aggregates_in_from();
    operands.iter().any(|operand| has_aggregate(operand, any))
        && dialect
            .spell(spelling)
            .is_ok_and(|form| form.sql.contains("SELECT "))
}

/// Whether an aggregate is in it; or one that names no column, and so is one of the rows of whatever query it stands in.
fn has_aggregate(expr: &Expr, without_columns: bool) -> bool {
    let mut found = false;
    walk::expressions(expr, false, &mut |part| {
        if let ExprKind::Aggregate(_) = part.kind {
            let mut columns = false;
            walk::expressions(part, true, &mut |inner| {
                columns |= matches!(inner.kind, ExprKind::Column(..));
            });
            found |= !(without_columns && columns);
        }
    });
    found
}

/// Whether an aggregate of different values is in it.
fn has_distinct(expr: &Expr) -> bool {
    let mut found = false;
    walk::expressions(expr, false, &mut |part| {
        found |= matches!(&part.kind, ExprKind::Aggregate(aggregate) if aggregate.distinct);
    });
    found
}

/// Whether a SELECT uses tables of the queries around it.
fn uses_others(select: &Select) -> bool {
    let mut own = FxHashSet::default();
    let mut see = |query: &Query| walk::own_tables(query, &mut own);
    let mut parts = Vec::new();
    walk::of_select(select, &mut |part| parts.push(part));
    for part in &parts {
        if let ExprKind::InQuery { query, .. } | ExprKind::Exists(query) | ExprKind::Scalar(query) =
            &part.kind
        {
            see(query);
        }
    }
    if let Some(from) = &select.from {
        walk::tables_of(from, &mut own);
    }
    parts
        .iter()
        .any(|part| matches!(&part.kind, ExprKind::Column(table, _) if !own.contains(table)))
}

/// Calls `visit` with a query and every query in it, and says whether it is a value.
fn each_query<'a>(query: &'a Query, scalar: bool, visit: &mut dyn FnMut(&'a Query, bool)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        visit(query, scalar);
        for cte in &query.ctes {
            each_query(&cte.query, false, visit);
        }
        match &query.body {
            Body::Select(select) => {
                let values = select.items.iter().map(|item| &item.value);
                let others = select.filter.iter().chain(&select.group_by);
                for expr in values.chain(others).chain(&select.having) {
                    queries_of(expr, visit);
                }
                if let Some(from) = &select.from {
                    queries_read(from, visit);
                }
            }
            Body::SetOperation { left, right, .. } => {
                each_query(left, false, visit);
                each_query(right, false, visit);
            }
            Body::Values(values) => {
                for value in values.rows.iter().flatten() {
                    queries_of(value, visit);
                }
            }
        }
        for key in &query.order_by {
            queries_of(&key.value, visit);
        }
    });
}

fn queries_of<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Query, bool)) {
    walk::expressions(expr, false, &mut |part| {
        if let ExprKind::InQuery { query, .. } | ExprKind::Exists(query) | ExprKind::Scalar(query) =
            &part.kind
        {
            each_query(query, matches!(part.kind, ExprKind::Scalar(_)), visit);
        }
    });
}

fn queries_read<'a>(from: &'a From, visit: &mut dyn FnMut(&'a Query, bool)) {
    match from {
        From::Table { .. } | From::Cte { .. } => {}
        From::Derived { query, .. } => each_query(query, false, visit),
        From::Function { function, .. } => {
            for value in function.expressions() {
                queries_of(value, visit);
            }
        }
        From::Join {
            left, right, on, ..
        } => {
            queries_read(left, visit);
            queries_read(right, visit);
            for condition in on {
                queries_of(condition, visit);
            }
        }
    }
}
