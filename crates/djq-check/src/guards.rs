//! `when GUARD`: what may stand only under one: parameters that may be left out, the names of guarded joins.

mod reading;

use crate::{
    guard::Guard,
    hir::{Clause, ClauseKind, Expr, ExprKind, ParamId, SourceId},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// Whether callers may leave a parameter out, and nothing stands for it then.
    pub(crate) fn may_be_left_out(&self, id: ParamId) -> bool {
        self.parameters
            .entries
            .get(id.0 as usize)
            .is_some_and(|entry| entry.optional)
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
        let clause = self
            .scopes
            .iter()
            .rev()
            .find_map(|scope| scope.at_clause.filter(|clause| may_be_optional(clause)));
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

/// Whether a clause may end in `when`.
fn may_be_optional(clause: &ast::Clause) -> bool {
    matches!(
        clause.kind,
        ast::ClauseKind::Where(_)
            | ast::ClauseKind::Join { .. }
            | ast::ClauseKind::OrderBy(_)
            | ast::ClauseKind::Limit { .. }
            | ast::ClauseKind::Offset(_)
    )
}
