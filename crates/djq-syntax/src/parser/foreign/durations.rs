//! Durations as SQL writes them, in a text.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use crate::ast::{Expr, ExprKind, Literal};
use crate::parser::input::{Input, Read};
use crate::parser::operands;
use crate::token::TokenKind as K;

/// `interval '1 day'`, `interval 1 day`.
pub(super) fn interval(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if !inp.is_word_at(0, "interval") || !matches!(inp.kind_at(1), K::Text | K::Int | K::Decimal) {
        return None;
    }
    let start = inp.here();
    let word = inp.bump();
    let next = inp.here();
    if inp.kind() != K::Text {
        let removed = Span {
            end: next.start,
            ..inp.span_of(word)
        };
        inp.knows().report(foreign(start).fix(
            Applicability::Exact,
            "remove `interval`",
            removed,
            "",
        ));
        return Some(operands::number(inp));
    }
    let token = inp.bump();
    let text = operands::text_of(inp, token);
    let span = inp.since(start);
    Some(written(inp, &text, start, span))
}

/// `'1 day'::duration`, behind the text: no text is ever converted to a duration.
pub(crate) fn cast_duration(inp: &mut Input<'_, '_>, operand: &Expr) -> Option<Expr> {
    let ExprKind::Literal(Literal::Text(text)) = &operand.kind else {
        return None;
    };
    let is_duration =
        inp.at(K::DoubleColon) && (inp.is_word_at(1, "duration") || inp.is_word_at(1, "interval"));
    if !is_duration {
        return None;
    }
    inp.bump();
    inp.bump();
    let span = inp.since(operand.span);
    Some(written(inp, text, span, span))
}

fn foreign(at: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::FOREIGN_INTERVAL,
        at,
        "a duration is a number and a unit",
    )
    .label("SQL's way")
}

/// Reports a text that stands for a duration at `at`, and gives what it says.
fn written(inp: &mut Input<'_, '_>, text: &str, at: Span, span: Span) -> Expr {
    let mut parts = text.split_whitespace();
    let amount = parts.next().unwrap_or("");
    let unit = parts
        .next()
        .and_then(|unit| operands::unit(&unit.to_lowercase()));
    let is_number = amount
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && amount.starts_with(|c: char| c.is_ascii_digit());
    let diagnostic = foreign(at);
    match unit {
        Some(unit) if is_number && parts.next().is_none() => {
            let written = text.trim().to_lowercase();
            inp.knows().report(diagnostic.fix(
                Applicability::Exact,
                format!("write `{written}`"),
                span,
                written.clone(),
            ));
            Expr {
                kind: ExprKind::Literal(Literal::Duration {
                    amount: amount.into(),
                    unit,
                }),
                span,
            }
        }
        _ => {
            inp.knows().report(diagnostic.help(
                "write a number and a unit, such as `30 days`; longer ones are sums of these",
            ));
            Expr {
                kind: ExprKind::Error,
                span,
            }
        }
    }
}
