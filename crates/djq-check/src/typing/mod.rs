//! Types of expressions: operands that are already resolved and typed come in, a typed node comes out.
//!
//! Knows no scopes and no syntax beyond literals, operators and written types. Where operands do not fit,
//! one diagnostic is given and the result has [`Type::Error`], which silences whatever uses it.

mod aggregates;
mod arithmetic;
mod assign;
mod calls;
mod casts;
mod collections;
mod compare;
mod constant;
mod describe;
mod json;
mod literals;
mod logic;
mod membership;
mod mismatch;
mod moments;
mod nearest;
mod node;
mod numbers;
mod reading;
mod regex;
mod series;
mod signatures;
#[cfg(test)]
mod tests;
mod text;
mod type_expr;
mod unify;
mod windows;

use crate::{
    Ty, Type,
    hir::{BinaryOperator, Expr, ExprKind, Lookup, OrderKey, ParamId},
    sink::Typing,
};
pub(crate) use collections::Operand;
pub(crate) use constant::constant;
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;
use node::{error, node};
pub(crate) use numbers::is_nonzero;

pub(crate) use series::Series;
pub(crate) use signatures::may_have_no_value;

/// An operator with its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operator {
    /// Which.
    pub(crate) kind: ast::BinaryOperator,
    /// `not` before it.
    pub(crate) negated: bool,
    /// Its own words, `not` included.
    pub(crate) span: Span,
}

/// What stands in an aggregate's parentheses, typed.
#[derive(Debug, Default)]
pub(crate) struct AggregateCall {
    /// `distinct`, where it stands.
    pub(crate) distinct: Option<Span>,
    /// The arguments.
    pub(crate) arguments: Vec<Expr>,
    /// `where c`.
    pub(crate) condition: Option<Expr>,
    /// `order by …`.
    pub(crate) order_by: Vec<OrderKey>,
    /// Whether there is surely a row to aggregate: under `group by`.
    pub(crate) has_rows: bool,
}

impl Typing<'_> {
    /// `$name` as an operand.
    pub(crate) fn parameter(&self, id: ParamId, span: Span) -> Expr {
        node(ExprKind::Param(id), self.parameter_type(id), span)
    }

    /// What a parameter's expression has for a type: [`Type::Null`], not nullable, while nothing has told it.
    fn parameter_type(&self, id: ParamId) -> Ty {
        self.parameters
            .ty(id)
            .cloned()
            .unwrap_or(Type::Null.required())
    }

    /// Any operator between two operands but `in` (which has its own methods).
    pub(crate) fn binary(
        &mut self,
        operator: Operator,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Expr {
        use ast::BinaryOperator as Written;
        match operator.kind {
            Written::Or => self.logical(BinaryOperator::Or, left, right, span),
            Written::Xor => self.logical(BinaryOperator::Xor, left, right, span),
            Written::And => self.logical(BinaryOperator::And, left, right, span),
            Written::Equal
            | Written::NotEqual
            | Written::Less
            | Written::LessEqual
            | Written::Greater
            | Written::GreaterEqual
            | Written::DistinctFrom => self.comparison(operator, left, right, span),
            // The caller has the items; a single value is a list of one.
            Written::In => self.in_list(operator, left, vec![right], span),
            Written::Like => self.lookup(operator, Lookup::Like, left, right, span),
            Written::ILike => self.lookup(operator, Lookup::ILike, left, right, span),
            Written::Contains => self.lookup(operator, Lookup::Contains, left, right, span),
            Written::IContains => self.lookup(operator, Lookup::IContains, left, right, span),
            Written::StartsWith => self.lookup(operator, Lookup::StartsWith, left, right, span),
            Written::IStartsWith => self.lookup(operator, Lookup::IStartsWith, left, right, span),
            Written::EndsWith => self.lookup(operator, Lookup::EndsWith, left, right, span),
            Written::IEndsWith => self.lookup(operator, Lookup::IEndsWith, left, right, span),
            Written::IExact => self.lookup(operator, Lookup::IExact, left, right, span),
            Written::Regex => self.lookup(operator, Lookup::Regex, left, right, span),
            Written::IRegex => self.lookup(operator, Lookup::IRegex, left, right, span),
            Written::Coalesce => self.coalesce(vec![left, right], span),
            Written::Concat => self.concat(operator.span, left, right, span),
            Written::Add => self.arithmetic(BinaryOperator::Add, operator, left, right, span),
            Written::Subtract => {
                self.arithmetic(BinaryOperator::Subtract, operator, left, right, span)
            }
            Written::Multiply => {
                self.arithmetic(BinaryOperator::Multiply, operator, left, right, span)
            }
            Written::Divide => self.arithmetic(BinaryOperator::Divide, operator, left, right, span),
            Written::FloorDivide => {
                self.arithmetic(BinaryOperator::FloorDivide, operator, left, right, span)
            }
            Written::Modulo => self.arithmetic(BinaryOperator::Modulo, operator, left, right, span),
            Written::Holds | Written::HeldBy | Written::Overlaps | Written::Adjacent => self
                .collection_operator(operator, Operand::Value(left), Operand::Value(right), span),
        }
    }

    /// `-x`, `not x`. (`exists` is the caller's.)
    pub(crate) fn unary(
        &mut self,
        operator: ast::UnaryOperator,
        operator_span: Span,
        operand: Expr,
        span: Span,
    ) -> Expr {
        match operator {
            ast::UnaryOperator::Negate => self.negate(operand, operator_span, span),
            ast::UnaryOperator::Not | ast::UnaryOperator::Exists => self.not(operand, span),
        }
    }

    /// `(a, b)` as a value.
    pub(crate) fn row(&mut self, items: Vec<Expr>, span: Span) -> Expr {
        if items.iter().any(node::is_error) {
            for item in &items {
                self.silence(item);
            }
            return error(span);
        }
        let ty = row_type(&items);
        node(ExprKind::Row(items), ty, span)
    }

    /// What a `select`, `let` or `order by` takes: a value that can stand alone. Calendar steps and lists
    /// cannot; a parameter that nothing has told a type is noted.
    pub(crate) fn value(&mut self, expr: Expr) -> Expr {
        self.open_is_untold(&expr);
        match &expr.ty.kind {
            Type::Calendar => {
                self.misplaced_step(&expr);
                error(expr.span)
            }
            Type::List(_) => {
                let diagnostic = self
                    .about(
                        &codes::OPERAND_TYPE,
                        expr.span,
                        "a list is not a value of a row",
                        &[&expr],
                    )
                    .help("a list stands behind `in`: `x in $ids`");
                self.problems.push(diagnostic);
                error(expr.span)
            }
            _ => expr,
        }
    }

    /// A calendar step where it is not added to anything.
    fn misplaced_step(&mut self, expr: &Expr) {
        self.problems.push(
            Diagnostic::new(
                &codes::MISPLACED_STEP,
                expr.span,
                "months and years have no fixed length",
            )
            .help("a calendar step is added to a date or a datetime, or taken from one: `x + 1 month`"),
        );
    }
}

/// The type of a row of these.
fn row_type(items: &[Expr]) -> Ty {
    let fields = items
        .iter()
        .map(|item| (Box::from(""), item.ty.clone()))
        .collect();
    Type::Row(fields)
        .required()
        .with_null(items.iter().any(|item| item.ty.nullable))
}
