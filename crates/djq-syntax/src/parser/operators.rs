//! Operators between operands, before them and behind them, each with what belongs to it.
//!
//! Each reads one operator, or consumes nothing. How they bind is `expressions`'.

use chumsky::error::EmptyErr;
use djq_diagnostics::Span;

use super::expressions::value;
use super::foreign;
use super::input::{Input, Match, Read};
use crate::ast::{BinaryOperator as B, Expr, ExprKind, IsTest};
use crate::token::TokenKind as K;

/// What stands between two operands.
#[derive(Clone, Copy)]
pub(super) struct Operator {
    pub(super) operator: B,
    pub(super) negated: bool,
    pub(super) span: Span,
    /// Another language's spelling, and djq's.
    pub(super) foreign: Option<(&'static str, &'static str)>,
}

/// Whether what stands behind an operand may be an operator that begins so.
pub(super) fn begins_operator(kind: K) -> bool {
    matches!(
        kind,
        K::Star | K::Slash | K::DoubleSlash | K::Percent | K::Plus | K::Minus
    ) || matches!(
        kind,
        K::DoublePipe | K::DoubleQuestion | K::DoubleAmpersand | K::And | K::Xor | K::Or
    ) || matches!(
        kind,
        K::Equal | K::NotEqual | K::Less | K::LessEqual | K::Greater | K::GreaterEqual
    ) || matches!(
        kind,
        K::DoubleEqual | K::LessGreater | K::AtGreater | K::LessAt | K::MinusPipeMinus
    ) || matches!(kind, K::Is | K::Not | K::Between)
        || matches!(kind, K::Ampersand | K::Pipe | K::Tilde | K::Bang)
        || lookup(kind).is_some()
}

/// The next token as an operator, if it is one of these.
fn sign(inp: &mut Input<'_, '_>, operator: impl Fn(K) -> Option<B>) -> Match<Operator> {
    let token = inp.token();
    let Some(operator) = operator(token.kind) else {
        return Err(EmptyErr::default());
    };
    inp.bump();
    Ok(Operator {
        operator,
        negated: false,
        span: inp.span_of(token),
        foreign: None,
    })
}

pub(super) fn multiplied(inp: &mut Input<'_, '_>) -> Match<Operator> {
    sign(inp, |kind| match kind {
        K::Star => Some(B::Multiply),
        K::Slash => Some(B::Divide),
        K::DoubleSlash => Some(B::FloorDivide),
        K::Percent => Some(B::Modulo),
        _ => None,
    })
}

pub(super) fn added(inp: &mut Input<'_, '_>) -> Match<Operator> {
    sign(inp, |kind| match kind {
        K::Plus => Some(B::Add),
        K::Minus => Some(B::Subtract),
        _ => None,
    })
}

pub(super) fn concatenated(inp: &mut Input<'_, '_>) -> Match<Operator> {
    sign(inp, |kind| (kind == K::DoublePipe).then_some(B::Concat))
}

pub(super) fn coalesced(inp: &mut Input<'_, '_>) -> Match<Operator> {
    sign(inp, |kind| {
        (kind == K::DoubleQuestion).then_some(B::Coalesce)
    })
}

pub(super) fn or(inp: &mut Input<'_, '_>) -> Match<Operator> {
    joined(inp, B::Or).or_else(|_| sign(inp, |kind| (kind == K::Or).then_some(B::Or)))
}

/// Another language's sign for `and` or `or`.
fn joined(inp: &mut Input<'_, '_>, wanted: B) -> Match<Operator> {
    match foreign::joiner(inp) {
        Some((operator, theirs, ours)) if operator == wanted => {
            let token = inp.bump();
            Ok(Operator {
                operator,
                negated: false,
                span: inp.span_of(token),
                foreign: Some((theirs, ours)),
            })
        }
        _ => Err(EmptyErr::default()),
    }
}

pub(super) fn xor(inp: &mut Input<'_, '_>) -> Match<Operator> {
    sign(inp, |kind| (kind == K::Xor).then_some(B::Xor))
}

pub(super) fn and(inp: &mut Input<'_, '_>) -> Match<Operator> {
    joined(inp, B::And).or_else(|_| sign(inp, |kind| (kind == K::And).then_some(B::And)))
}

/// A lookup, `like`, `in`: what may have `not` before it.
fn lookup(kind: K) -> Option<B> {
    Some(match kind {
        K::In => B::In,
        K::Like => B::Like,
        K::ILike => B::ILike,
        K::Contains => B::Contains,
        K::IContains => B::IContains,
        K::StartsWith => B::StartsWith,
        K::IStartsWith => B::IStartsWith,
        K::EndsWith => B::EndsWith,
        K::IEndsWith => B::IEndsWith,
        K::IExact => B::IExact,
        K::Regex => B::Regex,
        K::IRegex => B::IRegex,
        _ => return None,
    })
}

pub(super) fn compared(inp: &mut Input<'_, '_>) -> Match<Operator> {
    if let Some(operator) = foreign::comparison(inp) {
        return Ok(operator);
    }
    let token = inp.token();
    let mut op = Operator {
        operator: B::Equal,
        negated: false,
        span: inp.span_of(token),
        foreign: None,
    };
    op.operator = match token.kind {
        K::Equal => inp.position_lookup().unwrap_or(B::Equal),
        K::NotEqual => B::NotEqual,
        K::Less => B::Less,
        K::LessEqual => B::LessEqual,
        K::Greater => B::Greater,
        K::GreaterEqual => B::GreaterEqual,
        K::AtGreater => B::Holds,
        K::LessAt => B::HeldBy,
        K::DoubleAmpersand if !foreign::joins_conditions(inp) => B::Overlaps,
        K::MinusPipeMinus => B::Adjacent,
        K::Not => {
            let operator = lookup(inp.kind_at(1)).ok_or_else(EmptyErr::default)?;
            inp.bump();
            op.negated = true;
            operator
        }
        K::Is => {
            let negated = inp.kind_at(1) == K::Not;
            if inp.kind_at(1 + usize::from(negated)) != K::Distinct {
                return Err(EmptyErr::default());
            }
            inp.bump();
            if negated {
                inp.bump();
            }
            op.negated = negated;
            B::DistinctFrom
        }
        kind => lookup(kind).ok_or_else(EmptyErr::default)?,
    };
    inp.bump();
    if op.operator == B::DistinctFrom && inp.at(K::From) {
        inp.bump();
    }
    op.span = inp.since(op.span);
    Ok(op)
}

/// `not`, or another language's `!`.
pub(super) fn not(inp: &mut Input<'_, '_>) -> Match<Span> {
    if inp.knows().first_operand.is_some() {
        return Err(EmptyErr::default());
    }
    let token = inp.token();
    let span = inp.span_of(token);
    if token.kind == K::Not {
        inp.bump();
    } else if foreign::not(inp).is_none() {
        return Err(EmptyErr::default());
    }
    inp.descend_prefix(span);
    Ok(span)
}

/// What stands behind `is`.
pub(super) struct IsTail {
    pub(super) negated: bool,
    pub(super) what: Option<IsTest>,
    pub(super) span: Span,
}

pub(super) fn is_test(inp: &mut Input<'_, '_>) -> Match<IsTail> {
    if !inp.at(K::Is) {
        return foreign::null_test(inp).ok_or_else(EmptyErr::default);
    }
    let start = inp.here();
    let negated = inp.kind_at(1) == K::Not;
    let test = 1 + usize::from(negated);
    let mut what = match inp.kind_at(test) {
        K::Null => Some(IsTest::Null),
        K::True => Some(IsTest::True),
        K::False => Some(IsTest::False),
        K::Distinct => return Err(EmptyErr::default()),
        _ => None,
    };
    for _ in 0..test {
        inp.bump();
    }
    if what.is_some() {
        inp.bump();
    } else {
        let is = inp.since(start);
        what = foreign::is_value(inp, is, negated);
    }
    Ok(IsTail {
        negated,
        what,
        span: inp.since(start),
    })
}

/// What stands behind `between`.
pub(super) struct BetweenTail {
    pub(super) negated: bool,
    pub(super) low: Expr,
    pub(super) high: Expr,
    pub(super) height: u32,
    pub(super) span: Span,
}

pub(super) fn between(inp: &mut Input<'_, '_>) -> Match<BetweenTail> {
    let negated = inp.at(K::Not);
    if inp.kind_at(usize::from(negated)) != K::Between {
        return Err(EmptyErr::default());
    }
    let start = inp.here();
    inp.bump();
    if negated {
        inp.bump();
    }
    let outer = std::mem::take(&mut inp.knows().height);
    let low = value(inp);
    let high = if inp.eat(K::And).is_some() || foreign::between_comma(inp) {
        value(inp)
    } else {
        inp.unexpected("`and` and the upper end");
        Expr {
            kind: ExprKind::Error,
            span: inp.previous().after(),
        }
    };
    let height = std::mem::replace(&mut inp.knows().height, outer);
    Ok(BetweenTail {
        negated,
        low,
        high,
        height,
        span: inp.since(start),
    })
}
