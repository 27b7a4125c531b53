//! Whether a relation has rows, as a value of all rows of a model: `select a.id, exists (a.entries where price > 100)`.
//!
//! The lowering asks for each row. Where more is read than an index on the relation's key holds, that is a look-up in the
//! table for every row of the relation. The servers that cannot turn this round by themselves were more than twenty times faster
//! over two million rows when they were asked for membership in a list of all keys, which they make once; SQLite, which has no
//! semi-joins, in a condition too. Where the index holds it all, or another condition keeps rows of the model back, asking for
//! each row is as fast.

use crate::{
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, Item, OrderKey, Query, Select, TableId},
    relations::{Survey, base, beyond_index, each_select, is_whole, key},
};
use djq_check::{Type, hir::UnaryOperator};
use djq_schema::Schema;

pub(super) struct Members<'p> {
    pub(super) schema: &'p Schema,
    /// Whether conditions are asked so, too.
    pub(super) in_conditions: bool,
    pub(super) changed: bool,
}

impl Members<'_> {
    pub(super) fn query(&mut self, query: &mut Query) {
        each_select(query, &mut |select, order_by, paged| {
            self.select(select, order_by, paged);
        });
    }

    fn select(&mut self, select: &mut Select, order_by: &mut [OrderKey], paged: bool) {
        if select.grouped {
            return;
        }
        // All rows are asked, where nothing else keeps some back.
        let filter = std::mem::take(&mut select.filter);
        let (mut asked, others): (Vec<_>, Vec<_>) =
            (filter.into_iter()).partition(|condition| self.in_conditions && is_exists(condition));
        select.filter = others;
        if is_whole(select, order_by, paged) {
            if let Some(outer) = select.from.as_mut().and_then(|from| base(from).id()) {
                asked.iter_mut().for_each(|one| self.expr(one, outer));
            }
            self.values(select, order_by);
        }
        select.filter.extend(asked);
    }

    fn values(&mut self, select: &mut Select, order_by: &mut [OrderKey]) {
        let Some(outer) = select.from.as_mut().and_then(|from| base(from).id()) else {
            return;
        };
        for item in &mut select.items {
            self.expr(&mut item.value, outer);
        }
        for key in order_by {
            self.expr(&mut key.value, outer);
        }
    }

    fn expr(&mut self, expr: &mut Expr, outer: TableId) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            if let ExprKind::Exists(query) = &mut expr.kind {
                if let Some(member) = self.member(query, outer) {
                    expr.kind = member;
                    self.changed = true;
                }
                return;
            }
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    self.expr(part, outer);
                }
            });
        });
    }

    /// The same, asked of the list of all keys.
    fn member(&self, query: &mut Query, outer: TableId) -> Option<ExprKind> {
        let plain = query.ctes.is_empty() && query.limit.is_none() && query.offset.is_none();
        let Body::Select(select) = &mut query.body else {
            return None;
        };
        if !plain || select.grouped {
            return None;
        }
        let from = select.from.as_mut()?;
        let mut rows = Survey::default();
        rows.from(from);
        let own = rows.made.clone();
        let place = (select.filter.iter()).position(|one| key(one, &own, outer).is_some())?;
        let (column, value) = key(select.filter.get(place)?, &own, outer)?;
        let mut filter = select.filter.clone();
        filter.remove(place);
        filter.iter_mut().for_each(|one| rows.expr(one));
        // A list of what hangs on more of the outer row than the key is none of all rows; null is in none.
        if rows.names_outer() || rows.fixed || value.ty.nullable {
            return None;
        }
        if !beyond_index(self.schema, from, &[&column], filter.iter()) {
            return None;
        }
        if column.ty.nullable {
            filter.push(is_not_null(column.clone()));
        }
        let mut listed = column.clone();
        listed.ty.nullable = false;
        let name = match &column.kind {
            ExprKind::Column(_, name) => name.clone(),
            _ => return None,
        };
        let list = Query {
            ctes: Vec::new(),
            body: Body::Select(Box::new(Select {
                items: vec![Item {
                    value: listed,
                    name,
                }],
                from: Some(from.clone()),
                filter,
                ..Select::default()
            })),
            order_by: Vec::new(),
            limit: None,
            offset: None,
        };
        Some(ExprKind::InQuery {
            value: Box::new(value),
            query: Box::new(list),
            known: true,
        })
    }
}

/// `exists (…)`, `not exists (…)`.
fn is_exists(condition: &Expr) -> bool {
    match &condition.kind {
        ExprKind::Exists(_) => true,
        ExprKind::Unary(UnaryOperator::Not, of) => matches!(of.kind, ExprKind::Exists(_)),
        _ => false,
    }
}

fn is_not_null(value: Expr) -> Expr {
    let span = value.span;
    let condition = |kind| Expr {
        kind,
        ty: Type::Bool.required(),
        span,
    };
    let null = condition(ExprKind::IsNull(Box::new(value)));
    condition(ExprKind::Unary(UnaryOperator::Not, Box::new(null)))
}
