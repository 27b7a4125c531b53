//! The one aggregate of a query, of values in an order, where ORDER BY may not stand in an aggregate: its first row's window
//! over all rows has all values in that order.

use super::{Legalizer, query::is_constant, window::with_over};
use crate::legal::{Bound, Expr, Frame, Window};
use djq_check::functions::AggregateId;
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    /// The aggregate of a query that is such an aggregate of all its rows, and nothing else: null where there is no row.
    pub(super) fn windowed_aggregate(&self, query: &'a plan::Query) -> Option<&'a plan::Aggregate> {
        let plan::Body::Select(select) = &query.body else {
            return None;
        };
        let [item] = select.items.as_slice() else {
            return None;
        };
        let ExprKind::Aggregate(aggregate) = &item.value.kind else {
            return None;
        };
        let windowed = self.dialect.gathered_rows(&[]).is_some()
            && query.limit.is_none()
            && query.offset.is_none()
            && !select.distinct
            && select.group_by.is_empty()
            && select.grouping_sets.is_none()
            && select.having.is_empty()
            && !aggregate.distinct
            && matches!(
                aggregate.function,
                AggregateId::StringAgg | AggregateId::JsonAgg
            )
            && aggregate
                .order_by
                .iter()
                .any(|key| !is_constant(key.value.unguarded()));
        windowed.then_some(&**aggregate)
    }

    /// The first row's window.
    pub(super) fn first_window(
        &mut self,
        query: &'a plan::Query,
        aggregate: &'a plan::Aggregate,
    ) -> Expr<'a> {
        let outer = self.windowed.replace(aggregate);
        let mut legal = self.query(query);
        self.windowed = outer;
        legal.forget_names();
        legal.limit = Some(Expr::atom("1"));
        Expr::Query(Box::new(legal))
    }

    /// An aggregate over all rows in its order.
    pub(super) fn over_all(&mut self, value: Expr<'a>, keys: &'a [plan::OrderKey]) -> Expr<'a> {
        let end = |words| Bound {
            distance: None,
            words,
        };
        let window = Window {
            partition_by: Vec::new(),
            order_by: self.order_in_aggregate(keys),
            frame: Some(Frame {
                unit: "ROWS",
                start: end("UNBOUNDED PRECEDING"),
                end: end("UNBOUNDED FOLLOWING"),
                exclude: "",
            }),
        };
        with_over(value, Expr::Window(Box::new(window)))
    }
}
