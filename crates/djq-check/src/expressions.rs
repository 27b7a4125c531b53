//! Expressions: names resolved here, types given by `typing`.

use crate::{
    hir::{Expr, ExprKind, UnaryOperator},
    paths::{Meaning, Start},
    resolve::{is_path, may_be_relation},
    selection::{Wanted, strip},
    typing::{Operand, Operator},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// An expression as a typed value.
    pub(crate) fn expr(&mut self, expr: &'a ast::Expr) -> Expr {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_here(expr))
    }

    fn expr_here(&mut self, expr: &'a ast::Expr) -> Expr {
        let span = expr.span;
        if !self.may_unfold(1) {
            return self.error(span);
        }
        match &expr.kind {
            ast::ExprKind::Literal(literal) => self.typing().literal(literal, span),
            ast::ExprKind::Parameter(name) => match self.use_value(name) {
                Some(id) => self.typing().parameter(id, span),
                None => self.error(span),
            },
            ast::ExprKind::Field { name, .. } if crate::meant::is_constant(&name.text) => {
                let before = self.problems.diagnostics.len();
                let meaning = self.resolve(expr);
                if self.problems.diagnostics.len() > before
                    && let Some(meant) = self.meant_choice(expr)
                {
                    self.problems.diagnostics.truncate(before);
                    self.report(meant);
                }
                self.value_of(meaning, span)
            }
            ast::ExprKind::Name(_)
            | ast::ExprKind::Field { .. }
            | ast::ExprKind::Each { .. }
            | ast::ExprKind::Pipeline(_) => {
                let meaning = self.resolve(expr);
                self.value_of(meaning, span)
            }
            ast::ExprKind::Paren(inner) => self.expr(inner),
            ast::ExprKind::Index { base, index } => {
                if self.item_of_many(base, index, span) {
                    return self.error(span);
                }
                let base = self.expr(base);
                let index = self.expr(index);
                self.typing().index(base, index, span)
            }
            ast::ExprKind::Call(call) if crate::trees::is_tree(call) => {
                let meaning = self.resolve(expr);
                self.value_of(meaning, span)
            }
            ast::ExprKind::Call(call) if call.base.is_none() && &*call.name.text == "series" => {
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_VALUE,
                        span,
                        "`series` gives rows, not a value",
                    )
                    .help("read it: `from series(1, 10) as n`"),
                );
                self.error(span)
            }
            ast::ExprKind::Call(call) => self.call(call, span),
            ast::ExprKind::Nest { .. } => {
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_NEST,
                        span,
                        "a relation is nested in the output alone",
                    )
                    .help("write it as an item of `select`"),
                );
                self.error(span)
            }
            ast::ExprKind::Unary {
                operator: ast::UnaryOperator::Exists,
                operand,
                ..
            } => self.exists(operand, span),
            ast::ExprKind::Unary {
                operator,
                operator_span,
                operand,
            } => {
                let before = self.problems.diagnostics.len();
                let value = self.expr(operand);
                if *operator == ast::UnaryOperator::Not {
                    self.offer_truth(before, operand);
                }
                self.typing().unary(*operator, *operator_span, value, span)
            }
            ast::ExprKind::Binary {
                operator,
                negated,
                operator_span,
                left,
                right,
            } => {
                let operator = Operator {
                    kind: *operator,
                    negated: *negated,
                    span: *operator_span,
                };
                let before = self.problems.diagnostics.len();
                let value = self.binary(operator, left, right, span);
                if self.problems.diagnostics.len() > before {
                    self.offer_exists(before, operator.kind, (left, right), span);
                    self.offer_text(before, operator.kind, left, right);
                    if matches!(
                        operator.kind,
                        ast::BinaryOperator::And | ast::BinaryOperator::Or
                    ) {
                        self.offer_truth(before, left);
                        self.offer_truth(before, right);
                    }
                }
                value
            }
            ast::ExprKind::Is {
                operand,
                negated,
                what,
            } => {
                let before = self.problems.diagnostics.len();
                let value = self.expr(operand);
                if *what == ast::IsTest::Null {
                    self.offer_none(before, operand, *negated, span);
                }
                self.typing().is_test(value, *negated, *what, span)
            }
            ast::ExprKind::Between {
                operand,
                negated,
                low,
                high,
            } => {
                let operand = self.expr(operand);
                let low = self.expr(low);
                let high = self.expr(high);
                self.typing().between(operand, *negated, low, high, span)
            }
            ast::ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_ref().map(|operand| self.expr(operand));
                let simple = operand.is_some();
                let branches = branches
                    .iter()
                    .map(|(condition, value)| {
                        let mut condition = self.expr(condition);
                        if !simple {
                            condition = self.typing().condition(condition);
                        }
                        (condition, self.expr(value))
                    })
                    .collect();
                let otherwise = otherwise.as_ref().map(|otherwise| self.expr(otherwise));
                self.typing().case(operand, branches, otherwise, span)
            }
            ast::ExprKind::Cast { operand, ty } => {
                if is_path(operand) {
                    // A generic key's cast is a way to a row.
                    let meaning = self.resolve_path_cast(expr, operand, ty);
                    return self.value_of(meaning, span);
                }
                let operand = self.expr(operand);
                self.cast_value(operand, ty, span)
            }
            ast::ExprKind::TryCast { operand, ty } => {
                let operand = self.expr(operand);
                let to = self.written_type(ty);
                self.typing().try_cast(operand, to, ty.span, span)
            }
            ast::ExprKind::Row(items) => {
                let items = items.iter().map(|item| self.expr(item)).collect();
                self.typing().row(items, span)
            }
            ast::ExprKind::List(_) => {
                self.report(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, "a list is not a value")
                        .help("lists stand behind `in`"),
                );
                self.error(span)
            }
            ast::ExprKind::Record(_) => {
                self.report(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, "a row is not a value")
                        .help("rows stand in a list that is read: `from [{id: 1}, {id: 2}] as r`"),
                );
                self.error(span)
            }
            ast::ExprKind::Sql(escape) => self.sql_value(escape, span),
            ast::ExprKind::Error => self.error(span),
        }
    }

    pub(crate) fn cast_value(&mut self, operand: Expr, ty: &'a ast::TypeExpr, span: Span) -> Expr {
        let to = self.written_type(ty);
        self.typing().cast(operand, to, ty.span, span)
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        span: Span,
    ) -> Expr {
        use ast::BinaryOperator as Op;
        match operator.kind {
            Op::In => return self.membership(operator, left, right, span),
            Op::Holds | Op::HeldBy | Op::Overlaps | Op::Adjacent => {
                let (left, right) = (self.operand(left), self.operand(right));
                return self
                    .typing()
                    .collection_operator(operator, left, right, span);
            }
            Op::Equal | Op::NotEqual | Op::DistinctFrom if is_list(left) || is_list(right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                return self.typing().array_comparison(operator, left, right, span);
            }
            Op::Coalesce => self.lint_coalesce(left, right),
            _ => {}
        }
        // A long chain of one operator leans to the left: walk it without recursion.
        let mut pending = vec![(operator, right, span)];
        let mut first = left;
        while let ast::ExprKind::Binary {
            operator: inner,
            negated,
            operator_span,
            left,
            right,
        } = &first.kind
        {
            if !matches!(
                inner,
                Op::Or | Op::And | Op::Xor | Op::Add | Op::Subtract | Op::Multiply | Op::Concat
            ) {
                break;
            }
            pending.push((
                Operator {
                    kind: *inner,
                    negated: *negated,
                    span: *operator_span,
                },
                right,
                first.span,
            ));
            first = left;
        }
        let mut value = self.expr(first);
        while let Some((operator, right, span)) = pending.pop() {
            let other = self.expr(right);
            self.lint_quoted(operator, &value, &other);
            value = self.typing().binary(operator, value, other, span);
        }
        value
    }

    /// An operand that may be an array written out.
    fn operand(&mut self, expr: &'a ast::Expr) -> Operand {
        match strip(expr) {
            ast::ExprKind::List(items) => {
                let items = items.iter().map(|item| self.expr(item)).collect();
                Operand::List(items, expr.span)
            }
            _ => Operand::Value(self.expr(expr)),
        }
    }

    fn resolve_path_cast(
        &mut self,
        expr: &'a ast::Expr,
        operand: &'a ast::Expr,
        ty: &'a ast::TypeExpr,
    ) -> Meaning<'a> {
        self.resolve_cast(expr, operand, ty)
    }

    /// `x [not] in …`.
    fn membership(
        &mut self,
        operator: Operator,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        span: Span,
    ) -> Expr {
        let value = self.expr(left);
        match &right.kind {
            ast::ExprKind::Row(items) | ast::ExprKind::List(items) => {
                let items: Vec<Expr> = items.iter().map(|item| self.expr(item)).collect();
                self.typing().in_list(operator, value, items, span)
            }
            ast::ExprKind::Parameter(name) => match self.use_value(name) {
                Some(id) => self
                    .typing()
                    .in_param(operator, value, id, right.span, span),
                None => self.error(span),
            },
            ast::ExprKind::Paren(inner) if !may_be_relation(inner) => match &inner.kind {
                ast::ExprKind::Parameter(name) => match self.use_value(name) {
                    Some(id)
                        if matches!(
                            self.parameters.ty(id).map(|ty| &ty.kind),
                            Some(crate::Type::List(_))
                        ) =>
                    {
                        self.typing()
                            .in_param(operator, value, id, inner.span, span)
                    }
                    Some(id) => {
                        let item = self.typing().parameter(id, inner.span);
                        self.typing().in_list(operator, value, vec![item], span)
                    }
                    None => self.error(span),
                },
                _ => {
                    let item = self.expr(inner);
                    self.typing().in_list(operator, value, vec![item], span)
                }
            },
            _ if may_be_relation(right) => {
                match self.resolve(right) {
                    Meaning::Many(many) => {
                        let known = match &many.start {
                            Start::Pipeline(body) => self.is_relation(body),
                            _ => true,
                        };
                        // The rows are asked for it, and have no windows of these rows.
                        let value = self.lift_windows(value);
                        let key = matches!(value.ty.kind, crate::Type::Key(_));
                        let Some(body) = self.items(&many, key, right.span) else {
                            return self.error(span);
                        };
                        self.typing().in_rows(operator, value, body, known, span)
                    }
                    Meaning::Error => self.error(span),
                    meaning => {
                        // `in (x)`: a list of one, whose parentheses a path swallows.
                        let one = matches!(right.kind, ast::ExprKind::Paren(_));
                        let item = self.value_of(meaning, right.span);
                        if one {
                            return self.typing().in_list(operator, value, vec![item], span);
                        }
                        if item.ty.kind != crate::Type::Error {
                            self.report(
                                crate::meant::offer_contains(
                                    Diagnostic::new(
                                        &codes::NOT_A_RELATION,
                                        right.span,
                                        "`in` needs a list, a relation or a pipeline, and this is one value",
                                    )
                                    .label("one value"),
                                    &value,
                                    operator,
                                    &item,
                                )
                                .fix(
                                    Applicability::Likely,
                                    "compare with `=`",
                                    operator.span,
                                    if operator.negated { "!=" } else { "=" },
                                ),
                            );
                        }
                        self.error(span)
                    }
                }
            }
            _ => {
                let item = self.expr(right);
                if item.ty.kind != crate::Type::Error {
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_RELATION,
                            right.span,
                            "`in` needs a list, a relation or a pipeline",
                        )
                        .label("one value")
                        .fix_all(
                            Applicability::Likely,
                            "put it in parentheses, as a list of one",
                            crate::meant::around(right.span, "(", ")"),
                        ),
                    );
                }
                self.error(span)
            }
        }
    }

    /// `exists …`.
    fn exists(&mut self, operand: &'a ast::Expr, span: Span) -> Expr {
        match self.resolve(operand) {
            Meaning::Many(many) => {
                self.open_scope(false);
                let ok = self.open_rows(&many);
                let body = self.close(Wanted::Nothing, many.span);
                if !ok {
                    return self.error(span);
                }
                Expr {
                    kind: ExprKind::Exists(Box::new(body)),
                    ty: crate::Type::Bool.required(),
                    span,
                }
            }
            Meaning::One(one) => {
                let source = self.imply(&one);
                let key = self.row_key(source, operand.span);
                let is_null = Expr {
                    kind: ExprKind::IsNull(Box::new(key)),
                    ty: crate::Type::Bool.required(),
                    span,
                };
                Expr {
                    kind: ExprKind::Unary(UnaryOperator::Not, Box::new(is_null)),
                    ty: crate::Type::Bool.required(),
                    span,
                }
            }
            Meaning::Error => self.error(span),
            other => {
                let what = self.describe(&other);
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_RELATION,
                        operand.span,
                        format!("`exists` asks whether there are rows, and this is {what}"),
                    )
                    .help(
                        "for a value, ask `is not null`; for other rows, `exists (from … where …)`",
                    ),
                );
                self.error(span)
            }
        }
    }
}

/// Whether it is `[a, b]`.
fn is_list(expr: &ast::Expr) -> bool {
    matches!(strip(expr), ast::ExprKind::List(_))
}
