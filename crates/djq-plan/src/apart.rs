//! A SELECT in two: its groups with their keys and aggregates, or its rows with their windows, in a derived table, and
//! around it what is made of them. It means the same, and asks less of a server.

mod gather;

use crate::{
    lower::unique,
    parts::{Part, of_expr, of_query},
    plan::{
        Aggregate, Body, Expr, ExprKind, From, Item, OrderKey, Plan, Query, Select, Table, TableId,
        WriteKind,
    },
    same::same,
    walk,
};
use djq_check::hir::Literal;

/// Which groups, and which rows with windows, are taken apart, and how.
#[derive(Clone, Copy)]
pub struct Apart<'p> {
    /// Whether a SELECT is; asked with the order of the query that it is the body of, and whether that query stands for its one
    /// value. Inner ones are asked first, and what is made of groups is asked again.
    pub is_to_part: &'p dyn Fn(&Select, &[OrderKey], bool) -> bool,
    /// Whether the groups give the rows of an aggregate, as a list, and the aggregate is made of that list around them.
    pub is_gathered: &'p dyn Fn(&Aggregate) -> bool,
}

/// The plan with some SELECTs taken apart: one of groups into these and what is made of them, another into its rows with
/// their windows and what is made of those.
///
/// ```
/// # fn of(plan: &djq_plan::plan::Plan) {
/// let apart = djq_plan::groups_apart(plan, djq_plan::Apart {
///     is_to_part: &|select, _, _| select.grouped && !select.having.is_empty(),
///     is_gathered: &|_| false,
/// });
/// # let _ = apart;
/// # }
/// ```
#[must_use]
pub fn groups_apart(plan: &Plan, apart: Apart<'_>) -> Plan {
    let mut plan = plan.clone();
    let mut parting = Parting {
        tables: std::mem::take(&mut plan.tables),
        apart,
    };
    for statement in &mut plan.statements {
        parting.query(&mut statement.query);
    }
    if let Some(write) = &mut plan.write {
        match &mut write.kind {
            WriteKind::Insert(insert) => {
                insert.rows.iter_mut().for_each(|rows| parting.query(rows));
            }
            WriteKind::Update(update) => parting.query(&mut update.rows),
            WriteKind::Delete(delete) => parting.query(&mut delete.rows),
        }
    }
    plan.tables = parting.tables;
    plan
}

struct Parting<'p> {
    tables: Vec<Table>,
    apart: Apart<'p>,
}

impl Parting<'_> {
    fn query(&mut self, query: &mut Query) {
        self.query_in(query, false);
    }

    fn query_in(&mut self, query: &mut Query, scalar: bool) {
        of_query(query, &mut |part| match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Query(query) => self.query(query),
        });
        if let Body::Select(select) = &mut query.body {
            let grouped = select.grouped;
            if (self.apart.is_to_part)(select, &query.order_by, scalar) {
                self.part(select, &mut query.order_by);
                if grouped && (self.apart.is_to_part)(select, &query.order_by, scalar) {
                    self.part(select, &mut query.order_by);
                }
            }
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        let scalar = matches!(expr.kind, ExprKind::Scalar(_));
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            of_expr(expr, &mut |part| match part {
                Part::Expr(expr) => self.expr(expr),
                Part::Query(query) => self.query_in(query, scalar),
            });
        });
    }

    fn part(&mut self, select: &mut Select, order_by: &mut [OrderKey]) {
        let Ok(number) = u32::try_from(self.tables.len()) else {
            return;
        };
        let outer = Select {
            distinct: select.distinct,
            items: std::mem::take(&mut select.items),
            filter: std::mem::take(&mut select.having),
            ..Select::default()
        };
        let groups = Select {
            distinct: false,
            ..std::mem::replace(select, outer)
        };
        let what = if groups.grouped { "groups" } else { "rows" };
        let mut own = Vec::new();
        if let Some(from) = &groups.from {
            walk::visible_tables(from, &mut own);
        }
        let span = select.items.first().map(|item| item.value.span);
        let alias = unique(what, |name| {
            self.tables.iter().any(|table| *table.alias == *name)
        });
        self.tables.push(Table {
            alias,
            reason: None,
            span: span.unwrap_or_default(),
        });
        let mut split = Split {
            table: TableId(number),
            own,
            groups,
            tables: &mut self.tables,
            is_gathered: self.apart.is_gathered,
        };
        let values = select.items.iter_mut().map(|item| &mut item.value);
        let keys = order_by.iter_mut().map(|key| &mut key.value);
        for value in values.chain(&mut select.filter).chain(keys) {
            split.value(value);
        }
        let mut groups = split.groups;
        if groups.items.is_empty() {
            groups.items.push(Item {
                value: Expr {
                    kind: ExprKind::Literal(Literal::Int(1)),
                    ty: djq_check::Type::Int.required(),
                    span: span.unwrap_or_default(),
                },
                name: "one".into(),
            });
        }
        select.from = Some(From::Derived {
            id: TableId(number),
            query: Box::new(Query {
                ctes: Vec::new(),
                body: Body::Select(Box::new(groups)),
                order_by: Vec::new(),
                limit: None,
                offset: None,
            }),
            lateral: false,
        });
    }
}

/// A SELECT that is being taken apart.
struct Split<'p> {
    /// The derived table.
    table: TableId,
    /// What the groups are made of.
    own: Vec<TableId>,
    /// What gives them; rows, where they are not grouped.
    groups: Select,
    /// Those of the plan.
    tables: &'p mut Vec<Table>,
    /// Of which aggregates the groups give the rows.
    is_gathered: &'p dyn Fn(&Aggregate) -> bool,
}

impl Split<'_> {
    /// What stands around the groups names what they give.
    fn value(&mut self, expr: &mut Expr) {
        let given = match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Param(_) => false,
            ExprKind::Aggregate(_) | ExprKind::Grouping(_) => self.groups.grouped,
            ExprKind::Window(_) => !self.groups.grouped,
            _ => self.is_of_group(expr),
        };
        if given {
            return self.give(expr);
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            of_expr(expr, &mut |part| match part {
                Part::Expr(expr) => self.value(expr),
                Part::Query(query) => self.inner_query(query),
            });
        });
    }

    /// Whether it is a key, or a column that follows from the keys.
    fn is_of_group(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Column(table, _) => self.own.contains(table),
            ExprKind::Literal(_) | ExprKind::Param(_) => false,
            _ => self.groups.group_by.iter().any(|key| same(key, expr)),
        }
    }

    fn inner_query(&mut self, query: &mut Query) {
        of_query(query, &mut |part| match part {
            Part::Expr(expr) => self.inner_value(expr),
            Part::Query(query) => self.inner_query(query),
        });
    }

    /// In a query inside, an aggregate is that query's own, unless it is over rows of the groups alone.
    fn inner_value(&mut self, expr: &mut Expr) {
        let given = match &expr.kind {
            ExprKind::Aggregate(_) => self.groups.grouped && self.is_over_own(expr),
            _ => self.is_of_group(expr),
        };
        if given {
            return self.give(expr);
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            of_expr(expr, &mut |part| match part {
                Part::Expr(expr) => self.inner_value(expr),
                Part::Query(query) => self.inner_query(query),
            });
        });
    }

    fn is_over_own(&self, aggregate: &Expr) -> bool {
        let (mut own, mut others) = (false, false);
        walk::expressions(aggregate, false, &mut |part| match &part.kind {
            ExprKind::Column(table, _) if self.own.contains(table) => own = true,
            ExprKind::Column(..)
            | ExprKind::Scalar(_)
            | ExprKind::Exists(_)
            | ExprKind::InQuery { .. } => others = true,
            _ => {}
        });
        own && !others
    }

    /// Puts the value among what the groups give, and names it instead.
    fn give(&mut self, expr: &mut Expr) {
        if let ExprKind::Aggregate(aggregate) = &expr.kind
            && (self.is_gathered)(aggregate)
            && let Some(kind) = self.gathered(aggregate, &expr.ty, expr.span)
        {
            expr.kind = kind;
            return;
        }
        let known = |item: &&Item| same(&item.value, expr);
        let name = match self.groups.items.iter().find(known) {
            Some(item) => item.name.clone(),
            None => {
                let name = self.free_name(expr);
                self.groups.items.push(Item {
                    value: expr.clone(),
                    name: name.clone(),
                });
                name
            }
        };
        expr.kind = ExprKind::Column(self.table, name);
    }

    fn free_name(&self, expr: &Expr) -> Box<str> {
        let name = match &expr.kind {
            ExprKind::Column(_, column) => column,
            ExprKind::Aggregate(_) => "aggregate",
            ExprKind::JsonList { .. } => "gathered",
            ExprKind::Grouping(_) => "grouping",
            ExprKind::Window(_) => "window",
            _ => "key",
        };
        let taken = |name: &str| self.groups.items.iter().any(|item| *item.name == *name);
        unique(name, taken)
    }
}
