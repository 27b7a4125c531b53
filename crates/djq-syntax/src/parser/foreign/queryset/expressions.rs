//! Django's expressions inside a query set or beside it.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::super::declared::defines;
use super::arguments::{all_of, mended};
use crate::ast::{Expr, ExprKind};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::operands;
use crate::parser::recovery::{another, close, closes};
use crate::token::TokenKind as K;

/// Django's expressions: `F('a__b')` is `a.b`, `Q(a=1, b=2)` is `(a = 1 and b = 2)`, `Value(1)` is `1`,
/// `Count('entries', distinct=True)` is `count(distinct entries)`.
pub(crate) fn expression(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let token = inp.token();
    let word = inp.knows().text(token);
    let is_django = matches!(
        word,
        "Q" | "F" | "Value" | "Count" | "Sum" | "Avg" | "Min" | "Max"
    );
    if !is_django || defines(inp, word) {
        return None;
    }
    let is_text = inp.kind_at(2) == K::Text;
    let span = match word {
        "Q" => return Some(condition(inp)),
        "F" | "Count" | "Sum" | "Avg" | "Min" | "Max" if is_text => aggregate(inp, word),
        "Value" => wrapped(inp),
        _ => return None,
    };
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// `Q(a=1, b=2)`.
fn condition(inp: &mut Input<'_, '_>) -> Expr {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let mut edits = vec![Edit {
        span: start,
        text: String::new(),
    }];
    let mut conditions = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        conditions.push(expr(inp));
        if inp.at(K::Comma) {
            edits.push(Edit {
                span: inp.here(),
                text: " and".to_owned(),
            });
        }
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    let span = inp.since(start);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            start,
            "a condition needs no `Q`: conditions are joined by `and` and `or`",
        )
        .label("Django's way")
        .fix_all(Applicability::Exact, "write the condition", edits),
    );
    let joined = all_of(conditions);
    match joined {
        Some(condition) => Expr {
            kind: ExprKind::Paren(Box::new(condition)),
            span,
        },
        None => Expr {
            kind: ExprKind::Error,
            span,
        },
    }
}

/// `Count('entries__tags', distinct=True, filter=…)`, and `F('author__name')`.
fn aggregate(inp: &mut Input<'_, '_>, word: &str) -> Span {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let token = inp.bump();
    let path = operands::text_of(inp, token).replace("__", ".");
    let path = if path == "*" { String::new() } else { path };
    let (mut distinct, mut filter) = ("", String::new());
    while inp.eat(K::Comma).is_some() && !closes(inp, open) {
        if inp.kind() == K::Distinct && inp.kind_at(1) == K::Equal {
            inp.bump();
            inp.bump();
            distinct = if inp.is_word_at(0, "True") || inp.at(K::True) {
                "distinct "
            } else {
                ""
            };
            inp.bump();
        } else if inp.is_word_at(0, "filter") && inp.kind_at(1) == K::Equal {
            inp.bump();
            inp.bump();
            let before = inp.knows().diagnostics.len();
            let condition = expr(inp);
            let state = inp.knows();
            let written = state.slice(condition.span).to_owned();
            let text = mended(state.diagnostics.get(before..), condition.span, &written);
            let inner = text
                .strip_prefix('(')
                .and_then(|text| text.strip_suffix(')'));
            let is_one_pair = matches!(condition.kind, ExprKind::Paren(_));
            let text = inner.filter(|_| is_one_pair).unwrap_or(&text);
            filter = format!(" where {text}");
        } else {
            expr(inp);
        }
    }
    close(inp, open, "`,` or `)`");
    let span = inp.since(start);
    let (text, message) = if word == "F" {
        (path, "a field goes by its name, without `F`".to_owned())
    } else {
        let function = word.to_lowercase();
        (
            format!("{function}({distinct}{path}{filter})"),
            format!("`{function}` takes the field or relation itself, not its name as text"),
        )
    };
    let offer = format!("write `{text}`");
    inp.knows().report(
        Diagnostic::new(&codes::FOREIGN_CALL, span, message)
            .label("Django's way")
            .fix(Applicability::Exact, offer, span, text),
    );
    span
}

/// `Value(1)`.
fn wrapped(inp: &mut Input<'_, '_>) -> Span {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let value = expr(inp);
    close(inp, open, "`)`");
    let span = inp.since(start);
    let text = inp.knows().slice(value.span).to_owned();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            span,
            "a value stands as it is, without `Value`",
        )
        .label("Django's way")
        .fix(Applicability::Exact, "write the value", span, text),
    );
    span
}
