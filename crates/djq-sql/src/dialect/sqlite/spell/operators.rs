//! Operators on SQLite, whose decimals are floats: what is computed from them is rounded to their scale.

use crate::dialect::{
    Binding, Form, Options,
    operand::{self, fill, is_nonzero, is_text, scale},
};
use djq_check::{Ty, Type, hir::BinaryOperator};
use djq_plan::plan::Expr;

/// What makes a float a last digit larger, so that a half that is held a little below counts as one.
pub(super) const NUDGE: &str = "1.0000000000000002";

/// The form of an operator.
pub(super) fn spell(
    options: &Options,
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    ty: &Ty,
) -> Form {
    let collate = if options.exact_collation && is_text(&left.ty) {
        " COLLATE BINARY"
    } else {
        ""
    };
    match operator {
        BinaryOperator::Or => Form::infix("{0} OR {1}", Binding::Or, Binding::And),
        BinaryOperator::And => Form::infix("{0} AND {1}", Binding::And, Binding::Not),
        BinaryOperator::Xor => comparison("{0} <> {1}"),
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterEqual => comparison(operand::compared(operator, collate)),
        BinaryOperator::DistinctFrom => comparison(format!("{{0}} IS NOT {{1}}{collate}")),
        BinaryOperator::NotDistinctFrom => comparison(format!("{{0}} IS {{1}}{collate}")),
        BinaryOperator::Concat => Form::infix("{0} || {1}", Binding::Other, Binding::Other),
        BinaryOperator::Add => sum("+", ty),
        BinaryOperator::Subtract => sum("-", ty),
        BinaryOperator::Multiply => multiply(left, right, ty),
        BinaryOperator::Divide => divide(left, ty),
        BinaryOperator::FloorDivide => floor_divide(left, right),
        BinaryOperator::Modulo => modulo(Some(left), Some(right)),
    }
}

/// `-x`; a sign in the hole would make a comment of the two.
pub(super) fn negate() -> Form {
    Form::infix("-{0}", Binding::Unary, Binding::Atom)
}

fn comparison(sql: impl Into<std::borrow::Cow<'static, str>>) -> Form {
    Form::infix(sql, Binding::Comparison, Binding::Other)
}

fn sum(sign: &str, ty: &Ty) -> Form {
    let sum = format!("{{0}} {sign} {{1}}");
    match ty.kind.base() {
        Type::Decimal(_, places) => Form::infix(
            format!("round({sum}, {places})"),
            Binding::Atom,
            Binding::Product,
        ),
        _ => Form::infix(sum, Binding::Sum, Binding::Product),
    }
}

fn multiply(left: &Expr, right: &Expr, ty: &Ty) -> Form {
    match ty.kind.base() {
        Type::Decimal(_, places) if *places < scale(&left.ty.kind) + scale(&right.ty.kind) => {
            Form::infix(
                format!("round({{0}} * {{1}} * {NUDGE}, {places})"),
                Binding::Atom,
                Binding::Unary,
            )
        }
        Type::Decimal(_, places) => Form::infix(
            format!("round({{0}} * {{1}}, {places})"),
            Binding::Atom,
            Binding::Unary,
        ),
        _ => Form::infix("{0} * {1}", Binding::Product, Binding::Unary),
    }
}

/// What is divided by zero is null by itself. A decimal may be held as an integer, and would be divided as one.
fn divide(left: &Expr, ty: &Ty) -> Form {
    match ty.kind.base() {
        // Not nudged: with so many places the last digit of the float itself would be seen.
        Type::Decimal(_, places) => Form::infix(
            format!("round(CAST({{0}} AS REAL) / {{1}}, {places})"),
            Binding::Atom,
            Binding::Unary,
        ),
        _ if left.ty.kind.is_integer() => {
            Form::infix("CAST({0} AS REAL) / {1}", Binding::Product, Binding::Unary)
        }
        _ => Form::infix("{0} / {1}", Binding::Product, Binding::Unary),
    }
}

/// The power of ten that makes integers of decimals, as a factor.
fn unit(left: &Expr, right: &Expr) -> Option<String> {
    let places = scale(&left.ty.kind).max(scale(&right.ty.kind));
    let decimal = |operand: &Expr| matches!(operand.ty.kind.base(), Type::Decimal(..));
    (decimal(left) || decimal(right)).then(|| format!("1e{places}"))
}

/// A hole as an integer of so many parts.
fn parts(place: usize, unit: Option<&str>) -> String {
    match unit {
        Some(unit) => format!("CAST(round({{{place}}} * {unit}) AS INTEGER)"),
        None => format!("{{{place}}}"),
    }
}

fn is_float(operand: Option<&Expr>) -> bool {
    operand.is_some_and(|operand| operand.ty.kind.base() == &Type::Float)
}

fn floor_divide(left: &Expr, right: &Expr) -> Form {
    if is_float(Some(left)) || is_float(Some(right)) {
        return Form::infix("floor({0} / {1})", Binding::Atom, Binding::Unary).registering("floor");
    }
    let unit = unit(left, right);
    Form::infix(
        fill(
            "@left / @right - @below",
            &[
                ("@below", below(right)),
                ("@left", &parts(0, unit.as_deref())),
                ("@right", &parts(1, unit.as_deref())),
            ],
        ),
        Binding::Sum,
        Binding::Atom,
    )
}

/// 1 where the quotient, which is cut, lies above the floor, and the remainder has the wrong sign; else 0.
fn below(right: &Expr) -> &'static str {
    match operand::int(right) {
        Some(divisor) if divisor > 0 => "(@left % @right < 0)",
        Some(divisor) if divisor < 0 => "(@left % @right > 0)",
        _ => "(@left % @right <> 0 AND (@left < 0) <> (@right < 0))",
    }
}

/// `%` with the divisor's sign; null for a divisor of zero by itself.
pub(super) fn modulo(left: Option<&Expr>, right: Option<&Expr>) -> Form {
    if is_float(left) || is_float(right) {
        let divisor = if right.is_some_and(is_nonzero) {
            "{1}"
        } else {
            "nullif({1}, 0)"
        };
        return Form::infix(
            format!("{{0}} - floor({{0}} / {divisor}) * {{1}}"),
            Binding::Sum,
            Binding::Atom,
        )
        .registering("floor");
    }
    let unit = match (left, right) {
        (Some(left), Some(right)) => unit(left, right),
        _ => None,
    };
    let below = right.map_or("0", below);
    let remainder = fill(
        &format!("@left % @right + @right * {below}"),
        &[
            ("@left", &parts(0, unit.as_deref())),
            ("@right", &parts(1, unit.as_deref())),
        ],
    );
    match unit {
        Some(unit) => Form::infix(
            format!("({remainder}) / {unit}"),
            Binding::Product,
            Binding::Atom,
        ),
        None => Form::infix(remainder, Binding::Sum, Binding::Atom),
    }
}
