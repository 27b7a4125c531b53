//! Groups, and rows with windows, that a server must see in a derived table before it can make of them what is asked.

use super::{
    query::{is_constant, same},
    walk,
};
use crate::{
    dialect::{Dialect, Spelling},
    legal::holes,
};
use djq_check::{Type, functions::AggregateId, hir::BinaryOperator};
use djq_plan::{
    Apart,
    plan::{Aggregate, Body, Expr, ExprKind, From, Item, OrderKey, Plan, Query, Select, WriteKind},
};
use rustc_hash::FxHashSet;

/// How many forms that write an operand several times may stand around windows, or around aggregates: each doubles what is
/// in it, and a window costs a pass over the rows wherever it is written.
const REPEATS: usize = 2;

/// The plan with such groups and rows in derived tables; none where it is fit as it is.
pub(crate) fn groups_apart(plan: &Plan, dialect: &dyn Dialect) -> Option<Plan> {
    let is_to_part = |select: &Select, order_by: &[OrderKey], scalar: bool| {
        is_to_part(select, order_by, scalar, dialect)
    };
    let mut found = false;
    let mut look = |query: &Query| {
        each_query(query, false, &mut |query, scalar| {
            if let Body::Select(select) = &query.body {
                found = found || is_to_part(select, &query.order_by, scalar);
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
    if !select.grouped {
        return repeats_windows(select, order_by, dialect)
            && (dialect.has_outer_references_in_derived() || !uses_others(select));
    }
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
        needed |= repeats(value, dialect, |kind| {
            matches!(kind, ExprKind::Aggregate(_))
        });
        walk::expressions(value, false, &mut |part| {
            gathered |= matches!(part.kind, ExprKind::JsonList { .. });
            needed |= is_out_of_place(part, &select.group_by, dialect);
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

/// Whether windows of its rows are written over and over.
fn repeats_windows(select: &Select, order_by: &[OrderKey], dialect: &dyn Dialect) -> bool {
    let is_window = |kind: &ExprKind| matches!(kind, ExprKind::Window(_));
    let values = || {
        let items = select.items.iter().map(|item| &item.value);
        items.chain(order_by.iter().map(|key| &key.value))
    };
    if !values().any(|value| repeats(value, dialect, is_window)) {
        return false;
    }
    let mut gathered = false;
    for value in values() {
        walk::expressions(value, false, &mut |part| {
            gathered |= matches!(part.kind, ExprKind::JsonList { .. } | ExprKind::When(..));
        });
    }
    !gathered
}

/// Whether more than a few forms that write an operand several times have such a thing in that operand.
fn repeats(expr: &Expr, dialect: &dyn Dialect, is_wanted: impl Fn(&ExprKind) -> bool) -> bool {
    let is_in = |expr: &Expr| {
        let mut found = false;
        walk::expressions(expr, false, &mut |part| found |= is_wanted(&part.kind));
        found
    };
    let is_plain = matches!(
        expr.kind,
        ExprKind::Window(_) | ExprKind::Aggregate(_) | ExprKind::Column(..) | ExprKind::Literal(_)
    );
    if is_plain || !is_in(expr) {
        return false;
    }
    let mut times = 0;
    walk::expressions(expr, false, &mut |part| {
        if times > REPEATS {
            return;
        }
        let (form, operands): (_, [Option<&Expr>; 2]) = match &part.kind {
            ExprKind::Call(function, operands) => {
                let form = dialect.spell(Spelling::Function(*function, operands, &part.ty));
                times += usize::from(form.is_ok_and(|form| {
                    operands
                        .iter()
                        .enumerate()
                        .any(|(place, operand)| holes(&form.sql, place) > 1 && is_in(operand))
                }));
                return;
            }
            ExprKind::Binary(operator, left, right)
                if !matches!(operator, BinaryOperator::And | BinaryOperator::Or) =>
            {
                let spelling = Spelling::Binary(*operator, left, right, &part.ty);
                (dialect.spell(spelling), [Some(&**left), Some(&**right)])
            }
            ExprKind::Cast(operand) => (
                dialect.spell(Spelling::Cast(operand, &part.ty)),
                [Some(&**operand), None],
            ),
            ExprKind::TryCast(operand) => (
                dialect.spell(Spelling::TryCast(operand, &part.ty)),
                [Some(&**operand), None],
            ),
            _ => return,
        };
        times += usize::from(form.is_ok_and(|form| {
            operands
                .iter()
                .flatten()
                .enumerate()
                .any(|(place, operand)| holes(&form.sql, place) > 1 && is_in(operand))
        }));
    });
    times > REPEATS
}

/// Whether an aggregate in it would come to stand in a query inside, and there be none of the rows around; or a key that is
/// made of columns, which is none in there.
fn is_out_of_place(expr: &Expr, keys: &[Expr], dialect: &dyn Dialect) -> bool {
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
    let is_key = |part: &Expr| {
        let is_made = !matches!(
            part.kind,
            ExprKind::Column(..) | ExprKind::Literal(_) | ExprKind::Param(_)
        );
        is_made && keys.iter().any(|key| same(key, part))
    };
    let has_key = |operand: &Expr| {
        let mut found = false;
        walk::expressions(operand, false, &mut |part| found |= is_key(part));
        found
    };
    operands
        .iter()
        .any(|operand| has_aggregate(operand, any) || has_key(operand))
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
