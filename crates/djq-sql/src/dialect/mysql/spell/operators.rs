//! Operators on MySQL, and on MariaDB where that has nothing of its own.

use crate::dialect::{
    Binding, Form,
    operand::{self, fill, int, is_nonzero, is_text, scale},
};
use djq_check::{Ty, Type, hir::BinaryOperator};
use djq_plan::plan::{Expr, ExprKind};

/// The form of an operator; `exact` is the collation for text where comparisons are exact.
pub(in crate::dialect) fn spell(
    exact: Option<&str>,
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    ty: &Ty,
) -> Form {
    let collate = match exact {
        Some(collation) if is_text(&left.ty) => format!(" COLLATE {collation}"),
        _ => String::new(),
    };
    match operator {
        BinaryOperator::Or => Form::infix("{0} OR {1}", Binding::Or, Binding::And),
        BinaryOperator::And => Form::infix("{0} AND {1}", Binding::And, Binding::Not),
        BinaryOperator::Xor => Form::infix("{0} XOR {1}", Binding::Or, Binding::Not),
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterEqual => comparison(operand::compared(operator, &collate)),
        BinaryOperator::DistinctFrom => Form::infix(
            format!("NOT {{0}} <=> {{1}}{collate}"),
            Binding::Not,
            Binding::Other,
        ),
        BinaryOperator::NotDistinctFrom => comparison(format!("{{0}} <=> {{1}}{collate}")),
        BinaryOperator::Concat => Form::atom("concat({0}, {1})"),
        BinaryOperator::Add => sum("+", left, right),
        BinaryOperator::Subtract => sum("-", left, right),
        BinaryOperator::Multiply => multiply(left, right, ty),
        BinaryOperator::Divide => divide(left, right, ty),
        BinaryOperator::FloorDivide => floor_divide(left, right),
        BinaryOperator::Modulo => modulo(Some(left), Some(right)),
    }
}

/// `-x`; a sign in the hole would make a comment of the two.
pub(in crate::dialect) fn negate() -> Form {
    Form::infix("-{0}", Binding::Unary, Binding::Atom)
}

fn comparison(sql: impl Into<std::borrow::Cow<'static, str>>) -> Form {
    Form::infix(sql, Binding::Comparison, Binding::Other)
}

/// Whether a whole number may come from a column of Django's positive integers, which are unsigned here:
/// what is computed from one is unsigned too, and an error where it would be negative.
fn may_be_unsigned(operand: &Expr) -> bool {
    operand.ty.kind.is_integer()
        && match &operand.kind {
            ExprKind::Column(..)
            | ExprKind::Item(_)
            | ExprKind::Scalar(_)
            | ExprKind::Window(_)
            | ExprKind::Case { .. } => true,
            ExprKind::Call(_, operands) => operands.iter().any(may_be_unsigned),
            ExprKind::Binary(BinaryOperator::Add | BinaryOperator::Multiply, left, right) => {
                may_be_unsigned(left) || may_be_unsigned(right)
            }
            ExprKind::Cast(inner) => may_be_unsigned(inner),
            ExprKind::Aggregate(aggregate) => aggregate.arguments.iter().any(may_be_unsigned),
            _ => false,
        }
}

/// A hole that is signed.
pub(super) fn signed(place: usize, operand: &Expr) -> String {
    if may_be_unsigned(operand) {
        format!("CAST({{{place}}} AS SIGNED)")
    } else {
        format!("{{{place}}}")
    }
}

/// Whether the operand is surely not negative, so that adding it to an unsigned number is right.
fn is_natural(operand: &Expr) -> bool {
    int(operand).is_some_and(|number| number >= 0)
}

fn sum(sign: &str, left: &Expr, right: &Expr) -> Form {
    let natural = sign == "+" && (is_natural(left) || is_natural(right));
    let (left_hole, right_hole) = if natural {
        ("{0}".to_owned(), "{1}".to_owned())
    } else {
        (signed(0, left), signed(1, right))
    };
    Form::infix(
        format!("{left_hole} {sign} {right_hole}"),
        Binding::Sum,
        Binding::Product,
    )
}

fn multiply(left: &Expr, right: &Expr, ty: &Ty) -> Form {
    let places = scale(&ty.kind);
    let natural = is_natural(left) || is_natural(right);
    let (left_hole, right_hole) = if natural {
        ("{0}".to_owned(), "{1}".to_owned())
    } else {
        (signed(0, left), signed(1, right))
    };
    if matches!(ty.kind.base(), Type::Decimal(..))
        && places < scale(&left.ty.kind) + scale(&right.ty.kind)
    {
        return Form::infix(
            format!("round({left_hole} * {right_hole}, {places})"),
            Binding::Atom,
            Binding::Unary,
        );
    }
    Form::infix(
        format!("{left_hole} * {right_hole}"),
        Binding::Product,
        Binding::Unary,
    )
}

/// The divisor, null instead of zero: what the server makes of zero depends on its mode.
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
        // A quotient has four digits more than its dividend.
        Type::Decimal(_, places) => Form::infix(
            format!(
                "round(CAST({{0}} AS DECIMAL(65, {})) / {divisor}, {places})",
                (places + 16).min(26)
            ),
            Binding::Atom,
            Binding::Unary,
        ),
        _ if left.ty.kind.is_integer() => Form::infix(
            format!("CAST({{0}} AS DOUBLE) / {divisor}"),
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

fn floor_divide(left: &Expr, right: &Expr) -> Form {
    let divisor = divisor(right);
    let float = left.ty.kind.base() == &Type::Float || right.ty.kind.base() == &Type::Float;
    Form::infix(
        if float {
            format!("floor({{0}} / {divisor})")
        } else {
            // The quotient of two 64-bit numbers comes no nearer to a whole one than 1e-19.
            format!("floor(CAST({{0}} AS DECIMAL(65, 26)) / {divisor})")
        },
        Binding::Atom,
        Binding::Unary,
    )
}

/// `%` with the divisor's sign.
pub(in crate::dialect) fn modulo(left: Option<&Expr>, right: Option<&Expr>) -> Form {
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
            Binding::Unary,
        );
    }
    let hole = |place: usize, operand: Option<&Expr>| {
        operand.map_or_else(|| format!("{{{place}}}"), |operand| signed(place, operand))
    };
    let (dividend, back) = (hole(0, left), hole(1, right));
    Form::infix(
        format!("({dividend} % {divisor} + {back}) % {back}"),
        Binding::Product,
        Binding::Unary,
    )
}
