//! Operators on PostgreSQL.

use crate::dialect::{
    Binding, Form, Options,
    operand::{self, fill, is_nonzero, is_text, scale},
};
use djq_check::{Ty, Type, hir::BinaryOperator};
use djq_plan::plan::Expr;
use std::borrow::Cow;

/// The form of an operator.
pub(super) fn spell(
    options: &Options,
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    ty: &Ty,
) -> Form {
    match operator {
        BinaryOperator::Or => Form::infix("{0} OR {1}", Binding::Or, Binding::And),
        BinaryOperator::And => Form::infix("{0} AND {1}", Binding::And, Binding::Not),
        BinaryOperator::Xor => comparison("{0} <> {1}"),
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterEqual => {
            if let Type::Array(_) = left.ty.kind.base() {
                let sign = operand::comparison(operator).unwrap_or("=");
                return super::collections::comparison(sign, left, right);
            }
            comparison(operand::compared(operator, exactly(options, left)))
        }
        BinaryOperator::DistinctFrom if matches!(left.ty.kind.base(), Type::Array(_)) => {
            super::collections::comparison("IS DISTINCT FROM", left, right)
        }
        BinaryOperator::NotDistinctFrom if matches!(left.ty.kind.base(), Type::Array(_)) => {
            super::collections::comparison("IS NOT DISTINCT FROM", left, right)
        }
        BinaryOperator::DistinctFrom => comparison(format!(
            "{{0}} IS DISTINCT FROM {{1}}{}",
            exactly(options, left)
        )),
        BinaryOperator::NotDistinctFrom => comparison(format!(
            "{{0}} IS NOT DISTINCT FROM {{1}}{}",
            exactly(options, left)
        )),
        BinaryOperator::Concat => Form::infix("{0} || {1}", Binding::Other, Binding::Other),
        BinaryOperator::Add => sum("+", left, right, ty),
        BinaryOperator::Subtract => sum("-", left, right, ty),
        BinaryOperator::Multiply => multiply(left, right, ty),
        BinaryOperator::Divide => divide(left, right, ty),
        BinaryOperator::FloorDivide => floor_divide(right, ty),
        BinaryOperator::Modulo => modulo(Some(left), Some(right), ty),
    }
}

/// `-x`; a sign in the hole would make a comment of the two.
pub(super) fn negate(operand: &Expr, ty: &Ty) -> Form {
    // The least of 32 bits has no opposite among them.
    if ty.kind.base() == &Type::BigInt && operand.ty.kind.base() == &Type::Int {
        return Form::infix("-{0}::bigint", Binding::Unary, Binding::Atom);
    }
    Form::infix("-{0}", Binding::Unary, Binding::Atom)
}

fn comparison(sql: impl Into<Cow<'static, str>>) -> Form {
    Form::infix(sql, Binding::Comparison, Binding::Other)
}

/// The collation of an exact comparison of text.
fn exactly(options: &Options, left: &Expr) -> &'static str {
    if options.exact_collation && is_text(&left.ty) {
        " COLLATE \"C\""
    } else {
        ""
    }
}

/// Whether the result's type is wider than the operands': 32 bits overflow otherwise.
fn widens(left: &Expr, right: &Expr, ty: &Ty) -> bool {
    ty.kind.base() == &Type::BigInt
        && left.ty.kind.base() == &Type::Int
        && right.ty.kind.base() == &Type::Int
}

fn sum(sign: &str, left: &Expr, right: &Expr, ty: &Ty) -> Form {
    if widens(left, right, ty) {
        let sql = format!("{{0}}::bigint {sign} {{1}}");
        return Form::infix(sql, Binding::Sum, Binding::Atom);
    }
    Form::infix(
        format!("{{0}} {sign} {{1}}"),
        Binding::Sum,
        Binding::Product,
    )
}

fn multiply(left: &Expr, right: &Expr, ty: &Ty) -> Form {
    let places = scale(&ty.kind);
    if matches!(ty.kind.base(), Type::Decimal(..))
        && places < scale(&left.ty.kind) + scale(&right.ty.kind)
    {
        return Form::infix(
            format!("round({{0}} * {{1}}, {places})"),
            Binding::Atom,
            Binding::Unary,
        );
    }
    if widens(left, right, ty) {
        return Form::infix("{0}::bigint * {1}", Binding::Product, Binding::Atom);
    }
    Form::infix("{0} * {1}", Binding::Product, Binding::Unary)
}

/// The divisor, null instead of zero.
fn divisor(right: &Expr) -> &'static str {
    if is_nonzero(right) {
        "{1}"
    } else {
        "nullif({1}, 0)"
    }
}

fn divide(left: &Expr, right: &Expr, ty: &Ty) -> Form {
    let divisor = divisor(right);
    match ty.kind.base() {
        // A quotient has the digits of its longest operand at least, else only sixteen that count.
        Type::Decimal(_, places) => Form::atom(format!(
            "round({{0}}::numeric(120, {}) / {divisor}, {places})",
            (places + 20).max(30)
        )),
        _ if left.ty.kind.is_integer() => Form::infix(
            format!("CAST({{0}} AS double precision) / {divisor}"),
            Binding::Product,
            Binding::Unary,
        ),
        _ => Form::infix(
            format!("{{0}} / {divisor}"),
            Binding::Product,
            Binding::Unary,
        ),
    }
}

fn floor_divide(right: &Expr, ty: &Ty) -> Form {
    let divisor = divisor(right);
    Form::atom(match ty.kind.base() {
        // The quotient of two 64-bit numbers comes no nearer to a whole one than 1e-19.
        Type::Int => format!("floor({{0}}::numeric(60, 20) / {divisor})::integer"),
        Type::BigInt => format!("floor({{0}}::numeric(60, 20) / {divisor})::bigint"),
        Type::Decimal(..) => format!("floor({{0}}::numeric(140, 60) / {divisor})"),
        _ => format!("floor({{0}} / {divisor})"),
    })
}

/// `%` with the divisor's sign.
pub(super) fn modulo(left: Option<&Expr>, right: Option<&Expr>, ty: &Ty) -> Form {
    let divisor = right.map_or("nullif({1}, 0)", divisor);
    let float = |operand: Option<&Expr>| {
        operand.is_some_and(|operand| operand.ty.kind.base() == &Type::Float)
    };
    if float(left) || float(right) {
        return Form::infix(
            fill(
                "{0} - floor({0} / @divisor) * {1}",
                &[("@divisor", divisor)],
            ),
            Binding::Sum,
            Binding::Atom,
        );
    }
    // In 64 bits, since the sum may not fit into 32.
    let (dividend, back) = match ty.kind.base() {
        Type::Int => ("{0}::bigint", "::integer"),
        _ => ("{0}", ""),
    };
    Form::infix(
        fill(
            "((@dividend % @divisor + {1}) % {1})@back",
            &[
                ("@dividend", dividend),
                ("@divisor", divisor),
                ("@back", back),
            ],
        ),
        Binding::Atom,
        Binding::Atom,
    )
}
