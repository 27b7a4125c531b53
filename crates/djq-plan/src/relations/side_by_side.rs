//! Aggregates over one relation of several steps, as `count(a.tags)` over a many-to-many relation: its rows joined to the model's
//! as they are, and grouped by the model's key.
//!
//! A derived table of groups would be made, and then looked up row by row; over some of the model's rows the servers could not
//! take what they need of it alone. Where the last steps find exactly one row each, all of it are left joins that a server
//! orders as it likes: from a tenth faster to nearly twice as fast for all rows. Of a single step, a server that reads the rows in the order of the
//! model's key looks each up in the table, which takes PostgreSQL eight times as long as the groups.

use super::{
    groups::{Group, Groups, on_condition},
    replace,
    steps::{before_total_step, model},
    survey::Survey,
};
use crate::{
    nulls::is_null,
    parts::{self, Part},
    plan::{Aggregate, Expr, ExprKind, From, JoinKind, OrderKey, Select, Table, TableId},
    walk,
};
use djq_check::{
    Type,
    functions::{AggregateId, FunctionId},
    hir::UnaryOperator,
};
use djq_schema::{ModelKind, Schema};

/// Joins a SELECT's aggregates over a relation so, if they are over the same one, and nothing else is in its way; gives whether
/// it did.
pub(super) fn join(
    select: &mut Select,
    order_by: &mut [OrderKey],
    tables: &mut Vec<Table>,
    schema: &Schema,
) -> bool {
    let Some(From::Table { id, table, .. }) = &select.from else {
        return false;
    };
    let asks = |expr: &Expr| {
        let mut found = false;
        walk::expressions(expr, false, &mut |part| {
            found |= matches!(part.kind, ExprKind::Scalar(_));
        });
        found
    };
    let values = select.items.iter().map(|item| &item.value);
    // A condition on an aggregate is one on the groups.
    if select.grouped
        || select.distinct
        || !values.clone().any(asks)
        || select.filter.iter().any(asks)
    {
        return false;
    }
    let Some(key) = row_key(schema, *id, table, select) else {
        return false;
    };
    let (id, count) = (*id, tables.len());
    let mut joined = select.clone();
    let mut order = order_by.to_vec();
    let Some(from) = select.from.clone() else {
        return false;
    };
    let mut groups = Groups::new(tables, schema, &from, id);
    for item in &mut joined.items {
        replace(&mut item.value, false, &mut groups);
    }
    for key in &mut order {
        replace(&mut key.value, false, &mut groups);
    }
    let group = groups.only();
    match group.and_then(|group| Joined::of(group, schema)) {
        Some(group) if group.is_all_of(&joined, &order, id) => {
            let mut others = false;
            let items = joined.items.iter_mut().map(|item| &mut item.value);
            for value in items.chain(order.iter_mut().map(|key| &mut key.value)) {
                group.aggregate(value);
                others |= names_more(value, id, &key);
            }
            joined.from = Some(group.beside(from));
            joined.group_by = key;
            joined.grouped = true;
            joined.keyed.extend(others.then_some(id));
            *select = joined;
            order_by.clone_from_slice(&order);
            true
        }
        _ => {
            tables.truncate(count);
            false
        }
    }
}

/// The primary key of a model's rows, if a server knows that the others follow from it: a view has none.
fn row_key(schema: &Schema, id: TableId, table: &str, select: &Select) -> Option<Vec<Expr>> {
    let model = model(schema, table)?;
    let span = select.items.first()?.value.span;
    let known = matches!(model.kind, ModelKind::Concrete | ModelKind::Auto);
    if !known || model.primary_key.is_empty() {
        return None;
    }
    let fields = model.primary_key.iter();
    fields
        .map(|place| {
            let field = model.fields.get(*place as usize)?;
            Some(Expr {
                kind: ExprKind::Column(id, field.column.clone()),
                ty: Type::from(&field.ty).required(),
                span,
            })
        })
        .collect()
}

/// Whether other columns of the model are in an expression than its key, outside aggregates.
fn names_more(expr: &mut Expr, id: TableId, key: &[Expr]) -> bool {
    match &expr.kind {
        ExprKind::Aggregate(_) => false,
        ExprKind::Column(of, _) => *of == id && !key.iter().any(|key| key.kind == expr.kind),
        _ => {
            let mut found = false;
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    found = found || names_more(part, id, key);
                }
            });
            found
        }
    }
}

/// A relation's rows that can be joined as they are.
struct Joined {
    group: Group,
    /// The tables there.
    own: Vec<TableId>,
}

impl Joined {
    fn of(group: Group, schema: &Schema) -> Option<Self> {
        let mut at = &group.from;
        if !matches!(at, From::Join { .. }) {
            return None;
        }
        while let From::Join { .. } = at {
            at = before_total_step(schema, at)?;
        }
        let From::Table { id, .. } = at else {
            return None;
        };
        let of_first =
            |(own, _): &(Expr, Expr)| matches!(&own.kind, ExprKind::Column(of, _) if of == id);
        let plain = group.shares && group.filter.is_empty() && group.keys.iter().all(of_first);
        let mut own = Vec::new();
        walk::visible_tables(&group.from, &mut own);
        plain.then_some(Self { group, own })
    }

    /// Whether a SELECT and its order have nothing but columns of the model and of the groups, which no condition names.
    fn is_all_of(&self, select: &Select, order_by: &[OrderKey], base: TableId) -> bool {
        let mut values = Survey::default();
        let items = select.items.iter().map(|item| &item.value);
        items
            .chain(order_by.iter().map(|key| &key.value))
            .for_each(|value| values.expr(value));
        let known = |of: &TableId| *of == base || *of == self.group.id;
        !values.queries
            && !values.windows
            && !values.fixed
            && values.named.iter().all(|(of, _)| known(of))
    }

    /// Puts the aggregates where their columns are.
    fn aggregate(&self, expr: &mut Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            // Of no rows there are none.
            if let ExprKind::Call(FunctionId::Coalesce, operands) = &expr.kind
                && let [column, _] = &operands[..]
                && let Some(count) = self.value(column)
                && matches!(&count.kind, ExprKind::Aggregate(of) if of.function == AggregateId::Count)
            {
                *expr = count;
                return;
            }
            if let Some(value) = self.value(expr) {
                *expr = value;
                return;
            }
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    self.aggregate(part);
                }
            });
        });
    }

    fn value(&self, column: &Expr) -> Option<Expr> {
        let ExprKind::Column(of, name) = &column.kind else {
            return None;
        };
        let mut known = self.group.aggregates.iter();
        let (_, value) = known.find(|(known, _)| *of == self.group.id && known == name)?;
        let mut value = value.clone();
        self.may_miss(&mut value);
        if let ExprKind::Aggregate(aggregate) = &mut value.kind {
            self.leave_missing_out(aggregate)?;
        }
        Some(value)
    }

    /// Where a row of the model has no related ones, there is one row of nulls, which is none.
    fn leave_missing_out(&self, aggregate: &mut Aggregate) -> Option<()> {
        let (own, _) = self.group.keys.first()?;
        let mut key = own.clone();
        key.ty.nullable = true;
        match &aggregate.arguments[..] {
            [] => aggregate.arguments.push(key),
            [value] if self.own.iter().any(|table| is_null(value, *table)) => {}
            _ => {
                let span = key.span;
                let made = |kind| Expr {
                    kind,
                    ty: Type::Bool.required(),
                    span,
                };
                let null = made(ExprKind::IsNull(Box::new(key)));
                let there = made(ExprKind::Unary(UnaryOperator::Not, Box::new(null)));
                on_condition(aggregate, &[there]);
            }
        }
        Some(())
    }

    fn may_miss(&self, expr: &mut Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            if let ExprKind::Column(of, _) = &expr.kind {
                expr.ty.nullable |= self.own.contains(of);
            }
            parts::of_expr(expr, &mut |part| {
                if let Part::Expr(part) = part {
                    self.may_miss(part);
                }
            });
        });
    }

    /// The model's rows with the relation's.
    fn beside(self, base: From) -> From {
        let first = self.group.keys.iter().map(|(own, outer)| Expr {
            ty: Type::Bool.required().with_null(true),
            span: own.span,
            kind: ExprKind::Binary(
                djq_check::hir::BinaryOperator::Equal,
                Box::new(own.clone()),
                Box::new(outer.clone()),
            ),
        });
        behind(base, self.group.from, first.collect())
    }
}

/// A FROM's tables one after the other behind another, all by left joins.
fn behind(base: From, from: From, first: Vec<Expr>) -> From {
    let (left, right, on) = match from {
        From::Join {
            left, right, on, ..
        } => (behind(base, *left, first), right, on),
        table => (base, Box::new(table), first),
    };
    From::Join {
        kind: JoinKind::Left,
        left: Box::new(left),
        right,
        on,
        guard: None,
    }
}
