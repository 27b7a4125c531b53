//! CTEs that read themselves: their columns have one type from the first step to the last.

use super::{Legalizer, membership};
use crate::{
    dialect::{Binding, Form},
    legal::{Body, Expr, Query},
};
use djq_check::Type;
use djq_plan::plan::{self, ExprKind, TableId};

impl<'a> Legalizer<'a> {
    /// The body of a CTE that reads itself. Some servers take a column's type, and its width, from the first part alone,
    /// others refuse parts whose types differ in the least; so both parts say it.
    pub(super) fn recursive_query(&mut self, query: &'a plan::Query) -> Query<'a> {
        self.features.recursion = true;
        let mut legal = self.query(query);
        let types: Vec<Option<(Type, bool)>> = (0..membership::items(query).len())
            .map(|place| {
                let mut column = None;
                if is_one_column(query, place, &mut column) {
                    return None;
                }
                let ty = column_type(query, place).unwrap_or(Type::Null);
                Some((ty, self.is_column(query, place)))
            })
            .collect();
        if let Body::SetOperation { left, right, .. } = &mut legal.body {
            self.settle_part(&mut left.query, &types, true);
            self.settle_part(&mut right.query, &types, false);
        }
        legal
    }

    /// Whether all parts have a column of a table at this place.
    fn is_column(&self, query: &plan::Query, place: usize) -> bool {
        match &query.body {
            plan::Body::Select(select) => select
                .items
                .get(place)
                .is_some_and(|item| matches!(item.value.kind, ExprKind::Column(..))),
            plan::Body::SetOperation { left, right, .. } => {
                self.is_column(left, place) && self.is_column(right, place)
            }
            plan::Body::Values(_) => false,
        }
    }

    fn settle_part(&mut self, query: &mut Query<'a>, types: &[Option<(Type, bool)>], first: bool) {
        match &mut query.body {
            Body::Select(select) => {
                for (item, settled) in select.items.iter_mut().zip(types) {
                    let Some((ty, columns)) = settled else {
                        continue;
                    };
                    let Some(sql) = self.dialect.recursive_column(ty, *columns, first) else {
                        continue;
                    };
                    let value = std::mem::replace(&mut item.value, Expr::atom("NULL"));
                    item.value = Expr::form(
                        Form {
                            sql,
                            binds: Binding::Atom,
                            holes: Binding::Atom,
                            registers: None,
                        },
                        vec![value],
                    );
                }
            }
            Body::SetOperation { left, right, .. } => {
                self.settle_part(&mut left.query, types, first);
                self.settle_part(&mut right.query, types, first);
            }
            Body::Values { .. } => {}
        }
    }
}

/// Whether all parts have the same column of the same table at this place, which is of one type, collation and width.
fn is_one_column<'p>(
    query: &'p plan::Query,
    place: usize,
    known: &mut Option<(&'p str, &'p str, bool)>,
) -> bool {
    match &query.body {
        plan::Body::Select(select) => {
            let Some(item) = select.items.get(place) else {
                return false;
            };
            let ExprKind::Column(of, column) = &item.value.kind else {
                return false;
            };
            let table = select.from.as_ref().and_then(|from| table_of(from, *of));
            table.is_some_and(|table| {
                let found = (table, &**column, item.value.ty.nullable);
                *known.get_or_insert(found) == found
            })
        }
        plan::Body::SetOperation { left, right, .. } => {
            is_one_column(left, place, known) && is_one_column(right, place, known)
        }
        plan::Body::Values(_) => false,
    }
}

/// The name of the table that a reference in a FROM is of.
fn table_of(from: &plan::From, wanted: TableId) -> Option<&str> {
    match from {
        plan::From::Table { id, table, .. } if *id == wanted => Some(table),
        plan::From::Join { left, right, .. } => {
            table_of(left, wanted).or_else(|| table_of(right, wanted))
        }
        _ => None,
    }
}

/// The type that the values of all parts have at this place.
fn column_type(query: &plan::Query, place: usize) -> Option<Type> {
    match &query.body {
        plan::Body::Select(select) => Some(select.items.get(place)?.value.ty.kind.base().clone()),
        plan::Body::SetOperation { left, right, .. } => {
            let (left, right) = (column_type(left, place)?, column_type(right, place)?);
            Some(wider(left, right))
        }
        plan::Body::Values(_) => None,
    }
}

/// Of two numbers' types the one that holds both; other types are the same on all sides.
fn wider(left: Type, right: Type) -> Type {
    match (left, right) {
        (Type::Null, other) | (other, Type::Null) => other,
        (Type::Float, _) | (_, Type::Float) => Type::Float,
        (Type::Decimal(a, b), Type::Decimal(c, d)) => {
            let scale = b.max(d);
            Type::Decimal((a - b.min(a)).max(c - d.min(c)) + scale, scale)
        }
        (decimal @ Type::Decimal(..), _) | (_, decimal @ Type::Decimal(..)) => decimal,
        (Type::BigInt, _) | (_, Type::BigInt) => Type::BigInt,
        (left, _) => left,
    }
}
