//! Calls with words between their arguments, as SQL has them: `substring(x from 1 for 2)`, `position('a' in x)`,
//! MySQL's `group_concat(x order by y separator ', ')`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::call_of;
use crate::ast::{BinaryOperator, Expr, ExprKind, Literal, Name};
use crate::parser::clauses;
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::operands;
use crate::parser::recovery::close;
use crate::token::{Token, TokenKind as K};

/// `substring(x from 1 for 2)` and `position('a' in x)`, at their names; none where their arguments stand between
/// commas.
pub(crate) fn keyword_arguments(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let open = inp.token_at(1);
    if open.kind != K::OpenParen || open.partner == Token::ALONE {
        return None;
    }
    let is_substring = inp.is_word_at(0, "substring");
    let word = if is_substring { K::From } else { K::In };
    if !has(inp, open, word) {
        return None;
    }
    let start = inp.here();
    let token = inp.bump();
    inp.bump();
    let mut edits = Vec::new();
    let mut arguments = Vec::new();
    if is_substring {
        edits.push(Edit {
            span: start,
            text: "substr".into(),
        });
        arguments.push(expr(inp));
        while inp.at(K::From) || inp.at(K::For) {
            comma(inp, &mut edits);
            arguments.push(expr(inp));
        }
    } else {
        // `'a' in x` is read as an expression.
        let pair = expr(inp);
        let ExprKind::Binary {
            operator: BinaryOperator::In,
            operator_span,
            left,
            right,
            ..
        } = pair.kind
        else {
            close(inp, open, "`,` or `)`");
            return Some(Expr {
                kind: ExprKind::Error,
                span: inp.since(start),
            });
        };
        edits.push(Edit {
            span: Span {
                start: left.span.end,
                ..operator_span
            },
            text: ",".into(),
        });
        arguments = vec![*left, *right];
    }
    close(inp, open, "`,` or `)`");
    let span = inp.since(start);
    let mut name = inp.name_of(token);
    name.text = if is_substring { "substr" } else { "position" }.into();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            start,
            "arguments stand between commas",
        )
        .label("SQL's way")
        .fix_all(Applicability::Exact, "write commas", edits),
    );
    Some(Expr {
        kind: ExprKind::Call(Box::new(call_of(name, arguments))),
        span,
    })
}

/// The word here as the comma that it means.
fn comma(inp: &mut Input<'_, '_>, edits: &mut Vec<Edit>) {
    let before = inp.previous();
    let word = inp.here();
    inp.bump();
    edits.push(Edit {
        span: Span {
            start: before.end,
            ..word
        },
        text: ",".into(),
    });
}

/// Whether a word stands directly inside a bracket.
fn has(inp: &mut Input<'_, '_>, open: Token, word: K) -> bool {
    let mut at = inp.position() + 2;
    let tokens = inp.knows().tokens;
    while at < open.partner as usize {
        let Some(token) = tokens.get(at) else {
            return false;
        };
        if token.kind == word {
            return true;
        }
        at = if token.kind.opens() && token.partner != Token::ALONE {
            token.partner as usize + 1
        } else {
            at + 1
        };
    }
    false
}

/// `group_concat([distinct] x [order by y] [separator ', '])`.
pub(crate) fn group_concat(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if inp.kind_at(1) != K::OpenParen {
        return None;
    }
    let start = inp.here();
    let token = inp.bump();
    let open = inp.bump();
    let distinct = inp.at(K::Distinct).then(|| inp.here());
    if distinct.is_some() {
        inp.bump();
    }
    let value = expr(inp);
    let behind = value.span.after();
    let mut order_by = Vec::new();
    if inp.at(K::Order) && inp.kind_at(1) == K::By {
        inp.bump();
        inp.bump();
        order_by = clauses::order_items(inp);
    }
    let mut edits = vec![Edit {
        span: start,
        text: "string_agg".into(),
    }];
    let mut separator = ",".to_owned();
    let mut place = behind;
    if inp.at(K::Comma) && inp.kind_at(1) == K::Text {
        // SQLite's second argument.
        inp.bump();
        let text = inp.bump();
        separator = operands::text_of(inp, text).to_string();
        place = inp.span_of(text);
        if inp.at(K::Order) && inp.kind_at(1) == K::By {
            inp.bump();
            inp.bump();
            order_by = clauses::order_items(inp);
        }
    } else if inp.is_word_at(0, "separator") && inp.kind_at(1) == K::Text {
        let before = inp.previous();
        inp.bump();
        let text = inp.bump();
        separator = operands::text_of(inp, text).to_string();
        edits.push(Edit {
            span: Span {
                start: before.end,
                ..inp.span_of(text)
            },
            text: String::new(),
        });
        place = behind;
    }
    if place == behind {
        edits.push(Edit {
            span: behind,
            text: format!(", '{}'", separator.replace('\'', "''")),
        });
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    close(inp, open, "`,` or `)`");
    let span = inp.since(start);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            start,
            "texts of many rows are joined by `string_agg(x, ', ')`",
        )
        .label("another database's way")
        .fix_all(Applicability::Exact, "write `string_agg`", edits),
    );
    let mut name: Name = inp.name_of(token);
    name.text = "string_agg".into();
    let separator = Expr {
        kind: ExprKind::Literal(Literal::Text(separator.into())),
        span: place,
    };
    let mut call = call_of(name, vec![value, separator]);
    call.distinct = distinct;
    call.order_by = order_by;
    Some(Expr {
        kind: ExprKind::Call(Box::new(call)),
        span,
    })
}
