//! Windows: aggregates and functions with OVER, and frames that a dialect lacks.

use super::{
    Legalizer,
    aggregate::{behind_aggregates, closing},
    query, walk,
};
use crate::{
    dialect::{Binding, Form, Refusal},
    legal::{Bound, Expr, Frame, OrderKey, Window},
};
use djq_check::{
    functions::{AggregateId, FunctionId, WindowId},
    hir::Literal,
};
use djq_plan::plan::{self, Exclusion, ExprKind, FrameBound, TableId, WindowFunction};
use rustc_hash::FxHashSet;

impl<'a> Legalizer<'a> {
    /// `f(…) OVER (…)`.
    pub(super) fn window(&mut self, expr: &plan::Expr, window: &'a plan::Window) -> Expr<'a> {
        let value = self.window_as_it_is(expr, window);
        let beside = window
            .frame
            .as_ref()
            .and_then(|frame| match (&frame.start, &frame.end) {
                (FrameBound::Following(distance), _) | (_, FrameBound::Preceding(distance)) => {
                    Some(distance)
                }
                _ => None,
            });
        match beside {
            Some(distance) if !self.dialect.has_frames_beside_row() => {
                self.over_several(window, distance, value)
            }
            _ => value,
        }
    }

    /// What a window gives whose frame begins or ends so far from the row: nothing where the row is the only one, which
    /// the server would take for the frame.
    fn over_several(
        &mut self,
        window: &'a plan::Window,
        distance: &'a plan::Expr,
        value: Expr<'a>,
    ) -> Expr<'a> {
        let mut sql = String::from("count(*) OVER {0} > 1");
        let mut operands = vec![Expr::Window(Box::new(Window {
            partition_by: self.partition_by(window),
            order_by: Vec::new(),
            frame: None,
        }))];
        match distance.kind {
            ExprKind::Literal(Literal::Int(0)) => return value,
            ExprKind::Literal(_) => {}
            _ => {
                sql.push_str(" OR {1} = 0");
                operands.push(self.expression(distance));
            }
        }
        let nothing = match &window.function {
            WindowFunction::Aggregate(aggregate) => match aggregate.function {
                AggregateId::Count => "0",
                AggregateId::Some => "FALSE",
                AggregateId::Every => "TRUE",
                _ => "NULL",
            },
            WindowFunction::Window(..) => "NULL",
        };
        Expr::Case {
            branches: vec![(
                Expr::form(Form::infix(sql, Binding::Or, Binding::Sum), operands),
                value,
            )],
            otherwise: Some(Box::new(Expr::atom(nothing))),
        }
    }

    fn window_as_it_is(&mut self, expr: &plan::Expr, window: &'a plan::Window) -> Expr<'a> {
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
                let mut operands: Vec<_> = arguments
                    .iter()
                    .map(|argument| {
                        let value = self.expression(argument);
                        // A text without a type could be anything to PostgreSQL.
                        match &argument.kind {
                            ExprKind::Literal(Literal::Text(_)) => self.typed(value, &argument.ty),
                            _ => value,
                        }
                    })
                    .collect();
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
        let order = window.order_by.iter().map(|key| &key.value);
        for key in window.partition_by.iter().chain(order) {
            self.check_window_key(key);
        }
        let partition_by = self.partition_by(window);
        let by_value = window
            .frame
            .as_ref()
            .filter(|frame| frame.range && has_distance(frame));
        if let Some(frame) = by_value
            && (window.order_by.iter()).all(|key| self.is_constant_here(&key.value))
        {
            return self.over_equals(expr, frame, partition_by);
        }
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
            .map(|frame| self.frame(expr, frame, scale))
            .or_else(|| self.frame_of_its_own(expr, window));
        Expr::Window(Box::new(Window {
            partition_by,
            order_by,
            frame,
        }))
    }

    /// The frame that a window has anyway, said where the server would take another window's for it: that of a query in its
    /// keys.
    fn frame_of_its_own(
        &mut self,
        expr: &plan::Expr,
        window: &'a plan::Window,
    ) -> Option<Frame<'a>> {
        if self.dialect.has_windows_in_windows() {
            return None;
        }
        let mut inside = false;
        let order = window.order_by.iter().map(|key| &key.value);
        let keys = window.partition_by.iter().chain(order);
        for key in keys.filter(|key| !self.is_constant_here(key)) {
            walk::expressions(key, true, &mut |part| {
                inside |= matches!(&part.kind, ExprKind::Window(inner) if inner.frame.is_some());
            });
        }
        if !inside {
            return None;
        }
        if let WindowFunction::Window(id, _) = &window.function
            && !matches!(
                id,
                WindowId::FirstValue | WindowId::LastValue | WindowId::NthValue
            )
        {
            self.refuse(
                expr.span,
                Refusal {
                    why: "a query with the frame of a window, in the keys of another window, is misread there".into(),
                    instead: Some("take its value in a query of its own, and join that".into()),
                },
            );
            return None;
        }
        let bound = |words| Bound {
            distance: None,
            words,
        };
        Some(Frame {
            unit: "RANGE",
            start: bound("UNBOUNDED PRECEDING"),
            end: bound("CURRENT ROW"),
            exclude: "",
        })
    }

    fn partition_by(&mut self, window: &'a plan::Window) -> Vec<Expr<'a>> {
        let also = self.partitions.clone();
        let mut partition_by = Vec::with_capacity(window.partition_by.len());
        for key in also.into_iter().chain(&window.partition_by) {
            // A number would be read as a place.
            if !self.is_constant_here(key) {
                let value = self.expression(key);
                partition_by.push(self.exactly(value, &key.ty));
            }
        }
        partition_by
    }

    /// OVER with a frame by a value that all rows have: all of them are in it, if the row itself is.
    fn over_equals(
        &mut self,
        expr: &plan::Expr,
        frame: &'a plan::Frame,
        partition_by: Vec<Expr<'a>>,
    ) -> Expr<'a> {
        if matches!(
            frame.start,
            FrameBound::Following(_) | FrameBound::UnboundedFollowing
        ) || matches!(
            frame.end,
            FrameBound::Preceding(_) | FrameBound::UnboundedPreceding
        ) {
            self.refuse(
                expr.span,
                Refusal {
                    why: "all rows have the value that this frame is counted by".into(),
                    instead: Some("order by what differs, or count `rows`".into()),
                },
            );
        }
        let exclude = self.exclusion(expr, frame);
        Expr::Window(Box::new(Window {
            partition_by,
            order_by: Vec::new(),
            frame: Some(Frame {
                unit: "RANGE",
                start: edge("UNBOUNDED PRECEDING"),
                end: edge("UNBOUNDED FOLLOWING"),
                exclude,
            }),
        }))
    }

    /// Whether a key of a window is the same for all rows of the SELECT at hand, as what outer rows alone say is.
    pub(super) fn is_constant_here(&self, key: &plan::Expr) -> bool {
        if query::is_constant(key) {
            return true;
        }
        let mut fixed = true;
        walk::expressions(key, false, &mut |part| {
            fixed &= !matches!(
                part.kind,
                ExprKind::Item(_)
                    | ExprKind::Aggregate(_)
                    | ExprKind::Grouping(_)
                    | ExprKind::Window(_)
                    | ExprKind::InParent(_)
                    | ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _)
            );
        });
        fixed && walk::is_free_of(key, &self.tables_here())
    }

    /// The tables whose columns the SELECT at hand reads by itself.
    fn tables_here(&self) -> FxHashSet<TableId> {
        let mut tables = FxHashSet::default();
        if let Some(from) = self.from {
            walk::visible_tables(from, &mut tables);
        }
        tables
    }

    /// Refuses a key of outer rows and of its own where there is none.
    fn check_window_key(&mut self, key: &plan::Expr) {
        if self.dialect.has_outer_in_windows()
            || walk::has_query(key)
            || self.is_constant_here(key)
            || walk::uses(key, &self.tables_here()) != walk::Uses::Others
        {
            return;
        }
        self.refuse(
            key.span,
            Refusal {
                why: "a window's partition or order cannot name rows of the query around it there"
                    .into(),
                instead: Some(
                    "select the value in a `from ( … )` of its own, and name it by that".into(),
                ),
            },
        );
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

    /// EXCLUDE, where the dialect has it.
    fn exclusion(&mut self, expr: &plan::Expr, frame: &plan::Frame) -> &'static str {
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
                        "`exclude current row` in a frame of `rows`, or `exclude group` in one of `groups`, with literal bounds, of \
                         `count`, `sum`, `min`, `max`, `every` or `some`"
                            .into(),
                    ),
                },
            );
        }
        exclude
    }

    fn frame(
        &mut self,
        expr: &plan::Expr,
        frame: &'a plan::Frame,
        scale: Option<String>,
    ) -> Frame<'a> {
        let exclude = self.exclusion(expr, frame);
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

/// A bound without a distance.
fn edge<'a>(words: &'static str) -> Bound<'a> {
    Bound {
        distance: None,
        words,
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
