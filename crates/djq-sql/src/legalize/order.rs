//! Orders, and where nulls go in them.

use super::{Legalizer, query, walk};
use crate::{
    dialect::{Binding, Form},
    legal::{Body, Expr, Name, OrderKey},
};
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    /// The order of a window.
    pub(super) fn order_by(&mut self, keys: &'a [plan::OrderKey]) -> Vec<OrderKey<'a>> {
        self.order(keys, &[], true, true)
    }

    /// The order inside an aggregate, where MySQL and MariaDB put nulls first in both directions.
    pub(super) fn order_in_aggregate(&mut self, keys: &'a [plan::OrderKey]) -> Vec<OrderKey<'a>> {
        let mut order = self.order(keys, &[], self.dialect.null_order().clause, false);
        // The words in front of the keys are the dialect's: where no key may be there, one that orders nothing is.
        if !order.is_empty() && order.iter().all(|key| key.value.guard().is_some()) {
            order.push(OrderKey {
                value: Expr::atom("NULL"),
                descending: false,
                nulls_first: None,
            });
        }
        order
    }

    /// The order of a query with these outputs, each as it is named in an order.
    pub(super) fn order_of_query(
        &mut self,
        keys: &'a [plan::OrderKey],
        outputs: &[OrderName<'a>],
    ) -> Vec<OrderKey<'a>> {
        self.order(keys, outputs, true, false)
    }

    /// With `known`, nulls go where they go by themselves as the dialect says; `window`: in one.
    fn order(
        &mut self,
        keys: &'a [plan::OrderKey],
        outputs: &[OrderName<'a>],
        known: bool,
        window: bool,
    ) -> Vec<OrderKey<'a>> {
        let nulls = self.dialect.null_order();
        let mut order = Vec::with_capacity(keys.len());
        for key in keys {
            let guard = key.value.guard();
            let when = |this: &mut Self, value| match guard {
                Some(guard) => this.when(guard, value),
                None => value,
            };
            let key_value = key.value.unguarded();
            // A constant orders nothing, and a number would be read as a place.
            if query::is_constant(key_value) || (window && self.is_constant_here(key_value)) {
                continue;
            }
            let said = key.value.ty.nullable
                && (!known || nulls.first_by_itself(key.descending) != key.nulls_first);
            if said && !nulls.clause {
                let value = self.key(key_value, outputs, false);
                let null = Expr::form(
                    Form::infix("{0} IS NULL", Binding::Comparison, Binding::Other),
                    vec![value],
                );
                order.push(OrderKey {
                    value: when(self, null),
                    descending: key.nulls_first,
                    nulls_first: None,
                });
            }
            let value = self.key(key_value, outputs, true);
            order.push(OrderKey {
                value: when(self, value),
                descending: key.descending,
                nulls_first: (said && nulls.clause).then_some(key.nulls_first),
            });
        }
        order
    }

    /// A key, alone or in an expression. There an output's name would be read as a column's, if there is one of
    /// that name; so the output's value stands for it, but for a query, which would run twice.
    fn key(&mut self, value: &'a plan::Expr, outputs: &[OrderName<'a>], whole: bool) -> Expr<'a> {
        let output = match value.kind {
            ExprKind::Item(place) => outputs.get(place),
            _ => None,
        };
        let exact = self.dialect.exact_collation().is_some()
            && *value.ty.kind.base() == djq_check::Type::Text
            && self.items.is_some();
        match output {
            Some(OrderName::Column(table, column)) if !exact => {
                Expr::Column(table.clone(), column.clone())
            }
            // Written out again, MariaDB would lose rows of a derived table that it merges.
            Some(OrderName::Exact(name)) if whole => Expr::Name(name.clone()),
            Some(OrderName::Output(name) | OrderName::Exact(name))
                if !exact && (whole || !self.is_simple_output(value)) =>
            {
                Expr::Name(name.clone())
            }
            _ => {
                // With a collation behind it, it is part of an expression.
                self.whole = whole && self.collation_of(&value.ty).is_none();
                let key = self.expression(value);
                self.exactly(key, &value.ty)
            }
        }
    }
}

impl<'a> Legalizer<'a> {
    /// Whether it is an output of the SELECT at hand without a query in it, or with an aggregate, whose name
    /// MariaDB does not take in an expression.
    fn is_simple_output(&self, value: &plan::Expr) -> bool {
        let ExprKind::Item(place) = value.kind else {
            return false;
        };
        let item = self.items.and_then(|items| items.get(place));
        item.is_some_and(|item| !walk::has_query(&item.value) || walk::has_aggregate(&item.value))
    }
}

/// How an output is named in an order.
pub(super) enum OrderName<'a> {
    /// A bare column is itself: its name alone may be that of several tables' columns.
    Column(Name<'a>, Name<'a>),
    /// Anything else has its own name.
    Output(Name<'a>),
    /// One of SELECT DISTINCT, whose text is compared exactly where that is asked for.
    Exact(Name<'a>),
}

/// How the outputs of a body are named in an order over it.
pub(super) fn order_names<'a>(body: &Body<'a>) -> Vec<OrderName<'a>> {
    match body {
        Body::Select(select) => select
            .items
            .iter()
            .map(|item| match item.value.unguarded() {
                Expr::Column(table, column) => OrderName::Column(table.clone(), column.clone()),
                _ if select.distinct => OrderName::Exact(item.name.clone()),
                _ => OrderName::Output(item.name.clone()),
            })
            .collect(),
        Body::SetOperation { left, .. } => left
            .query
            .items()
            .iter()
            .map(|item| OrderName::Output(item.name.clone()))
            .collect(),
        Body::Values { .. } => Vec::new(),
    }
}
