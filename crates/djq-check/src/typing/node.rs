//! Making typed nodes.

use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Literal, UnaryOperator},
};
use djq_diagnostics::Span;

/// A node of this kind.
pub(super) fn node(kind: ExprKind, ty: Ty, span: Span) -> Expr {
    Expr { kind, ty, span }
}

/// What stands for an expression whose diagnostic has been given.
pub(super) fn error(span: Span) -> Expr {
    node(
        ExprKind::Literal(Literal::Null),
        Type::Error.required(),
        span,
    )
}

/// `not expr` where negated.
pub(super) fn negate(negated: bool, expr: Expr) -> Expr {
    if !negated {
        return expr;
    }
    let (ty, span) = (expr.ty.clone(), expr.span);
    node(
        ExprKind::Unary(UnaryOperator::Not, Box::new(expr)),
        ty,
        span,
    )
}

/// Wraps an expression in a cast to `to`, in place.
pub(super) fn cast(expr: &mut Expr, to: Type) {
    let (span, nullable) = (expr.span, expr.ty.nullable);
    let inner = std::mem::replace(expr, error(span));
    *expr = node(
        ExprKind::Cast(Box::new(inner)),
        Ty { kind: to, nullable },
        span,
    );
}

/// The literal that an expression is.
pub(super) fn literal(expr: &Expr) -> Option<&Literal> {
    match &expr.kind {
        ExprKind::Literal(literal) if expr.ty.kind != Type::Error => Some(literal),
        _ => None,
    }
}

/// Whether its diagnostic has been given.
pub(super) fn is_error(expr: &Expr) -> bool {
    expr.ty.kind == Type::Error
}

/// Whether it is the literal `null`.
pub(super) fn is_null(expr: &Expr) -> bool {
    matches!(literal(expr), Some(Literal::Null)) && expr.ty.kind == Type::Null
}

/// Whether `::t` behind it means all of it, without parentheses.
pub(super) fn is_operand(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(Literal::Int(value)) => *value >= 0,
        ExprKind::Literal(Literal::Decimal(digits)) => !digits.starts_with('-'),
        ExprKind::Literal(Literal::Float(value)) => *value >= 0.0,
        ExprKind::Literal(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Output(..)
        | ExprKind::Named(_)
        | ExprKind::Call(..)
        | ExprKind::Aggregate(_)
        | ExprKind::TryCast(_) => true,
        _ => false,
    }
}
