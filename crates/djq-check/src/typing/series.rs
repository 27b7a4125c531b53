//! `series(first, last, step)`: what its values are, in terms of a series of whole numbers.

use super::{
    arithmetic::{days, months},
    node::{self, node},
};
use crate::{
    Ty, Type,
    functions::FunctionId,
    hir::{BinaryOperator, Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use jiff::civil::{Date, DateTime};

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

/// A series, typed.
#[derive(Debug)]
pub(crate) enum Series {
    /// Of whole numbers.
    Whole {
        first: Expr,
        last: Expr,
        step: Expr,
        ty: Type,
    },
    /// Of moments: `add(first, n)` for each `n` of the whole numbers from 0 to `distance` by `step`.
    Moments {
        first: Expr,
        last: Expr,
        distance: Expr,
        step: Expr,
        add: FunctionId,
        /// Whether the last of them may be behind the end.
        check: bool,
        ty: Type,
    },
}

impl Typing<'_> {
    /// Types the ends and the step; `None` after a diagnostic.
    pub(crate) fn series(
        &mut self,
        mut first: Expr,
        mut last: Expr,
        step: Option<Expr>,
        span: Span,
    ) -> Option<Series> {
        let ty = self.unify(&mut [&mut first, &mut last], "the ends of a series")?;
        match ty.base() {
            Type::Int | Type::BigInt => self.whole_series(first, last, step),
            Type::Null => {
                for end in [&first, &last] {
                    if node::is_null(end) {
                        self.not_a_series(end, "null is no end of a series");
                        return None;
                    }
                }
                None
            }
            Type::Date => {
                let step = step.unwrap_or_else(|| {
                    let day = Literal::Duration(super::moments::DAY);
                    node(ExprKind::Literal(day), Type::Duration.required(), span)
                });
                self.date_series(first, last, step)
            }
            Type::DateTime => match step {
                Some(step) => self.datetime_series(first, last, step),
                None => {
                    self.problems.push(
                        Diagnostic::new(
                            &codes::ARGUMENT_COUNT,
                            span,
                            "a series of datetimes has a step",
                        )
                        .help("write it behind the ends: `series(a, b, 1 hour)`"),
                    );
                    None
                }
            },
            _ => {
                let message = format!(
                    "a series is of whole numbers, dates or datetimes, and this is {}",
                    self.ty_name(&first.ty)
                );
                let diagnostic = self.about(&codes::ARGUMENT_TYPE, first.span, message, &[&first]);
                self.problems.push(if ty.is_number() {
                    diagnostic.help(
                        "count in whole numbers, and compute: `series(0, 10) as n`, then `n * 0.1`",
                    )
                } else {
                    diagnostic
                });
                None
            }
        }
    }

    fn not_a_series(&mut self, end: &Expr, message: &str) {
        let diagnostic = self.about(&codes::ARGUMENT_TYPE, end.span, message.to_owned(), &[end]);
        self.problems.push(diagnostic);
    }

    fn whole_series(
        &mut self,
        mut first: Expr,
        mut last: Expr,
        step: Option<Expr>,
    ) -> Option<Series> {
        let mut step = step.unwrap_or_else(|| {
            let one = ExprKind::Literal(Literal::Int(1));
            node(one, Type::Int.required(), first.span)
        });
        self.read(&mut step, &Type::Int, first.span);
        if node::is_error(&step) {
            return None;
        }
        if !step.ty.kind.is_integer() {
            let message = format!(
                "the step of a series of whole numbers is a whole number, and this is {}",
                self.ty_name(&step.ty)
            );
            let diagnostic = self.about(&codes::ARGUMENT_TYPE, step.span, message, &[&step]);
            self.problems.push(diagnostic);
            return None;
        }
        self.refuse_zero(&step)?;
        let ends = [&mut first, &mut last, &mut step];
        let mut ends = ends.into_iter().collect::<Vec<_>>();
        let ty = self.unify(&mut ends, "the ends and the step of a series")?;
        let ty = ty.base().clone();
        Some(Series::Whole {
            first,
            last,
            step,
            ty,
        })
    }

    /// A step of zero never gets anywhere.
    fn refuse_zero(&mut self, step: &Expr) -> Option<()> {
        let zero = matches!(
            node::literal(step),
            Some(Literal::Int(0) | Literal::Duration(0) | Literal::Calendar(0))
        );
        if zero {
            self.problems.push(
                Diagnostic::new(
                    &codes::INVALID_LITERAL,
                    step.span,
                    "a series with a step of zero never ends",
                )
                .fix(Applicability::Likely, "write `1`", step.span, "1"),
            );
            return None;
        }
        Some(())
    }

    fn date_series(&mut self, first: Expr, last: Expr, step: Expr) -> Option<Series> {
        self.refuse_zero(&step)?;
        if step.ty.kind == Type::Calendar {
            return Some(calendar(first, last, step, Type::Date));
        }
        let whole = (step.ty.kind == Type::Duration).then(|| days(&step, false));
        let Some(Some(step)) = whole else {
            self.wrong_step(&step, "days, weeks, months or years", "`1 week`");
            return None;
        };
        let distance = match (day(&first), day(&last)) {
            (Some(from), Some(to)) => integer(days_apart(from, to), first.span),
            _ => function(
                FunctionId::DaysBetween,
                vec![first.clone(), last.clone()],
                Type::Int,
            ),
        };
        Some(Series::Moments {
            first,
            last,
            distance,
            step,
            add: FunctionId::DateAddDays,
            check: false,
            ty: Type::Date,
        })
    }

    fn datetime_series(&mut self, first: Expr, last: Expr, step: Expr) -> Option<Series> {
        self.refuse_zero(&step)?;
        if step.ty.kind == Type::Calendar {
            return Some(calendar(first, last, step, Type::DateTime));
        }
        let Some(Literal::Duration(micros)) = node::literal(&step).cloned() else {
            self.wrong_step(&step, "a length of time that is written out", "`1 hour`");
            return None;
        };
        let exact = match (moment(&first), moment(&last)) {
            (Some(from), Some(to)) => i64::try_from(to.duration_since(from).as_micros()).ok(),
            _ => None,
        };
        let distance = match exact {
            Some(exact) => integer(exact, first.span),
            None => {
                // Whole seconds are exact as floats; what they leave out is a second at most.
                let between = binary(BinaryOperator::Subtract, seconds(&last), seconds(&first));
                let one = integer(micros.signum(), step.span);
                let between = binary(BinaryOperator::Add, between, one);
                binary(
                    BinaryOperator::Multiply,
                    between,
                    integer(SECOND, step.span),
                )
            }
        };
        Some(Series::Moments {
            first,
            last,
            distance,
            step: integer(micros, step.span),
            add: FunctionId::DateTimeAdd,
            check: exact.is_none(),
            ty: Type::DateTime,
        })
    }

    fn wrong_step(&mut self, step: &Expr, wanted: &str, example: &str) {
        self.silence(step);
        if node::is_error(step) {
            return;
        }
        let message = format!(
            "the step of this series is {wanted}, and this is {}",
            self.ty_name(&step.ty)
        );
        let diagnostic = self
            .about(&codes::ARGUMENT_TYPE, step.span, message, &[step])
            .help(format!("write a step like {example}"));
        let quoted = match node::literal(step) {
            Some(Literal::Text(text)) => {
                let mut words = text.split_whitespace();
                let number = words
                    .next()
                    .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
                let unit = words
                    .next()
                    .is_some_and(|unit| unit.bytes().all(|byte| byte.is_ascii_lowercase()));
                (number && unit && words.next().is_none()).then(|| text.trim())
            }
            _ => None,
        };
        self.problems.push(match quoted {
            Some(text) => diagnostic.fix(
                djq_diagnostics::Applicability::Likely,
                format!("write `{text}`"),
                step.span,
                text,
            ),
            None => diagnostic,
        });
    }
}

/// By months: so many as lie between the two, of which the last may end behind the end.
fn calendar(first: Expr, last: Expr, step: Expr, ty: Type) -> Series {
    let number = |moment: &Expr| {
        if let Some(day) = day(moment) {
            return integer(
                i64::from(day.year()) * 12 + i64::from(day.month()),
                moment.span,
            );
        }
        let year = function(FunctionId::Year, vec![moment.clone()], Type::Int);
        let month = function(FunctionId::Month, vec![moment.clone()], Type::Int);
        let year = binary(BinaryOperator::Multiply, year, integer(12, moment.span));
        binary(BinaryOperator::Add, year, month)
    };
    let (from, to) = (number(&first), number(&last));
    let distance = match (node::literal(&from), node::literal(&to)) {
        (Some(Literal::Int(from)), Some(Literal::Int(to))) => integer(to - from, first.span),
        _ => binary(BinaryOperator::Subtract, to, from),
    };
    Series::Moments {
        distance,
        add: if ty == Type::Date {
            FunctionId::DateAddMonths
        } else {
            FunctionId::DateTimeAddMonths
        },
        first,
        last,
        step: months(step, false),
        check: true,
        ty,
    }
}

/// The day that a literal is, of a datetime its day.
fn day(expr: &Expr) -> Option<Date> {
    match node::literal(expr)? {
        Literal::Date(text) => text.parse().ok(),
        Literal::DateTime(text) => Some(text.parse::<DateTime>().ok()?.date()),
        _ => None,
    }
}

/// The moment that a literal is.
fn moment(expr: &Expr) -> Option<DateTime> {
    match node::literal(expr)? {
        Literal::DateTime(text) => text.parse().ok(),
        _ => None,
    }
}

fn days_apart(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_secs() / 86_400
}

/// Whole seconds since 1970.
fn seconds(moment: &Expr) -> Expr {
    let epoch = function(FunctionId::Epoch, vec![moment.clone()], Type::Float);
    let whole = function(FunctionId::Floor, vec![epoch], Type::Float);
    let (ty, span) = (
        Type::BigInt.required().with_null(whole.ty.nullable),
        whole.span,
    );
    node(ExprKind::Cast(Box::new(whole)), ty, span)
}

fn integer(value: i64, span: Span) -> Expr {
    let ty = if i32::try_from(value).is_ok() {
        Type::Int
    } else {
        Type::BigInt
    };
    node(ExprKind::Literal(Literal::Int(value)), ty.required(), span)
}

fn function(function: FunctionId, arguments: Vec<Expr>, kind: Type) -> Expr {
    let nullable = arguments.iter().any(|argument| argument.ty.nullable);
    let span = arguments
        .first()
        .map_or_else(Span::default, |first| first.span);
    node(
        ExprKind::Call(function, arguments),
        Ty { kind, nullable },
        span,
    )
}

fn binary(operator: BinaryOperator, left: Expr, right: Expr) -> Expr {
    let kind = match (left.ty.kind.base(), right.ty.kind.base()) {
        (Type::Int, Type::Int) => Type::Int,
        _ => Type::BigInt,
    };
    let ty = kind
        .required()
        .with_null(left.ty.nullable || right.ty.nullable);
    let span = left.span;
    node(
        ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        ty,
        span,
    )
}
