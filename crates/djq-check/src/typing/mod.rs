//! Types of expressions: operands that are already resolved and typed come in, a typed node comes out.
//!
//! Knows no scopes and no syntax beyond literals, operators and written types. Where operands do not fit,
//! one diagnostic is given and the result has [`Type::Error`], which silences whatever uses it.

use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Literal, OrderKey, ParamId, Pipeline, UnaryOperator},
    sink::{Problems, Typing},
};
use djq_diagnostics::Span;
use djq_schema::ModelId;
use djq_syntax::ast;

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
    /// `where c`, already a condition.
    pub(crate) condition: Option<Expr>,
    /// `order by …`.
    pub(crate) order_by: Vec<OrderKey>,
    /// Whether there is surely a row to aggregate: under `group by`.
    pub(crate) has_rows: bool,
}

impl Typing<'_> {
    /// `$name` as an operand.
    pub(crate) fn parameter(&self, id: ParamId, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Param(id),
            ty: self.parameter_type(id),
            span,
        }
    }

    /// A literal, validated.
    pub(crate) fn literal(&mut self, literal: &ast::Literal, span: Span) -> Expr {
        let (kind, ty) = match literal {
            ast::Literal::Null => (Literal::Null, Type::Null.nullable()),
            ast::Literal::Bool(value) => (Literal::Bool(*value), Type::Bool.required()),
            ast::Literal::Text(text) => (Literal::Text(text.clone()), Type::Text.required()),
            ast::Literal::Int(digits) => match digits.replace('_', "").parse() {
                Ok(value) => (Literal::Int(value), Type::Int.required()),
                Err(_) => (Literal::Null, Type::Error.required()),
            },
            ast::Literal::Decimal(digits) => (
                Literal::Decimal(digits.clone()),
                Type::Decimal(18, 2).required(),
            ),
            ast::Literal::Float(digits) => (
                Literal::Float(digits.parse().unwrap_or(0.0)),
                Type::Float.required(),
            ),
            ast::Literal::Moment(text) => (Literal::Date(text.clone()), Type::Date.required()),
            ast::Literal::Duration { amount, .. } => (
                Literal::Duration(amount.parse().unwrap_or(0)),
                Type::Duration.required(),
            ),
        };
        node(ExprKind::Literal(kind), ty, span)
    }

    /// A parameter's default: a literal, perhaps behind `-`, of the parameter's type.
    pub(crate) fn default_value(&mut self, value: &ast::Expr, ty: &Ty) -> Option<Literal> {
        let _ = ty;
        match &value.kind {
            ast::ExprKind::Literal(literal) => match self.literal(literal, value.span).kind {
                ExprKind::Literal(literal) => Some(literal),
                _ => None,
            },
            _ => None,
        }
    }

    /// A type as written. `model` resolves a path to a model, and gives the diagnostic if it is none.
    pub(crate) fn type_expr(
        &mut self,
        written: &ast::TypeExpr,
        model: &mut dyn FnMut(&mut Problems, &ast::Path) -> Option<ModelId>,
    ) -> Ty {
        let kind = match &written.kind {
            ast::TypeExprKind::Named { path, .. } => {
                match path.names.last().map(|name| &*name.text) {
                    Some("bool") => Type::Bool,
                    Some("int") => Type::Int,
                    Some("bigint") => Type::BigInt,
                    Some("float") => Type::Float,
                    Some("text") => Type::Text,
                    Some("date") => Type::Date,
                    Some("datetime") => Type::DateTime,
                    _ => model(self.problems, path).map_or(Type::Error, Type::Key),
                }
            }
            ast::TypeExprKind::Nullable(of) => return self.type_expr(of, model).with_null(true),
            ast::TypeExprKind::List(of) => Type::List(Box::new(self.type_expr(of, model))),
            ast::TypeExprKind::Union(names) => {
                Type::Union(names.iter().map(|name| name.text.clone()).collect())
            }
            ast::TypeExprKind::Row(_) | ast::TypeExprKind::Error => Type::Error,
        };
        kind.required()
    }

    /// `where`, `on`, `when`, `case when`: the expression, which must be true or false.
    pub(crate) fn condition(&mut self, expr: Expr) -> Expr {
        expr
    }

    /// `limit`, `offset`: the expression, which must be a whole number and not negative.
    pub(crate) fn row_count(&mut self, expr: Expr) -> Expr {
        expr
    }

    /// Any operator between two operands but `in` (which has its own methods).
    pub(crate) fn binary(
        &mut self,
        operator: Operator,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Expr {
        use crate::hir::BinaryOperator as To;
        use ast::BinaryOperator as From;
        let nullable = left.ty.nullable || right.ty.nullable;
        let (kind, ty) = match operator.kind {
            From::Or => (To::Or, Type::Bool),
            From::Xor => (To::Xor, Type::Bool),
            From::Equal => (To::Equal, Type::Bool),
            From::NotEqual => (To::NotEqual, Type::Bool),
            From::Less => (To::Less, Type::Bool),
            From::LessEqual => (To::LessEqual, Type::Bool),
            From::Greater => (To::Greater, Type::Bool),
            From::GreaterEqual => (To::GreaterEqual, Type::Bool),
            From::Concat => (To::Concat, Type::Text),
            From::Add => (To::Add, left.ty.kind.clone()),
            From::Subtract => (To::Subtract, left.ty.kind.clone()),
            From::Multiply => (To::Multiply, left.ty.kind.clone()),
            _ => (To::And, Type::Bool),
        };
        let (left, right) = self.open_sides(left, right);
        node(
            ExprKind::Binary(kind, Box::new(left), Box::new(right)),
            Ty { kind: ty, nullable },
            span,
        )
    }

    /// `-x`, `not x`. (`exists` is the caller's.)
    pub(crate) fn unary(
        &mut self,
        operator: ast::UnaryOperator,
        operator_span: Span,
        operand: Expr,
        span: Span,
    ) -> Expr {
        let _ = operator_span;
        let ty = operand.ty.clone();
        let operator = match operator {
            ast::UnaryOperator::Negate => UnaryOperator::Negate,
            ast::UnaryOperator::Not | ast::UnaryOperator::Exists => UnaryOperator::Not,
        };
        node(ExprKind::Unary(operator, Box::new(operand)), ty, span)
    }

    /// `x is [not] null | true | false`.
    pub(crate) fn is_test(
        &mut self,
        operand: Expr,
        negated: bool,
        what: ast::IsTest,
        span: Span,
    ) -> Expr {
        let test = match what {
            ast::IsTest::Null => ExprKind::IsNull(Box::new(operand)),
            ast::IsTest::True => ExprKind::IsBool(Box::new(operand), true),
            ast::IsTest::False => ExprKind::IsBool(Box::new(operand), false),
        };
        negate(negated, node(test, Type::Bool.required(), span))
    }

    /// `x [not] between low and high`.
    pub(crate) fn between(
        &mut self,
        operand: Expr,
        negated: bool,
        low: Expr,
        high: Expr,
        span: Span,
    ) -> Expr {
        let operator = |kind| Operator {
            kind,
            negated: false,
            span,
        };
        let above = self.binary(
            operator(ast::BinaryOperator::GreaterEqual),
            operand.clone(),
            low,
            span,
        );
        let below = self.binary(
            operator(ast::BinaryOperator::LessEqual),
            operand,
            high,
            span,
        );
        negate(
            negated,
            self.binary(operator(ast::BinaryOperator::And), above, below, span),
        )
    }

    /// `x [not] in (a, b)`; `operator.kind` is not read.
    pub(crate) fn in_list(
        &mut self,
        operator: Operator,
        value: Expr,
        items: Vec<Expr>,
        span: Span,
    ) -> Expr {
        let ty = Type::Bool.required().with_null(value.ty.nullable);
        negate(
            operator.negated,
            node(ExprKind::InList(Box::new(value), items), ty, span),
        )
    }

    /// `x [not] in $ids`.
    pub(crate) fn in_param(
        &mut self,
        operator: Operator,
        value: Expr,
        id: ParamId,
        id_span: Span,
        span: Span,
    ) -> Expr {
        let _ = id_span;
        let ty = Type::Bool.required().with_null(value.ty.nullable);
        negate(
            operator.negated,
            node(ExprKind::InParam(Box::new(value), id), ty, span),
        )
    }

    /// `x [not] in (pipeline)`; with `known`, `x in rel.field`, which is never null.
    pub(crate) fn in_rows(
        &mut self,
        operator: Operator,
        value: Expr,
        body: Pipeline,
        known: bool,
        span: Span,
    ) -> Expr {
        let ty = Type::Bool.required().with_null(!known && value.ty.nullable);
        let body = Box::new(body);
        negate(
            operator.negated,
            node(
                ExprKind::InPipeline {
                    value: Box::new(value),
                    body,
                    known,
                },
                ty,
                span,
            ),
        )
    }

    /// `(a, b)` as a value.
    pub(crate) fn row(&mut self, items: Vec<Expr>, span: Span) -> Expr {
        let fields = items
            .iter()
            .map(|item| (Box::from(""), item.ty.clone()))
            .collect();
        node(ExprKind::Row(items), Type::Row(fields).required(), span)
    }

    /// `case [e] when … then … [else …] end`.
    pub(crate) fn case(
        &mut self,
        operand: Option<Expr>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Expr>,
        span: Span,
    ) -> Expr {
        let _ = operand;
        let ty = branches
            .first()
            .map_or(Type::Null.nullable(), |(_, value)| value.ty.clone());
        let otherwise = otherwise.map(Box::new);
        node(
            ExprKind::Case {
                branches,
                otherwise,
            },
            ty.with_null(true),
            span,
        )
    }

    /// `x::t`, which cannot fail.
    pub(crate) fn cast(&mut self, operand: Expr, to: Ty, to_span: Span, span: Span) -> Expr {
        let _ = to_span;
        node(ExprKind::Cast(Box::new(operand)), to, span)
    }

    /// `try_cast(x as t)`: null where it cannot.
    pub(crate) fn try_cast(&mut self, operand: Expr, to: Ty, to_span: Span, span: Span) -> Expr {
        let _ = to_span;
        node(
            ExprKind::TryCast(Box::new(operand)),
            to.with_null(true),
            span,
        )
    }

    /// A scalar function of the catalogue, `iif`, `coalesce` and `nullif` included. An unknown name is answered here.
    pub(crate) fn call(&mut self, name: &ast::Name, arguments: Vec<Expr>, span: Span) -> Expr {
        let _ = (name, arguments);
        node(
            ExprKind::Literal(Literal::Null),
            Type::Error.required(),
            span,
        )
    }

    /// An aggregate of the catalogue over rows.
    pub(crate) fn aggregate(&mut self, name: &ast::Name, call: AggregateCall, span: Span) -> Expr {
        let _ = (name, call);
        node(
            ExprKind::Literal(Literal::Null),
            Type::Error.required(),
            span,
        )
    }

    /// A column of a set operation: both sides, brought together.
    pub(crate) fn set_column(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        (left, right)
    }

    /// The expression as a value of type `to` (nullability is the caller's): literals are read as it, open
    /// parameters take it, numbers are widened; anything else is a `type-mismatch`.
    pub(crate) fn coerce(&mut self, expr: Expr, to: &Type) -> Expr {
        let _ = to;
        expr
    }

    /// To be called once all of a query is typed: a diagnostic for each parameter whose type nothing told.
    pub(crate) fn finish_parameters(&mut self) {}

    /// What a parameter's expression has for a type: [`Type::Null`], not nullable, while nothing has told it.
    fn parameter_type(&self, id: ParamId) -> Ty {
        self.parameters
            .ty(id)
            .cloned()
            .unwrap_or(Type::Null.required())
    }

    fn open_sides(&mut self, mut left: Expr, mut right: Expr) -> (Expr, Expr) {
        if let ExprKind::Param(id) = right.kind {
            self.parameters.infer(id, &left.ty.kind, left.span);
            right.ty = self.parameter_type(id);
        } else if let ExprKind::Param(id) = left.kind {
            self.parameters.infer(id, &right.ty.kind, right.span);
            left.ty = self.parameter_type(id);
        }
        (left, right)
    }
}

fn node(kind: ExprKind, ty: Ty, span: Span) -> Expr {
    Expr { kind, ty, span }
}

fn negate(negated: bool, expr: Expr) -> Expr {
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
