//! A case: what is computed, of what, and the answer that every database has to give.

use crate::value::V;
use djq_check::{
    Ty,
    functions::{AggregateId, FunctionId},
    hir::{BinaryOperator, Lookup, UnaryOperator},
};
use djq_diagnostics::Span;
use djq_plan::plan::{Aggregate, Expr, ExprKind, OrderKey};
use djq_sql::dialect::DialectId;

/// What is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum What {
    Function(FunctionId),
    Binary(BinaryOperator),
    Lookup(Lookup),
    Cast,
    TryCast,
    Negate,
    Aggregate(AggregateId, Distinct),
    /// `string_agg(x, s order by x desc)`.
    Ordered(AggregateId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Distinct {
    No,
    Yes,
}

/// A case.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) what: What,
    /// The rows: one of all but aggregates.
    pub(crate) rows: Vec<Vec<V>>,
    /// The types of the operands, for aggregates over no rows too.
    pub(crate) operands: Vec<V>,
    pub(crate) expected: V,
    /// Where it is refused.
    pub(crate) refused: Vec<DialectId>,
    /// Where alone it holds: where a database has not the digits for it.
    pub(crate) only: Option<Vec<DialectId>>,
}

/// A case of one row.
pub(crate) fn case(what: What, operands: Vec<V>, expected: V) -> Case {
    Case {
        what,
        rows: vec![operands.clone()],
        operands,
        expected,
        refused: Vec::new(),
        only: None,
    }
}

/// A case of an aggregate of one operand over these values.
pub(crate) fn over(
    function: AggregateId,
    distinct: Distinct,
    values: Vec<V>,
    like: V,
    expected: V,
) -> Case {
    Case {
        what: What::Aggregate(function, distinct),
        rows: values.into_iter().map(|value| vec![value]).collect(),
        operands: vec![like],
        expected,
        refused: Vec::new(),
        only: None,
    }
}

impl Case {
    pub(crate) fn refused_on(self, refused: &[DialectId]) -> Case {
        Case {
            refused: refused.to_vec(),
            ..self
        }
    }

    pub(crate) fn is_aggregate(&self) -> bool {
        matches!(self.what, What::Aggregate(..) | What::Ordered(_))
    }

    /// The expression over these operands.
    pub(crate) fn expr(&self, operands: Vec<Expr>) -> Expr {
        let ty = self.expected.ty.clone();
        let mut operands = operands;
        let ty = match self.what {
            What::Aggregate(AggregateId::Every | AggregateId::Some | AggregateId::Count, _) => {
                ty.required()
            }
            _ => ty.nullable(),
        };
        let kind = match self.what {
            What::Function(id) => ExprKind::Call(id, operands),
            What::Binary(operator) => {
                let right = operands.pop().expect("a right operand");
                let left = operands.pop().expect("a left operand");
                ExprKind::Binary(operator, Box::new(left), Box::new(right))
            }
            What::Lookup(lookup) => {
                let pattern = operands.pop().expect("a pattern");
                let value = operands.pop().expect("a value");
                ExprKind::Lookup {
                    lookup,
                    value: Box::new(value),
                    pattern: Box::new(pattern),
                }
            }
            What::Cast => ExprKind::Cast(Box::new(operands.remove(0))),
            What::TryCast => ExprKind::TryCast(Box::new(operands.remove(0))),
            What::Negate => ExprKind::Unary(UnaryOperator::Negate, Box::new(operands.remove(0))),
            What::Aggregate(function, distinct) => ExprKind::Aggregate(Box::new(Aggregate {
                function,
                distinct: distinct == Distinct::Yes,
                arguments: operands,
                condition: None,
                order_by: Vec::new(),
            })),
            What::Ordered(function) => ExprKind::Aggregate(Box::new(Aggregate {
                function,
                distinct: false,
                order_by: vec![OrderKey {
                    value: operands.first().cloned().expect("an operand"),
                    descending: true,
                    nulls_first: false,
                }],
                arguments: operands,
                condition: None,
            })),
        };
        expr(kind, ty)
    }
}

pub(crate) fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr {
        kind,
        ty,
        span: Span::default(),
    }
}

/// A value as an operand that is a literal.
pub(crate) fn literal(value: &V) -> Expr {
    expr(
        ExprKind::Literal(value.literal.clone()),
        Ty {
            kind: value.ty.clone(),
            nullable: value.literal == djq_check::hir::Literal::Null,
        },
    )
}
