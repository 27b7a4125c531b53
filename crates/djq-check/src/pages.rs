//! `limit … per` and `distinct on`: so many rows for each combination of keys.

use crate::{
    Type,
    hir::{Clause, ClauseKind, Expr, ExprKind, Literal},
    scope::Aggregates,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// `limit n per k, …`; an `offset` beside it is of each.
    pub(crate) fn limit_per(
        &mut self,
        limit: Expr,
        per: &'a [ast::Expr],
        joins: bool,
        clause: &'a ast::Clause,
    ) {
        let Some(per) = self.page_keys(per, "`per`") else {
            return;
        };
        self.lint_limit(clause.keyword, "which rows this keeps for each");
        let limit = self.guarded_bound(limit);
        let offset = self.open_offset(joins);
        if offset.is_some() && is_guarded(&limit) {
            self.torn_page(clause.span);
        }
        self.scope().open_page = offset.is_none();
        // The bounds have the guard.
        self.scope().guard = None;
        if matches!(limit.kind, ExprKind::Literal(Literal::Int(0 | 1))) {
            self.once_per(&per);
        }
        self.push_clause(ClauseKind::PagePer { limit, offset, per }, clause.span);
    }

    /// `distinct on (k, …)`: the first row for each.
    pub(crate) fn distinct_on(&mut self, keys: &'a [ast::Expr], clause: &'a ast::Clause) {
        let Some(per) = self.page_keys(keys, "`distinct on`") else {
            return;
        };
        let below = self.scope().below;
        let order = below
            .iter()
            .find(|clause| matches!(clause.kind, ast::ClauseKind::OrderBy(_)))
            .map(|clause| clause.span);
        self.lint_page(clause.keyword, "which rows this keeps for each", order);
        let limit = Expr {
            kind: ExprKind::Literal(Literal::Int(1)),
            ty: Type::BigInt.required(),
            span: clause.keyword,
        };
        self.once_per(&per);
        self.push_clause(
            ClauseKind::PagePer {
                limit,
                offset: None,
                per,
            },
            clause.span,
        );
    }

    /// An `offset` just above, which is one page with the limit.
    fn open_offset(&mut self, joins: bool) -> Option<Expr> {
        let scope = self.scope();
        let is_open = joins
            && matches!(
                scope.clauses.last(),
                Some(Clause {
                    kind: ClauseKind::Page {
                        limit: None,
                        offset: Some(_),
                    },
                    ..
                })
            );
        if !is_open {
            return None;
        }
        match scope.clauses.pop()?.kind {
            ClauseKind::Page { offset, .. } => offset,
            _ => None,
        }
    }

    /// An `offset` just below a `limit … per`; gives it back where there is none.
    pub(crate) fn offset_per(&mut self, offset: Expr, joins: bool, span: Span) -> Option<Expr> {
        let guarded = self.guarded_bound(offset.clone());
        let torn = match self.scope().clauses.last_mut() {
            Some(Clause {
                kind:
                    ClauseKind::PagePer {
                        limit,
                        offset: known,
                        ..
                    },
                span: whole,
                ..
            }) if joins && known.is_none() => {
                *known = Some(guarded);
                *whole = whole.to(span);
                is_guarded(limit)
            }
            _ => return Some(offset),
        };
        if torn {
            self.torn_page(span);
        }
        None
    }

    fn torn_page(&mut self, span: Span) {
        self.report(
            Diagnostic::new(
                &codes::TORN_PAGE,
                span,
                "where the `limit … per` is left out, the `offset` beside it is one of all rows",
            )
            .label("an offset in each, or in all?")
            .help("leave the guard out, or put one of them in `from ( … )`"),
        );
    }

    fn page_keys(&mut self, keys: &'a [ast::Expr], place: &'static str) -> Option<Vec<Expr>> {
        self.allow(Aggregates::Refused(place));
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            let value = self.clause_expr(key);
            let value = self.typing().value(value);
            self.compared_value(&value.ty.kind, place, value.span);
            values.push(self.lift_windows(value));
        }
        let failed = values.iter().any(|value| value.ty.kind == Type::Error);
        (!failed && !values.is_empty()).then_some(values)
    }
}

fn is_guarded(bound: &Expr) -> bool {
    matches!(bound.kind, ExprKind::When(..))
}
