//! `when GUARD`: reading guards, and what may stand only under one: parameters that may be left out, the names of
//! guarded joins.

use crate::{
    Type,
    guard::{Comparison, Guard},
    hir::{Clause, ClauseKind, Expr, ExprKind, ParamId, SourceId},
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
        let optional = matches!(
            clause.kind,
            ast::ClauseKind::Where(_)
                | ast::ClauseKind::Join { .. }
                | ast::ClauseKind::OrderBy(_)
                | ast::ClauseKind::Limit { .. }
                | ast::ClauseKind::Offset(_)
        );
        if !optional {
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
                Some(if (*operator == B::And) == truth {
                    Guard::All(both)
                } else {
                    Guard::Any(both)
                })
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
                Some(if truth {
                    Guard::Any(each)
                } else {
                    Guard::All(each)
                })
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
                Some(if truth {
                    Guard::All(both)
                } else {
                    Guard::Any(both)
                })
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

    /// Whether callers may leave a parameter out, and nothing stands for it then.
    pub(crate) fn may_be_left_out(&self, id: ParamId) -> bool {
        self.parameters
            .entries
            .get(id.0 as usize)
            .is_some_and(|entry| entry.optional)
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

    /// Whether a guard surely holds wherever what is being checked is there.
    fn is_implied(&self, guard: &Guard) -> bool {
        let context: Vec<&Guard> = self
            .scopes
            .iter()
            .filter_map(|scope| scope.guard.as_ref())
            .collect();
        Guard::all_imply(&context, guard)
    }

    /// A use of a parameter's value: one that may be left out stands only where it is given.
    pub(crate) fn needs_given(&mut self, id: ParamId, span: Span) {
        if !self.may_be_left_out(id) || self.is_implied(&Guard::Given(id)) {
            return;
        }
        let name = self.parameters.name(id).to_owned();
        let declared = self.parameters.entries[id.0 as usize].span;
        let mut diagnostic = Diagnostic::new(
            &codes::MAY_BE_LEFT_OUT,
            span,
            format!("`${name}` may be left out, and is needed here"),
        )
        .because(declared, "`?` lets callers leave it out");
        diagnostic = self.offer_guard(diagnostic, &format!("${name}"));
        let diagnostic = diagnostic.help(format!(
            "put it in a clause that ends in `when ${name}`, or give it a default instead of `?`"
        ));
        self.report(diagnostic);
    }

    /// Offers to put a guard behind the clause at hand.
    fn offer_guard(&self, diagnostic: Diagnostic, guard: &str) -> Diagnostic {
        let clause = self.scopes.iter().rev().find_map(|scope| {
            scope.at_clause.filter(|clause| {
                matches!(
                    clause.kind,
                    ast::ClauseKind::Where(_)
                        | ast::ClauseKind::Join { .. }
                        | ast::ClauseKind::OrderBy(_)
                        | ast::ClauseKind::Limit { .. }
                        | ast::ClauseKind::Offset(_)
                )
            })
        });
        let Some(clause) = clause else {
            return diagnostic;
        };
        let (behind, text) = match &clause.guard {
            None => (clause.span, format!(" when {guard}")),
            Some(written) => {
                let loose = matches!(
                    written.kind,
                    ast::ExprKind::Binary {
                        operator: ast::BinaryOperator::Or,
                        ..
                    }
                );
                if loose {
                    return diagnostic;
                }
                (written.span, format!(" and {guard}"))
            }
        };
        diagnostic.fix(
            Applicability::Likely,
            "make the clause optional",
            behind.after(),
            text,
        )
    }

    /// A use of a source's rows: those of a guarded join are there only where it is.
    pub(crate) fn needs_join(&mut self, id: SourceId, span: Span) {
        let root = self.root(id);
        let Some(guard) = self.info(root).guard.clone() else {
            return;
        };
        if self.is_implied(&guard) {
            return;
        }
        // One mistake, one error.
        if self.info(root).missed {
            self.broken = true;
            return;
        }
        self.info_mut(root).missed = true;
        let (name, declared) = (self.source(root).name.clone(), self.source(root).span);
        let shown = self.show_guard(&guard);
        let diagnostic = Diagnostic::new(
            &codes::GUARDED_JOIN,
            span,
            format!("`{name}` is not always there"),
        )
        .because(declared, format!("joined only when {shown}"));
        let diagnostic = self.offer_guard(diagnostic, &shown);
        self.report(diagnostic.help(
            "use its names in clauses whose guard implies the join's, or join it without `when`",
        ));
    }

    /// A guard in the language's words.
    pub(crate) fn show_guard(&self, guard: &Guard) -> String {
        guard.show(&|id| format!("${}", self.parameters.name(id)))
    }

    /// A bound of a page under the guard of its clause.
    pub(crate) fn guarded_bound(&mut self, bound: Expr) -> Expr {
        match self.scope().guard.clone() {
            None => bound,
            Some(guard) => Expr {
                ty: bound.ty.clone(),
                span: bound.span,
                kind: ExprKind::When(Box::new(guard), Box::new(bound)),
            },
        }
    }

    /// Whether an `offset` here would be one page with a `limit` above where guards leave out what stands between
    /// them, and not where they do not.
    pub(crate) fn is_torn_offset(&mut self, joins: bool) -> bool {
        let mut adjacent = joins;
        for clause in self.scope().clauses.iter().rev() {
            match clause {
                Clause {
                    kind: ClauseKind::Page { limit, offset },
                    ..
                } => {
                    let always = |bound: &Option<Expr>| {
                        bound
                            .as_ref()
                            .is_some_and(|bound| !matches!(bound.kind, ExprKind::When(..)))
                    };
                    if adjacent && offset.is_none() {
                        if always(limit) {
                            return false;
                        }
                    } else if limit.is_some() && !always(offset) {
                        return true;
                    } else if always(limit) || always(offset) {
                        return false;
                    }
                    adjacent = false;
                }
                Clause { guard: Some(_), .. } => adjacent = false,
                _ => return false,
            }
        }
        false
    }

    pub(crate) fn torn_offset(&mut self, span: Span) {
        self.report(
            Diagnostic::new(
                &codes::TORN_PAGE,
                span,
                "this `offset` belongs to the `limit` above only where the clauses between them are left out",
            )
            .label("one page, or a page of a page?")
            .help("write `limit` and `offset` side by side; for a page of a page, put the first in `from ( … )`"),
        );
    }
}

/// The parameters of a bare pipeline that its guards ask for: callers may leave them out.
pub(crate) fn asked_for(pipeline: &ast::Pipeline) -> Vec<Box<str>> {
    let mut names = Vec::new();
    for body in pipeline.with.iter().map(|cte| &cte.body).chain([pipeline]) {
        for guard in body
            .clauses
            .iter()
            .filter_map(|clause| clause.guard.as_ref())
        {
            let mut rest = vec![guard];
            while let Some(part) = rest.pop() {
                match &part.kind {
                    ast::ExprKind::Parameter(name) => names.push(name.text.clone()),
                    ast::ExprKind::Paren(of) => rest.push(of),
                    ast::ExprKind::Unary { operand, .. } => rest.push(operand),
                    ast::ExprKind::Binary {
                        operator: ast::BinaryOperator::And | ast::BinaryOperator::Or,
                        left,
                        right,
                        ..
                    } => rest.extend([&**left, &**right]),
                    _ => {}
                }
            }
        }
    }
    names
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
