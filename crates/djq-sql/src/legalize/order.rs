//! Orders, and where nulls go in them.

use super::{Legalizer, query};
use crate::{
    dialect::{Binding, Form},
    legal::{Expr, Name, OrderKey},
};
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    /// The order of a window or an aggregate.
    pub(super) fn order_by(&mut self, keys: &'a [plan::OrderKey]) -> Vec<OrderKey<'a>> {
        self.order_of_query(keys, &[])
    }

    /// The order of a query with outputs of these names.
    pub(super) fn order_of_query(
        &mut self,
        keys: &'a [plan::OrderKey],
        names: &[Name<'a>],
    ) -> Vec<OrderKey<'a>> {
        let nulls = self.dialect.null_order();
        let mut order = Vec::with_capacity(keys.len());
        for key in keys {
            // A constant orders nothing, and a number would be read as a place.
            if query::is_constant(&key.value) {
                continue;
            }
            let said =
                key.value.ty.nullable && nulls.first_by_itself(key.descending) != key.nulls_first;
            if said && !nulls.clause {
                let value = self.key(&key.value, names);
                order.push(OrderKey {
                    value: Expr::form(
                        Form::infix("{0} IS NULL", Binding::Comparison, Binding::Other),
                        vec![value],
                    ),
                    descending: key.nulls_first,
                    nulls_first: None,
                });
            }
            order.push(OrderKey {
                value: self.key(&key.value, names),
                descending: key.descending,
                nulls_first: (said && nulls.clause).then_some(key.nulls_first),
            });
        }
        order
    }

    /// An output by its name, where it has one of its own: a bare column is itself, since its name alone may
    /// be that of several tables' columns.
    fn key(&mut self, value: &'a plan::Expr, names: &[Name<'a>]) -> Expr<'a> {
        if let ExprKind::Item(place) = value.kind {
            let is_column = self
                .items
                .and_then(|items| items.get(place))
                .is_some_and(|item| matches!(item.value.kind, ExprKind::Column(..)));
            if !is_column && let Some(name) = names.get(place) {
                return Expr::Name(name.clone());
            }
        }
        self.expression(value)
    }
}
