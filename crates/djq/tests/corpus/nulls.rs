//! Why the values of rows may be null, and which of the reasons are seen to make one.

use djq_check::hir::{Column, ColumnKind, Query};
use djq_check::{NullReason, Nullability, Type};
use djq_client::Field;
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use std::collections::{BTreeMap, BTreeSet};

/// The reasons of a row's fields, in order.
pub(crate) enum FieldNulls {
    Value(BTreeSet<NullReason>),
    Object(BTreeSet<NullReason>, Vec<FieldNulls>),
    List(Vec<FieldNulls>),
}

/// The reasons seen on each database.
pub(crate) type Seen = BTreeMap<DialectId, BTreeSet<NullReason>>;

/// The reasons of what a query gives.
pub(crate) fn of(query: &Query, schema: &Schema) -> Vec<FieldNulls> {
    let nullability = Nullability::of(query, schema);
    let given = query
        .write
        .as_ref()
        .and_then(|write| write.returning.as_ref())
        .unwrap_or(&query.body);
    columns(&given.columns, &nullability)
}

fn columns(columns: &[Column], nullability: &Nullability<'_>) -> Vec<FieldNulls> {
    columns
        .iter()
        .map(|column| match &column.kind {
            ColumnKind::Value(value) => FieldNulls::Value(nullability.reasons(value)),
            ColumnKind::Nest(nest) => {
                let inner = self::columns(&nest.body.columns, nullability);
                match nest.list {
                    true => FieldNulls::List(inner),
                    false => FieldNulls::Object(nullability.of_object(nest), inner),
                }
            }
        })
        .collect()
}

/// Where the reasons say something else than the types: a value that may be null without a reason, or a reason for one
/// that never is.
pub(crate) fn inconsistent(query: &Query, schema: &Schema) -> BTreeSet<String> {
    let nullability = Nullability::of(query, schema);
    let mut wrong = BTreeSet::new();
    query.each_expr(&mut |expr| {
        // Of a name, what comes behind it may make null what its value is not.
        if query
            .named
            .iter()
            .any(|named| std::ptr::eq(&named.value, expr))
        {
            return;
        }
        let reasons = nullability.reasons(expr);
        if expr.ty.nullable == reasons.is_empty() && expr.ty.kind != Type::Null {
            let kind: String = format!("{:?}", expr.kind).chars().take(120).collect();
            wrong.insert(format!(
                "`{}` has the reasons {reasons:?} to be null: {kind}",
                expr.ty
            ));
        }
    });
    wrong
}

/// Takes down the nulls that can have one reason alone.
pub(crate) fn note(fields: &[FieldNulls], rows: &[Vec<Field>], seen: &mut BTreeSet<NullReason>) {
    for row in rows {
        for (field, value) in fields.iter().zip(row) {
            match (field, value) {
                (FieldNulls::Value(reasons), Field::Value(value)) if value.is_null() => {
                    seen.extend(only(reasons));
                }
                (FieldNulls::Object(reasons, _), Field::Object(None)) => {
                    seen.extend(only(reasons));
                }
                (FieldNulls::Object(_, fields), Field::Object(Some(inner))) => {
                    note(fields, std::slice::from_ref(inner), seen);
                }
                (FieldNulls::List(fields), Field::List(rows)) => note(fields, rows, seen),
                _ => {}
            }
        }
    }
}

fn only(reasons: &BTreeSet<NullReason>) -> Option<NullReason> {
    reasons.first().copied().filter(|_| reasons.len() == 1)
}

/// The reasons that no query's rows show on some database that has them.
pub(crate) fn unseen(seen: &Seen) -> Vec<String> {
    let all = NullReason::all();
    let mut wrong = Vec::new();
    for (dialect, seen) in seen {
        for reason in all.iter().filter(|reason| !seen.contains(reason)) {
            if crate::functions::has(*reason, *dialect) {
                wrong.push(format!("{dialect}: no null is seen that {reason:?} made"));
            }
        }
        for reason in seen.difference(&all) {
            wrong.push(format!("`NullReason::all` lacks {reason:?}"));
        }
    }
    eprintln!(
        "{} reasons to be null, seen: {}",
        all.len(),
        seen.iter()
            .map(|(dialect, seen)| format!("{} on {dialect}", seen.len()))
            .collect::<Vec<_>>()
            .join(", ")
    );
    wrong
}
