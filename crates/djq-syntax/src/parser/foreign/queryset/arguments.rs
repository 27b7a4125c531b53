//! The arguments of a query set's methods, as text that djq reads.

use djq_diagnostics::{Diagnostic, Span};

use super::QuerySet;
use crate::ast::{BinaryOperator, Clause, ClauseKind, Expr, ExprKind, UnaryOperator};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::operands;
use crate::parser::recovery::{another, close, closes};
use crate::token::{Token, TokenKind as K};

/// The conditions of `filter` and `exclude`, as text and as a clause.
pub(super) fn conditions(
    inp: &mut Input<'_, '_>,
    set: &mut QuerySet,
    open: Token,
    from: Span,
    negated: bool,
) -> String {
    let head = inp.since(from);
    let mut conditions = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        conditions.push(expr(inp));
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    let span = inp.since(from);
    let state = inp.knows();
    let texts: Vec<&str> = conditions
        .iter()
        .map(|condition| state.slice(condition.span))
        .collect();
    let text = texts.join(" and ");
    let Some(condition) = all_of(conditions) else {
        return String::new();
    };
    let (condition, text) = if negated {
        let condition = Expr {
            span: condition.span,
            kind: ExprKind::Unary {
                operator: UnaryOperator::Not,
                operator_span: head,
                operand: Box::new(condition),
            },
        };
        (condition, format!("where not ({text})"))
    } else {
        (condition, format!("where {text}"))
    };
    set.clauses.push(Clause {
        kind: ClauseKind::Where(condition),
        guard: None,
        span,
        keyword: head,
    });
    text
}

/// `'-pub_date', 'author__name'` as paths; `flat=True` and its like are passed over.
pub(super) fn paths(inp: &mut Input<'_, '_>, open: Token, sorts: bool) -> String {
    let mut paths = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        if inp.at(K::Text) {
            let token = inp.bump();
            let text = operands::text_of(inp, token).replace("__", ".");
            paths.push(match text.strip_prefix('-') {
                Some(path) if sorts => format!("{path} desc"),
                _ if text == "?" => "random()".to_owned(),
                _ => text,
            });
        } else if inp.kind().is_name() && inp.kind_at(1) == K::Equal {
            inp.bump();
            inp.bump();
            expr(inp);
        } else {
            let value = expr(inp);
            paths.push(inp.knows().slice(value.span).to_owned());
        }
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    paths.join(", ")
}

/// `n=Count('entries'), …`: as outputs `count(entries) as n`, otherwise `n = count(entries)`.
pub(super) fn named(inp: &mut Input<'_, '_>, open: Token, outputs: bool) -> String {
    let mut values = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        let name = if inp.kind().is_name() && inp.kind_at(1) == K::Equal {
            let token = inp.bump();
            inp.bump();
            Some(inp.knows().text(token).to_owned())
        } else {
            None
        };
        let before = inp.knows().diagnostics.len();
        let value = expr(inp);
        let state = inp.knows();
        let written = state.slice(value.span).to_owned();
        let text = mended(state.diagnostics.get(before..), value.span, &written);
        values.push(match name {
            Some(name) if outputs => format!("{text} as {name}"),
            Some(name) => format!("{name} = {text}"),
            None => text,
        });
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    values.join(", ")
}

/// Conditions that all hold, as one.
pub(super) fn all_of(conditions: Vec<Expr>) -> Option<Expr> {
    conditions.into_iter().reduce(|left, right| Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary {
            operator: BinaryOperator::And,
            negated: false,
            operator_span: left.span.after(),
            left: Box::new(left),
            right: Box::new(right),
        },
    })
}

/// What was written, as the exact fix of its own diagnostic has it, where it has just one.
pub(super) fn mended(diagnostics: Option<&[Diagnostic]>, span: Span, written: &str) -> String {
    let [diagnostic] = diagnostics.unwrap_or_default() else {
        return written.to_owned();
    };
    let fix = diagnostic.fixes.first();
    let Some(fix) = fix.filter(|fix| fix.edits.iter().all(|edit| edit.span.start >= span.start))
    else {
        return written.to_owned();
    };
    let mut text = written.to_owned();
    for edit in fix.edits.iter().rev() {
        let start = (edit.span.start - span.start) as usize;
        let end = (edit.span.end.saturating_sub(span.start)) as usize;
        if text.get(start..end).is_some() {
            text.replace_range(start..end, &edit.text);
        }
    }
    text
}
