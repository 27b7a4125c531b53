//! Nested rows of all rows of a model: read without their parents' keys.
//!
//! A level of nesting is read by the keys that its parents' statement found, bound as a list. Where those parents are all
//! rows of a model, and the nested rows point to that model, the list keeps nothing back: it is only long to send and to look up
//! one by one. On MySQL and MariaDB a list of 100,000 keys took more than twenty times what reading the table takes.

use super::{base, joins_keep_rows, model, steps::table};
use crate::plan::{Body, Expr, ExprKind, From, Plan, Query, Select, Statement};
use djq_check::{Type, hir::UnaryOperator};
use djq_schema::Schema;

/// Leaves the parents' keys out of the nested statements that want all rows.
pub(crate) fn read_whole_levels(plan: &mut Plan, schema: &Schema) {
    for place in 1..plan.statements.len() {
        let (before, rest) = plan.statements.split_at_mut(place);
        let Some((level, parent)) = rest.first_mut().and_then(|level| {
            let parent = level.parent.as_ref()?;
            let [column] = *parent.parent_columns else {
                return None;
            };
            let parent = whole_model(before.get_mut(parent.statement)?, column, schema)?;
            Some((level, parent))
        }) else {
            continue;
        };
        // Of trees the walk starts from the keys.
        if level.query.ctes.is_empty() && leads_to(&level.query, &parent, schema) == Some(true) {
            leave_keys_out(&mut level.query);
        }
    }
}

/// The table of which a statement reads all rows, with their primary key in this column.
fn whole_model(statement: &mut Statement, column: usize, schema: &Schema) -> Option<Box<str>> {
    let query = &mut statement.query;
    let paged = query.limit.is_some() || query.offset.is_some();
    let Body::Select(select) = &mut query.body else {
        return None;
    };
    if paged || select.grouped || select.distinct || !select.filter.is_empty() {
        return None;
    }
    let from = select.from.as_mut()?;
    if !joins_keep_rows(from) {
        return None;
    }
    let From::Table { id, table, .. } = base(from) else {
        return None;
    };
    let ExprKind::Column(of, key) = &select.items.get(column)?.value.kind else {
        return None;
    };
    let model = model(schema, table)?;
    let [place] = *model.primary_key else {
        return None;
    };
    let is_key = of == id && *model.fields.get(place as usize)?.column == **key;
    is_key.then(|| table.clone())
}

/// Whether every list of keys in a query is of a column that points to this table, or is its key; none where there is no
/// such list.
fn leads_to(query: &Query, parent: &str, schema: &Schema) -> Option<bool> {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &query.body {
        Body::Select(select) => {
            let keys = select.filter.iter().filter_map(|one| match &one.kind {
                ExprKind::InParent(keys) => Some(keys_lead_to(select, keys, parent, schema)),
                _ => None,
            });
            let inside = select.from.iter().flat_map(|from| {
                let mut inside = Vec::new();
                derived(from, &mut |query| {
                    inside.push(leads_to(query, parent, schema))
                });
                inside
            });
            both(keys.map(Some).chain(inside))
        }
        Body::SetOperation { left, right, .. } => both(
            [left, right]
                .into_iter()
                .map(|side| leads_to(side, parent, schema)),
        ),
        Body::Values(_) => None,
    })
}

fn both(found: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    found.flatten().reduce(|left, right| left && right)
}

fn keys_lead_to(select: &Select, keys: &[Expr], parent: &str, schema: &Schema) -> bool {
    let leads = || {
        let [
            Expr {
                kind: ExprKind::Column(of, column),
                ..
            },
        ] = keys
        else {
            return None;
        };
        let name = table(select.from.as_ref()?, *of)?;
        let model = model(schema, name)?;
        let place = model
            .fields
            .iter()
            .position(|field| *field.column == **column)?;
        if name == parent {
            return Some(*model.primary_key == [u32::try_from(place).ok()?]);
        }
        let relation = model.fields.get(place)?.relation?;
        let [hop] = &*model.relations.get(relation as usize)?.hops else {
            return None;
        };
        let target = schema.model(hop.model);
        let to_key = matches!(&*hop.on, [(_, to)] if *target.primary_key == [to.index]);
        Some(*target.table == *parent && to_key)
    };
    leads() == Some(true)
}

/// Calls `see` with each derived table of a FROM.
fn derived<'f>(from: &'f From, see: &mut dyn FnMut(&'f Query)) {
    match from {
        From::Derived { query, .. } => see(query),
        From::Join { left, right, .. } => {
            derived(left, see);
            derived(right, see);
        }
        _ => {}
    }
}

fn leave_keys_out(query: &mut Query) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut query.body {
        Body::Select(select) => {
            let conditions = std::mem::take(&mut select.filter);
            select.filter = conditions.into_iter().filter_map(known).collect();
            if let Some(from) = &mut select.from {
                leave_out_of(from);
            }
        }
        Body::SetOperation { left, right, .. } => {
            leave_keys_out(left);
            leave_keys_out(right);
        }
        Body::Values(_) => {}
    });
}

fn leave_out_of(from: &mut From) {
    match from {
        From::Derived { query, .. } => leave_keys_out(query),
        From::Join { left, right, .. } => {
            leave_out_of(left);
            leave_out_of(right);
        }
        _ => {}
    }
}

/// What is left of a condition: that a key is one of all keys says that it is not null.
fn known(condition: Expr) -> Option<Expr> {
    let ExprKind::InParent(mut keys) = condition.kind else {
        return Some(condition);
    };
    let key = keys.pop().filter(|key| key.ty.nullable)?;
    let span = key.span;
    let made = |kind| Expr {
        kind,
        ty: Type::Bool.required(),
        span,
    };
    let null = made(ExprKind::IsNull(Box::new(key)));
    Some(made(ExprKind::Unary(UnaryOperator::Not, Box::new(null))))
}
