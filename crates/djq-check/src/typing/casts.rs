//! `x::t` for conversions that cannot fail, `try_cast(x as t)` for those that can.

use super::{
    describe::article,
    literals,
    node::{self, node},
    numbers,
    reading::Reading,
};
use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Edit, Span, codes};
use djq_syntax::ast;

/// What a conversion between two types is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conversion {
    /// None is needed.
    Same,
    /// It cannot fail.
    Safe,
    /// It fails for some values.
    Unsafe,
    /// What JSON holds, taken out: null for a value of another kind.
    Taken,
    /// There is none; perhaps with the way there is.
    None(Option<&'static str>),
}

impl Typing<'_> {
    /// `x::t`, which cannot fail.
    pub(crate) fn cast(&mut self, mut operand: Expr, to: Ty, to_span: Span, span: Span) -> Expr {
        if node::is_error(&operand) || to.kind == Type::Error {
            self.silence(&operand);
            return node::error(span);
        }
        if self.read(&mut operand, &to.kind, to_span) == Reading::Failed {
            return node::error(span);
        }
        if node::is_null(&operand) {
            operand.ty = to.kind.nullable();
            operand.span = span;
            return operand;
        }
        if !matches!(to.kind, Type::Key(_)) {
            self.key_as_value(&mut operand);
        }
        match conversion(&operand, &to.kind) {
            Conversion::Same => {
                operand.ty.kind = to.kind;
                operand.span = span;
                operand
            }
            Conversion::Safe => {
                let ty = Ty {
                    kind: to.kind,
                    nullable: operand.ty.nullable,
                };
                node(ExprKind::Cast(Box::new(operand)), ty, span)
            }
            Conversion::Taken => self.taken(operand, to.kind, span),
            Conversion::Unsafe => {
                self.unsafe_cast(&operand, &to.kind, to_span, span);
                node::error(span)
            }
            Conversion::None(instead) => {
                self.impossible_cast(&operand, &to.kind, instead, span);
                node::error(span)
            }
        }
    }

    /// `try_cast(x as t)`: null where it cannot.
    pub(crate) fn try_cast(&mut self, operand: Expr, to: Ty, to_span: Span, span: Span) -> Expr {
        let mut operand = operand;
        if node::is_error(&operand) || to.kind == Type::Error {
            self.silence(&operand);
            return node::error(span);
        }
        if self.is_open(&operand) {
            self.read(&mut operand, &Type::Text, to_span);
        }
        if node::is_null(&operand) {
            operand.ty = to.kind.nullable();
            operand.span = span;
            return operand;
        }
        let ty = to.kind.clone().nullable();
        if !matches!(to.kind, Type::Key(_)) {
            self.key_as_value(&mut operand);
        }
        match conversion(&operand, &to.kind) {
            Conversion::Same => {
                operand.ty = to.kind.with_null_of(&operand.ty);
                operand.span = span;
                operand
            }
            Conversion::Safe => {
                let ty = ty.with_null(operand.ty.nullable);
                node(ExprKind::Cast(Box::new(operand)), ty, span)
            }
            Conversion::Taken => self.taken(operand, to.kind, span),
            Conversion::Unsafe => node(ExprKind::TryCast(Box::new(operand)), ty, span),
            Conversion::None(instead) => {
                self.impossible_cast(&operand, &to.kind, instead, span);
                node::error(span)
            }
        }
    }

    /// `int(x)`, `str(x)`, `datetime(x)`: a cast as Python and some servers write it. Whether it is one.
    pub(super) fn cast_as_call(
        &mut self,
        name: &ast::Name,
        arguments: &[Expr],
        span: Span,
    ) -> bool {
        let [operand] = arguments else {
            return false;
        };
        let Some(to) = type_called(&name.text) else {
            return false;
        };
        if node::is_error(operand) || self.is_open(operand) || node::is_null(operand) {
            return false;
        }
        let diagnostic = self
            .about(
                &codes::UNKNOWN_FUNCTION,
                name.span,
                format!(
                    "there is no function `{}`: a cast is written `x::{to}`",
                    name.text
                ),
                &[],
            )
            .label("a type, not a function");
        let (open, close) = match conversion(operand, &to) {
            Conversion::Same | Conversion::Safe | Conversion::Taken if is_operand(operand) => {
                ("", format!("::{to}"))
            }
            Conversion::Same | Conversion::Safe | Conversion::Taken => ("(", format!(")::{to}")),
            Conversion::Unsafe => ("try_cast(", format!(" as {to})")),
            Conversion::None(instead) => {
                self.problems.push(match instead {
                    Some(instead) => diagnostic.help(instead),
                    None => diagnostic,
                });
                return true;
            }
        };
        let message = if open == "try_cast(" {
            "make it null where it cannot be converted".to_owned()
        } else {
            format!("write `::{to}`")
        };
        self.problems.push(diagnostic.fix_all(
            Applicability::Likely,
            message,
            vec![
                Edit {
                    span: Span {
                        end: operand.span.start,
                        ..span
                    },
                    text: open.into(),
                },
                Edit {
                    span: Span {
                        start: operand.span.end,
                        ..span
                    },
                    text: close,
                },
            ],
        ));
        true
    }

    fn unsafe_cast(&mut self, operand: &Expr, to: &Type, to_span: Span, span: Span) {
        let from = self.ty_name(&operand.ty);
        let mut diagnostic = self.about(
            &codes::UNSAFE_CAST,
            span,
            format!(
                "not every {from} is {} {}",
                article(&to.to_string()),
                self.type_name(to)
            ),
            &[operand],
        );
        let likely = Applicability::Likely;
        let whole = matches!(operand.ty.kind.base(), Type::Decimal(_, 1..)) && to.is_integer();
        // Parentheses around the operand belong to the cast's span, not to the operand's; how many there
        // are can be told while nothing else stands between them.
        let close = match operand.span.start.saturating_sub(span.start) {
            0 => Some(""),
            1 => Some(")"),
            _ => None,
        };
        if let Some(close) = close {
            let rest = Span {
                start: operand.span.end,
                ..span
            };
            diagnostic = diagnostic.fix_all(
                likely,
                "make it null where it cannot be converted",
                vec![
                    Edit {
                        span: span.before(),
                        text: "try_cast(".into(),
                    },
                    Edit {
                        span: rest,
                        text: format!("{close} as {to})"),
                    },
                ],
            );
        } else {
            diagnostic = diagnostic.help(format!("write `try_cast(x as {to})`"));
        }
        if whole {
            diagnostic =
                diagnostic.help("`round(x)` or `floor(x)` says which whole number is meant");
        }
        if let (Type::Decimal(..), true) = (to, operand.ty.kind.is_integer()) {
            let digits = if operand.ty.kind.base() == &Type::Int {
                10
            } else {
                19
            };
            if let Type::Decimal(_, scale) = to {
                diagnostic = diagnostic.fix(
                    likely,
                    "give the decimal room for all of them",
                    to_span,
                    format!("decimal({}, {scale})", digits + scale),
                );
            }
        }
        self.problems.push(diagnostic);
    }

    fn impossible_cast(
        &mut self,
        operand: &Expr,
        to: &Type,
        instead: Option<&'static str>,
        span: Span,
    ) {
        let message = format!(
            "there is no conversion from {} to {}",
            self.type_name(&operand.ty.kind),
            self.type_name(to)
        );
        let mut diagnostic = self.about(&codes::IMPOSSIBLE_CAST, span, message, &[operand]);
        if let Some(instead) = instead {
            diagnostic = diagnostic.help(instead);
        }
        self.problems.push(diagnostic);
    }
}

/// The type that a function of another language converts to.
fn type_called(name: &str) -> Option<Type> {
    Some(match name.to_lowercase().as_str() {
        "int" | "integer" | "int4" | "signed" => Type::Int,
        "bigint" | "int8" | "long" => Type::BigInt,
        "float" | "double" | "real" | "float8" => Type::Float,
        "decimal" | "numeric" => plain_decimal(),
        "str" | "string" | "text" | "varchar" | "to_text" => Type::Text,
        "bool" | "boolean" => Type::Bool,
        "datetime" | "timestamp" | "timestamptz" => Type::DateTime,
        _ => return None,
    })
}

/// Whether `::` behind an expression is of all of it.
fn is_operand(operand: &Expr) -> bool {
    !matches!(
        operand.kind,
        ExprKind::Binary(..) | ExprKind::Unary(..) | ExprKind::IsNull(_) | ExprKind::IsBool(..)
    )
}

impl Type {
    fn with_null_of(self, ty: &Ty) -> Ty {
        Ty {
            kind: self,
            nullable: ty.nullable,
        }
    }
}

/// What converting an expression to a type is.
fn conversion(operand: &Expr, to: &Type) -> Conversion {
    use Conversion::{None, Safe, Same, Taken, Unsafe};
    let from = operand.ty.kind.base();
    if from == to {
        return Same;
    }
    match (from, to) {
        (Type::Int, Type::BigInt | Type::Float | Type::Text) => Safe,
        (Type::BigInt, Type::Float | Type::Text) => Safe,
        (Type::BigInt, Type::Int) => Unsafe,
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Decimal(..)) => {
            into_decimal(operand, from, to)
        }
        (Type::Decimal(..), Type::Float | Type::Text) => Safe,
        (Type::Decimal(precision, 0), Type::Int) if *precision <= 9 => Safe,
        (Type::Decimal(precision, 0), Type::BigInt) if *precision <= 18 => Safe,
        (Type::Decimal(..), Type::Int | Type::BigInt) => Unsafe,
        (Type::Float, Type::Text) => Safe,
        (Type::Float, Type::Int | Type::BigInt | Type::Decimal(..)) => Unsafe,
        (Type::Bool, Type::Int | Type::BigInt | Type::Text) => Safe,
        (Type::Int | Type::BigInt, Type::Bool) => Safe,
        (Type::Decimal(..) | Type::Float, Type::Bool) => {
            None(Some("`x != 0` says which numbers are true"))
        }
        (
            Type::Text,
            Type::Int
            | Type::BigInt
            | Type::Float
            | Type::Decimal(..)
            | Type::Bool
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Uuid,
        ) => Unsafe,
        (Type::Date | Type::Time | Type::DateTime | Type::Uuid | Type::Inet, Type::Text) => Safe,
        (Type::Date | Type::Time | Type::DateTime, Type::Bool) => {
            None(Some("`x is not null` asks whether there is a value"))
        }
        (Type::Date, Type::DateTime) => Safe,
        (Type::DateTime, Type::Date | Type::Time) => Safe,
        (
            Type::DateTime | Type::Date,
            Type::Int | Type::BigInt | Type::Float | Type::Decimal(..),
        ) => None(Some("`epoch(x)` gives the seconds since 1970")),
        (
            Type::Int | Type::BigInt | Type::Float | Type::Decimal(..),
            Type::DateTime | Type::Date,
        ) => None(Some("`from_epoch(x)` reads seconds since 1970")),
        (
            Type::Json,
            Type::Text
            | Type::Bool
            | Type::Int
            | Type::BigInt
            | Type::Float
            | Type::Decimal(..)
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Uuid,
        ) => Taken,
        (Type::Text | Type::Bool | Type::Float, Type::Json)
        | (Type::Int | Type::BigInt | Type::Decimal(..), Type::Json) => {
            None(Some("`json_array(x)[0]` is the value as JSON"))
        }
        (Type::Int | Type::BigInt, Type::Duration) => None(Some("say the unit: `x * 1 second`")),
        _ => None(Option::None),
    }
}

/// A number into a decimal: safe where all its digits before the point have room.
fn into_decimal(operand: &Expr, from: &Type, to: &Type) -> Conversion {
    let Type::Decimal(precision, scale) = to else {
        return Conversion::None(None);
    };
    let room = precision.saturating_sub(*scale);
    let needed = match (node::literal(operand), from) {
        (Some(Literal::Int(value)), _) => {
            u16::try_from(value.unsigned_abs().checked_ilog10().unwrap_or(0) + 1).unwrap_or(19)
        }
        (_, Type::Decimal(precision, own)) => {
            // Rounding may carry into one digit more.
            precision.saturating_sub(*own) + u16::from(own > scale)
        }
        (_, Type::BigInt) => 19,
        _ => 10,
    };
    if needed <= room {
        Conversion::Safe
    } else {
        Conversion::Unsafe
    }
}

/// The decimal that `decimal` without digits means: room for 64 bits, and as many behind the point as a
/// division gives.
pub(super) fn plain_decimal() -> Type {
    numbers::decimal(28, 10)
}

/// Whether a decimal can have so many digits.
pub(super) fn is_decimal(precision: i64, scale: i64) -> bool {
    (1..=i64::from(literals::MOST_DIGITS)).contains(&precision)
        && (0..=i64::from(literals::MOST_PLACES).min(precision)).contains(&scale)
}
