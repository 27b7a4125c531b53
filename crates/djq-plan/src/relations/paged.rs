//! The first rows of each outer row, of all outer rows at once: numbered, where the lowering asks for a page of each.

use super::{candidate::key, survey::Survey};
use crate::{
    lower::unique,
    plan::{
        Body, Expr, ExprKind, From, Item, Query, Select, Table, TableId, Window, WindowFunction,
    },
};
use djq_check::{
    Type,
    functions::WindowId,
    hir::{BinaryOperator, Literal},
};

/// A query over a page of the rows that hang on a row of `outer`, as one over the pages of all of them, of which the key of its
/// own is asked; none where it is no such query.
pub(super) fn numbered(query: &Query, outer: TableId, tables: &mut Vec<Table>) -> Option<Query> {
    let Body::Select(select) = &query.body else {
        return None;
    };
    let Some(From::Derived {
        id,
        query: page,
        lateral: false,
    }) = &select.from
    else {
        return None;
    };
    let Body::Select(rows) = &page.body else {
        return None;
    };
    let limit = page.limit.as_ref()?;
    let plain = page.ctes.is_empty()
        && page.offset.is_none()
        && matches!(limit.kind, ExprKind::Literal(Literal::Int(_)))
        && !rows.grouped
        && !rows.distinct;
    let mut survey = Survey {
        takes_lists: true,
        ..Survey::default()
    };
    survey.from(rows.from.as_ref()?);
    let own = survey.made.clone();
    let (mut keys, mut filter) = (Vec::new(), Vec::new());
    for condition in &rows.filter {
        match key(condition, &own, outer) {
            Some(key) => keys.push(key),
            None => {
                survey.expr(condition);
                filter.push(condition.clone());
            }
        }
    }
    let orders = page.order_by.iter().map(|key| &key.value);
    for value in rows.items.iter().map(|item| &item.value).chain(orders) {
        survey.expr(value);
    }
    let by_place = |expr: &Expr| matches!(expr.kind, ExprKind::Item(_));
    let apart = page.order_by.iter().any(|key| by_place(&key.value));
    if !plain || apart || keys.is_empty() {
        return None;
    }
    if survey.names_outer() || survey.fixed || survey.windows {
        return None;
    }
    let mut items = rows.items.clone();
    let mut named = Vec::new();
    for (own, _) in &keys {
        let name = free_name(&items, "key");
        named.push(name.clone());
        items.push(Item {
            value: own.clone(),
            name,
        });
    }
    let inner = TableId(u32::try_from(tables.len()).unwrap_or(u32::MAX));
    let alias = unique("numbered", |name| {
        tables.iter().any(|table| *table.alias == *name)
    });
    tables.push(Table {
        alias,
        reason: None,
        span: Default::default(),
    });
    let kept: Vec<_> = items.iter().map(|item| of_table(inner, item)).collect();
    let position = free_name(&items, "position");
    let number = |kind| Expr {
        kind,
        ty: Type::BigInt.required(),
        span: limit.span,
    };
    items.push(Item {
        value: number(ExprKind::Window(Box::new(Window {
            function: WindowFunction::Window(WindowId::RowNumber, Vec::new()),
            partition_by: keys.iter().map(|(own, _)| own.clone()).collect(),
            order_by: page.order_by.clone(),
            frame: None,
        }))),
        name: position.clone(),
    });
    let in_page = Expr {
        kind: ExprKind::Binary(
            BinaryOperator::LessEqual,
            Box::new(number(ExprKind::Column(inner, position))),
            Box::new(limit.clone()),
        ),
        ty: Type::Bool.required(),
        span: limit.span,
    };
    let all = Select {
        items,
        from: rows.from.clone(),
        filter,
        ..Select::default()
    };
    let pages = Select {
        items: kept,
        from: Some(derived(inner, all)),
        filter: vec![in_page],
        ..Select::default()
    };
    let mut query = query.clone();
    if let Body::Select(select) = &mut query.body {
        select.from = Some(derived(*id, pages));
        for ((own, outer), name) in keys.into_iter().zip(named) {
            let column = Expr {
                kind: ExprKind::Column(*id, name),
                ..own
            };
            select.filter.push(Expr {
                ty: Type::Bool
                    .required()
                    .with_null(column.ty.nullable || outer.ty.nullable),
                span: column.span,
                kind: ExprKind::Binary(BinaryOperator::Equal, Box::new(column), Box::new(outer)),
            });
        }
    }
    Some(query)
}

/// The same column, read of a derived table.
fn of_table(table: TableId, item: &Item) -> Item {
    Item {
        value: Expr {
            kind: ExprKind::Column(table, item.name.clone()),
            ..item.value.clone()
        },
        name: item.name.clone(),
    }
}

fn free_name(items: &[Item], wish: &str) -> Box<str> {
    unique(wish, |name| items.iter().any(|item| *item.name == *name))
}

fn derived(id: TableId, select: Select) -> From {
    From::Derived {
        id,
        query: Box::new(Query {
            ctes: Vec::new(),
            body: Body::Select(Box::new(select)),
            order_by: Vec::new(),
            limit: None,
            offset: None,
        }),
        lateral: false,
    }
}
