//! Windows: aggregates and functions with OVER, and frames that a dialect lacks.

use super::{
    Legalizer,
    aggregate::{behind_aggregates, closing},
};
use crate::{
    dialect::{Form, Refusal},
    legal::{Bound, Expr, Frame, OrderKey, Window},
};
use djq_check::functions::WindowId;
use djq_plan::plan::{self, Exclusion, FrameBound, WindowFunction};

impl<'a> Legalizer<'a> {
    /// `f(…) OVER (…)`.
    pub(super) fn window(&mut self, expr: &plan::Expr, window: &'a plan::Window) -> Expr<'a> {
        match &window.function {
            WindowFunction::Aggregate(aggregate) => {
                if let Err(refusal) = self.dialect.aggregate_over(aggregate.function) {
                    return self.refused(expr.span, refusal);
                }
                let value = self.aggregate_inner(expr, aggregate);
                let over = self.over(expr, window);
                with_over(value, over)
            }
            WindowFunction::Window(id, arguments) => {
                let mut operands = self.expressions(arguments);
                let over = self.over(expr, window);
                operands.push(over);
                let shifts = matches!(id, WindowId::Lag | WindowId::Lead);
                let form = if shifts && arguments.len() == 3 && !self.dialect.has_lag_default() {
                    // The same row's number one is null exactly where there is no such row.
                    format!(
                        "CASE WHEN {0}(1, {{1}}) OVER {{3}} IS NULL THEN {{2}} \
                         ELSE {0}({{0}}, {{1}}) OVER {{3}} END",
                        id.name()
                    )
                } else {
                    format!(
                        "{}({}) OVER {{{}}}",
                        id.name(),
                        crate::dialect::holes(arguments.len()),
                        arguments.len()
                    )
                };
                Expr::form(Form::atom(form), operands)
            }
        }
    }

    /// What stands behind OVER.
    fn over(&mut self, expr: &plan::Expr, window: &'a plan::Window) -> Expr<'a> {
        let also = self.partitions.clone();
        let partition_by = also
            .into_iter()
            .chain(&window.partition_by)
            .map(|key| {
                let value = self.expression(key);
                self.exactly(value, &key.ty)
            })
            .collect();
        let by_value = window
            .frame
            .as_ref()
            .filter(|frame| frame.range && has_distance(frame));
        let order_by = match by_value {
            Some(frame) => self.order_by_value(expr, frame, &window.order_by),
            None => self.order_by(&window.order_by),
        };
        let order_by = match &window.function {
            WindowFunction::Window(id, _) if order_by.is_empty() => self.some_order(*id),
            _ => order_by,
        };
        let scale = by_value
            .and(window.order_by.first())
            .and_then(|key| self.dialect.range_by(&key.value.ty.kind))
            .map(|by| by.distance);
        let frame = window
            .frame
            .as_ref()
            .map(|frame| self.frame(expr, frame, scale));
        Expr::Window(Box::new(Window {
            partition_by,
            order_by,
            frame,
        }))
    }

    /// An order that says nothing, where the dialect wants one.
    fn some_order(&self, id: WindowId) -> Vec<OrderKey<'a>> {
        self.dialect
            .order_of_no_order(id)
            .map(|sql| OrderKey {
                value: Expr::atom(sql),
                descending: false,
                nulls_first: None,
            })
            .into_iter()
            .collect()
    }

    /// The one key of a frame that is counted by value. Where nulls cannot be moved by a word, a second key would
    /// not do: but a frame with distances on both sides never has rows on the other side of null.
    fn order_by_value(
        &mut self,
        expr: &plan::Expr,
        frame: &plan::Frame,
        keys: &'a [plan::OrderKey],
    ) -> Vec<OrderKey<'a>> {
        let Some(key) = keys.first() else {
            return Vec::new();
        };
        let nulls = self.dialect.null_order();
        let said =
            key.value.ty.nullable && nulls.first_by_itself(key.descending) != key.nulls_first;
        let reaches_end = matches!(frame.start, FrameBound::UnboundedPreceding)
            || matches!(frame.end, FrameBound::UnboundedFollowing);
        if said && !nulls.clause && reaches_end {
            self.refuse(
                expr.span,
                Refusal {
                    why: "by value, nulls come first there, and so would be in this frame or out of it otherwise".into(),
                    instead: Some(
                        "leave out the rows where the key is null: `where … is not null`".into(),
                    ),
                },
            );
        }
        let value = self.expression(&key.value);
        let value = match self.dialect.range_by(&key.value.ty.kind) {
            Some(by) => Expr::form(Form::atom(by.key), vec![value]),
            None => value,
        };
        vec![OrderKey {
            value,
            descending: key.descending,
            nulls_first: (said && nulls.clause).then_some(key.nulls_first),
        }]
    }

    fn frame(
        &mut self,
        expr: &plan::Expr,
        frame: &'a plan::Frame,
        scale: Option<String>,
    ) -> Frame<'a> {
        let exclude = match frame.exclude {
            Exclusion::NoOthers => "",
            Exclusion::CurrentRow => " EXCLUDE CURRENT ROW",
            Exclusion::Group => " EXCLUDE GROUP",
            Exclusion::Ties => " EXCLUDE TIES",
        };
        if !exclude.is_empty() && !self.dialect.has_frame_exclusion() {
            self.refuse(
                expr.span,
                Refusal {
                    why: "a frame cannot leave out rows there".into(),
                    instead: Some(
                        "leave `exclude` out; of a sum or a count, take the row's own part away"
                            .into(),
                    ),
                },
            );
        }
        Frame {
            unit: if frame.range { "RANGE" } else { "ROWS" },
            start: self.bound(&frame.start, scale.as_deref()),
            end: self.bound(&frame.end, scale.as_deref()),
            exclude,
        }
    }

    fn bound(&mut self, bound: &'a FrameBound, scale: Option<&str>) -> Bound<'a> {
        let (distance, words) = match bound {
            FrameBound::UnboundedPreceding => (None, "UNBOUNDED PRECEDING"),
            FrameBound::Preceding(distance) => (Some(distance), "PRECEDING"),
            FrameBound::CurrentRow => (None, "CURRENT ROW"),
            FrameBound::Following(distance) => (Some(distance), "FOLLOWING"),
            FrameBound::UnboundedFollowing => (None, "UNBOUNDED FOLLOWING"),
        };
        let distance = distance.map(|distance| {
            if matches!(distance.kind, plan::ExprKind::Param(_)) && !self.dialect.has_bound_frames()
            {
                self.refuse(
                    distance.span,
                    Refusal {
                        why: "the bound of a frame is a literal there".into(),
                        instead: Some("write the number itself".into()),
                    },
                );
            }
            let value = self.expression(distance);
            match scale {
                Some(scale) => Expr::form(Form::atom(scale.to_owned()), vec![value]),
                None => value,
            }
        });
        Bound { distance, words }
    }
}

fn has_distance(frame: &plan::Frame) -> bool {
    [&frame.start, &frame.end]
        .into_iter()
        .any(|bound| matches!(bound, FrameBound::Preceding(_) | FrameBound::Following(_)))
}

/// An aggregate's form with OVER behind each aggregate in it, and behind its FILTER.
pub(super) fn with_over<'a>(value: Expr<'a>, over: Expr<'a>) -> Expr<'a> {
    let Expr::Form {
        sql,
        binds,
        holes,
        mut operands,
    } = value
    else {
        return value;
    };
    const FILTER: &str = " FILTER ";
    let mut sql = sql.into_owned();
    let words = format!(" OVER {{{}}}", operands.len());
    for place in behind_aggregates(&sql).into_iter().rev() {
        let behind = sql.get(place..).unwrap_or("");
        let place = match behind.strip_prefix(FILTER) {
            Some(_) => closing(&sql, place + FILTER.len()).unwrap_or(place),
            None => place,
        };
        sql.insert_str(place, &words);
    }
    operands.push(over);
    Expr::Form {
        sql: sql.into(),
        binds,
        holes,
        operands,
    }
}
