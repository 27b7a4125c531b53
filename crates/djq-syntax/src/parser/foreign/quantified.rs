//! `x > all (select …)`, `x = any (select …)`: SQL's comparisons with each row of a query.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::{ClauseKind, Expr, ExprKind, Pipeline, SelectItemKind};
use crate::parser::input::{Input, Read};
use crate::parser::pipelines;
use crate::parser::recovery::close;
use crate::token::TokenKind as K;

/// The right side of such a comparison, at `all`, `any` or `some`; none where it is something else.
pub(crate) fn comparison(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let all = inp.at(K::All) || inp.is_word_at(0, "all");
    let any = inp.is_word_at(0, "any") || inp.is_word_at(0, "some");
    let asks = matches!(inp.kind_at(2), K::From | K::Select | K::With);
    if !(all || any) || inp.kind_at(1) != K::OpenParen || !asks {
        return None;
    }
    let sign = inp.previous();
    let before = inp
        .position()
        .checked_sub(1)
        .and_then(|before| inp.knows().tokens.get(before))?
        .kind;
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let pipeline = pipelines::whole(inp);
    close(inp, open, "a clause or `)`");
    let span = inp.since(start);
    let word = inp.knows().slice(start).to_lowercase();
    let replaced = |span: Span, text: &str| Edit {
        span,
        text: text.to_owned(),
    };
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_OPERATOR,
        start,
        format!("a value is compared with one value, not with `{word}` of a query"),
    )
    .label("SQL's way");
    let sign_and_word = sign.to(start);
    let diagnostic = match (before, all) {
        (K::Equal | K::DoubleEqual, false) => diagnostic.fix_all(
            Applicability::Exact,
            "write `in`",
            vec![replaced(sign_and_word, "in")],
        ),
        (K::NotEqual | K::LessGreater, true) => diagnostic.fix_all(
            Applicability::Exact,
            "write `not in`",
            vec![replaced(sign_and_word, "not in")],
        ),
        (K::Greater | K::GreaterEqual | K::Less | K::LessEqual, _) => {
            let greater = matches!(before, K::Greater | K::GreaterEqual);
            let aggregate = if greater == all { "max" } else { "min" };
            let removed = Span {
                end: inp.span_of(open).start,
                ..start
            };
            match only_value(&pipeline) {
                Some(value) => diagnostic
                    .note(if all {
                        "over no rows `all` is true, and this comparison is null"
                    } else {
                        "over no rows `any` is false, and this comparison is null"
                    })
                    .fix_all(
                        Applicability::Likely,
                        format!("compare with the `{aggregate}` of them"),
                        vec![
                            replaced(removed, ""),
                            replaced(value.before(), &format!("{aggregate}(")),
                            replaced(value.after(), ")"),
                        ],
                    ),
                None => diagnostic.help(format!("compare with their `{aggregate}(…)`")),
            }
        }
        _ => diagnostic.help("ask with `exists (from … where …)`, or `not exists`"),
    };
    inp.knows().report(diagnostic);
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// The one value that a pipeline ends in.
fn only_value(pipeline: &Pipeline) -> Option<Span> {
    let ClauseKind::Select(items) = &pipeline.clauses.last()?.kind else {
        return None;
    };
    match items.as_slice() {
        [item] => match &item.kind {
            SelectItemKind::Expr { value, .. } => Some(value.span),
            _ => None,
        },
        _ => None,
    }
}
