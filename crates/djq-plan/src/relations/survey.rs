//! What a query has in it.

use crate::{
    plan::{Body, Expr, ExprKind, From, Query, Select, TableId},
    walk,
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
    /// Whether arrays of nested rows may be anywhere, too.
    pub(crate) takes_lists: bool,
}

impl Survey {
    pub(crate) fn of(expr: &Expr) -> Self {
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

    pub(crate) fn expr(&mut self, expr: &Expr) {
        walk::expressions(expr, false, &mut |part| match &part.kind {
            ExprKind::Column(table, name) => self.named.push((*table, name.clone())),
            ExprKind::Window(_) => self.windows = true,
            ExprKind::When(..)
            | ExprKind::Sql(..)
            | ExprKind::InParent(_)
            | ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _) => self.fixed = true,
            ExprKind::JsonList { .. } | ExprKind::JsonListOrEmpty(_) => {
                self.fixed |= !self.takes_lists;
            }
            ExprKind::Scalar(query) | ExprKind::Exists(query) | ExprKind::InQuery { query, .. } => {
                self.queries = true;
                self.query(query);
            }
            _ => {}
        });
    }

    pub(crate) fn query(&mut self, query: &Query) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            for cte in &query.ctes {
                self.query(&cte.query);
            }
            match &query.body {
                Body::Select(select) => self.select(select),
                Body::SetOperation { left, right, .. } => {
                    self.query(left);
                    self.query(right);
                }
                Body::Values(values) => {
                    for value in values.rows.iter().flatten() {
                        self.expr(value);
                    }
                }
            }
            let keys = query.order_by.iter().map(|key| &key.value);
            keys.chain(&query.limit)
                .chain(&query.offset)
                .for_each(|expr| self.expr(expr));
        });
    }

    pub(crate) fn select(&mut self, select: &Select) {
        if let Some(from) = &select.from {
            self.from(from);
        }
        let items = select.items.iter().map(|item| &item.value);
        items
            .chain(&select.filter)
            .chain(&select.group_by)
            .chain(&select.having)
            .for_each(|expr| self.expr(expr));
    }

    pub(crate) fn from(&mut self, from: &From) {
        match from {
            From::Table { id, .. } | From::Cte { id, .. } => self.made.push(*id),
            From::Derived { id, query, .. } => {
                self.made.push(*id);
                self.queries = true;
                self.query(query);
            }
            From::Function { id, function, .. } => {
                self.made.push(*id);
                for value in function.expressions() {
                    self.expr(value);
                }
            }
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
                on.iter().for_each(|on| self.expr(on));
            }
        }
    }
}
