//! FULL JOIN for dialects that have none: the left side's rows with what they match, and behind them
//! the right side's rows that match nothing.

use super::{Legalizer, Renamed, walk};
use crate::dialect::Refusal;
use crate::legal::{Body, Expr, From, Item, Name, Query, Select, Side};
use djq_check::hir::{BinaryOperator, SetOperator};
use djq_diagnostics::Span;
use djq_plan::plan::{self, ExprKind, JoinKind, TableId};
use rustc_hash::FxHashSet;

/// A column of a table reference.
type Column<'a> = (TableId, &'a str);

/// The columns that a query reads, and how often.
#[derive(Debug, Default)]
pub(super) struct Reads<'a>(Vec<(Column<'a>, usize)>);

impl<'a> Reads<'a> {
    /// Of a SELECT and its order.
    pub(super) fn of(select: &'a plan::Select, order_by: &'a [plan::OrderKey]) -> Self {
        let mut reads = Self::default();
        walk::of_select(select, &mut |expr| reads.see(expr));
        walk::of_keys(order_by, &mut |expr| reads.see(expr));
        reads
    }

    /// Of a join itself: of its condition, and of the joins that it joins.
    fn of_join(left: &'a plan::From, right: &'a plan::From, on: &'a [plan::Expr]) -> Self {
        let mut reads = Self::default();
        for side in [left, right] {
            walk::of_from(side, &mut |expr| reads.see(expr));
        }
        for condition in on {
            walk::expressions(condition, true, &mut |expr| reads.see(expr));
        }
        reads
    }

    fn see(&mut self, expr: &'a plan::Expr) {
        if let ExprKind::Column(table, column) = &expr.kind {
            match self
                .0
                .iter_mut()
                .find(|(known, _)| *known == (*table, &**column))
            {
                Some((_, times)) => *times += 1,
                None => self.0.push(((*table, column), 1)),
            }
        }
    }

    fn times(&self, column: Column<'_>) -> usize {
        self.0
            .iter()
            .find(|(known, _)| *known == column)
            .map_or(0, |(_, times)| *times)
    }
}

/// Whether a condition that must be true has an equality in it between a value of one side and one of the other.
fn compares(condition: &plan::Expr, left: &FxHashSet<TableId>, right: &FxHashSet<TableId>) -> bool {
    let is_of = |expr, side| walk::uses(expr, side) == walk::Uses::Own && !walk::has_query(expr);
    match &condition.kind {
        ExprKind::Binary(BinaryOperator::And, a, b) => {
            compares(a, left, right) || compares(b, left, right)
        }
        ExprKind::Binary(BinaryOperator::Equal, a, b) => {
            (is_of(a, left) && is_of(b, right)) || (is_of(a, right) && is_of(b, left))
        }
        _ => false,
    }
}

/// Whether there is a FULL JOIN in it.
pub(super) fn is_in(from: &plan::From) -> bool {
    match from {
        plan::From::Join {
            kind, left, right, ..
        } => *kind == JoinKind::Full || is_in(left) || is_in(right),
        _ => false,
    }
}

/// Whether one of the joins in it is guarded: the columns of its rows could not be outputs.
pub(super) fn has_guard(from: &plan::From) -> bool {
    match from {
        plan::From::Join {
            left, right, guard, ..
        } => guard.is_some() || has_guard(left) || has_guard(right),
        _ => false,
    }
}

/// Where a join uses tables of the queries around.
fn outer_value(left: &plan::From, right: &plan::From, on: &[plan::Expr]) -> Option<Span> {
    let mut parts = Vec::new();
    let mut own = FxHashSet::default();
    for side in [left, right] {
        walk::tables_of(side, &mut own);
        walk::of_from(side, &mut |part| parts.push(part));
    }
    for condition in on {
        walk::expressions(condition, true, &mut |part| parts.push(part));
    }
    for part in &parts {
        if let ExprKind::InQuery { query, .. } | ExprKind::Exists(query) | ExprKind::Scalar(query) =
            &part.kind
        {
            walk::own_tables(query, &mut own);
        }
    }
    parts.iter().find_map(|part| match &part.kind {
        ExprKind::Column(table, _) if !own.contains(table) => Some(part.span),
        _ => None,
    })
}

impl<'a> Legalizer<'a> {
    /// A full join that is guarded, or joins what is.
    pub(super) fn refuse_guarded_full_join(&mut self, right: &plan::From) {
        let mut tables = FxHashSet::default();
        walk::visible_tables(right, &mut tables);
        let table = tables.into_iter().min().unwrap_or(TableId(0));
        let span = usize::try_from(table.0)
            .ok()
            .and_then(|place| self.plan.tables.get(place))
            .map_or_else(Default::default, |table| table.span);
        self.refuse(
            span,
            Refusal {
                why: "there is no `full join` there, and what stands for it cannot have a join that may be missing"
                    .into(),
                instead: Some("write a query for each case".into()),
            },
        );
    }

    /// Whether the dialect has FULL JOIN with such a condition.
    pub(super) fn takes_full_join(
        &self,
        left: &plan::From,
        right: &plan::From,
        on: &[plan::Expr],
    ) -> bool {
        if !self.dialect.has_full_join() || !self.dialect.full_join_needs_equality() {
            return self.dialect.has_full_join();
        }
        let tables = |from| {
            let mut tables = FxHashSet::default();
            walk::visible_tables(from, &mut tables);
            tables
        };
        let (left, right) = (tables(left), tables(right));
        on.iter()
            .any(|condition| compares(condition, &left, &right))
    }

    /// `left FULL JOIN right ON on` as a derived table of the columns that are read outside it.
    pub(super) fn full_join(
        &mut self,
        left: &'a plan::From,
        right: &'a plan::From,
        on: &'a [plan::Expr],
        reads: &Reads<'a>,
    ) -> From<'a> {
        if !self.dialect.has_outer_in_derived()
            && let Some(span) = outer_value(left, right, on)
        {
            self.refuse(
                span,
                Refusal {
                    why: "there is no `full join` there, and what stands for it may not use the rows of the query around"
                        .into(),
                    instead: Some("compare with the rows around in a `where` behind the join".into()),
                },
            );
        }
        let alias = self.own_alias("both_sides");
        let columns = self.read_outside(left, right, on, reads);
        let before = self.renamed.len();

        let from = self.left_join(left, right, on, reads);
        let matched = Select {
            items: self.outputs(&columns, true),
            from: Some(from),
            ..Select::default()
        };
        self.renamed.truncate(before);

        let from = self.source(right, reads);
        let items = self.outputs(&columns, false);
        let inner = Select {
            items: vec![Item {
                value: Expr::atom("1"),
                name: "".into(),
            }],
            from: Some(self.source(left, reads)),
            filter: self.conditions(on),
            ..Select::default()
        };
        let matching = Expr::Exists(Box::new(Query::select(inner)));
        let unmatched = Select {
            items,
            from: Some(from),
            filter: Some(Expr::Not(Box::new(matching))),
            ..Select::default()
        };
        self.renamed.truncate(before);

        for output in columns {
            self.renamed.push(Renamed {
                table: output.column.0,
                column: output.column.1,
                alias: alias.clone(),
                name: output.name,
            });
        }
        let side = |select| Side {
            query: Box::new(Query::select(select)),
            parentheses: false,
        };
        From::Derived {
            query: Box::new(Query::bare(Body::SetOperation {
                operator: SetOperator::Union,
                all: true,
                left: side(matched),
                right: side(unmatched),
            })),
            lateral: false,
            alias,
        }
    }

    /// The columns of both sides that more than the join itself reads.
    fn read_outside(
        &mut self,
        left: &'a plan::From,
        right: &'a plan::From,
        on: &'a [plan::Expr],
        reads: &Reads<'a>,
    ) -> Vec<Output<'a>> {
        let mut left_tables = FxHashSet::default();
        walk::visible_tables(left, &mut left_tables);
        let mut right_tables = FxHashSet::default();
        walk::visible_tables(right, &mut right_tables);
        let own = Reads::of_join(left, right, on);
        let mut columns: Vec<Output<'a>> = Vec::new();
        for (column, times) in &reads.0 {
            let is_left = left_tables.contains(&column.0);
            if *times == own.times(*column) || !(is_left || right_tables.contains(&column.0)) {
                continue;
            }
            let mut name = format!("{}_{}", self.alias(column.0), column.1);
            if columns.iter().any(|known| *known.name == *name) || !self.dialect.takes_name(&name) {
                name = format!("column_{}", columns.len() + 1);
            }
            columns.push(Output {
                column: *column,
                is_left,
                name: name.into(),
            });
        }
        columns
    }

    /// `left LEFT JOIN right ON on`.
    fn left_join(
        &mut self,
        left: &'a plan::From,
        right: &'a plan::From,
        on: &'a [plan::Expr],
        reads: &Reads<'a>,
    ) -> From<'a> {
        let left = Box::new(self.source(left, reads));
        let right = Box::new(self.source(right, reads));
        From::Join {
            kind: JoinKind::Left,
            left,
            right,
            on: Some(self.conditions(on).unwrap_or_else(|| Expr::atom("TRUE"))),
            guard: None,
        }
    }

    /// The columns' values; of rows that match nothing on the left, null for those of the left.
    fn outputs(&mut self, columns: &[Output<'a>], matched: bool) -> Vec<Item<'a>> {
        let mut items: Vec<_> = columns
            .iter()
            .map(|output| Item {
                value: if matched || !output.is_left {
                    self.column(output.column.0, output.column.1)
                } else {
                    Expr::atom("NULL")
                },
                name: output.name.clone(),
            })
            .collect();
        if items.is_empty() {
            items.push(Item {
                value: Expr::atom("1"),
                name: "one".into(),
            });
        }
        items
    }
}

/// An output of the derived table.
struct Output<'a> {
    column: Column<'a>,
    is_left: bool,
    name: Name<'a>,
}
