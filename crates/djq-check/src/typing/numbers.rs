//! Numbers: which type two of them have together, and what arithmetic gives.
//!
//! Decimals keep every digit, by these rules, for operands `decimal(p1, s1)` and `decimal(p2, s2)` (a whole
//! number counts as `decimal(10, 0)`, of 64 bits as `decimal(19, 0)`, a literal as the digits it has):
//!
//! | operator | digits before the point | scale |
//! | --- | --- | --- |
//! | `+`, `-` | the larger, and one | the larger |
//! | `*` | the sum | the sum |
//! | `/` | `p1 - s1 + s2` | `max(10, s1, s2)` |
//! | `//` | `p1 - s1 + s2`, and one | 0 |
//! | `%` | the larger | the larger |
//! | `sum` | 22 more | the same |
//! | `avg` | the same | `max(10, s)` |
//!
//! Two `int`s give a `bigint`, unless it shows that the result fits: `length(x) + 1`, `year(d) * 100 + month(d)`.
//!
//! No decimal has more than 65 digits or 30 behind the point; digits before the point go first.

use super::{
    literals::{MOST_DIGITS, MOST_PLACES},
    node,
};
use crate::{
    Type,
    functions::FunctionId,
    hir::{BinaryOperator, Expr, ExprKind, Literal},
};

/// A decimal of so many digits before the point and so many behind it, within the limits.
pub(super) fn decimal(whole: u16, scale: u16) -> Type {
    let scale = scale.min(MOST_PLACES);
    let precision = whole.saturating_add(scale).clamp(1, MOST_DIGITS);
    Type::Decimal(precision, scale.min(precision))
}

/// Digits before and behind the point.
fn digits(ty: &Type) -> (u16, u16) {
    match ty.base() {
        Type::Decimal(precision, scale) => (precision.saturating_sub(*scale), *scale),
        Type::BigInt => (19, 0),
        _ => (10, 0),
    }
}

/// As [`digits`], of a literal those that it has.
fn digits_of(expr: &Expr) -> (u16, u16) {
    match node::literal(expr) {
        Some(Literal::Int(value)) => {
            let count = value.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
            (u16::try_from(count).unwrap_or(19), 0)
        }
        _ => digits(&expr.ty.kind),
    }
}

/// The type that holds the values of both: whole numbers widen, a whole number beside a decimal is a
/// decimal, either beside a float a float.
pub(super) fn common(left: &Type, right: &Type) -> Option<Type> {
    let (left, right) = (left.base(), right.base());
    Some(match (left, right) {
        (Type::Float, other) | (other, Type::Float) if other.is_number() => Type::Float,
        (Type::Decimal(..), other) | (other, Type::Decimal(..)) if other.is_number() => {
            let ((whole1, scale1), (whole2, scale2)) = (digits(left), digits(right));
            decimal(whole1.max(whole2), scale1.max(scale2))
        }
        (Type::BigInt, other) | (other, Type::BigInt) if other.is_integer() => Type::BigInt,
        (Type::Int, Type::Int) => Type::Int,
        _ => return None,
    })
}

/// What an arithmetic operator gives for two numbers.
pub(super) fn arithmetic(operator: BinaryOperator, left: &Expr, right: &Expr) -> Option<Type> {
    let common = common(&left.ty.kind, &right.ty.kind)?;
    let Type::Decimal(..) = common else {
        return Some(match (operator, common) {
            (BinaryOperator::Divide, _) => Type::Float,
            (BinaryOperator::Modulo, common) => common,
            (_, Type::Int) if !fits(operator, left, right) => Type::BigInt,
            (_, common) => common,
        });
    };
    let ((whole1, scale1), (whole2, scale2)) = (digits_of(left), digits_of(right));
    let scale = scale1.max(scale2);
    Some(match operator {
        BinaryOperator::Multiply => decimal(whole1 + whole2, scale1 + scale2),
        BinaryOperator::Divide => decimal(whole1 + scale2, scale.max(10)),
        BinaryOperator::FloorDivide => decimal(whole1 + scale2 + 1, 0),
        BinaryOperator::Modulo => decimal(whole1.max(whole2), scale),
        _ => decimal(whole1.max(whole2) + 1, scale),
    })
}

/// What is surely enough for any `int`, taken without its sign.
const LARGEST_INT: u64 = 1 << 31;

/// How many operators are looked through.
const DEEP: u8 = 6;

/// Whether what an operator gives for two `int`s surely is one.
fn fits(operator: BinaryOperator, left: &Expr, right: &Expr) -> bool {
    let largest = match operator {
        BinaryOperator::Multiply => magnitude(left, DEEP).saturating_mul(magnitude(right, DEEP)),
        // The least number divided by -1 is one too large.
        BinaryOperator::FloorDivide => match node::literal(right) {
            Some(Literal::Int(divisor)) if *divisor != -1 => 0,
            _ => magnitude(left, DEEP),
        },
        _ => magnitude(left, DEEP).saturating_add(magnitude(right, DEEP)),
    };
    largest < LARGEST_INT
}

/// Whether the `int` with its sign turned surely is one.
pub(super) fn negates(of: &Expr) -> bool {
    magnitude(of, DEEP) < LARGEST_INT
}

/// How large an `int` can be without its sign, as far as its expression shows: of the parts of a date, of what is
/// measured or counted in a text, of a literal.
fn magnitude(expr: &Expr, deep: u8) -> u64 {
    use FunctionId as F;
    let inner = |expr| magnitude(expr, deep.saturating_sub(1));
    match &expr.kind {
        _ if deep == 0 => LARGEST_INT,
        ExprKind::Literal(Literal::Null) => 0,
        ExprKind::Literal(Literal::Int(value)) => value.unsigned_abs(),
        ExprKind::Unary(_, of) => inner(of),
        ExprKind::Binary(BinaryOperator::Add | BinaryOperator::Subtract, left, right) => {
            inner(left).saturating_add(inner(right))
        }
        ExprKind::Binary(BinaryOperator::Multiply, left, right) => {
            inner(left).saturating_mul(inner(right))
        }
        ExprKind::Call(function, _) => match function {
            F::Year | F::IsoYear => 9_999,
            F::Quarter
            | F::Month
            | F::Week
            | F::Day
            | F::Weekday
            | F::IsoWeekday
            | F::Hour
            | F::Minute
            | F::Second
            | F::Sign => 60,
            F::Ascii => 0x10_FFFF,
            F::DaysBetween => 3_652_424,
            // No text is longer than 2³⁰ bytes.
            F::Length | F::Position => 1 << 30,
            _ => LARGEST_INT,
        },
        _ => LARGEST_INT,
    }
}

/// What `sum` gives.
pub(super) fn sum(of: &Type) -> Type {
    match of.base() {
        Type::Int | Type::BigInt => Type::BigInt,
        Type::Decimal(precision, scale) => decimal((precision - scale).saturating_add(22), *scale),
        other => other.clone(),
    }
}

/// What `avg` gives.
pub(super) fn avg(of: &Type) -> Type {
    match of.base() {
        Type::Decimal(precision, scale) => {
            decimal(precision.saturating_sub(*scale), (*scale).max(10))
        }
        Type::Duration => Type::Duration,
        _ => Type::Float,
    }
}

/// A number without what is behind the point: of a decimal all its digits before it, and one that rounding may add.
pub(super) fn whole(of: &Type) -> Type {
    match of.base() {
        Type::Decimal(precision, scale) => decimal(precision.saturating_sub(*scale) + 1, 0),
        other => other.clone(),
    }
}

/// A number rounded to so many places.
pub(super) fn rounded(of: &Type, places: Option<i64>) -> Type {
    match of.base() {
        Type::Decimal(precision, scale) => {
            let before = precision.saturating_sub(*scale) + 1;
            match places {
                Some(places) => decimal(
                    before,
                    u16::try_from(places.max(0)).unwrap_or(u16::MAX).min(*scale),
                ),
                None => decimal(before, *scale),
            }
        }
        other => other.clone(),
    }
}

/// Makes a number of a wider type, in place. Whole numbers of 32 and 64 bits are one thing to every database;
/// a whole literal stays as it is beside decimals, and a literal beside floats becomes one.
pub(super) fn widen(expr: &mut Expr, to: &Type) {
    match (expr.ty.kind.base(), to) {
        (Type::Int | Type::BigInt | Type::Decimal(..), Type::Float) => {}
        (Type::Int | Type::BigInt, Type::Decimal(..)) => {}
        _ => return,
    }
    match node::literal(expr) {
        Some(Literal::Int(_) | Literal::Decimal(_)) => {
            if *to == Type::Float {
                as_float_literal(expr);
            }
        }
        _ => node::cast(expr, to.clone()),
    }
}

/// Makes a literal number a float, in place; others stay.
#[expect(
    clippy::cast_precision_loss,
    reason = "a literal beside a float is read as one"
)]
pub(super) fn as_float_literal(expr: &mut Expr) {
    let value = match node::literal(expr) {
        Some(Literal::Int(value)) => Some(*value as f64),
        Some(Literal::Decimal(digits)) => digits.parse().ok(),
        _ => None,
    };
    if let Some(value) = value {
        expr.kind = ExprKind::Literal(Literal::Float(value));
        expr.ty.kind = Type::Float;
    }
}

/// Whether it is a literal number zero.
pub(super) fn is_zero(expr: &Expr) -> bool {
    match node::literal(expr) {
        Some(Literal::Int(value)) => *value == 0,
        Some(Literal::Decimal(digits)) => !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)),
        Some(Literal::Float(value)) => *value == 0.0,
        _ => false,
    }
}

/// Whether it is a literal number other than zero.
pub(crate) fn is_nonzero(expr: &Expr) -> bool {
    matches!(
        node::literal(expr),
        Some(Literal::Int(_) | Literal::Decimal(_) | Literal::Float(_))
    ) && !is_zero(expr)
}
