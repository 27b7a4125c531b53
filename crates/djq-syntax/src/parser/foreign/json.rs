//! What is inside of JSON, as databases write it: `data -> 'a' ->> 'b'`, `data ->> '$.a.b'`.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use crate::ast::{Expr, ExprKind, Literal, Name, Path, TypeExpr, TypeExprKind};
use crate::parser::input::{Input, Read};
use crate::parser::operands;
use crate::token::TokenKind as K;

/// `x -> 'key'`, `x ->> 'key'`, at the arrow behind `x`; none where no key follows.
pub(crate) fn arrow(inp: &mut Input<'_, '_>, of: &Expr) -> Option<Expr> {
    let as_text = inp.kind_at(1) == K::Greater && inp.token_at(1).adjacent;
    let key = usize::from(as_text) + 1;
    if !matches!(inp.kind_at(key), K::Text | K::Int) {
        return None;
    }
    let start = inp.here();
    for _ in 0..key {
        inp.bump();
    }
    let key = inp.here();
    let token = inp.bump();
    let keys = if token.kind == K::Int {
        vec![Literal::Int(inp.knows().text(token).into())]
    } else {
        keys_of(&operands::text_of(inp, token))
    };
    let span = inp.since(start);
    let mut written = String::new();
    let mut expr = of.clone();
    for step in keys {
        written += &match &step {
            Literal::Text(text) => format!("['{}']", text.replace('\'', "''")),
            Literal::Int(place) => format!("[{place}]"),
            _ => String::new(),
        };
        expr = Expr {
            kind: ExprKind::Index {
                base: Box::new(expr),
                index: Box::new(Expr {
                    kind: ExprKind::Literal(step),
                    span: key,
                }),
            },
            span: of.span.to(span),
        };
    }
    if as_text {
        written += "::text";
        expr = Expr {
            span: of.span.to(span),
            kind: ExprKind::Cast {
                operand: Box::new(expr),
                ty: Box::new(text_type(span)),
            },
        };
    }
    let sign = if as_text { "->>" } else { "->" };
    let removed = Span {
        start: of.span.end,
        ..span
    };
    // A parenthesis may stand between the value and the arrow.
    let removed = if inp.knows().slice(removed).trim_start().starts_with("->") {
        removed
    } else {
        span
    };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            span,
            format!("what is inside of JSON is taken out by `['key']`, not by `{sign}`"),
        )
        .label("an operator of SQL's")
        .fix(
            Applicability::Exact,
            format!("write `{written}`"),
            removed,
            written.clone(),
        ),
    );
    Some(expr)
}

fn text_type(span: Span) -> TypeExpr {
    TypeExpr {
        kind: TypeExprKind::Named {
            path: Path {
                names: vec![Name {
                    text: "text".into(),
                    span,
                }],
                span,
            },
            arguments: Vec::new(),
            of: None,
        },
        span,
    }
}

/// `'key'`, or MySQL's path: `'$.a[0].b'`.
fn keys_of(text: &str) -> Vec<Literal> {
    let plain = || vec![Literal::Text(text.into())];
    let Some(path) = text.strip_prefix('$') else {
        return plain();
    };
    let mut keys = Vec::new();
    for step in path.split(['.', '[']).skip(1) {
        let place = step
            .strip_suffix(']')
            .filter(|place| place.bytes().all(|byte| byte.is_ascii_digit()));
        keys.push(match place {
            Some(place) => Literal::Int(place.into()),
            None => Literal::Text(step.trim_matches('"').into()),
        });
    }
    if keys.is_empty() { plain() } else { keys }
}
