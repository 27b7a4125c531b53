//! Values as other languages write them: their words for null, placeholders, texts with parts in
//! braces, typed literals, and choices between two values.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::{call_of, written_so};
use crate::ast::{BinaryOperator, Expr, ExprKind, Literal, Name};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read, describe};
use crate::token::TokenKind as K;

/// `None`, `True` and `False`: djq's words are lower case.
pub(crate) fn word(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let token = inp.token();
    let (literal, ours) = match inp.knows().text(token) {
        "None" | "Null" => (Literal::Null, "null"),
        "True" => (Literal::Bool(true), "true"),
        "False" => (Literal::Bool(false), "false"),
        _ => return None,
    };
    if matches!(inp.kind_at(1), K::Dot | K::OpenParen) {
        return None;
    }
    let span = written_so(inp, ours);
    Some(Expr {
        kind: ExprKind::Literal(literal),
        span,
    })
}

/// `:name`, `%s`, `%(name)s`, `?`, `@name`, `{name}`: the places for values of drivers and templates.
pub(crate) fn placeholder(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let start = inp.here();
    let next = inp.token_at(1);
    let glued = next.adjacent;
    let (name, tokens) = match inp.kind() {
        K::Colon | K::At if glued && next.kind.is_name() => (Some(next), 2),
        K::Question => (None, 1),
        K::Percent if glued && next.kind == K::Name => {
            let text = inp.knows().text(next);
            if text == "s" || text == "d" {
                (None, 2)
            } else {
                return None;
            }
        }
        K::Percent if glued && next.kind == K::OpenParen => {
            let name = inp.token_at(2);
            let is_format = inp.kind_at(3) == K::CloseParen && inp.is_word_at(4, "s");
            (is_format && name.kind.is_name()).then_some((Some(name), 5))?
        }
        K::OpenBrace if inp.kind_at(2) == K::CloseBrace && next.kind.is_name() => (Some(next), 3),
        _ => return None,
    };
    for _ in 0..tokens {
        inp.bump();
    }
    let span = inp.since(start);
    let written = inp.knows().slice(span).to_owned();
    let named = name.map(|token| inp.knows().text(token).to_owned());
    let is_named = named.is_some();
    let name = named.unwrap_or_else(|| "value".to_owned());
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_VALUE,
        span,
        format!("a parameter is written `$` and its name, not `{written}`"),
    )
    .label("a place for a value, as other languages have it")
    .fix(
        if is_named {
            Applicability::Exact
        } else {
            Applicability::Likely
        },
        format!("write `${name}`"),
        span,
        format!("${name}"),
    );
    inp.knows().report(diagnostic);
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// `like %x%`: a pattern without quotes.
pub(crate) fn bare_pattern(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if !inp.at(K::Percent) {
        return None;
    }
    let start = inp.here();
    inp.bump();
    while inp.token().adjacent
        && (inp.kind() == K::Percent || inp.kind().is_name() || inp.kind() == K::Int)
    {
        inp.bump();
    }
    let span = inp.since(start);
    let text = inp.knows().slice(span).to_owned();
    if text == "%" {
        inp.unexpected("an expression");
    } else {
        inp.knows().report(
            Diagnostic::new(
                &codes::FOREIGN_VALUE,
                span,
                "a pattern is a text, in quotes",
            )
            .label("the quotes are missing")
            .fix(
                Applicability::Exact,
                "put it in quotes",
                span,
                format!("'{text}'"),
            ),
        );
    }
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// `f'{title} by {author}'`, at its letter.
pub(crate) fn formatted(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let token = inp.token();
    let text = inp.token_at(1);
    if text.kind != K::Text || !text.adjacent {
        return None;
    }
    let letter = inp.knows().text(token);
    if !matches!(letter, "f" | "F" | "r" | "b" | "u" | "s" | "E" | "N") {
        return None;
    }
    let start = inp.here();
    inp.bump();
    inp.bump();
    let span = inp.since(start);
    let written = inp.knows().text(text).to_owned();
    let is_formatted = matches!(letter, "f" | "F" | "s") && written.contains('{');
    let diagnostic = if is_formatted {
        let diagnostic = Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "texts are joined by `||`; braces inside a text are text",
        )
        .label("a text with parts in it");
        match joined(&written) {
            Some(joined) => diagnostic.fix(
                Applicability::Likely,
                "join the parts; `x::text` makes text of another value",
                span,
                joined,
            ),
            None => diagnostic.help("join the parts with `||`"),
        }
    } else {
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "a text has no letter before it, and a backslash in it is a backslash",
        )
        .label(format!("`{letter}` stands before a text"))
        .fix(
            Applicability::Exact,
            format!("remove `{letter}`"),
            start,
            "",
        )
    };
    inp.knows().report(diagnostic);
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// The parts of a formatted text, joined.
fn joined(written: &str) -> Option<String> {
    let quote = written.chars().next()?;
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut parts = Vec::new();
    let mut rest = inner;
    while let Some(open) = rest.find('{') {
        let close = open + rest.get(open..)?.find('}')?;
        let before = rest.get(..open)?;
        let value = rest.get(open + 1..close)?.trim();
        let is_plain = value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$'));
        if value.is_empty() || !is_plain {
            return None;
        }
        if !before.is_empty() {
            parts.push(format!("{quote}{before}{quote}"));
        }
        parts.push(value.to_owned());
        rest = rest.get(close + 1..)?;
    }
    if !rest.is_empty() {
        parts.push(format!("{quote}{rest}{quote}"));
    }
    Some(parts.join(" || "))
}

/// SQL's `date '2024-01-31'`, `timestamp '…'`, `time '…'`.
pub(crate) fn typed_moment(inp: &mut Input<'_, '_>) -> Option<Expr> {
    let text = inp.token_at(1);
    if text.kind != K::Text || text.adjacent {
        return None;
    }
    let is_moment = ["date", "timestamp", "timestamptz", "datetime", "time"]
        .iter()
        .any(|word| inp.is_word_at(0, word));
    if !is_moment {
        return None;
    }
    let start = inp.here();
    inp.bump();
    inp.bump();
    let span = inp.since(start);
    let inner = inp.knows().text(text).trim_matches(['\'', '"']).to_owned();
    let mut written = inner.replacen(' ', "T", 1);
    let has_zone = written.ends_with('Z') || written.rfind(['+', '-']) > written.find('T');
    if written.contains('T') && !has_zone {
        written.push('Z');
    }
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "a date or time is written behind `@`",
        )
        .label("SQL's way")
        .fix(
            Applicability::Exact,
            format!("write `@{written}`"),
            span,
            format!("@{written}"),
        ),
    );
    Some(Expr {
        kind: ExprKind::Literal(Literal::Moment(written.into())),
        span,
    })
}

/// Whether a choice goes on here as other languages write it.
pub(crate) fn begins_choice(inp: &mut Input<'_, '_>) -> bool {
    match inp.kind() {
        K::Question => true,
        K::Name => begins_python_choice(inp),
        _ => false,
    }
}

/// `condition ? a : b` and `a if condition else b`, behind what was read first.
pub(crate) fn choice(inp: &mut Input<'_, '_>, first: Expr) -> Expr {
    let start = first.span;
    let (condition, then, otherwise) = if inp.at(K::Question) {
        inp.bump();
        let then = expr(inp);
        if inp.eat(K::Colon).is_none() {
            inp.unexpected("`:` and the other value");
            return Expr {
                kind: ExprKind::Error,
                span: inp.since(start),
            };
        }
        (first, then, expr(inp))
    } else {
        inp.bump();
        let condition = expr(inp);
        if inp.eat(K::Else).is_none() {
            inp.unexpected("`else` and the other value");
            return Expr {
                kind: ExprKind::Error,
                span: inp.since(start),
            };
        }
        (condition, first, expr(inp))
    };
    let span = inp.since(start);
    let state = inp.knows();
    let text = format!(
        "iif({}, {}, {})",
        state.slice(condition.span),
        state.slice(then.span),
        state.slice(otherwise.span)
    );
    state.report(
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "a choice between two values is `iif(condition, a, b)`, between more `case when … end`",
        )
        .label("a choice as other languages write it")
        .fix(Applicability::Exact, "write `iif(…)`", span, text),
    );
    let name = Name {
        text: "iif".into(),
        span: span.before(),
    };
    Expr {
        kind: ExprKind::Call(Box::new(call_of(name, vec![condition, then, otherwise]))),
        span,
    }
}

/// Whether Python's `if` stands here, with a condition behind it.
fn begins_python_choice(inp: &mut Input<'_, '_>) -> bool {
    if !inp.is_word_at(0, "if") {
        return false;
    }
    let next = inp.kind_at(1);
    next.is_name()
        || matches!(
            next,
            K::Parameter | K::Not | K::Exists | K::Int | K::Text | K::OpenParen
        )
}

/// `case c then …`: the `when` is missing.
pub(crate) fn missing_when(inp: &mut Input<'_, '_>, condition: Span) {
    inp.knows().report(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            condition,
            "expected `when` before the condition",
        )
        .label("`when` should stand before this")
        .fix(
            Applicability::Exact,
            "write `when`",
            condition.before(),
            "when ",
        ),
    );
}

/// `case when … as name`: the `end` is missing.
pub(crate) fn missing_end(inp: &mut Input<'_, '_>, case: Span) {
    let before = inp.previous();
    let token = inp.token();
    let found = describe(inp.knows(), token);
    inp.knows().complain(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            before,
            format!("expected `when`, `else` or `end`, found {found}"),
        )
        .label("`end` should follow")
        .because(case, "this `case` needs an `end`")
        .fix(Applicability::Likely, "write `end`", before.after(), " end"),
    );
    inp.knows().recovered();
}

/// `where x in 1, 2`, at the comma: a list without its parentheses.
pub(super) fn bare_list(inp: &mut Input<'_, '_>, condition: &mut Expr) -> bool {
    let is_literal = |kind: K| {
        matches!(
            kind,
            K::Int | K::Decimal | K::Float | K::Text | K::Moment | K::Parameter
        )
    };
    let Some(first) = right_of_in(condition) else {
        return false;
    };
    if !matches!(first.kind, ExprKind::Literal(_) | ExprKind::Parameter(_))
        || !is_literal(inp.kind_at(1))
    {
        return false;
    }
    let mut elements = vec![first.clone()];
    while inp.at(K::Comma) && is_literal(inp.kind_at(1)) {
        inp.bump();
        elements.push(crate::parser::expressions::value(inp));
    }
    let span = inp.since(first.span);
    *first = Expr {
        kind: ExprKind::Row(elements),
        span,
    };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "the values of `in` stand in parentheses",
        )
        .label("a list without parentheses")
        .fix_all(
            Applicability::Exact,
            "put them in parentheses",
            vec![
                Edit {
                    span: span.before(),
                    text: "(".into(),
                },
                Edit {
                    span: span.after(),
                    text: ")".into(),
                },
            ],
        ),
    );
    true
}

/// The right side of the `in` that a condition ends with.
fn right_of_in(condition: &mut Expr) -> Option<&mut Expr> {
    match &mut condition.kind {
        ExprKind::Binary {
            operator: BinaryOperator::In,
            right,
            ..
        } => Some(right),
        ExprKind::Binary {
            operator: BinaryOperator::And | BinaryOperator::Or,
            right,
            ..
        } => right_of_in(right),
        _ => None,
    }
}
