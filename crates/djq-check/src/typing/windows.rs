//! Windows: what their functions take and give.

use super::{
    AggregateCall,
    node::{self, node},
    signatures::gives,
};
use crate::{
    Ty, Type,
    functions::{self, AggregateId, Callable, Entry, FunctionId, WindowId},
    hir::{
        Aggregate, BinaryOperator, Expr, ExprKind, Literal, OrderKey, UnaryOperator, Window,
        WindowFunction,
    },
    sink::Typing,
    windows::Over,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl Typing<'_> {
    /// A function of the catalogue with `over`; the caller knows that it may have one. `call.has_rows` says
    /// whether the frame surely has the current row.
    pub(crate) fn window(
        &mut self,
        name: &ast::Name,
        call: AggregateCall,
        over: Over,
        span: Span,
    ) -> Expr {
        let Some(entry) = functions::entry_by_name(&name.text) else {
            self.unknown_function(name);
            return node::error(span);
        };
        if let Callable::Window(id) = entry.callable {
            return self.window_function(id, entry, name.span, call, over, span);
        }
        if let Some(distinct) = call.distinct {
            return self.distinct_window(name, call, over, distinct, span);
        }
        let value = self.aggregate(name, call, span);
        match value.kind {
            ExprKind::Aggregate(aggregate) => {
                window(WindowFunction::Aggregate(*aggregate), over, value.ty, span)
            }
            _ => value,
        }
    }

    /// A window function without `over`.
    pub(super) fn needs_over(&mut self, entry: &Entry, at: Span) {
        self.problems.push(
            Diagnostic::new(
                &codes::MISPLACED_WINDOW,
                at,
                format!("`{}` looks at the rows around one row", entry.name),
            )
            .label("which rows, in which order?")
            .note(entry.doc)
            .help(format!("say it behind: `{}`", entry.example)),
        );
    }

    fn window_function(
        &mut self,
        id: WindowId,
        entry: &'static Entry,
        at: Span,
        mut call: AggregateCall,
        mut over: Over,
        span: Span,
    ) -> Expr {
        if !self.arity(entry, at, &call.arguments) {
            return node::error(span);
        }
        let chosen = call
            .condition
            .as_ref()
            .map(|condition| (condition.span, "`where`"))
            .or(call.distinct.map(|word| (word, "`distinct`")));
        if let Some((at, what)) = chosen {
            self.problems.push(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    at,
                    format!(
                        "`{}` sees every row: {what} in parentheses chooses rows for an aggregate",
                        entry.name
                    ),
                )
                .note(format!("`{}`", entry.signature())),
            );
            self.silence_call(&call);
            return node::error(span);
        }
        let Some(common) = self.arguments(entry, &mut call.arguments) else {
            return node::error(span);
        };
        let place = match id {
            WindowId::Ntile => Some((0, 1)),
            WindowId::NthValue => Some((1, 1)),
            WindowId::Lag | WindowId::Lead => Some((1, 0)),
            _ => None,
        };
        if let Some((place, least)) = place
            && let Some(number) = call.arguments.get(place)
            && !self.is_fixed(entry, number, least)
        {
            return node::error(span);
        }
        let is_null = |place: usize| {
            call.arguments
                .get(place)
                .is_some_and(|argument| argument.ty.nullable)
        };
        let nullable = match id {
            WindowId::Lag | WindowId::Lead => call.arguments.len() < 3 || is_null(0) || is_null(2),
            WindowId::FirstValue | WindowId::LastValue => !call.has_rows || is_null(0),
            WindowId::NthValue => true,
            _ => false,
        };
        let ty = Ty {
            kind: gives(entry, &call.arguments, common),
            nullable,
        };
        if !id.has_frame() {
            over.frame = None;
        }
        window(WindowFunction::Window(id, call.arguments), over, ty, span)
    }

    /// Whether a number of rows is the same for all of them, and as large as it must be.
    fn is_fixed(&mut self, entry: &Entry, number: &Expr, least: i64) -> bool {
        let fits = match &number.kind {
            ExprKind::Literal(Literal::Int(value)) => {
                *value >= least && i32::try_from(*value).is_ok()
            }
            ExprKind::Param(_) => number.ty == Type::Int.required(),
            _ => false,
        };
        if !fits {
            self.problems.push(
                Diagnostic::new(
                    &codes::ARGUMENT_TYPE,
                    number.span,
                    format!(
                        "`{}` counts rows by one number, the same for all of them",
                        entry.name
                    ),
                )
                .note(format!("`{}`", entry.signature()))
                .help(format!(
                    "write a whole number from {least}, or a parameter of the type `int`"
                )),
            );
        }
        fits
    }

    /// `count(distinct x) over (partition by …)`: the last number that a `dense_rank` gives, which is the sum of
    /// the numbers from both ends less one; nulls have a number too, and do not count.
    fn distinct_window(
        &mut self,
        name: &ast::Name,
        call: AggregateCall,
        over: Over,
        distinct: Span,
        span: Span,
    ) -> Expr {
        let whole = over.order_by.is_empty() && over.frame.is_none();
        let is_count = functions::lowered(&name.text) == "count";
        let [value] = call.arguments.as_slice() else {
            return self.no_distinct(name, distinct, span);
        };
        if !whole || !is_count || call.condition.is_some() {
            return self.no_distinct(name, distinct, span);
        }
        if node::is_error(value) {
            return node::error(span);
        }
        let int = |kind| node(kind, Type::BigInt.required(), span);
        let number = |descending| {
            let over = Over {
                order_by: vec![OrderKey {
                    value: value.clone(),
                    descending,
                    // From the other end, nulls too.
                    nulls_first: descending,
                }],
                ..over.clone()
            };
            let function = WindowFunction::Window(WindowId::DenseRank, Vec::new());
            window(function, over, Type::BigInt.required(), span)
        };
        let binary = |operator, left, right| {
            int(ExprKind::Binary(operator, Box::new(left), Box::new(right)))
        };
        let one = || {
            node(
                ExprKind::Literal(Literal::Int(1)),
                Type::BigInt.required(),
                span,
            )
        };
        let both = binary(BinaryOperator::Add, number(false), number(true));
        let counted = binary(BinaryOperator::Subtract, both, one());
        if !value.ty.nullable {
            return counted;
        }
        let nulls = window(
            WindowFunction::Aggregate(Aggregate {
                function: AggregateId::Some,
                distinct: false,
                arguments: vec![node(
                    ExprKind::IsNull(Box::new(value.clone())),
                    Type::Bool.required(),
                    span,
                )],
                condition: None,
                order_by: Vec::new(),
            }),
            over,
            Type::Bool.required(),
            span,
        );
        let zero = node(
            ExprKind::Literal(Literal::Int(0)),
            Type::BigInt.required(),
            span,
        );
        let less = int(ExprKind::Case {
            branches: vec![(nulls, one())],
            otherwise: Some(Box::new(zero)),
        });
        binary(BinaryOperator::Subtract, counted, less)
    }

    fn no_distinct(&mut self, name: &ast::Name, distinct: Span, span: Span) -> Expr {
        self.problems.push(
            Diagnostic::new(
                &codes::MISPLACED_WINDOW,
                distinct,
                format!("no database has `{}(distinct …)` over a window", name.text),
            )
            .label("each row would have other rows to compare")
            .help("`count(distinct x) over (partition by …)` alone can be written otherwise; for the rest, select different values first: `from ( … select … distinct ) as x`"),
        );
        node::error(span)
    }

    /// A day or a moment as the time since 1970.
    pub(crate) fn since_1970(&mut self, value: Expr) -> Expr {
        let (span, nullable) = (value.span, value.ty.nullable);
        let (function, start, ty) = if *value.ty.kind.base() == Type::Date {
            let start = Literal::Date("1970-01-01".into());
            (FunctionId::DateDifference, start, Type::Date)
        } else {
            let start = Literal::DateTime("1970-01-01 00:00:00".into());
            (FunctionId::DateTimeDifference, start, Type::DateTime)
        };
        let start = node(ExprKind::Literal(start), ty.required(), span);
        node(
            ExprKind::Call(function, vec![value, start]),
            Type::Duration.required().with_null(nullable),
            span,
        )
    }

    /// The key of `range` and a distance along it, brought together.
    pub(crate) fn distance(&mut self, mut key: Expr, mut distance: Expr) -> (Expr, Expr) {
        let span = distance.span;
        if node::is_error(&distance) {
            return (key, distance);
        }
        let kind = key.ty.kind.base().clone();
        if self.is_open(&distance) {
            let wanted = if kind == Type::Int {
                Type::BigInt
            } else {
                kind
            };
            self.read(&mut distance, &wanted, key.span);
            return (key, distance);
        }
        let negative = match &distance.kind {
            ExprKind::Literal(Literal::Int(value) | Literal::Duration(value)) => *value < 0,
            ExprKind::Literal(Literal::Decimal(digits)) => digits.starts_with('-'),
            ExprKind::Literal(Literal::Float(value)) => *value < 0.0,
            ExprKind::Unary(UnaryOperator::Negate, _) => true,
            _ => false,
        };
        let found = distance.ty.kind.base().clone();
        let fits = if kind == Type::Duration {
            found == Type::Duration
        } else {
            found.is_number()
        };
        if negative || !fits || distance.ty.nullable {
            let wanted = if kind == Type::Duration {
                "a duration, as `30 days`"
            } else {
                "a number"
            };
            let shown = self.ty_name(&distance.ty);
            self.problems.push(
                Diagnostic::new(
                    &codes::INVALID_FRAME,
                    span,
                    if negative {
                        "a distance is zero or more".to_owned()
                    } else {
                        format!("the distance along this key is {wanted}, and this is {shown}")
                    },
                )
                .because(key.span, "the key"),
            );
            return (key, node::error(span));
        }
        // Whole numbers apart by a fraction.
        if kind.is_integer() && !found.is_integer() {
            let to = match found {
                Type::Float => Type::Float,
                _ => super::numbers::common(&kind, &found).unwrap_or(Type::Float),
            };
            node::cast(&mut key, to);
        }
        (key, distance)
    }
}

fn window(function: WindowFunction, over: Over, ty: Ty, span: Span) -> Expr {
    let window = Window {
        function,
        partition_by: over.partition_by,
        order_by: over.order_by,
        frame: over.frame,
    };
    node(ExprKind::Window(Box::new(window)), ty, span)
}
