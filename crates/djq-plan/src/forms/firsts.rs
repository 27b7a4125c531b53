//! A value of the first related row, of all rows of a model: `select a.id, (a.entries order by pub_date desc limit 1).title`.
//!
//! The lowering asks for each row. Where no index has the order, PostgreSQL took a quarter of that time for two million rows when
//! the first rows of all keys were read at once, and joined. MySQL sorts each row's related rows though an index has their order, and
//! looks up each of them: it did not end where numbering all of them took three seconds.

use super::JoinedFirsts;
use crate::{
    parts::{self, Part},
    plan::{
        Body, Expr, ExprKind, From, Item, JoinKind, OrderKey, Query, Select, Table, TableId,
        Window, WindowFunction,
    },
    relations::{Survey, base, each_select, has_order, is_whole, key},
};
use djq_check::{
    Type,
    functions::WindowId,
    hir::{BinaryOperator, Literal},
};
use djq_schema::Schema;

pub(super) struct Firsts<'p> {
    pub(super) schema: &'p Schema,
    pub(super) tables: &'p mut Vec<Table>,
    pub(super) place: JoinedFirsts,
    pub(super) changed: bool,
}

/// The first rows of all keys, as a derived table that is joined.
struct First {
    id: TableId,
    query: Query,
    on: Expr,
}

impl Firsts<'_> {
    pub(super) fn query(&mut self, query: &mut Query) {
        each_select(query, &mut |select, order_by, paged| {
            self.select(select, order_by, paged);
        });
    }

    fn select(&mut self, select: &mut Select, order_by: &mut [OrderKey], paged: bool) {
        if select.grouped || select.distinct || !is_whole(select, order_by, paged) {
            return;
        }
        let Some(outer) = select.from.as_mut().and_then(|from| base(from).id()) else {
            return;
        };
        let mut found = Vec::new();
        for item in &mut select.items {
            self.expr(&mut item.value, outer, &mut found);
        }
        for first in found {
            self.changed = true;
            select.from = select.from.take().map(|left| From::Join {
                kind: JoinKind::Left,
                left: Box::new(left),
                right: Box::new(From::Derived {
                    id: first.id,
                    query: Box::new(first.query),
                    lateral: false,
                }),
                on: vec![first.on],
                guard: None,
            });
        }
    }

    fn expr(&mut self, expr: &mut Expr, outer: TableId, found: &mut Vec<First>) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            if let ExprKind::Scalar(query) = &mut expr.kind {
                if let Some((first, column)) = self.first(query, outer) {
                    found.push(first);
                    expr.kind = column;
                }
                return;
            }
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    self.expr(part, outer, found);
                }
            });
        });
    }

    fn first(&mut self, query: &mut Query, outer: TableId) -> Option<(First, ExprKind)> {
        let one = |limit: &Expr| matches!(limit.kind, ExprKind::Literal(Literal::Int(1)));
        let plain = query.ctes.is_empty()
            && query.offset.is_none()
            && query.limit.as_ref().is_some_and(one)
            && !query.order_by.is_empty();
        let Body::Select(select) = &mut query.body else {
            return None;
        };
        if !plain || select.grouped || select.distinct {
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
        let [item] = &mut *select.items else {
            return None;
        };
        filter.iter_mut().for_each(|one| rows.expr(one));
        rows.expr(&item.value);
        let orders = query.order_by.iter_mut().map(|key| &mut key.value);
        orders.for_each(|one| rows.expr(one));
        // What hangs on more of the outer row than the key has no rows for all of them.
        if rows.names_outer() || rows.fixed || rows.windows {
            return None;
        }
        let ExprKind::Column(of, name) = &column.kind else {
            return None;
        };
        if self.place == JoinedFirsts::WithoutIndex
            && has_order(self.schema, from, (*of, name), &query.order_by)
        {
            return None;
        }
        let wish = self.tables.get(of.0 as usize)?.alias.clone();
        let (inner, joined) = (self.table("sub"), self.table(&wish));
        // The key goes by its own name, which the others must not have.
        let other = |wish: &str| match &**name == wish {
            true => format!("{wish}_2").into(),
            false => Box::<str>::from(wish),
        };
        let key_name = name.clone();
        let (value_name, position) = (other("value"), other("position"));
        let number = Window {
            function: WindowFunction::Window(WindowId::RowNumber, Vec::new()),
            partition_by: vec![column.clone()],
            order_by: query.order_by.clone(),
            frame: None,
        };
        let bigint = |kind| Expr {
            kind,
            ty: Type::BigInt.required(),
            span: item.value.span,
        };
        let mut items = vec![
            Item {
                value: column.clone(),
                name: key_name.clone(),
            },
            Item {
                value: item.value.clone(),
                name: value_name.clone(),
            },
        ];
        let names = |table: TableId| {
            let named = items.iter().map(move |item| Item {
                value: Expr {
                    kind: ExprKind::Column(table, item.name.clone()),
                    ..item.value.clone()
                },
                name: item.name.clone(),
            });
            named.collect::<Vec<_>>()
        };
        let kept = names(inner);
        items.push(Item {
            value: bigint(ExprKind::Window(Box::new(number))),
            name: position.clone(),
        });
        let numbered = bare(Select {
            items,
            from: Some(from.clone()),
            filter,
            ..Select::default()
        });
        let is_first = equal(
            bigint(ExprKind::Column(inner, position)),
            bigint(ExprKind::Literal(Literal::Int(1))),
        );
        let query = bare(Select {
            items: kept,
            from: Some(From::Derived {
                id: inner,
                query: Box::new(numbered),
                lateral: false,
            }),
            filter: vec![is_first],
            ..Select::default()
        });
        let of_joined = Expr {
            kind: ExprKind::Column(joined, key_name),
            ..column.clone()
        };
        let first = First {
            id: joined,
            query,
            on: equal(of_joined, value),
        };
        Some((first, ExprKind::Column(joined, value_name)))
    }

    /// A table reference with a name that no other has.
    fn table(&mut self, wish: &str) -> TableId {
        let id = TableId(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
        self.tables.push(Table {
            alias: super::free_alias(self.tables, wish),
            reason: None,
            span: Default::default(),
        });
        id
    }
}

fn equal(left: Expr, right: Expr) -> Expr {
    Expr {
        ty: Type::Bool
            .required()
            .with_null(left.ty.nullable || right.ty.nullable),
        span: left.span,
        kind: ExprKind::Binary(BinaryOperator::Equal, Box::new(left), Box::new(right)),
    }
}

fn bare(select: Select) -> Query {
    Query {
        ctes: Vec::new(),
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}
