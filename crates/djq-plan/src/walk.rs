//! Walks over a plan: what is in an expression, a query or a FROM.

use crate::plan::{Body, Expr, ExprKind, From, OrderKey, Query, Select, TableId};
use rustc_hash::FxHashSet;

/// Calls `visit` with `expr` and every expression in it; `deep`: those of queries in it, too.
pub fn expressions<'a>(expr: &'a Expr, deep: bool, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    if is_leaf(&expr.kind) {
        return;
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let mut inner = |expr: &'a Expr| expressions(expr, deep, visit);
        match &expr.kind {
            ExprKind::Literal(_)
            | ExprKind::Param(_)
            | ExprKind::Column(..)
            | ExprKind::Item(_)
            | ExprKind::Grouping(_)
            | ExprKind::NewKey(..)
            | ExprKind::ContentType(..) => {}
            ExprKind::Unary(_, operand)
            | ExprKind::IsNull(operand)
            | ExprKind::IsBool(operand, _)
            | ExprKind::InParam(operand, _)
            | ExprKind::Cast(operand)
            | ExprKind::TryCast(operand)
            | ExprKind::Within(operand, _)
            | ExprKind::JsonListOrEmpty(operand)
            | ExprKind::When(_, operand) => inner(operand),
            ExprKind::Binary(_, left, right) => {
                inner(left);
                inner(right);
            }
            ExprKind::Lookup { value, pattern, .. } => {
                inner(value);
                inner(pattern);
            }
            ExprKind::InList(value, list) => {
                inner(value);
                list.iter().for_each(inner);
            }
            ExprKind::InParent(values)
            | ExprKind::Row(values)
            | ExprKind::Call(_, values)
            | ExprKind::Sql(_, values) => {
                values.iter().for_each(inner);
            }
            ExprKind::InQuery { value, query, .. } => {
                inner(value);
                if deep {
                    of_query(query, visit);
                }
            }
            ExprKind::Exists(query) | ExprKind::Scalar(query) => {
                if deep {
                    of_query(query, visit);
                }
            }
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                for (condition, value) in branches {
                    inner(condition);
                    inner(value);
                }
                otherwise.iter().for_each(|otherwise| inner(otherwise));
            }
            ExprKind::Aggregate(aggregate) => {
                aggregate.arguments.iter().for_each(&mut inner);
                aggregate.condition.iter().for_each(&mut inner);
                aggregate.order_by.iter().for_each(|key| inner(&key.value));
            }
            ExprKind::JsonObject(members) => {
                members.iter().for_each(|member| inner(&member.value));
            }
            ExprKind::JsonList { item, order_by } => {
                inner(item);
                order_by.iter().for_each(|key| inner(&key.value));
            }
            ExprKind::Window(window) => window.parts().for_each(inner),
        }
    });
}

/// Calls `visit` with every expression of a query, at any depth.
pub fn of_query<'a>(query: &'a Query, visit: &mut dyn FnMut(&'a Expr)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        for cte in &query.ctes {
            of_query(&cte.query, visit);
        }
        match &query.body {
            Body::Select(select) => of_select(select, visit),
            Body::SetOperation { left, right, .. } => {
                of_query(left, visit);
                of_query(right, visit);
            }
            Body::Values(values) => {
                for value in values.rows.iter().flatten() {
                    expressions(value, true, visit);
                }
            }
        }
        of_keys(&query.order_by, visit);
        for expr in query.limit.iter().chain(&query.offset) {
            expressions(expr, true, visit);
        }
    });
}

/// Whether there is no expression in it.
fn is_leaf(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Literal(_) | ExprKind::Param(_) | ExprKind::Column(..) | ExprKind::Item(_)
    )
}

/// Calls `visit` with every expression of an order.
pub fn of_keys<'a>(keys: &'a [OrderKey], visit: &mut dyn FnMut(&'a Expr)) {
    for key in keys {
        expressions(&key.value, true, visit);
    }
}

/// Calls `visit` with every expression of a SELECT.
pub fn of_select<'a>(select: &'a Select, visit: &mut dyn FnMut(&'a Expr)) {
    for item in &select.items {
        expressions(&item.value, true, visit);
    }
    for expr in select
        .filter
        .iter()
        .chain(&select.group_by)
        .chain(&select.having)
    {
        expressions(expr, true, visit);
    }
    if let Some(from) = &select.from {
        of_from(from, visit);
    }
}

/// Calls `visit` with every expression of what a SELECT reads.
pub fn of_from<'a>(from: &'a From, visit: &mut dyn FnMut(&'a Expr)) {
    match from {
        From::Table { .. } | From::Cte { .. } => {}
        From::Derived { query, .. } => of_query(query, visit),
        From::Function { function, .. } => {
            for value in function.expressions() {
                expressions(value, true, visit);
            }
        }
        From::Join {
            left, right, on, ..
        } => {
            of_from(left, visit);
            of_from(right, visit);
            for condition in on {
                expressions(condition, true, visit);
            }
        }
    }
}

/// The table references that a query itself makes, at any depth.
pub fn own_tables(query: &Query, tables: &mut FxHashSet<TableId>) {
    for cte in &query.ctes {
        own_tables(&cte.query, tables);
    }
    match &query.body {
        Body::Select(select) => {
            if let Some(from) = &select.from {
                tables_of(from, tables);
            }
        }
        Body::SetOperation { left, right, .. } => {
            own_tables(left, tables);
            own_tables(right, tables);
        }
        Body::Values(_) => {}
    }
    // Those of queries in expressions.
    of_query(query, &mut |expr| match &expr.kind {
        ExprKind::InQuery { query, .. } | ExprKind::Exists(query) | ExprKind::Scalar(query) => {
            if let Body::Select(select) = &query.body
                && let Some(from) = &select.from
            {
                tables_of(from, tables);
            } else {
                own_tables(query, tables);
            }
        }
        _ => {}
    });
}

/// The table references of what a SELECT reads, at any depth.
pub fn tables_of(from: &From, tables: &mut FxHashSet<TableId>) {
    match from {
        From::Table { id, .. } | From::Cte { id, .. } | From::Function { id, .. } => {
            tables.insert(*id);
        }
        From::Derived { id, query, .. } => {
            tables.insert(*id);
            own_tables(query, tables);
        }
        From::Join { left, right, .. } => {
            tables_of(left, tables);
            tables_of(right, tables);
        }
    }
}

/// The references whose columns what stands around a FROM can name, from left to right: not those inside derived tables.
pub fn visible_tables(from: &From, tables: &mut impl Extend<TableId>) {
    match from {
        From::Table { id, .. }
        | From::Cte { id, .. }
        | From::Derived { id, .. }
        | From::Function { id, .. } => tables.extend([*id]),
        From::Join { left, right, .. } => {
            visible_tables(left, tables);
            visible_tables(right, tables);
        }
    }
}

/// Whether a query uses tables of the queries around it.
pub fn uses_outer(query: &Query) -> bool {
    let mut own = FxHashSet::default();
    own_tables(query, &mut own);
    let mut found = false;
    of_query(query, &mut |expr| {
        if let ExprKind::Column(table, _) = &expr.kind {
            found |= !own.contains(table);
        }
    });
    found
}

/// Whether an expression has an aggregate of its own SELECT's rows in it.
pub fn has_aggregate(expr: &Expr) -> bool {
    let mut found = false;
    expressions(expr, false, &mut |expr| {
        found |= matches!(
            expr.kind,
            ExprKind::Aggregate(_) | ExprKind::Grouping(_) | ExprKind::JsonList { .. }
        );
    });
    found
}

/// Whether an expression has a query in it.
pub fn has_query(expr: &Expr) -> bool {
    let mut found = false;
    expressions(expr, false, &mut |expr| {
        found |= matches!(
            expr.kind,
            ExprKind::Scalar(_) | ExprKind::Exists(_) | ExprKind::InQuery { .. }
        );
    });
    found
}

/// Whether an expression binds a value.
pub fn has_parameter(expr: &Expr) -> bool {
    let mut found = false;
    expressions(expr, true, &mut |expr| {
        found |= matches!(
            expr.kind,
            ExprKind::Param(_) | ExprKind::InParam(..) | ExprKind::InParent(_)
        );
    });
    found
}

/// Whose columns an expression uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uses {
    /// None.
    None,
    /// Those of the tables asked about alone.
    Own,
    /// Others, perhaps beside them.
    Others,
}

/// Whose columns an expression uses: those of `tables`, or others.
pub fn uses(expr: &Expr, tables: &FxHashSet<TableId>) -> Uses {
    let mut used = Uses::None;
    expressions(expr, true, &mut |expr| {
        if let ExprKind::Column(table, _) = &expr.kind {
            used = match used {
                Uses::Others => Uses::Others,
                _ if !tables.contains(table) => Uses::Others,
                _ => Uses::Own,
            };
        }
    });
    used
}

/// Whether an expression uses no column of `tables`.
pub fn is_free_of(expr: &Expr, tables: &FxHashSet<TableId>) -> bool {
    let mut free = true;
    expressions(expr, true, &mut |expr| {
        if let ExprKind::Column(table, _) = &expr.kind {
            free &= !tables.contains(table);
        }
    });
    free
}

/// Whether what a SELECT reads uses columns of `tables` alone.
pub fn all_of(from: &From, tables: &FxHashSet<TableId>) -> bool {
    let mut own = true;
    of_from(from, &mut |expr| {
        if let ExprKind::Column(table, _) = &expr.kind {
            own &= tables.contains(table);
        }
    });
    own
}

/// Whether a query reads a table of this name, at any depth.
pub fn reads_table(query: &Query, table: &str) -> bool {
    fn in_from(from: &From, table: &str) -> bool {
        match from {
            From::Table { table: known, .. } => **known == *table,
            From::Cte { .. } | From::Function { .. } => false,
            From::Derived { query, .. } => reads_table(query, table),
            From::Join { left, right, .. } => in_from(left, table) || in_from(right, table),
        }
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let mut found = query.ctes.iter().any(|cte| reads_table(&cte.query, table))
            || match &query.body {
                Body::Select(select) => select
                    .from
                    .as_ref()
                    .is_some_and(|from| in_from(from, table)),
                Body::SetOperation { left, right, .. } => {
                    reads_table(left, table) || reads_table(right, table)
                }
                Body::Values(_) => false,
            };
        of_query(query, &mut |expr| {
            if let ExprKind::InQuery { query, .. }
            | ExprKind::Exists(query)
            | ExprKind::Scalar(query) = &expr.kind
            {
                found = found
                    || match &query.body {
                        Body::Select(select) => select
                            .from
                            .as_ref()
                            .is_some_and(|from| in_from(from, table)),
                        Body::SetOperation { .. } => reads_table(query, table),
                        Body::Values(_) => false,
                    };
            }
        });
        found
    })
}
