//! Operators as other languages write them.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use super::written_so;
use crate::ast::{BinaryOperator as B, IsTest};
use crate::parser::input::{Input, Read};
use crate::parser::operators::{IsTail, Operator};
use crate::parser::recovery;
use crate::token::{Token, TokenKind as K};

/// How far a sign that may join conditions looks for a comparison.
const FAR: usize = 64;

/// The `&&`, `&` or `|` here as what joins conditions, if it does. (That a `||` was to be `or` is seen when
/// another comparison follows it.)
pub(crate) fn joiner(inp: &mut Input<'_, '_>) -> Option<(B, &'static str, &'static str)> {
    match inp.kind() {
        // Between arrays and ranges `&&` asks whether they overlap.
        K::DoubleAmpersand if joins_conditions(inp) => Some((B::And, "&&", "and")),
        K::Ampersand => Some((B::And, "&", "and")),
        // PRQL's `|` ends a clause.
        K::Pipe if !clause_behind(inp) => Some((B::Or, "|", "or")),
        _ => None,
    }
}

/// Whether a clause begins behind the next token.
fn clause_behind(inp: &mut Input<'_, '_>) -> bool {
    recovery::clause_at(inp, 1) || super::clause_at_next(inp)
}

/// Whether the `&&` here joins conditions rather than asks whether arrays overlap: one of its sides
/// compares something.
pub(crate) fn joins_conditions(inp: &mut Input<'_, '_>) -> bool {
    compares_before(inp) || compares_behind(inp)
}

fn compares(kind: K) -> bool {
    matches!(
        kind,
        K::Equal
            | K::DoubleEqual
            | K::NotEqual
            | K::LessGreater
            | K::Less
            | K::LessEqual
            | K::Greater
            | K::GreaterEqual
    ) || matches!(
        kind,
        K::Is | K::In | K::Like | K::ILike | K::Between | K::Bang | K::Exists | K::True | K::False
    ) || matches!(
        kind,
        K::Contains
            | K::IContains
            | K::StartsWith
            | K::IStartsWith
            | K::EndsWith
            | K::IEndsWith
            | K::IExact
            | K::Regex
            | K::IRegex
            | K::Tilde
    )
}

/// Whether the condition that is being read ends where this stands.
fn ends(kind: K) -> bool {
    matches!(
        kind,
        K::Comma
            | K::And
            | K::Or
            | K::Xor
            | K::DoubleAmpersand
            | K::Ampersand
            | K::Pipe
            | K::When
            | K::Then
            | K::Else
            | K::End
            | K::Semicolon
    ) || matches!(
        kind,
        K::Where
            | K::On
            | K::As
            | K::Select
            | K::From
            | K::Order
            | K::Group
            | K::Limit
            | K::Offset
            | K::Join
            | K::Let
            | K::Per
            | K::Distinct
    ) || matches!(
        kind,
        K::Union
            | K::Intersect
            | K::Except
            | K::Window
            | K::For
            | K::With
            | K::Insert
            | K::Update
            | K::Delete
            | K::Returning
    )
}

/// The kind of a token; after a dot every word is a name.
fn kind_of(tokens: &[Token], at: usize) -> Option<K> {
    let token = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_name = before.is_some_and(|before| before.kind == K::Dot);
    Some(if is_name { K::Name } else { token.kind })
}

fn partner(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    (token.partner != Token::ALONE).then_some(token.partner as usize)
}

/// Whether the condition before the sign here compares something.
fn compares_before(inp: &mut Input<'_, '_>) -> bool {
    let mut at = inp.position();
    let tokens = inp.knows().tokens;
    for _ in 0..FAR {
        let Some(before) = at.checked_sub(1) else {
            break;
        };
        let Some(found) = kind_of(tokens, before) else {
            break;
        };
        at = before;
        if found == K::Equal && assigns(tokens, at) {
            break;
        }
        if compares(found) {
            return true;
        }
        match partner(tokens, at) {
            Some(opener) if found.closes() => at = opener,
            _ if found.opens() || ends(found) => break,
            _ => {}
        }
    }
    false
}

/// Whether the condition behind the sign here compares something.
fn compares_behind(inp: &mut Input<'_, '_>) -> bool {
    let mut at = inp.position() + 1;
    let tokens = inp.knows().tokens;
    for _ in 0..FAR {
        let Some(found) = kind_of(tokens, at) else {
            break;
        };
        if compares(found) {
            return true;
        }
        match partner(tokens, at) {
            Some(closer) if found.opens() => at = closer,
            _ if found.closes() || ends(found) => break,
            _ => {}
        }
        at += 1;
    }
    false
}

/// Whether the `=` at `at` names something rather than compares: `let x =`, `{ x =`, `def f(a): int =`.
fn assigns(tokens: &[Token], at: usize) -> bool {
    let mut at = at;
    for _ in 0..64 {
        let Some(token) = at.checked_sub(1).and_then(|before| tokens.get(before)) else {
            return false;
        };
        at -= 1;
        match token.kind {
            K::Def | K::Let | K::Comma | K::OpenBrace => return true,
            K::Dot | K::Colon | K::Question => {}
            kind if kind.is_name() => {}
            kind if kind.closes() && token.partner != Token::ALONE => at = token.partner as usize,
            _ => return false,
        }
    }
    false
}

/// What a comparison of two signs is: theirs, ours, what it does, and whether it is negated.
type Compound = (&'static str, &'static str, B, bool);

/// Whether MySQL's `rlike` or `regexp` stands here, between its sides.
pub(crate) fn begins_word_operator(inp: &mut Input<'_, '_>) -> bool {
    (inp.is_word_at(0, "rlike") || inp.is_word_at(0, "regexp"))
        && matches!(inp.kind_at(1), K::Text | K::Parameter)
}

/// A comparison that djq writes otherwise, of one token or of two side by side: `=>`, `===`, `!~`.
pub(crate) fn comparison(inp: &mut Input<'_, '_>) -> Option<Operator> {
    if inp.kind() == K::Name && begins_word_operator(inp) {
        let theirs = if inp.is_word_at(0, "rlike") {
            "rlike"
        } else {
            "regexp"
        };
        let token = inp.bump();
        return Some(Operator {
            operator: B::Regex,
            negated: false,
            span: inp.span_of(token),
            foreign: Some((theirs, "regex")),
        });
    }
    let next = inp.token_at(1);
    let second = if next.adjacent { next.kind } else { K::End };
    let ((theirs, ours, operator, negated), tokens): (Compound, u8) = match (inp.kind(), second) {
        (K::Equal, K::Greater) => (("=>", ">=", B::GreaterEqual, false), 2),
        (K::Equal, K::Less) => (("=<", "<=", B::LessEqual, false), 2),
        (K::DoubleEqual, K::Equal) => (("===", "=", B::Equal, false), 2),
        (K::NotEqual, K::Equal) => (("!==", "!=", B::NotEqual, false), 2),
        (K::GreaterEqual, K::Equal) => ((">==", ">=", B::GreaterEqual, false), 2),
        (K::LessEqual, K::Equal) => (("<==", "<=", B::LessEqual, false), 2),
        (K::DoubleEqual, _) => (("==", "=", B::Equal, false), 1),
        (K::LessGreater, _) => (("<>", "!=", B::NotEqual, false), 1),
        (K::Bang, _) if next.kind == K::Equal => (("! =", "!=", B::NotEqual, false), 2),
        (K::Bang, K::Tilde) => {
            let third = inp.token_at(2);
            if third.adjacent && third.kind == K::Star {
                (("!~*", "not iregex", B::IRegex, true), 3)
            } else {
                (("!~", "not regex", B::Regex, true), 2)
            }
        }
        (K::Tilde, K::Star) => (("~*", "iregex", B::IRegex, false), 2),
        (K::Tilde, _) => (("~", "regex", B::Regex, false), 1),
        _ => return None,
    };
    let start = inp.here();
    for _ in 0..tokens {
        inp.bump();
    }
    Some(Operator {
        operator,
        negated,
        span: inp.since(start),
        foreign: Some((theirs, ours)),
    })
}

/// The sign before a condition that another language writes for `not`: `!`, `~`.
pub(crate) fn not(inp: &mut Input<'_, '_>) -> Option<Span> {
    let sign = match inp.kind() {
        K::Bang => "!",
        K::Tilde => "~",
        _ => return None,
    };
    let span = inp.here();
    inp.bump();
    let text = if inp.token().adjacent { "not " } else { "not" };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            span,
            format!("`{sign}` is written `not`"),
        )
        .label("not an operator before a condition")
        .fix(Applicability::Exact, "write `not`", span, text),
    );
    Some(span)
}

/// Whether `isnull` or `notnull` stands here.
pub(crate) fn begins_null_test(inp: &mut Input<'_, '_>) -> bool {
    (inp.is_word_at(0, "isnull") || inp.is_word_at(0, "notnull")) && inp.kind_at(1) != K::OpenParen
}

/// `x isnull`, `x notnull`.
pub(crate) fn null_test(inp: &mut Input<'_, '_>) -> Option<IsTail> {
    if !begins_null_test(inp) {
        return None;
    }
    let negated = inp.is_word_at(0, "notnull");
    let span = inp.here();
    let token = inp.bump();
    let theirs = inp.knows().text(token).to_lowercase();
    let ours = if negated { "is not null" } else { "is null" };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            span,
            format!("`{theirs}` is written `{ours}`"),
        )
        .label("not an operator")
        .fix(Applicability::Exact, format!("write `{ours}`"), span, ours),
    );
    Some(IsTail {
        negated,
        what: Some(IsTest::Null),
        span,
    })
}

/// What stands behind `is` or `is not` that djq does not ask so: Python's `None`, or a value to compare with.
pub(crate) fn is_value(inp: &mut Input<'_, '_>, is: Span, negated: bool) -> Option<IsTest> {
    if let Some((what, ours)) = python_word(inp) {
        written_so(inp, ours);
        return Some(what);
    }
    let is_value = matches!(
        inp.kind(),
        K::Int | K::Decimal | K::Float | K::Text | K::Name | K::Parameter | K::Moment
    );
    if !is_value {
        inp.unexpected("`null`, `true`, `false` or `distinct from`");
        return None;
    }
    let (theirs, ours) = if negated {
        ("is not", "!=")
    } else {
        ("is", "=")
    };
    inp.knows().complain(
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            is,
            format!("values are compared by `{ours}`, not by `{theirs}`"),
        )
        .label("asks for `null`, `true` and `false` alone")
        .fix(Applicability::Likely, format!("write `{ours}`"), is, ours),
    );
    inp.bump();
    inp.knows().recovered();
    None
}

/// A word of Python's for null, true or false, and djq's.
fn python_word(inp: &mut Input<'_, '_>) -> Option<(IsTest, &'static str)> {
    let token = inp.token();
    if token.kind != K::Name {
        return None;
    }
    let word = inp.knows().text(token);
    let is = |known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    match () {
        () if is(&["none", "null", "nil"]) => Some((IsTest::Null, "null")),
        () if is(&["true"]) => Some((IsTest::True, "true")),
        () if is(&["false"]) => Some((IsTest::False, "false")),
        () => None,
    }
}

/// `between 1, 5` and `between 1 5`: what stands where the `and` should.
pub(crate) fn between_comma(inp: &mut Input<'_, '_>) -> bool {
    let is_end = |kind: K| {
        matches!(
            kind,
            K::Int | K::Decimal | K::Float | K::Text | K::Moment | K::Parameter
        )
    };
    let (span, text) = if inp.at(K::Comma) && is_end(inp.kind_at(1)) {
        (inp.here(), " and")
    } else if is_end(inp.kind()) && !inp.token().first_on_line {
        (inp.previous().after(), " and")
    } else {
        return false;
    };
    inp.eat(K::Comma);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            span,
            "the ends of `between` are joined by `and`",
        )
        .label("`and` should stand between the ends")
        .fix(Applicability::Exact, "write `and`", span, text),
    );
    true
}
