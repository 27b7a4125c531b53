//! Clauses that stand where SQL has them, below what needs them: `group by` behind the `select` that aggregates, and
//! a `window` behind its uses. One message each, with a fix that moves the clause up.

mod groups;
mod text;

use crate::{paths::Meaning, walker::Walker};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// `order by 2`: the place of an output column, as SQL has it; every row has the same 2.
    pub(crate) fn refuse_ordinal(&mut self, value: &'a ast::Expr) -> bool {
        let Some(place) = ordinal(value) else {
            return false;
        };
        let name = self
            .scope()
            .output
            .as_ref()
            .and_then(|output| output.get(place))
            .map(|column| column.name.to_string())
            .filter(|name| !name.is_empty());
        let mut diagnostic = Diagnostic::new(
            &codes::MISPLACED_ORDER,
            value.span,
            "rows are in the order of a value, and this number is the same for all of them",
        )
        .label("not a place in the output");
        if let Some(name) = name {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                format!("write `{name}`"),
                value.span,
                name,
            );
        }
        self.report(diagnostic);
        true
    }

    /// What a rank is ordered by where an `order by` stands below it: the fix that says so.
    pub(crate) fn offer_order(&mut self, before: usize, call: Span) {
        let order = self
            .scope()
            .below
            .iter()
            .find_map(|clause| match &clause.kind {
                ast::ClauseKind::OrderBy(_) => Some(clause.span),
                _ => None,
            });
        let Some(written) = order.and_then(|order| self.written(order)) else {
            return;
        };
        let text = format!(" over ({written})");
        if let Some(diagnostic) = self.problems.diagnostics.get_mut(before..).and_then(|new| {
            new.iter_mut()
                .find(|new| new.code == &codes::MISPLACED_WINDOW)
        }) {
            diagnostic.fixes.push(djq_diagnostics::Fix {
                message: "in the order of the rows below".to_owned(),
                edits: vec![Edit {
                    span: call.after(),
                    text,
                }],
                applicability: Applicability::Likely,
            });
        }
    }

    /// The `where` at hand, moved below the `group by` behind it.
    pub(crate) fn moved_below_groups(&mut self) -> Option<Vec<Edit>> {
        let scope = self.scope();
        let filter = scope
            .at_clause
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::Where(_)))?
            .span;
        let group = scope
            .below
            .first()
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::GroupBy(_)))?
            .span;
        let text = self.written(filter)?;
        let (removed, space) = self.with_space(filter);
        let space = if space.is_empty() { " " } else { space };
        Some(vec![
            Edit {
                span: removed,
                text: String::new(),
            },
            Edit {
                span: group.after(),
                text: format!("{space}{text}"),
            },
        ])
    }

    /// The `where` at hand, moved above the `select` that aggregates.
    pub(crate) fn moved_above_select(&mut self, select: Span) -> Option<Vec<Edit>> {
        let filter = self
            .scope()
            .at_clause
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::Where(_)))?
            .span;
        let text = self.written(filter)?;
        Some(self.moved(filter, text, select))
    }

    /// `country = o.customer.country` where a key or a column stands: a name before its value, as PRQL has it. What
    /// is meant by it, after a diagnostic.
    pub(crate) fn named_before(
        &mut self,
        value: &'a ast::Expr,
    ) -> Option<(&'a ast::Expr, &'a ast::Name)> {
        let ast::ExprKind::Binary {
            operator: ast::BinaryOperator::Equal,
            negated: false,
            left,
            right,
            ..
        } = &value.kind
        else {
            return None;
        };
        let ast::ExprKind::Name(name) = &left.kind else {
            return None;
        };
        if !self.is_unknown(left) {
            return None;
        }
        let removed = Span {
            end: right.span.start,
            ..left.span
        };
        self.report(
            Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!(
                    "nothing is called `{}`: a name stands behind its value, with `as`",
                    name.text
                ),
            )
            .label("not a field")
            .fix_all(
                Applicability::Likely,
                format!("write `as {}`", name.text),
                vec![
                    Edit {
                        span: removed,
                        text: String::new(),
                    },
                    Edit {
                        span: value.span.after(),
                        text: format!(" as {}", name.text),
                    },
                ],
            ),
        );
        Some((right, name))
    }

    /// Whether a name means nothing here; says nothing.
    pub(super) fn is_unknown(&mut self, name: &'a ast::Expr) -> bool {
        let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
        let broken = self.broken;
        let meaning = self.resolve(name);
        let said = self.problems.diagnostics.len() > problems;
        self.problems.diagnostics.truncate(problems);
        self.facts.truncate(facts);
        self.broken = broken;
        said && matches!(
            meaning,
            Meaning::Error
                | Meaning::Value(crate::hir::Expr {
                    ty: crate::Ty {
                        kind: crate::Type::Error,
                        ..
                    },
                    ..
                })
        )
    }

    /// A window that is named below its use; says so once.
    pub(crate) fn window_below(&mut self, name: &ast::Name) -> bool {
        let scope = self.scope();
        if scope.windows_missed.contains(&name.text) {
            return true;
        }
        let found = scope.below.iter().find_map(|clause| match &clause.kind {
            ast::ClauseKind::Window { name: declared, .. } if declared.text == name.text => {
                Some((declared.span, clause.span))
            }
            _ => None,
        });
        let Some((declared, clause)) = found else {
            return false;
        };
        let user = scope.at_clause.map(|clause| clause.span);
        scope.windows_missed.push(name.text.clone());
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_WINDOW,
            name.span,
            format!("the window `{}` is named below its use", name.text),
        )
        .label("not yet named here")
        .because(declared, "named here; clauses run from top to bottom");
        if let (Some(text), Some(user)) = (self.written(clause), user) {
            diagnostic = diagnostic.fix_all(
                Applicability::Exact,
                "move `window` up",
                self.moved(clause, text, user),
            );
        }
        self.report(diagnostic);
        true
    }
}

/// The place, from 0, that a number in the place of an expression means in SQL.
fn ordinal(value: &ast::Expr) -> Option<usize> {
    match &value.kind {
        ast::ExprKind::Literal(ast::Literal::Int(place)) => {
            place.parse::<usize>().ok()?.checked_sub(1)
        }
        _ => None,
    }
}
