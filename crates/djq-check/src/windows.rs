//! Windows: `f(…) over (…)`, the clause `window`, and what they may look at.

use crate::{
    Type,
    functions::{Callable, by_name},
    hir::{
        ClauseKind, Exclusion, Expr, ExprKind, Frame, FrameBound, FrameUnit, OrderKey,
        WindowFunction,
    },
    scope::Aggregates,
    typing::AggregateCall,
    visit::{children, children_mut},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes, nearest};
use djq_syntax::ast;

/// What stands behind `over`, checked.
#[derive(Debug, Clone)]
pub(crate) struct Over {
    pub(crate) partition_by: Vec<Expr>,
    pub(crate) order_by: Vec<OrderKey>,
    pub(crate) frame: Option<Frame>,
    /// Where it is written.
    pub(crate) span: Span,
}

impl<'a> Walker<'a> {
    /// `window w as ( … )`.
    pub(crate) fn window_clause(&mut self, name: &'a ast::Name, spec: &'a ast::WindowSpec) {
        let known = self.scope().named_windows.iter();
        if let Some(first) = known
            .map(|(known, _)| *known)
            .find(|known| known.text == name.text)
        {
            self.report(crate::names::duplicate("window", name, first.span));
        }
        self.fact(name.span, crate::facts::FactKind::Definition(name.span));
        // Where it stands below its use, other rows may be in reach than those that it is meant for.
        if self.scope().windows_missed.contains(&name.text) {
            return;
        }
        if let Some(over) = self.window_spec(spec) {
            self.scope().named_windows.push((name, over));
        } else {
            self.broken = true;
        }
    }

    /// `f(…) over …`.
    pub(crate) fn window(&mut self, call: &'a ast::Call, over: &'a ast::Over, span: Span) -> Expr {
        let callable = by_name(&call.name.text);
        let is_window = matches!(callable, Some(Callable::Aggregate(_) | Callable::Window(_)));
        if call.base.is_some() || !is_window {
            return self.no_window_function(call, callable, span);
        }
        match self.window_value(call, over, span) {
            Some(value) => value,
            None => self.error(span),
        }
    }

    fn window_value(
        &mut self,
        call: &'a ast::Call,
        over: &'a ast::Over,
        span: Span,
    ) -> Option<Expr> {
        let (arguments, condition) = self.settled_operands(call);
        if let Some(key) = call.order_by.first() {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    key.span,
                    "the rows of a window are in the window's order",
                )
                .help("write this `order by` behind `over`"),
            );
            return None;
        }
        if let Some(limit) = &call.limit {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    limit.span,
                    "the rows of a window are those of its frame: `limit` stands in an aggregate of a relation alone",
                )
                .help("say which rows it sees behind `over`, as in `rows between 2 preceding and current row`"),
            );
            return None;
        }
        let over = match over {
            ast::Over::Name(name) => self.named_window(name)?,
            ast::Over::Spec(spec) => self.window_spec(spec)?,
        };
        let of_rows = self.scope().has_rows();
        if of_rows && call.distinct.is_none() {
            let aggregate = matches!(by_name(&call.name.text), Some(Callable::Aggregate(_)));
            if aggregate {
                self.check_fan_out(call, &arguments, &over.partition_by, span);
            }
        }
        let inner = arguments
            .iter()
            .chain(&condition)
            .chain(&over.partition_by)
            .chain(over.order_by.iter().map(|key| &key.value))
            .find_map(first_window);
        if let Some(inner) = inner {
            self.report(
                Diagnostic::new(&codes::MISPLACED_WINDOW, inner, "a window inside a window")
                    .because(call.name.span, "inside of this one")
                    .help("name the inner one first: `let n = … over (…)`"),
            );
            return None;
        }
        self.check_order(call, &over);
        let has_rows = sees_its_row(over.frame.as_ref());
        let value = self.typing().window(
            &call.name,
            AggregateCall {
                distinct: call.distinct,
                arguments,
                condition,
                order_by: Vec::new(),
                has_rows,
            },
            over,
            span,
        );
        (value.ty.kind != Type::Error).then_some(value)
    }

    /// Says so where a window stands in what sees one row at a time.
    pub(crate) fn refuse_windows(&mut self, expr: &Expr, place: &str) {
        if let Some(window) = first_window(expr) {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_WINDOW,
                    window,
                    format!("{place} sees one row at a time, and a window needs all of them"),
                )
                .help("name the window in a `let` above: `let n = … over (…)`"),
            );
            self.broken = true;
        }
    }

    /// Says so where a window stands in an aggregate.
    pub(crate) fn refuse_windows_in_aggregate(&mut self, parts: &[Expr], span: Span) {
        if let Some(window) = parts.iter().find_map(first_window) {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_WINDOW,
                    window,
                    "a window inside an aggregate",
                )
                .because(span, "inside of this one")
                .help("name the window first, above `group by`: `let n = … over (…)`"),
            );
            self.broken = true;
        }
    }

    /// Names the windows in a clause's expression as a `let` above the clause would: each sees the rows there are
    /// before it.
    pub(crate) fn lift_windows(&mut self, mut expr: Expr) -> Expr {
        if first_window(&expr).is_some() {
            self.lift(&mut expr);
        }
        expr
    }

    fn lift(&mut self, expr: &mut Expr) {
        if let ExprKind::Window(window) = &expr.kind {
            let name = match &window.function {
                WindowFunction::Window(id, _) => id.name(),
                WindowFunction::Aggregate(aggregate) => {
                    crate::functions::aggregate_entry(aggregate.function).name
                }
            };
            let span = expr.span;
            let hollow = self.hollow(span);
            let value = std::mem::replace(expr, hollow);
            let id = self.add_named(name, value, span);
            // Naming a value changes no rows, so that it needs no guard.
            let guard = self.scope().guard.take();
            self.push_clause(ClauseKind::Let(vec![id]), span);
            self.scope().guard = guard;
            *expr = self.named_expr(id, span);
            return;
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            children_mut(expr, &mut |child| self.lift(child), &mut |_| {});
        });
    }

    /// `over` behind what is no window function.
    fn no_window_function(
        &mut self,
        call: &'a ast::Call,
        callable: Option<Callable>,
        span: Span,
    ) -> Expr {
        if callable.is_none()
            && call.base.is_none()
            && self.names.function(&call.name.text).is_none()
        {
            let arguments = Vec::new();
            let _ = self.typing().call(&call.name, arguments, span);
            return self.error(span);
        }
        self.report(
            Diagnostic::new(
                &codes::MISPLACED_WINDOW,
                call.name.span,
                format!("`{}` is a function of one row, without `over`", call.name.text),
            )
            .help("`over` stands behind an aggregate, or behind `row_number`, `rank`, `lag` and their kin"),
        );
        self.error(span)
    }

    /// A window by its name, fit for the rows there are.
    fn named_window(&mut self, name: &'a ast::Name) -> Option<Over> {
        let known = &self.scope().named_windows;
        let found = known
            .iter()
            .rev()
            .find(|(known, _)| known.text == name.text)
            .map(|(known, over)| (known.span, over.clone()));
        let Some((declared, mut over)) = found else {
            if self.window_below(name) {
                self.broken = true;
                return None;
            }
            let known = &self.scope().named_windows;
            let near = nearest(&name.text, known.iter().map(|(known, _)| &*known.text))
                .map(ToOwned::to_owned);
            let mut diagnostic = Diagnostic::new(
                &codes::UNKNOWN_WINDOW,
                name.span,
                format!("there is no window `{}`", name.text),
            );
            let is_field = near.is_none()
                && self
                    .scope()
                    .sources
                    .iter()
                    .map(|source| source.id)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .any(|source| self.has_member(source, &name.text));
            if &*name.text == "partition" {
                diagnostic = diagnostic.label("`by` is missing").fix(
                    Applicability::Likely,
                    "write `partition by`",
                    name.span.after(),
                    " by",
                );
            } else if is_field {
                for words in ["order by", "partition by"] {
                    diagnostic = diagnostic.label("a field, not a window").fix(
                        Applicability::Likely,
                        format!("write `{words}`"),
                        name.span.before(),
                        format!("{words} "),
                    );
                }
            }
            self.report(
                crate::names::with_nearest(diagnostic, name.span, near.as_deref())
                    .help("a clause above names it: `window w as (partition by … order by …)`"),
            );
            return None;
        };
        self.fact(name.span, crate::facts::FactKind::Definition(declared));
        over.partition_by = over
            .partition_by
            .into_iter()
            .map(|key| self.settle_at(key, name.span))
            .collect();
        for key in &mut over.order_by {
            let value = key.value.clone();
            key.value = self.settle_at(value, name.span);
        }
        let broken = |value: &Expr| value.ty.kind == Type::Error;
        let fails = over.partition_by.iter().any(broken)
            || over.order_by.iter().any(|key| broken(&key.value));
        (!fails).then_some(over)
    }

    fn settle_at(&mut self, mut value: Expr, span: Span) -> Expr {
        value.span = span;
        self.settle(value)
    }

    /// `( [base] partition by … order by … frame )`.
    fn window_spec(&mut self, spec: &'a ast::WindowSpec) -> Option<Over> {
        let mut over = match &spec.base {
            Some(base) => self.named_window(base)?,
            None => Over {
                partition_by: Vec::new(),
                order_by: Vec::new(),
                frame: None,
                span: spec.span,
            },
        };
        over.span = spec.span;
        if let Some(base) = &spec.base {
            let again = match (spec.partition_by.first(), spec.order_by.first()) {
                (Some(key), _) => Some((key.span, "partition")),
                (None, Some(key)) if !over.order_by.is_empty() => Some((key.span, "order")),
                _ if over.frame.is_some() => Some((base.span, "frame")),
                _ => None,
            };
            if let Some((at, what)) = again {
                self.report(
                    Diagnostic::new(
                        &codes::INVALID_FRAME,
                        at,
                        format!("the window `{}` says its {what} itself", base.text),
                    )
                    .label(if what == "frame" {
                        "nothing can be added to it"
                    } else {
                        "and it cannot be said again"
                    })
                    .help("write a window of its own, without this name"),
                );
                return None;
            }
        }
        let mut failed = false;
        for key in &spec.partition_by {
            let value = self.expr(key);
            let value = self.settle(value);
            let value = self.typing().value(value);
            self.compared_value(&value.ty.kind, "`partition by`", value.span);
            failed |= value.ty.kind == Type::Error;
            over.partition_by.push(value);
        }
        for item in &spec.order_by {
            let key = self.window_order_key(item);
            failed |= key.value.ty.kind == Type::Error;
            over.order_by.push(key);
        }
        if failed {
            return None;
        }
        if let Some(frame) = &spec.frame {
            self.frame(frame, &mut over)?;
        }
        Some(over)
    }

    /// `rows between … and …`, into the window.
    fn frame(&mut self, frame: &'a ast::Frame, over: &mut Over) -> Option<()> {
        static CURRENT: ast::FrameBound = ast::FrameBound::CurrentRow;
        let end = frame.end.as_ref().unwrap_or(&CURRENT);
        if let Some(problem) = order_of_bounds(&frame.start, end) {
            self.report(
                Diagnostic::new(&codes::INVALID_FRAME, frame.unit.span, problem)
                    .help("write the earlier bound first: `between 2 preceding and current row`"),
            );
            return None;
        }
        let unit = frame.unit.text.to_lowercase();
        let distance = [&frame.start, end].into_iter().any(|bound| {
            matches!(
                bound,
                ast::FrameBound::Preceding(_) | ast::FrameBound::Following(_)
            )
        });
        let excludes = match frame.exclude.as_ref().map(|words| &*words.text) {
            Some("current row") => Exclusion::CurrentRow,
            Some("group") => Exclusion::Group,
            Some("ties") => Exclusion::Ties,
            _ => Exclusion::NoOthers,
        };
        if over.order_by.is_empty() && (unit == "groups" || unit == "range" && distance) {
            self.report(
                Diagnostic::new(
                    &codes::INVALID_FRAME,
                    frame.unit.span,
                    format!("`{unit}` is counted along an order, and this window has none"),
                )
                .because(over.span, "this window")
                .help("add `order by`, or count `rows`"),
            );
            return None;
        }
        let by_value = unit == "range" && distance;
        if by_value {
            self.range_key(frame, over)?;
        }
        let mut bound = |walker: &mut Self, bound: &'a ast::FrameBound| {
            Some(match bound {
                ast::FrameBound::UnboundedPreceding => FrameBound::UnboundedPreceding,
                ast::FrameBound::UnboundedFollowing => FrameBound::UnboundedFollowing,
                ast::FrameBound::CurrentRow => FrameBound::CurrentRow,
                ast::FrameBound::Preceding(offset) => {
                    FrameBound::Preceding(walker.distance(offset, over, by_value)?)
                }
                ast::FrameBound::Following(offset) => {
                    FrameBound::Following(walker.distance(offset, over, by_value)?)
                }
            })
        };
        let start = bound(self, &frame.start)?;
        let end = bound(self, end)?;
        let without_equals = matches!(excludes, Exclusion::Group | Exclusion::Ties);
        over.frame = Some(Frame {
            unit: match &*unit {
                "rows" => FrameUnit::Rows,
                // Without a distance they are the same, since both count equal rows as one; by number it can be told which
                // are left out.
                "groups" if distance || without_equals => FrameUnit::Groups,
                "range" if without_equals && !distance => FrameUnit::Groups,
                _ => FrameUnit::Range,
            },
            start,
            end,
            exclude: excludes,
        });
        Some(())
    }

    /// The one key that `range` with a distance is counted along: moments become durations since 1970, in which
    /// every database counts alike.
    fn range_key(&mut self, frame: &'a ast::Frame, over: &mut Over) -> Option<()> {
        let [key] = over.order_by.as_mut_slice() else {
            self.report(
                Diagnostic::new(
                    &codes::INVALID_FRAME,
                    frame.unit.span,
                    "`range` with a distance is counted along one key, and this order has several",
                )
                .because(over.span, "this window")
                .help("order by one key, or count `rows` or `groups`"),
            );
            return None;
        };
        let span = key.value.span;
        let kind = key.value.ty.kind.base().clone();
        if matches!(kind, Type::Date | Type::DateTime) {
            let hollow = self.hollow(span);
            let value = std::mem::replace(&mut key.value, hollow);
            key.value = self.typing().since_1970(value);
            return Some(());
        }
        if kind.is_number() || kind == Type::Duration {
            return Some(());
        }
        let shown = self.type_name(&key.value.ty.clone());
        self.report(
            Diagnostic::new(
                &codes::INVALID_FRAME,
                span,
                format!("a distance is between numbers or times, and this key is `{shown}`"),
            )
            .because(frame.unit.span, "`range` with a distance")
            .help("count `rows` or `groups` instead"),
        );
        None
    }

    /// How far a bound is: the same for all rows.
    fn distance(&mut self, offset: &'a ast::Expr, over: &mut Over, by_value: bool) -> Option<Expr> {
        let aggregates = self.scope().aggregates;
        self.allow(Aggregates::Refused("the bound of a frame"));
        let value = self.expr(offset);
        self.allow(aggregates);
        let value = match over.order_by.first_mut().filter(|_| by_value) {
            Some(key) => {
                let hollow = self.hollow(offset.span);
                let by = std::mem::replace(&mut key.value, hollow);
                let (by, value) = self.typing().distance(by, value);
                if let Some(key) = over.order_by.first_mut() {
                    key.value = by;
                }
                value
            }
            None => self.typing().row_count(value),
        };
        if value.ty.kind == Type::Error {
            return None;
        }
        if !matches!(value.kind, ExprKind::Literal(_) | ExprKind::Param(_)) {
            self.report(
                Diagnostic::new(
                    &codes::INVALID_FRAME,
                    offset.span,
                    "the bound of a frame is the same for all rows",
                )
                .help("write a literal or a parameter"),
            );
            return None;
        }
        Some(value)
    }

    /// A function that tells rows by their place needs an order to be sure of it.
    fn check_order(&mut self, call: &'a ast::Call, over: &Over) {
        let Some(Callable::Window(id)) = by_name(&call.name.text) else {
            return;
        };
        if !over.order_by.is_empty() {
            return;
        }
        let name = id.name();
        if id.compares() {
            self.report(
                Diagnostic::new(
                    &codes::WINDOW_WITHOUT_ORDER,
                    call.name.span,
                    format!("`{name}` compares rows by their order, and this window has none"),
                )
                .because(over.span, "this window")
                .help("add `order by` to it"),
            );
        } else {
            self.lint(
                Diagnostic::new(
                    &codes::UNSTABLE_LIMIT,
                    call.name.span,
                    format!(
                        "what `{name}` gives is up to the database: the rows of this window have no order"
                    ),
                )
                .because(over.span, "this window")
                .help("add `order by` to it"),
            );
        }
    }
}

/// Where a window stands in an expression, but for those of the pipelines in it.
pub(crate) fn first_window(expr: &Expr) -> Option<Span> {
    if let ExprKind::Window(_) = expr.kind {
        return Some(expr.span);
    }
    let mut found = None;
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        children(
            expr,
            &mut |child| found = found.or_else(|| first_window(child)),
            &mut |_| {},
        );
    });
    found
}

/// Whether the current row is surely among those of a frame.
pub(crate) fn sees_its_row(frame: Option<&Frame>) -> bool {
    let Some(frame) = frame else {
        return true;
    };
    let begins = matches!(
        frame.start,
        FrameBound::UnboundedPreceding | FrameBound::Preceding(_) | FrameBound::CurrentRow
    );
    let ends = matches!(
        frame.end,
        FrameBound::UnboundedFollowing | FrameBound::Following(_) | FrameBound::CurrentRow
    );
    begins && ends && matches!(frame.exclude, Exclusion::NoOthers | Exclusion::Ties)
}

/// What is wrong with two bounds in this order.
fn order_of_bounds(start: &ast::FrameBound, end: &ast::FrameBound) -> Option<&'static str> {
    use ast::FrameBound as B;
    let number = |offset: &ast::Expr| match &offset.kind {
        ast::ExprKind::Literal(ast::Literal::Int(digits)) => digits.parse::<u64>().ok(),
        _ => None,
    };
    let backwards = match (start, end) {
        (B::UnboundedFollowing, _) => {
            return Some("a frame cannot start behind the last row");
        }
        (_, B::UnboundedPreceding) => {
            return Some("a frame cannot end before the first row");
        }
        (B::CurrentRow, B::Preceding(_)) | (B::Following(_), B::CurrentRow | B::Preceding(_)) => {
            true
        }
        (B::Preceding(start), B::Preceding(end)) => {
            matches!((number(start), number(end)), (Some(start), Some(end)) if start < end)
        }
        (B::Following(start), B::Following(end)) => {
            matches!((number(start), number(end)), (Some(start), Some(end)) if start > end)
        }
        _ => false,
    };
    backwards.then_some("the frame ends before it starts")
}
