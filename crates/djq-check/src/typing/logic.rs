//! Conditions: `and`, `or`, `xor`, `not`, `is`, and what may stand where a condition is needed.

use super::{
    describe::{append, append_whole},
    node::{self, negate, node},
};
use crate::{
    Ty, Type,
    hir::{BinaryOperator, Expr, ExprKind, Literal, UnaryOperator},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

impl Typing<'_> {
    /// `where`, `on`, `when`, `case when`: the expression, which must be true or false.
    pub(crate) fn condition(&mut self, expr: Expr) -> Expr {
        self.condition_in(expr, append)
    }

    /// `fixed` puts a comparison behind the expression, with the parentheses that its place needs.
    fn condition_in(&mut self, mut expr: Expr, fixed: fn(&Expr, &str) -> Vec<Edit>) -> Expr {
        match &expr.ty.kind {
            Type::Error | Type::Bool => return expr,
            Type::Null => {
                let from = expr.span;
                if self.is_open(&expr) {
                    self.read(&mut expr, &Type::Bool, from);
                } else {
                    expr.ty = Type::Bool.nullable();
                }
                return expr;
            }
            _ => {}
        }
        let shown = self.ty_name(&expr.ty);
        let mut diagnostic = self.about(
            &codes::NOT_A_CONDITION,
            expr.span,
            format!("a condition is true or false, and this is {shown}"),
            &[&expr],
        );
        let likely = Applicability::Likely;
        if expr.ty.nullable {
            diagnostic = diagnostic.fix_all(
                likely,
                "ask whether there is a value",
                fixed(&expr, " is not null"),
            );
        }
        match expr.ty.kind.base() {
            base if base.is_number() => {
                diagnostic =
                    diagnostic.fix_all(likely, "compare it with zero", fixed(&expr, " != 0"));
            }
            Type::Text => {
                diagnostic = diagnostic.fix_all(
                    likely,
                    "compare it with the empty text",
                    fixed(&expr, " != ''"),
                );
            }
            _ if !expr.ty.nullable => {
                diagnostic = diagnostic.help("compare it with something: `x = …`");
            }
            _ => {}
        }
        self.problems.push(diagnostic);
        node::error(expr.span)
    }

    /// `x = 'a' or 'b'` and `x or 0`, as speech and Python have them; true after a diagnostic.
    fn loose_or(&mut self, left: &Expr, right: &Expr, span: Span) -> bool {
        let is_value = |expr: &Expr| {
            matches!(
                node::literal(expr),
                Some(Literal::Text(_) | Literal::Int(_) | Literal::Decimal(_) | Literal::Float(_))
            )
        };
        if !is_value(right) {
            return false;
        }
        let between = Span {
            start: left.span.end,
            end: right.span.start,
            ..span
        };
        let edit = |span: Span, text: &str| Edit {
            span,
            text: text.to_owned(),
        };
        let message = "`or` stands between conditions, and this is a value";
        let diagnostic = Diagnostic::new(&codes::NOT_A_CONDITION, right.span, message);
        let diagnostic = match &left.kind {
            ExprKind::Binary(BinaryOperator::Equal, of, first) if is_value(first) => diagnostic
                .fix_all(
                    Applicability::Likely,
                    "write a list",
                    vec![
                        edit(
                            Span {
                                start: of.span.end,
                                end: first.span.start,
                                ..span
                            },
                            " in (",
                        ),
                        edit(between, ", "),
                        edit(right.span.after(), ")"),
                    ],
                ),
            _ if left.ty.kind.base() != &Type::Bool && !node::is_error(left) => diagnostic.fix_all(
                Applicability::Likely,
                "take this where the other is null",
                vec![edit(between, " ?? ")],
            ),
            _ => return false,
        };
        self.problems.push(diagnostic);
        true
    }

    /// `and`, `or`, `xor`.
    pub(super) fn logical(
        &mut self,
        operator: BinaryOperator,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Expr {
        if operator == BinaryOperator::Or && self.loose_or(&left, &right, span) {
            return node::error(span);
        }
        let (left, right) = (self.condition(left), self.condition(right));
        if node::is_error(&left) || node::is_error(&right) {
            return node::error(span);
        }
        let ty = Type::Bool
            .required()
            .with_null(left.ty.nullable || right.ty.nullable);
        node(
            ExprKind::Binary(operator, Box::new(left), Box::new(right)),
            ty,
            span,
        )
    }

    /// `not x`.
    pub(super) fn not(&mut self, operand: Expr, span: Span) -> Expr {
        let operand = self.condition(operand);
        if node::is_error(&operand) {
            return node::error(span);
        }
        let ty = operand.ty.clone();
        node(
            ExprKind::Unary(UnaryOperator::Not, Box::new(operand)),
            ty,
            span,
        )
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
            ast::IsTest::Null => {
                if let Type::Row(_) = operand.ty.kind {
                    let diagnostic = self
                        .about(
                            &codes::OPERAND_TYPE,
                            span,
                            "a row is not null; its fields are or are not",
                            &[&operand],
                        )
                        .help("ask each field: `a is null and b is null`");
                    self.problems.push(diagnostic);
                    return node::error(span);
                }
                if node::is_null(&operand) {
                    let holds = Literal::Bool(!negated);
                    return node(ExprKind::Literal(holds), Type::Bool.required(), span);
                }
                self.open_is_untold(&operand);
                if node::is_error(&operand) {
                    return node::error(span);
                }
                ExprKind::IsNull(Box::new(operand))
            }
            ast::IsTest::True | ast::IsTest::False => {
                let operand = self.condition_in(operand, append_whole);
                if node::is_error(&operand) {
                    return node::error(span);
                }
                ExprKind::IsBool(Box::new(operand), what == ast::IsTest::True)
            }
        };
        negate(negated, node(test, Type::Bool.required(), span))
    }

    /// Notes that an open parameter stands where nothing tells its type.
    pub(super) fn open_is_untold(&mut self, expr: &Expr) {
        if let ExprKind::Param(id) = expr.kind
            && expr.ty.kind == Type::Null
        {
            self.parameters.untold(id, expr.span);
        }
    }

    /// `limit`, `offset`: the expression, which must be a whole number and not negative.
    pub(crate) fn row_count(&mut self, mut expr: Expr) -> Expr {
        let from = expr.span;
        if node::is_error(&expr) || self.is_open(&expr) {
            self.read(&mut expr, &Type::BigInt, from);
            return expr;
        }
        let whole = matches!(
            expr.ty,
            Ty {
                kind: Type::Int | Type::BigInt,
                nullable: false
            }
        );
        if whole && !matches!(expr.kind, ExprKind::Literal(Literal::Int(..0))) {
            return expr;
        }
        let diagnostic = self
            .about(
                &codes::TYPE_MISMATCH,
                expr.span,
                "a number of rows is a whole number, zero or more, and not null",
                &[&expr],
            )
            .label(self.origin(&expr));
        self.problems.push(diagnostic);
        node::error(expr.span)
    }
}
