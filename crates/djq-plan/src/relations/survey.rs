//! What a query has in it.

use crate::{
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, From, Query, Select, TableId},
};
use djq_check::functions::FunctionId;

/// What was seen in queries and expressions.
#[derive(Default)]
pub(crate) struct Survey {
    /// The table references that they make.
    pub(crate) made: Vec<TableId>,
    /// The table references whose columns they name.
    pub(crate) named: Vec<(TableId, Box<str>)>,
    /// Whether there is a query in an expression.
    pub(crate) queries: bool,
    /// Whether there is a window.
    pub(crate) windows: bool,
    /// Whether there is what must stay where it is written: chance, the author's SQL, a guard, the parents' keys.
    pub(crate) fixed: bool,
}

impl Survey {
    pub(crate) fn of(expr: &mut Expr) -> Self {
        let mut survey = Self::default();
        survey.expr(expr);
        survey
    }

    /// Whether columns of tables are named that are not made here.
    pub(crate) fn names_outer(&self) -> bool {
        self.named
            .iter()
            .any(|(named, _)| !self.made.contains(named))
    }

    pub(crate) fn expr(&mut self, expr: &mut Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            match &expr.kind {
                ExprKind::Column(table, name) => self.named.push((*table, name.clone())),
                ExprKind::Window(_) => self.windows = true,
                ExprKind::When(..)
                | ExprKind::Sql(..)
                | ExprKind::InParent(_)
                | ExprKind::JsonList { .. }
                | ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _) => self.fixed = true,
                _ => {}
            }
            parts::of_expr(expr, &mut |part| self.part(part));
        });
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Query(query) => {
                self.queries = true;
                self.query(query);
            }
        }
    }

    pub(crate) fn query(&mut self, query: &mut Query) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            for cte in &mut query.ctes {
                self.query(&mut cte.query);
            }
            match &mut query.body {
                Body::Select(select) => self.select(select),
                Body::SetOperation { left, right, .. } => {
                    self.query(left);
                    self.query(right);
                }
                Body::Values(values) => {
                    for value in values.rows.iter_mut().flatten() {
                        self.expr(value);
                    }
                }
            }
            let keys = query.order_by.iter_mut().map(|key| &mut key.value);
            keys.chain(&mut query.limit)
                .chain(&mut query.offset)
                .for_each(|expr| self.expr(expr));
        });
    }

    pub(crate) fn select(&mut self, select: &mut Select) {
        if let Some(from) = &mut select.from {
            self.from(from);
        }
        let items = select.items.iter_mut().map(|item| &mut item.value);
        items
            .chain(&mut select.filter)
            .chain(&mut select.group_by)
            .chain(&mut select.having)
            .for_each(|expr| self.expr(expr));
    }

    pub(crate) fn from(&mut self, from: &mut From) {
        match from {
            From::Table { id, .. }
            | From::Cte { id, .. }
            | From::Derived { id, .. }
            | From::Function { id, .. } => self.made.push(*id),
            From::Join {
                left,
                right,
                on,
                guard,
                ..
            } => {
                self.fixed |= guard.is_some();
                self.from(left);
                self.from(right);
                on.iter_mut().for_each(|on| self.expr(on));
            }
        }
        parts::of_from(from, &mut |part| self.part(part));
    }
}
