//! Reading a guard as it is written: conditions on parameters alone.

use super::may_be_optional;
use crate::{
    Type,
    guard::{Comparison, Guard},
    hir::ParamId,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

/// What holds nowhere, and so implies all: stands for a guard that could not be read.
fn unread() -> Guard {
    Guard::Any(Vec::new())
}

impl<'a> Walker<'a> {
    /// The guard of a clause; none where it always is there.
    pub(crate) fn clause_guard(&mut self, clause: &'a ast::Clause) -> Option<Guard> {
        let written = clause.guard.as_ref()?;
        if !may_be_optional(clause) {
            // Its parameters are used; what else is wrong with it does not matter any more.
            let before = self.problems.diagnostics.len();
            self.guard(written);
            self.problems.diagnostics.truncate(before);
            let mut diagnostic = Diagnostic::new(
                &codes::MISPLACED_GUARD,
                written.span,
                "this clause is always there",
            )
            .because(clause.keyword, "it cannot be optional");
            diagnostic = match clause.kind {
                ast::ClauseKind::Update { .. } | ast::ClauseKind::Insert { .. } => diagnostic
                    .help("an assignment of an `update` may end in `when`, inside the braces"),
                _ => diagnostic.help(
                    "`where`, `join`, `order by`, `limit` and `offset` may end in `when`; for other rows, write another query",
                ),
            };
            self.report(diagnostic);
            return Some(unread());
        }
        Some(self.guard(written))
    }

    /// A guard as written.
    pub(crate) fn guard(&mut self, written: &'a ast::Expr) -> Guard {
        let before = self.problems.diagnostics.len();
        match self.when(written, true) {
            Some(guard) => guard,
            None => {
                if self.problems.diagnostics.len() == before {
                    self.broken = true;
                }
                unread()
            }
        }
    }

    /// When an expression is true; or, not `truth`, when it is false.
    fn when(&mut self, written: &'a ast::Expr, truth: bool) -> Option<Guard> {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.when_here(written, truth))
    }

    fn when_here(&mut self, written: &'a ast::Expr, truth: bool) -> Option<Guard> {
        use ast::BinaryOperator as B;
        match &written.kind {
            ast::ExprKind::Paren(inner) => self.when(inner, truth),
            ast::ExprKind::Parameter(name) => {
                let id = self.use_parameter(name)?;
                if !self.may_be_left_out(id) {
                    self.always_given(id, name);
                    return None;
                }
                let given = Guard::Given(id);
                Some(if truth { given } else { given.negated() })
            }
            ast::ExprKind::Unary {
                operator: ast::UnaryOperator::Not,
                operand,
                ..
            } => self.when(operand, !truth),
            ast::ExprKind::Binary {
                operator: operator @ (B::And | B::Or),
                left,
                right,
                ..
            } => {
                let (left, right) = (self.when(left, truth), self.when(right, truth));
                let both = vec![left?, right?];
                Some(joined((*operator == B::And) == truth, both))
            }
            ast::ExprKind::Binary {
                operator: B::In,
                negated,
                left,
                right,
                ..
            } => {
                let truth = truth != *negated;
                let values = match &right.kind {
                    ast::ExprKind::Row(values) | ast::ExprKind::List(values) => values.as_slice(),
                    ast::ExprKind::Paren(value) => std::slice::from_ref(&**value),
                    _ => return self.no_guard(right),
                };
                let id = self.guarded_parameter(left)?;
                let mut each = Vec::with_capacity(values.len());
                for value in values {
                    each.push(self.parameter_compared(
                        id,
                        Comparison::Equal,
                        value,
                        left.span,
                        truth,
                    )?);
                }
                Some(joined(!truth, each))
            }
            ast::ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => {
                let Some(comparison) = comparison(*operator) else {
                    return self.no_guard(written);
                };
                if is_parameter(left) {
                    let id = self.guarded_parameter(left)?;
                    self.parameter_compared(id, comparison, right, left.span, truth)
                } else if is_parameter(right) {
                    let id = self.guarded_parameter(right)?;
                    self.parameter_compared(id, flipped(comparison), left, right.span, truth)
                } else {
                    self.no_guard(written)
                }
            }
            ast::ExprKind::Between {
                operand,
                negated,
                low,
                high,
            } => {
                let truth = truth != *negated;
                let id = self.guarded_parameter(operand)?;
                let low =
                    self.parameter_compared(id, Comparison::GreaterEqual, low, operand.span, truth);
                let high =
                    self.parameter_compared(id, Comparison::LessEqual, high, operand.span, truth);
                let both = vec![low?, high?];
                Some(joined(truth, both))
            }
            ast::ExprKind::Is {
                operand,
                negated,
                what,
            } => {
                let id = self.guarded_parameter(operand)?;
                let truth = truth != *negated;
                let is = match what {
                    ast::IsTest::Null => Guard::Null(id),
                    ast::IsTest::True | ast::IsTest::False => {
                        let boolean = self
                            .parameters
                            .ty(id)
                            .is_some_and(|ty| *ty.kind.base() == Type::Bool);
                        if !boolean {
                            return self.no_guard(written);
                        }
                        let value = *what == ast::IsTest::True;
                        Guard::Compare(id, Comparison::Equal, crate::hir::Literal::Bool(value))
                    }
                };
                Some(if truth {
                    is
                } else {
                    Guard::All(vec![Guard::Given(id), is.negated()])
                })
            }
            ast::ExprKind::Error => None,
            _ => self.no_guard(written),
        }
    }

    /// The parameter that a comparison of a guard is about.
    fn guarded_parameter(&mut self, written: &'a ast::Expr) -> Option<ParamId> {
        match &written.kind {
            ast::ExprKind::Paren(inner) => self.guarded_parameter(inner),
            ast::ExprKind::Parameter(name) => self.use_parameter(name),
            _ => self.no_guard(written),
        }
    }

    /// A parameter compared with a literal.
    fn parameter_compared(
        &mut self,
        id: ParamId,
        comparison: Comparison,
        value: &'a ast::Expr,
        beside: Span,
        truth: bool,
    ) -> Option<Guard> {
        let comparison = if truth {
            comparison
        } else {
            comparison.opposite()
        };
        if let ast::ExprKind::Literal(ast::Literal::Null) = value.kind {
            let is = match comparison {
                Comparison::NotEqual => "is not null",
                _ => "is null",
            };
            self.report(
                Diagnostic::new(
                    &codes::COMPARE_WITH_NULL,
                    beside.to(value.span),
                    "a comparison with null is never true",
                )
                .help(format!("write `{is}`")),
            );
            return None;
        }
        if !is_literal(value) {
            return self.no_guard(value);
        }
        if self.parameters.ty(id).is_none() {
            let literal = self.expr(value);
            self.parameters.infer(id, &literal.ty.kind, value.span);
        }
        let ty = self.parameters.ty(id)?.clone();
        if ty.kind == Type::Error {
            return None;
        }
        let ordered = match ty.kind.base() {
            Type::Bool | Type::Text | Type::Uuid => false,
            Type::Int
            | Type::BigInt
            | Type::Float
            | Type::Decimal(..)
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration => true,
            _ => {
                let shown = self.type_name(&ty);
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_GUARD,
                        beside,
                        format!("a guard cannot compare a parameter of type `{shown}`"),
                    )
                    .help("ask whether it is given: `when $name`, of a parameter `name?: …`"),
                );
                return None;
            }
        };
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if !ordered && !equality {
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_GUARD,
                    beside.to(value.span),
                    "a guard compares text, truth values and UUIDs by `=` and `!=` alone",
                )
                .label("the order of text is the database's"),
            );
            return None;
        }
        let mut ty = ty;
        ty.nullable = false;
        let before = self.problems.diagnostics.len();
        match self.typing().default_value(value, &ty) {
            Some(literal) => Some(Guard::Compare(id, comparison, literal)),
            None if self.problems.diagnostics.len() > before => None,
            None => self.no_guard(value),
        }
    }

    fn no_guard<T>(&mut self, written: &'a ast::Expr) -> Option<T> {
        if matches!(written.kind, ast::ExprKind::Error) {
            return None;
        }
        self.report(
            Diagnostic::new(
                &codes::NOT_A_GUARD,
                written.span,
                "`when` asks about parameters alone",
            )
            .label("not a parameter, nor one compared with a literal")
            .help("a guard is `$name` (it is given), `$name = 'literal'` and its like, with `and`, `or` and `not`; conditions on rows belong in `where`"),
        );
        None
    }

    fn always_given(&mut self, id: ParamId, name: &ast::Name) {
        let Some(entry) = self.parameters.entries.get(id.0 as usize) else {
            return;
        };
        let (declared, defaulted) = (entry.span, entry.defaulted);
        let ty = entry.ty.clone();
        let mut diagnostic = Diagnostic::new(
            &codes::ALWAYS_GIVEN,
            name.span,
            format!("`${}` is always given, so this always holds", name.text),
        )
        .label(if defaulted {
            "it has a default"
        } else {
            "it cannot be left out"
        })
        .because(declared, "declared here");
        let boolean = ty.as_ref().is_some_and(|ty| *ty.kind.base() == Type::Bool);
        let nullable = ty.as_ref().is_some_and(|ty| ty.nullable);
        if boolean {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                "ask whether it is true",
                name.span,
                format!("${} = true", name.text),
            );
        }
        if nullable {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                "ask whether it is not null",
                name.span,
                format!("${} is not null", name.text),
            );
        }
        if !boolean && !nullable && !defaulted && declared.start < declared.end && !self.bare {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                "let callers leave it out",
                declared,
                format!("{}?", name.text),
            );
        }
        if defaulted {
            diagnostic = diagnostic.help(
                "write `?` instead of the default where callers may leave it out, or compare its value",
            );
        }
        self.report(diagnostic);
    }
}

/// All of them, or one of them.
fn joined(all: bool, guards: Vec<Guard>) -> Guard {
    if all {
        Guard::All(guards)
    } else {
        Guard::Any(guards)
    }
}

fn is_parameter(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Paren(inner) => is_parameter(inner),
        kind => matches!(kind, ast::ExprKind::Parameter(_)),
    }
}

fn is_literal(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Literal(_) => true,
        ast::ExprKind::Paren(inner) => is_literal(inner),
        ast::ExprKind::Unary {
            operator: ast::UnaryOperator::Negate,
            operand,
            ..
        } => matches!(operand.kind, ast::ExprKind::Literal(_)),
        _ => false,
    }
}

fn comparison(operator: ast::BinaryOperator) -> Option<Comparison> {
    use ast::BinaryOperator as B;
    Some(match operator {
        B::Equal => Comparison::Equal,
        B::NotEqual => Comparison::NotEqual,
        B::Less => Comparison::Less,
        B::LessEqual => Comparison::LessEqual,
        B::Greater => Comparison::Greater,
        B::GreaterEqual => Comparison::GreaterEqual,
        _ => return None,
    })
}

/// `a < b` is `b > a`.
fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}
