//! Joins that neither add nor take rows, and the models behind tables.

use super::survey::Survey;
use crate::plan::{Expr, ExprKind, From, JoinKind, OrderKey, TableId};
use djq_check::hir::BinaryOperator;
use djq_schema::{Model, Schema};

/// What a FROM reads but for its last join, if that gives each row exactly one: along a foreign key that is never null, and
/// that the database enforces.
pub(super) fn before_total_step<'f>(schema: &Schema, from: &'f From) -> Option<&'f From> {
    let From::Join {
        kind: JoinKind::Inner,
        left,
        right,
        on,
        guard: None,
    } = from
    else {
        return None;
    };
    let From::Table {
        id, table: target, ..
    } = &**right
    else {
        return None;
    };
    let [on] = &**on else {
        return None;
    };
    let ExprKind::Binary(BinaryOperator::Equal, one, other) = &on.kind else {
        return None;
    };
    let (one, other) = (column(one)?, column(other)?);
    let (key, end) = if other.0 == *id {
        (one, other)
    } else {
        (other, one)
    };
    if end.0 != *id {
        return None;
    }
    let model = model(schema, table(left, key.0)?)?;
    let field = model.fields.iter().find(|field| *field.column == *key.1)?;
    let relation = model.relations.get(field.relation? as usize)?;
    let [hop] = &*relation.hops else {
        return None;
    };
    let leads_there = matches!(&*hop.on, [(_, to)] if *schema.field(*to).column == *end.1)
        && *schema.model(hop.model).table == **target;
    let total = !field.null && relation.enforced && !relation.nullable && hop.to_one;
    (leads_there && total).then_some(&**left)
}

fn column(expr: &Expr) -> Option<(TableId, &str)> {
    match &expr.kind {
        ExprKind::Column(table, name) => Some((*table, name)),
        _ => None,
    }
}

/// Whether more is read of the keys' own table, in a FROM and these expressions, than an index holds that begins with them.
pub(crate) fn beyond_index<'e>(
    schema: &Schema,
    from: &From,
    keys: &[&Expr],
    exprs: impl Iterator<Item = &'e Expr>,
) -> bool {
    let Some(ExprKind::Column(of, _)) = keys.first().map(|key| &key.kind) else {
        return false;
    };
    let Some(model) = table(from, *of).and_then(|name| model(schema, name)) else {
        return false;
    };
    let mut survey = Survey::default();
    survey.from(from);
    for expr in exprs {
        survey.expr(expr);
    }
    let is_key = |name: &str| {
        let mut keys = keys.iter();
        keys.any(|key| matches!(&key.kind, ExprKind::Column(_, key) if **key == *name))
    };
    let columns = |places: &[u32]| {
        let fields = places
            .iter()
            .filter_map(|place| model.fields.get(*place as usize));
        fields.map(|field| &*field.column).collect::<Vec<_>>()
    };
    let ids = columns(&model.primary_key);
    let unique = model.unique.iter().map(|unique| &unique.fields);
    let indexes: Vec<_> = unique
        .chain(model.indexes.iter().map(|index| &index.fields))
        .map(|places| columns(places))
        .filter(|columns| columns.first().is_some_and(|first| is_key(first)))
        .collect();
    let held = |columns: &[&str]| {
        survey.named.iter().all(|(table, name)| {
            table != of || is_key(name) || columns.contains(&&**name) || ids.contains(&&**name)
        })
    };
    !held(&[]) && !indexes.iter().any(|index| held(index))
}

/// Whether an index begins with a column of a FROM's table, and then has what an order begins with.
pub(crate) fn has_order(
    schema: &Schema,
    from: &From,
    (of, column): (TableId, &str),
    order_by: &[OrderKey],
) -> bool {
    let (Some(name), Some(first)) = (table(from, of), order_by.first()) else {
        return false;
    };
    let (Some(model), ExprKind::Column(first_of, key)) = (model(schema, name), &first.value.kind)
    else {
        return false;
    };
    *first_of == of
        && !first.value.ty.nullable
        && model.indexes.iter().any(|index| {
            let mut fields = (index.fields.iter())
                .filter_map(|place| model.fields.get(*place as usize))
                .map(|field| &*field.column);
            index.condition.is_none() && fields.next() == Some(column) && fields.next() == Some(key)
        })
}

/// The name of a table of the database by its reference.
pub(super) fn table(from: &From, wanted: TableId) -> Option<&str> {
    match from {
        From::Table { id, table, .. } => (*id == wanted).then_some(table),
        From::Join { left, right, .. } => table(left, wanted).or_else(|| table(right, wanted)),
        _ => None,
    }
}

/// The model of a table of the database.
pub(crate) fn model<'s>(schema: &'s Schema, table: &str) -> Option<&'s Model> {
    let mut models = schema.model_ids().map(|id| schema.model(id));
    models.find(|model| *model.table == *table && model.proxy_for.is_none())
}
