//! What operators stand between: literals, names, calls, brackets, and the steps behind them.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use super::expressions::{Tall, expr};
use super::input::{Input, Match, Read};
use super::recovery::{another, clause_at, close, closes};
use super::{calls, escapes, foreign, names, pipelines, shapes, types};
use crate::ast::{
    DurationUnit, Expr, ExprKind, Literal, Pipeline, Source, SourceKind, UnaryOperator,
};
use crate::roles;
use crate::token::{Token, TokenKind as K};

/// An operand with its signs in front and its steps behind. Never fails.
pub(super) fn operand(inp: &mut Input<'_, '_>) -> Match<Tall> {
    let outer = std::mem::take(&mut inp.knows().height);
    let mut prefixes: Vec<(UnaryOperator, Span)> = Vec::new();
    loop {
        let operator = match inp.kind() {
            K::Minus => UnaryOperator::Negate,
            K::Exists => UnaryOperator::Exists,
            _ => break,
        };
        let span = inp.here();
        inp.mark(roles::SIGN);
        inp.bump();
        inp.descend_prefix(span);
        prefixes.push((operator, span));
    }
    let first = primary(inp);
    let (mut expr, steps) = steps(inp, first);
    let count = u32::try_from(prefixes.len()).unwrap_or(u32::MAX);
    for (operator, operator_span) in prefixes.into_iter().rev() {
        let span = operator_span.to(expr.span);
        expr = Expr {
            kind: ExprKind::Unary {
                operator,
                operator_span,
                operand: Box::new(expr),
            },
            span,
        };
    }
    let state = inp.knows();
    state.prefixes = state.prefixes.saturating_sub(count);
    let height = state.height + 1 + steps + count;
    state.height = outer;
    state.grow(height, expr.span);
    Ok(Tall { expr, height })
}

/// An expression that could not be read, where it should have been.
pub(super) fn missing(inp: &mut Input<'_, '_>) -> Expr {
    inp.unexpected("an expression");
    Expr {
        kind: ExprKind::Error,
        span: inp.previous().after(),
    }
}

fn literal(inp: &mut Input<'_, '_>, literal: Literal) -> Expr {
    let token = inp.bump();
    Expr {
        kind: ExprKind::Literal(literal),
        span: inp.span_of(token),
    }
}

fn primary(inp: &mut Input<'_, '_>) -> Expr {
    let token = inp.token();
    match token.kind {
        K::Int | K::Decimal | K::Float => number(inp),
        K::Text => text(inp, token),
        K::Moment => moment(inp),
        K::Null => literal(inp, Literal::Null),
        K::True => literal(inp, Literal::Bool(true)),
        K::False => literal(inp, Literal::Bool(false)),
        K::Parameter => {
            inp.bump();
            let name = inp.name_of(token);
            Expr {
                span: name.span,
                kind: ExprKind::Parameter(name),
            }
        }
        K::OpenParen => paren(inp),
        K::OpenBracket => list(inp),
        K::OpenBrace => foreign::placeholder(inp).unwrap_or_else(|| shapes::record(inp)),
        K::Case => case(inp),
        K::Left | K::Right if inp.kind_at(1) == K::OpenParen => calls::call(inp, None),
        K::Sql if escapes::begins(inp) => escapes::value(inp),
        kind if kind.is_name() => {
            if inp.kind_at(1) == K::OpenParen {
                return foreign::call(inp).unwrap_or_else(|| calls::call(inp, None));
            }
            foreign::value(inp).unwrap_or_else(|| foreign::name(inp))
        }
        kind if kind.is_reserved() && names::reserved_is_name(inp) => {
            inp.bump();
            let name = inp.name_of(token);
            Expr {
                span: name.span,
                kind: ExprKind::Name(name),
            }
        }
        K::Colon | K::At | K::Question | K::Percent => foreign::placeholder(inp)
            .or_else(|| foreign::bare_pattern(inp))
            .unwrap_or_else(|| missing(inp)),
        K::Dot if inp.kind_at(1).is_name() => foreign::leading_dot(inp),
        K::Where if foreign::second_where(inp) => primary(inp),
        _ => missing(inp),
    }
}

/// A text; one that is never closed has been reported, and what it runs into is a consequence.
fn text(inp: &mut Input<'_, '_>, token: Token) -> Expr {
    if inp.knows().is_closed(token) {
        let text = text_of(inp, token);
        return literal(inp, Literal::Text(text));
    }
    inp.bump();
    inp.knows().consequences_follow();
    Expr {
        kind: ExprKind::Error,
        span: inp.span_of(token),
    }
}

/// `.name`, `.(each)`, `[index]`, `::type`, `{ shape }`, calls: all that may follow, and how many did.
fn steps(inp: &mut Input<'_, '_>, first: Expr) -> (Expr, u32) {
    let mut expr = first;
    let mut count = 0;
    loop {
        let start = expr.span;
        let kind = match inp.kind() {
            K::Dot => match inp.kind_at(1) {
                K::Star => break,
                K::OpenParen => {
                    inp.bump();
                    let open = inp.bump();
                    let value = super::expressions::expr(inp);
                    close(inp, open, "an operator or `)`");
                    ExprKind::Each {
                        base: Box::new(expr),
                        value: Box::new(value),
                    }
                }
                _ => {
                    if foreign::is_manager(inp) {
                        expr = foreign::manager(inp, expr);
                        count += 1;
                        continue;
                    }
                    if let Some(call) = foreign::clock(inp, &expr) {
                        expr = call;
                        count += 1;
                        continue;
                    }
                    inp.bump();
                    if inp.kind_at(1) == K::OpenParen
                        && (inp.kind().is_name() || inp.kind().is_reserved())
                    {
                        expr = calls::call(inp, Some(expr));
                        count += 1;
                        continue;
                    }
                    let name = names::name_after_dot(inp);
                    if foreign::is_django_path(&name) {
                        expr = foreign::django_path(inp, Some(expr), name);
                        count += 1;
                        continue;
                    }
                    ExprKind::Field {
                        base: Box::new(expr),
                        name,
                    }
                }
            },
            K::Arrow if matches!(inp.kind_at(1), K::Text | K::Int | K::Greater) => {
                let Some(taken) = foreign::arrow(inp, &expr) else {
                    break;
                };
                expr = taken;
                count += 1;
                continue;
            }
            K::OpenBracket => {
                let open = inp.bump();
                let index = super::expressions::expr(inp);
                close(inp, open, "an operator or `]`");
                ExprKind::Index {
                    base: Box::new(expr),
                    index: Box::new(index),
                }
            }
            K::DoubleColon => match foreign::cast_duration(inp, &expr) {
                Some(duration) => duration.kind,
                None => {
                    inp.bump();
                    let ty = types::cast_target(inp);
                    ExprKind::Cast {
                        operand: Box::new(expr),
                        ty: Box::new(ty),
                    }
                }
            },
            K::OpenBrace if nests(&expr) => {
                let shape = shapes::shape(inp);
                ExprKind::Nest {
                    base: Box::new(expr),
                    shape,
                }
            }
            _ => break,
        };
        let span = inp.since(start);
        expr = Expr { kind, span };
        count += 1;
        if count > 500 {
            inp.knows().grow(count, span);
        }
    }
    (expr, count)
}

/// Whether `{ … }` behind it can be a shape.
fn nests(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Name(_)
            | ExprKind::Field { .. }
            | ExprKind::Call(_)
            | ExprKind::Pipeline(_)
            | ExprKind::Paren(_)
            | ExprKind::Cast { .. }
            | ExprKind::Index { .. }
            | ExprKind::Each { .. }
            | ExprKind::Parameter(_)
    )
}

/// A text's contents, doubled quotes undone.
pub(super) fn text_of(inp: &mut Input<'_, '_>, token: Token) -> Box<str> {
    let raw = inp.knows().text(token);
    if !raw.starts_with(['\'', '"']) {
        // In quotes that are not straight, which has been reported.
        return raw.trim_matches(crate::lexer::CURLY).into();
    }
    let quote = if raw.starts_with('"') { '"' } else { '\'' };
    let inner = raw.strip_prefix(quote).unwrap_or(raw);
    // The closing quote may be missing, which has been reported.
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    match quote {
        '"' if inner.contains("\"\"") => inner.replace("\"\"", "\"").into(),
        '\'' if inner.contains("''") => inner.replace("''", "'").into(),
        _ => inner.into(),
    }
}

/// The unit of a duration, singular or plural.
pub(super) fn unit(word: &str) -> Option<DurationUnit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "year" => DurationUnit::Year,
        "month" => DurationUnit::Month,
        "week" => DurationUnit::Week,
        "day" => DurationUnit::Day,
        "hour" => DurationUnit::Hour,
        "minute" => DurationUnit::Minute,
        "second" => DurationUnit::Second,
        "microsecond" => DurationUnit::Microsecond,
        _ => return None,
    })
}

pub(super) fn number(inp: &mut Input<'_, '_>) -> Expr {
    let token = inp.bump();
    let span = inp.span_of(token);
    let raw = inp.knows().text(token);
    let digits: Box<str> = if raw.contains('_') {
        raw.replace('_', "").into()
    } else {
        raw.into()
    };
    let next = inp.token();
    if next.kind == K::Name || next.kind.is_name() {
        let word = inp.knows().text(next);
        let unit = if token.kind == K::Float || inp.kind_at(1) == K::OpenParen {
            None
        } else {
            unit(word)
        };
        if next.adjacent {
            let whole = span.to(inp.span_of(next));
            let mut diagnostic = Diagnostic::new(
                &codes::MALFORMED_LITERAL,
                whole,
                format!("`{raw}{word}` is neither a number nor a name"),
            )
            .label(if unit.is_some() {
                "a space is missing"
            } else {
                "not a number"
            });
            if unit.is_some() {
                diagnostic = diagnostic.fix(
                    Applicability::Exact,
                    "put a space before the unit",
                    span.after(),
                    " ",
                );
            }
            inp.knows().report(diagnostic);
            inp.bump();
            let kind = unit.map_or(ExprKind::Error, |unit| {
                ExprKind::Literal(Literal::Duration {
                    amount: digits,
                    unit,
                })
            });
            return Expr { kind, span: whole };
        }
        if let Some(unit) = unit {
            inp.bump();
            return Expr {
                kind: ExprKind::Literal(Literal::Duration {
                    amount: digits,
                    unit,
                }),
                span: inp.since(span),
            };
        }
    }
    let literal = match token.kind {
        K::Int => Literal::Int(digits),
        K::Decimal => Literal::Decimal(digits),
        _ => Literal::Float(digits),
    };
    Expr {
        kind: ExprKind::Literal(literal),
        span,
    }
}

fn moment(inp: &mut Input<'_, '_>) -> Expr {
    let token = inp.bump();
    let span = inp.span_of(token);
    let raw = inp.knows().text(token);
    let text = raw.strip_prefix('@').unwrap_or(raw);
    if !is_moment(text) {
        inp.knows().report(
            Diagnostic::new(&codes::MALFORMED_LITERAL, span, format!("`{raw}` is not a date or time"))
                .label("not a date or time")
                .help("write a date `@2024-01-31`, a time `@12:30`, or both with a zone `@2024-01-31T12:30:00Z`"),
        );
        return Expr {
            kind: ExprKind::Error,
            span,
        };
    }
    Expr {
        kind: ExprKind::Literal(Literal::Moment(text.into())),
        span,
    }
}

/// Whether it has the shape of a date, a time or both; whether there is such a day the checker says.
fn is_moment(text: &str) -> bool {
    let shaped = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| {
                if wanted == b'0' {
                    byte.is_ascii_digit()
                } else {
                    byte == wanted
                }
            })
    };
    let is_time = |text: &str| {
        let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = !fraction.is_empty()
            && fraction.len() <= 9
            && fraction.bytes().all(|byte| byte.is_ascii_digit());
        digits && (shaped(clock, "00:00:00") || (shaped(clock, "00:00") && !text.contains('.')))
    };
    match text.split_once('T') {
        Some((date, time)) => {
            let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
            let (clock, zone) = time.split_at(zone);
            shaped(date, "0000-00-00")
                && is_time(clock)
                && (zone.is_empty()
                    || zone == "Z"
                    || shaped(zone, "+00:00")
                    || shaped(zone, "-00:00"))
        }
        None => shaped(text, "0000-00-00") || is_time(text),
    }
}

/// `(a)`, `(a, b)`, `(from …)`, `(path where …)`: what is inside decides, after the first expression.
fn paren(inp: &mut Input<'_, '_>) -> Expr {
    let open = inp.bump();
    let start = inp.span_of(open);
    if names::begins_clause_here(inp) {
        let pipeline = pipelines::whole(inp);
        return finish_pipeline(inp, open, start, pipeline);
    }
    let first = expr(inp);
    // What an unclosed parenthesis runs into is the clause behind it.
    let runs_on = open.partner == Token::ALONE && !nests(&first);
    if inp.at(K::As) || (clause_at(inp, 0) && !runs_on) {
        let span = first.span;
        let alias = names::alias(inp);
        let span = inp.since(span);
        let source = Source {
            span,
            kind: SourceKind::Expr(Box::new(first)),
            alias,
        };
        let pipeline = pipelines::behind(inp, source);
        return finish_pipeline(inp, open, start, pipeline);
    }
    if inp.at(K::Comma) {
        let elements = elements(inp, open, first, "`,` or `)`");
        close(inp, open, "`,` or `)`");
        return Expr {
            kind: ExprKind::Row(elements),
            span: inp.since(start),
        };
    }
    close(inp, open, "an operator, `,` or `)`");
    Expr {
        kind: ExprKind::Paren(Box::new(first)),
        span: inp.since(start),
    }
}

fn finish_pipeline(
    inp: &mut Input<'_, '_>,
    open: Token,
    start: Span,
    mut pipeline: Pipeline,
) -> Expr {
    close(inp, open, "a clause or `)`");
    pipeline.span = inp.since(start);
    Expr {
        span: pipeline.span,
        kind: ExprKind::Pipeline(Box::new(pipeline)),
    }
}

/// The elements of a list after its first.
fn elements(inp: &mut Input<'_, '_>, open: Token, first: Expr, wanted: &str) -> Vec<Expr> {
    let mut elements = vec![first];
    while another(inp, open, wanted) {
        elements.push(expr(inp));
    }
    elements
}

fn list(inp: &mut Input<'_, '_>) -> Expr {
    let open = inp.bump();
    let start = inp.span_of(open);
    let elements = if closes(inp, open) {
        Vec::new()
    } else {
        let first = expr(inp);
        elements(inp, open, first, "`,` or `]`")
    };
    close(inp, open, "`,` or `]`");
    Expr {
        kind: ExprKind::List(elements),
        span: inp.since(start),
    }
}

/// `case [e] when … then … [else …] end`.
fn case(inp: &mut Input<'_, '_>) -> Expr {
    let first = inp.position();
    let word = inp.bump();
    let start = inp.span_of(word);
    let operand = if inp.at(K::When) {
        None
    } else {
        Some(Box::new(expr(inp)))
    };
    let mut branches = Vec::new();
    let mut operand = operand;
    if inp.at(K::Then)
        && let Some(condition) = operand.take()
    {
        foreign::missing_when(inp, condition.span);
        inp.bump();
        branches.push((*condition, expr(inp)));
    }
    while inp.eat(K::When).is_some() {
        let condition = expr(inp);
        if inp.eat(K::Then).is_none() {
            inp.unexpected("`then`");
        }
        let then = if inp.kind() == K::When || inp.kind() == K::Else {
            missing(inp)
        } else {
            expr(inp)
        };
        branches.push((condition, then));
    }
    if branches.is_empty() {
        inp.unexpected("`when`");
    }
    let otherwise = inp.eat(K::Else).map(|_| Box::new(expr(inp)));
    if inp.eat(K::End_).is_none() {
        foreign::missing_end(inp, start);
    }
    let last = inp.position().saturating_sub(1);
    if let Some(roles) = &mut inp.knows().roles {
        roles.case_ends.insert(first, last);
    }
    Expr {
        kind: ExprKind::Case {
            operand,
            branches,
            otherwise,
        },
        span: inp.since(start),
    }
}
