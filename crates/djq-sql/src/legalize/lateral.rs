//! Lateral joins for dialects that have none, in three ways that give the same rows:
//!
//! - a query that filters and names columns is an ordinary join, its filter part of the condition;
//! - one that pins columns of its own to values of the left, and limits or groups, is run once for all
//!   values: grouped by those columns, or its rows numbered within them, and joined on them;
//! - one that gives one row of aggregates is a subquery for each of its columns.
//!
//! Anything else is refused.

use super::{Legalizer, expression::Use, walk};
use crate::{
    dialect::{Binding, Form, Refusal},
    legal::{Expr, From, Item, Name, Query, Select},
};
use djq_check::hir::{BinaryOperator, Guard, Literal};
use djq_diagnostics::codes;
use djq_plan::plan::{self, Body, ExprKind, JoinKind, TableId};
use rustc_hash::FxHashSet;

/// What stands for a column of a lateral query that is no table any more.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inlined<'a> {
    /// The value itself.
    Value(&'a plan::Expr),
    /// The query with this item alone; null where the `one` of a table of one row is.
    Subquery {
        select: &'a plan::Select,
        value: &'a plan::Expr,
        present: Option<TableId>,
    },
    /// The column itself, in this form.
    Column(&'static str),
    /// A value of a series, whose number is this form of this column.
    Number {
        first: &'a plan::Expr,
        step: &'a plan::Expr,
        column: &'static str,
        number: &'static str,
    },
}

/// A lateral query, taken apart.
struct Parts<'a> {
    select: &'a plan::Select,
    query: &'a plan::Query,
    from: &'a plan::From,
    /// Conditions on its own tables alone.
    own: Vec<&'a plan::Expr>,
    /// Values of its own that equal values of the left.
    pinned: Vec<(&'a plan::Expr, &'a plan::Expr)>,
    /// Conditions that are neither.
    mixed: bool,
    /// Whether its output and groups use its own tables alone.
    closed: bool,
    /// Whether what it reads is a function of the left.
    follows: bool,
}

impl<'a> Legalizer<'a> {
    /// `left JOIN LATERAL (query) AS id ON on`.
    pub(super) fn lateral_join(
        &mut self,
        kind: JoinKind,
        left: From<'a>,
        (id, query): (TableId, &'a plan::Query),
        on: &'a [plan::Expr],
        guard: Option<&'a Guard>,
    ) -> From<'a> {
        let left = Box::new(left);
        let rewritten = match kind {
            JoinKind::Right | JoinKind::Full => None,
            _ => parts(query),
        };
        if let Some(parts) = rewritten {
            if parts.is_plain(kind) {
                return self.lateral_as_join(kind, left, id, &parts, on, guard);
            }
            if parts.is_one_row() {
                return self.lateral_as_subqueries(kind, left, id, &parts, on, guard);
            }
            if parts.is_keyed() {
                return self.lateral_by_keys(kind, left, id, &parts, on, guard);
            }
        }
        self.refuse_lateral(id);
        From::Join {
            kind,
            left,
            right: Box::new(one_row(self.alias(id).into())),
            on: None,
            guard,
        }
    }

    pub(super) fn refuse_lateral(&mut self, id: TableId) {
        let span = usize::try_from(id.0)
            .ok()
            .and_then(|place| self.plan.tables.get(place))
            .map_or_else(Default::default, |table| table.span);
        self.refuse_as(
            &codes::NO_LATERAL,
            span,
            Refusal {
                why: "a joined query that uses the rows on its left in this way has no form there".into(),
                instead: Some(
                    "pin it to the left by `=`, take single values by a query in `select`, or nest the rows"
                        .into(),
                ),
            },
        );
    }

    fn lateral_as_join(
        &mut self,
        kind: JoinKind,
        left: Box<From<'a>>,
        id: TableId,
        parts: &Parts<'a>,
        on: &'a [plan::Expr],
        guard: Option<&'a Guard>,
    ) -> From<'a> {
        let right = Box::new(self.source(parts.from, &Default::default()));
        for item in &parts.select.items {
            self.inlined
                .push((id, &item.name, Inlined::Value(&item.value)));
        }
        let conditions: Vec<_> = parts
            .select
            .filter
            .iter()
            .chain(on)
            .map(|condition| self.expression_for(condition, Use::Truth))
            .collect();
        From::Join {
            kind: if kind == JoinKind::Left {
                kind
            } else {
                JoinKind::Inner
            },
            left,
            right,
            on: Some(Expr::all(conditions).unwrap_or_else(|| Expr::atom("TRUE"))),
            guard,
        }
    }

    fn lateral_as_subqueries(
        &mut self,
        kind: JoinKind,
        left: Box<From<'a>>,
        id: TableId,
        parts: &Parts<'a>,
        on: &'a [plan::Expr],
        guard: Option<&'a Guard>,
    ) -> From<'a> {
        let conditional = on.iter().any(|condition| !is_true(condition));
        for item in &parts.select.items {
            let inlined = Inlined::Subquery {
                select: parts.select,
                value: &item.value,
                present: None,
            };
            self.inlined.push((id, &item.name, inlined));
        }
        if !conditional {
            return *left;
        }
        let on = self.conditions(on);
        if kind == JoinKind::Left {
            for (table, _, inlined) in &mut self.inlined {
                if let Inlined::Subquery { present, .. } = inlined
                    && *table == id
                {
                    *present = Some(id);
                }
            }
        }
        From::Join {
            kind: if kind == JoinKind::Left {
                kind
            } else {
                JoinKind::Inner
            },
            left,
            right: Box::new(one_row(self.alias(id).into())),
            on,
            guard,
        }
    }

    fn lateral_by_keys(
        &mut self,
        kind: JoinKind,
        left: Box<From<'a>>,
        id: TableId,
        parts: &Parts<'a>,
        on: &'a [plan::Expr],
        guard: Option<&'a Guard>,
    ) -> From<'a> {
        let select = parts.select;
        let from = self.source(parts.from, &Default::default());
        let from_outside = self.from.replace(parts.from);
        // Windows, too, see the rows of one of the left at a time.
        let pinned = parts.pinned.iter().map(|(own, _)| *own).collect();
        let outer = std::mem::replace(&mut self.partitions, pinned);
        let mut items: Vec<_> = select.items.iter().map(|item| self.item(item)).collect();
        self.partitions = outer;
        let mut group_by: Vec<_> = select
            .group_by
            .iter()
            .map(|key| self.expression(key))
            .collect();
        let conditions = parts
            .own
            .iter()
            .map(|condition| self.expression_for(condition, Use::Truth))
            .collect();
        let having = self.conditions(&select.having);
        let mut keys = Vec::with_capacity(parts.pinned.len());
        for (own, _) in &parts.pinned {
            let name = free_name(&items, "pinned");
            if select.grouped {
                group_by.push(self.expression(own));
            }
            items.push(Item {
                value: self.expression(own),
                name: name.clone(),
            });
            keys.push(name);
        }
        let paged = parts.query.limit.is_some() || parts.query.offset.is_some();
        let number = free_name(&items, "n");
        if paged {
            let order_by = {
                let outer = self.items.replace(&select.items);
                let order_by = self.order_by(&parts.query.order_by);
                self.items = outer;
                order_by
            };
            let partition_by = parts
                .pinned
                .iter()
                .map(|(own, _)| self.expression(own))
                .collect();
            items.push(Item {
                value: Expr::row_number(partition_by, order_by),
                name: number.clone(),
            });
        }
        self.from = from_outside;
        let right = From::Derived {
            query: Box::new(Query::select(Select {
                distinct: select.distinct,
                distinct_on: Vec::new(),
                items,
                from: Some(from),
                filter: Expr::all(conditions),
                group_by,
                having,
            })),
            lateral: false,
            alias: self.alias(id).into(),
        };
        let alias: Name<'a> = self.alias(id).into();
        let column = |name: Name<'a>| Expr::Column(alias.clone(), name);
        let mut joined: Vec<_> = parts
            .pinned
            .iter()
            .zip(keys)
            .map(|((_, outer), key)| super::membership::equal(column(key), self.expression(outer)))
            .collect();
        if paged {
            self.numbers(parts.query, &column(number), &mut joined);
        }
        joined.extend(
            on.iter()
                .filter(|condition| !is_true(condition))
                .map(|condition| self.expression_for(condition, Use::Truth)),
        );
        From::Join {
            kind: if kind == JoinKind::Left {
                kind
            } else {
                JoinKind::Inner
            },
            left,
            right: Box::new(right),
            on: Expr::all(joined),
            guard,
        }
    }

    /// Conditions on the number of a row that keep a page's.
    fn numbers(&mut self, query: &'a plan::Query, number: &Expr<'a>, into: &mut Vec<Expr<'a>>) {
        let Expr::Column(alias, name) = number else {
            return;
        };
        let column = || Expr::Column(alias.clone(), name.clone());
        let compare = |sql: &'static str, operands| {
            Expr::form(
                Form::infix(sql, Binding::Comparison, Binding::Other),
                operands,
            )
        };
        if let Some(offset) = &query.offset {
            let bound = self.expression(offset);
            into.push(bound.within_guard(|bound| compare("{0} > {1}", vec![column(), bound])));
        }
        let Some(limit) = &query.limit else { return };
        let guards =
            |guard: Option<Guard>| limit.guard().cloned().into_iter().chain(guard).collect();
        let of = limit.unguarded();
        if let Some(offset) = &query.offset {
            let (offset, guard) = (offset.unguarded(), offset.guard().cloned());
            let operands = vec![column(), self.expression(offset), self.expression(of)];
            let counted = compare("{0} - {1} <= {2}", operands);
            into.push(self.when_all(guards(guard), counted));
        }
        // Where there is no offset to count from.
        let alone = match &query.offset {
            None => Some(None),
            Some(offset) => offset.guard().map(|guard| Some(guard.clone().negated())),
        };
        if let Some(without) = alone {
            let first = compare("{0} <= {1}", vec![column(), self.expression(of)]);
            into.push(self.when_all(guards(without), first));
        }
    }

    /// What stands for a column of an inlined query.
    pub(super) fn inlined(&mut self, table: TableId, column: &str) -> Option<Expr<'a>> {
        let (.., inlined) = self
            .inlined
            .iter()
            .rev()
            .find(|(known, name, _)| *known == table && *name == column)?;
        let (inlined, alias) = (*inlined, self.alias(table));
        Some(self.inlined_value(alias.into(), column, inlined))
    }

    /// What stands for a column, by this alias where a table is still there.
    pub(super) fn inlined_value(
        &mut self,
        alias: Name<'a>,
        column: &str,
        inlined: Inlined<'a>,
    ) -> Expr<'a> {
        match inlined {
            Inlined::Column(sql) => {
                let column = Expr::Column(alias, column.to_owned().into());
                Expr::form(Form::atom(sql), vec![column])
            }
            Inlined::Number {
                first,
                step,
                column,
                number,
            } => {
                let column = Expr::Column(alias, column.into());
                let number = match number {
                    "{0}" => column,
                    _ => Expr::form(
                        Form::infix(number, Binding::Sum, Binding::Atom),
                        vec![column],
                    ),
                };
                self.series_value(first, step, number)
            }
            Inlined::Value(value) => self.expression(value),
            Inlined::Subquery {
                select,
                value,
                present,
            } => {
                self.note_lateral(select);
                let from = select
                    .from
                    .as_ref()
                    .map(|from| self.source(from, &Default::default()));
                let subquery = Expr::Query(Box::new(Query::select(Select {
                    items: vec![Item {
                        value: self.expression(value),
                        name: "".into(),
                    }],
                    from,
                    filter: self.conditions(&select.filter),
                    ..Select::default()
                })));
                match present {
                    None => subquery,
                    Some(table) => Expr::Case {
                        branches: vec![(
                            Expr::form(
                                Form::infix("{0} IS NOT NULL", Binding::Comparison, Binding::Other),
                                vec![Expr::Column(self.alias(table).into(), "one".into())],
                            ),
                            subquery,
                        )],
                        otherwise: None,
                    },
                }
            }
        }
    }
}

impl Parts<'_> {
    /// Whether it filters and names columns, and does nothing else.
    fn is_plain(&self, kind: JoinKind) -> bool {
        let columns = || {
            self.select
                .items
                .iter()
                .all(|item| matches!(item.value.kind, ExprKind::Column(..)))
        };
        let strict = || self.select.items.iter().all(|item| is_step(&item.value));
        !self.select.grouped
            && !self.select.distinct
            && self.query.limit.is_none()
            && self.query.offset.is_none()
            && !self.select.items.iter().any(|item| has_window(&item.value))
            // A value that is not null without a row would have to be null in an outer join.
            && (kind != JoinKind::Left || (columns() && self.closed) || self.follows && strict())
    }

    /// Whether it gives one row for each of the left, whatever there is.
    fn is_one_row(&self) -> bool {
        self.select.grouped
            && self.select.group_by.is_empty()
            && self.select.having.is_empty()
            && self.query.limit.is_none()
            && self.query.offset.is_none()
    }

    /// Whether what pins it to the left is all that it has of the left.
    fn is_keyed(&self) -> bool {
        let paged = self.query.limit.is_some() || self.query.offset.is_some();
        let grouped = self.select.grouped;
        let numbered = paged && (grouped || self.select.distinct);
        let one_group = grouped && self.select.group_by.is_empty();
        // The number is a window itself, which takes no other in its order.
        let ordered_by_window = paged
            && self
                .query
                .order_by
                .iter()
                .any(|key| match &key.value.unguarded().kind {
                    ExprKind::Item(place) => {
                        let item = self.select.items.get(*place);
                        item.is_some_and(|item| has_window(&item.value))
                    }
                    _ => has_window(key.value.unguarded()),
                });
        let pinned = self.closed && !self.follows && !self.mixed && !self.pinned.is_empty();
        pinned && !numbered && !one_group && !ordered_by_window
    }
}

fn parts(query: &plan::Query) -> Option<Parts<'_>> {
    let Body::Select(select) = &query.body else {
        return None;
    };
    let from = select.from.as_ref()?;
    let mut tables = FxHashSet::default();
    walk::tables_of(from, &mut tables);
    walk::own_tables(query, &mut tables);
    let follows = !walk::all_of(from, &tables);
    if !query.ctes.is_empty() || follows && !matches!(from, plan::From::Function { .. }) {
        return None;
    }
    let mut parts = Parts {
        select,
        query,
        from,
        own: Vec::new(),
        pinned: Vec::new(),
        mixed: false,
        follows,
        closed: select
            .items
            .iter()
            .map(|item| &item.value)
            .chain(&select.group_by)
            .chain(&select.having)
            .chain(query.order_by.iter().map(|key| &key.value))
            .all(|expr| walk::uses(expr, &tables) != walk::Uses::Others),
    };
    for condition in &select.filter {
        match walk::uses(condition, &tables) {
            walk::Uses::Own | walk::Uses::None => parts.own.push(condition),
            walk::Uses::Others => match &condition.kind {
                ExprKind::Binary(BinaryOperator::Equal, left, right) => {
                    match (walk::uses(left, &tables), walk::is_free_of(right, &tables)) {
                        (walk::Uses::Own, true) => parts.pinned.push((left, right)),
                        _ if walk::uses(right, &tables) == walk::Uses::Own
                            && walk::is_free_of(left, &tables) =>
                        {
                            parts.pinned.push((right, left));
                        }
                        _ => parts.mixed = true,
                    }
                }
                _ => parts.mixed = true,
            },
        }
    }
    Some(parts)
}

/// Whether it is a moment of a series: null where the step from the first is.
fn is_step(expr: &plan::Expr) -> bool {
    use djq_check::functions::FunctionId as F;
    let number = |expr: &plan::Expr| match &expr.kind {
        ExprKind::Column(..) => true,
        ExprKind::Binary(BinaryOperator::Multiply, _, number) => {
            matches!(number.kind, ExprKind::Column(..))
        }
        _ => false,
    };
    match &expr.kind {
        ExprKind::Call(
            F::DateAddDays | F::DateAddMonths | F::DateTimeAdd | F::DateTimeAddMonths,
            operands,
        ) => operands.get(1).is_some_and(number),
        _ => false,
    }
}

/// A name that none of the items has.
fn free_name<'a>(items: &[Item<'a>], name: &str) -> Name<'a> {
    let mut free = name.to_owned();
    while items.iter().any(|item| *item.name == *free) {
        free.push('_');
    }
    free.into()
}

fn is_true(expr: &plan::Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(Literal::Bool(true)))
}

pub(super) fn has_window(expr: &plan::Expr) -> bool {
    let mut found = false;
    walk::expressions(expr, false, &mut |expr| {
        found |= matches!(expr.kind, ExprKind::Window(_));
    });
    found
}

/// Whether there are windows in what a query puts out or orders by, as it stands.
pub(super) fn makes_windows(query: &plan::Query) -> bool {
    let here = match &query.body {
        Body::Select(select) => select.items.iter().any(|item| has_window(&item.value)),
        Body::SetOperation { left, right, .. } => makes_windows(left) || makes_windows(right),
        Body::Values(_) => false,
    };
    here || query.order_by.iter().any(|key| has_window(&key.value))
}

/// `(SELECT 1 AS one) AS alias`.
pub(super) fn one_row(alias: Name<'_>) -> From<'_> {
    From::Derived {
        query: Box::new(Query::select(Select {
            items: vec![Item {
                value: Expr::atom("1"),
                name: "one".into(),
            }],
            ..Select::default()
        })),
        lateral: false,
        alias,
    }
}
