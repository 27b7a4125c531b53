//! SQL escapes: `sql<float>"similarity({e.title}, {$q})"`.

use djq_diagnostics::{Diagnostic, Span, codes};

use super::expressions::expr;
use super::input::{Input, Read, State};
use super::recovery::{another, close, closes};
use super::types;
use crate::ast::{Expr, ExprKind, SqlEscape, SqlPart, SqlText};
use crate::roles;
use crate::token::{Token, TokenKind as K};
use crate::{brackets, lexer};

/// Escapes inside escapes deeper than this are refused.
const DEEPEST: u32 = 4;

/// Whether `sql<` begins here: with no space between, so that a comparison stays one.
pub(super) fn begins(inp: &mut Input<'_, '_>) -> bool {
    let next = inp.token_at(1);
    next.kind == K::Less && next.adjacent
}

/// `sql<type>"…"`, `sql<type> { postgres "…", mysql "…" }`, `sql<id: int>"…"`.
pub(super) fn value(inp: &mut Input<'_, '_>) -> Expr {
    let start = inp.here();
    inp.bump();
    inp.mark(roles::GLUED);
    inp.bump();
    inp.mark(roles::GLUED);
    let mut escape = SqlEscape {
        ty: None,
        columns: Vec::new(),
        texts: Vec::new(),
    };
    if inp.kind_at(1) == K::Colon || (inp.kind_at(1) == K::Question && inp.kind_at(2) == K::Colon) {
        escape.columns.push(types::column(inp));
        while inp.eat(K::Comma).is_some() {
            escape.columns.push(types::column(inp));
        }
    } else {
        escape.ty = Some(types::type_expr(inp));
    }
    inp.mark(roles::GLUED);
    if inp.eat(K::Greater).is_none() {
        inp.unexpected("`>`");
    }
    if inp.at(K::Text) {
        inp.mark(roles::GLUED);
    }
    match inp.kind() {
        K::Text => {
            let token = inp.bump();
            let text = sql_text(inp, token);
            escape.texts.push((None, text));
        }
        K::OpenBrace => {
            let open = inp.bump();
            let mut more = !closes(inp, open);
            while more {
                let dialect = super::names::name(inp, "a dialect's name");
                if inp.at(K::Text) {
                    let token = inp.bump();
                    let text = sql_text(inp, token);
                    escape.texts.push((Some(dialect), text));
                } else {
                    inp.unexpected("a text of SQL");
                }
                more = another(inp, open, "`,` or `}`");
            }
            close(inp, open, "`,` or `}`");
        }
        _ => inp.unexpected("a text of SQL or `{`"),
    }
    Expr {
        kind: ExprKind::Sql(Box::new(escape)),
        span: inp.since(start),
    }
}

/// The text of an escape, cut at its braces; what is inside them is parsed at its place.
fn sql_text(inp: &mut Input<'_, '_>, token: Token) -> SqlText {
    let span = inp.span_of(token);
    let state = inp.knows();
    let text = state.text;
    let quote = text
        .as_bytes()
        .get(token.start as usize)
        .copied()
        .unwrap_or(b'"');
    let end = token.end as usize - usize::from(token.end > token.start + 1);
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut sql = String::new();
    let mut at = token.start as usize + 1;
    let mut from = at;
    while at < end {
        let byte = bytes.get(at).copied().unwrap_or(0);
        let twice = bytes.get(at + 1) == Some(&byte) && at + 1 < end;
        match byte {
            b'{' | b'}' if twice => {
                sql.push_str(text.get(from..=at).unwrap_or(""));
                at += 2;
                from = at;
            }
            _ if byte == quote && twice => {
                sql.push_str(text.get(from..=at).unwrap_or(""));
                at += 2;
                from = at;
            }
            b'{' => {
                sql.push_str(text.get(from..at).unwrap_or(""));
                if !sql.is_empty() {
                    parts.push(SqlPart::Sql(std::mem::take(&mut sql).into()));
                }
                let (close, found) = closing_brace(bytes, at + 1, end);
                if !found {
                    inp.knows().report(
                        Diagnostic::new(
                            &codes::UNCLOSED_BRACKET,
                            Span::new(span.file, at, at + 1),
                            "`{` is never closed",
                        )
                        .label("opened here")
                        .help("write `}` where the expression ends, or `{{` for a brace in SQL"),
                    );
                }
                parts.push(SqlPart::Expr(inside(inp, at + 1, close)));
                at = close + usize::from(found);
                from = at;
            }
            b'}' => {
                inp.knows().report(
                    Diagnostic::new(
                        &codes::STRAY_BRACKET,
                        Span::new(span.file, at, at + 1),
                        "`}` closes nothing",
                    )
                    .label("no brace is open here")
                    .fix(
                        djq_diagnostics::Applicability::Likely,
                        "write `}}` for a brace in SQL",
                        Span::new(span.file, at, at + 1),
                        "}}",
                    ),
                );
                at += 1;
            }
            _ => at += 1,
        }
    }
    sql.push_str(text.get(from..end.max(from)).unwrap_or(""));
    if !sql.is_empty() || parts.is_empty() {
        parts.push(SqlPart::Sql(sql.into()));
    }
    SqlText { parts, span }
}

/// The brace that closes the one before `at`, stepping over texts and braces inside.
fn closing_brace(bytes: &[u8], mut at: usize, end: usize) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut quote = None;
    while at < end {
        let byte = bytes.get(at).copied().unwrap_or(0);
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth == 0 => return (at, true),
            (None, b'}') => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    (end, false)
}

/// The expression at `start..end` of the text.
fn inside(inp: &mut Input<'_, '_>, start: usize, end: usize) -> Expr {
    let state = inp.knows();
    let (file, text, escapes) = (state.file, state.text, state.escapes);
    let span = Span::new(file, start, end);
    if escapes >= DEEPEST {
        state.report(brackets::too_deep(span));
        return Expr {
            kind: ExprKind::Error,
            span,
        };
    }
    let mut lexed = lexer::lex(file, text, start..end);
    let brackets = brackets::pair(file, text, &mut lexed.tokens);
    let mut diagnostics = lexed.diagnostics;
    diagnostics.extend(brackets.diagnostics);
    let passed_over = super::passed_over(&diagnostics);
    let mut inner = State::new(file, text, &lexed.tokens, &lexed.trivia, &passed_over);
    inner.escapes = escapes + 1;
    let parsed = if brackets.too_deep {
        None
    } else {
        super::run(&mut inner, |inp| {
            let expr = expr(inp);
            if inp.kind() != K::End {
                inp.unexpected("an operator or `}`");
            }
            expr
        })
    };
    diagnostics.append(&mut inner.diagnostics);
    let height = inner.height;
    let state = inp.knows();
    for diagnostic in diagnostics {
        state.report(diagnostic);
    }
    state.height = state.height.max(height);
    parsed.unwrap_or(Expr {
        kind: ExprKind::Error,
        span,
    })
}
