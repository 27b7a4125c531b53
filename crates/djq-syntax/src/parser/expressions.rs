//! Expressions: operators by binding power, through chumsky's Pratt parser. How an operator is read
//! is `operators`', what stands between them `operands`'.

use chumsky::Parser;
use chumsky::pratt::{infix, left, postfix, prefix};
use chumsky::primitive::custom;
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::foreign;
use super::input::{Extra, Folding, Input, Match, Read, State, Tokens};
use super::operands::operand;
use super::operators::{
    BetweenTail, IsTail, Operator, added, and, begins_operator, between, coalesced, compared,
    concatenated, is_test, multiplied, not, or, xor,
};
use crate::ast::{BinaryOperator as B, Expr, ExprKind, Literal, UnaryOperator};
use crate::token::TokenKind as K;

/// Stack that must be left for one level of nesting, and what is added where it is not.
pub(super) const RED_ZONE: usize = 512 * 1024;
pub(super) const STACK: usize = 4 * 1024 * 1024;

/// An expression and the height of its tree.
pub(super) struct Tall {
    pub(super) expr: Expr,
    pub(super) height: u32,
}

/// Any expression. Never fails: where none begins, that is reported and the node is `Error`.
pub(super) fn expr(inp: &mut Input<'_, '_>) -> Expr {
    let expr = nested(inp, |inp| operators(inp, conditions()));
    if !foreign::begins_choice(inp) {
        return expr;
    }
    // Choices stand in each other to the right: each is a level.
    nested(inp, |inp| {
        let expr = foreign::choice(inp, expr);
        let height = inp.knows().height + 1;
        Ok(Tall { expr, height })
    })
}

/// An expression without comparisons and logic: the bounds of `between`.
pub(super) fn value(inp: &mut Input<'_, '_>) -> Expr {
    nested(inp, |inp| operators(inp, values()))
}

/// An expression without operators between: a source, a limit.
pub(super) fn operand_alone(inp: &mut Input<'_, '_>) -> Expr {
    nested(inp, operand)
}

fn nested<'src, 'parse>(
    inp: &mut Input<'src, 'parse>,
    parse: impl FnOnce(&mut Input<'src, 'parse>) -> Match<Tall>,
) -> Expr {
    let start = inp.here();
    let outer = std::mem::take(&mut inp.knows().height);
    let prefixes = std::mem::take(&mut inp.knows().prefixes);
    let tall = if inp.descend() {
        stacker::maybe_grow(RED_ZONE, STACK, || parse(inp)).ok()
    } else {
        None
    };
    inp.ascend();
    let tall = tall.unwrap_or(Tall {
        expr: Expr {
            kind: ExprKind::Error,
            span: start.before(),
        },
        height: 1,
    });
    let state = inp.knows();
    state.prefixes = prefixes;
    state.height = outer.max(tall.height);
    tall.expr
}

/// Operands and the operators between them.
fn operators<'src, 'parse>(
    inp: &mut Input<'src, 'parse>,
    parser: impl Parser<'src, Tokens<'src>, Tall, Extra<'src>>,
) -> Match<Tall> {
    // Most expressions are one operand, for which no operator need be tried.
    if !matches!(inp.kind(), K::Not | K::Bang | K::Tilde) {
        let first = operand(inp)?;
        let next = inp.kind();
        if !begins_operator(next)
            && (next != K::Name
                || !foreign::begins_null_test(inp) && !foreign::begins_word_operator(inp))
        {
            return Ok(first);
        }
        inp.knows().first_operand = Some(first);
    }
    inp.parse(parser)
}

/// The operand that has been read already, or the next.
fn ready_operand(inp: &mut Input<'_, '_>) -> Match<Tall> {
    match inp.knows().first_operand.take() {
        Some(first) => Ok(first),
        None => operand(inp),
    }
}

/// From loosest: `or`; `xor`; `and`; `not`; comparisons; then values.
fn conditions<'src>() -> impl Parser<'src, Tokens<'src>, Tall, Extra<'src>> {
    custom(ready_operand).pratt((
        postfix(4, custom(is_test), fold_is),
        postfix(4, custom(between), fold_between),
        infix(left(9), custom(multiplied), fold_binary),
        infix(left(8), custom(added), fold_binary),
        infix(left(7), custom(concatenated), fold_binary),
        infix(left(6), custom(coalesced), fold_binary),
        infix(left(5), custom(compared), fold_comparison),
        infix(left(3), custom(and), fold_binary),
        infix(left(2), custom(xor), fold_binary),
        infix(left(1), custom(or), fold_binary),
        prefix(4, custom(not), fold_not),
    ))
}

/// `??`, then `||`, then `+ -`, then `* / // %`.
fn values<'src>() -> impl Parser<'src, Tokens<'src>, Tall, Extra<'src>> {
    custom(ready_operand).pratt((
        infix(left(9), custom(multiplied), fold_binary),
        infix(left(8), custom(added), fold_binary),
        infix(left(7), custom(concatenated), fold_binary),
        infix(left(6), custom(coalesced), fold_binary),
    ))
}

fn fold_binary<'src>(left: Tall, op: Operator, right: Tall, extra: &mut Folding<'src, '_>) -> Tall {
    binary(left, op, right, extra.state())
}

fn binary(left: Tall, op: Operator, right: Tall, state: &mut State<'_>) -> Tall {
    // A comparison with null is wrong as a whole, and its fix replaces both the sign and the null.
    let with_null = matches!(op.operator, B::Equal | B::NotEqual)
        && matches!(right.expr.kind, ExprKind::Literal(Literal::Null));
    if with_null {
        state.forget(&codes::FOREIGN_VALUE, right.expr.span);
    }
    if let Some((theirs, ours)) = op.foreign.filter(|_| !with_null) {
        state.report(
            Diagnostic::new(
                &codes::FOREIGN_OPERATOR,
                op.span,
                format!("`{theirs}` is written `{ours}`"),
            )
            .label(format!("`{theirs}` is another language's"))
            .fix(
                Applicability::Exact,
                format!("write `{ours}`"),
                op.span,
                ours,
            ),
        );
    }
    let height = left.height.max(right.height) + 1;
    state.grow(height, op.span);
    let span = left.expr.span.to(right.expr.span);
    let kind = ExprKind::Binary {
        operator: op.operator,
        negated: op.negated,
        operator_span: op.span,
        left: Box::new(left.expr),
        right: Box::new(right.expr),
    };
    Tall {
        expr: Expr { kind, span },
        height,
    }
}

/// Whether it compares, so that another comparison may not follow.
fn compares(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary { operator, .. } => compares_by(*operator),
        ExprKind::Is { .. } | ExprKind::Between { .. } => true,
        _ => false,
    }
}

fn compares_by(operator: B) -> bool {
    !matches!(
        operator,
        B::Or
            | B::Xor
            | B::Coalesce
            | B::Concat
            | B::Add
            | B::Subtract
            | B::Multiply
            | B::Divide
            | B::FloorDivide
            | B::Modulo
    )
}

/// Whether its last operand could not be read, which has been reported.
fn ends_broken(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Binary { right, .. } if matches!(right.kind, ExprKind::Error))
}

fn fold_comparison<'src>(
    left: Tall,
    op: Operator,
    right: Tall,
    extra: &mut Folding<'src, '_>,
) -> Tall {
    let state = extra.state();
    let height = left.height;
    let left = match torn(left.expr) {
        Ok((before, sign, behind)) => {
            let tall = |expr| Tall { expr, height };
            let second = binary(tall(behind), op, right, state);
            return binary(tall(before), or_sign(sign), second, state);
        }
        Err(expr) => Tall { expr, height },
    };
    if !compares(&left.expr) || ends_broken(&left.expr) {
        return binary(left, op, right, state);
    }
    // The operand between the two comparisons: `b` of `a < b < c`, also in what a first chain became.
    let mut last = &left.expr;
    let mut chain = None;
    if let ExprKind::Binary {
        operator: B::And,
        operator_span,
        right,
        ..
    } = &last.kind
    {
        chain = Some(*operator_span);
        last = right;
    }
    let middle = match &last.kind {
        // What is short alone: twice what is long, in what is long again, would grow without bound.
        ExprKind::Binary { right, .. }
            if op.foreign.is_none() && right.span.end - right.span.start < 80 =>
        {
            Some((**right).clone())
        }
        _ => None,
    };
    let Some(middle) = middle else {
        parenthesise(&left.expr, op.span, state);
        return binary(left, op, right, state);
    };
    let text = state.slice(middle.span);
    let edit = Edit {
        span: op.span.before(),
        text: format!("and {text} "),
    };
    if !chain.is_some_and(|chain| state.chain_on(chain, op.span, &edit)) {
        state.report(
            Diagnostic::new(
                &codes::CHAINED_COMPARISON,
                op.span,
                "comparisons do not chain",
            )
            .label("a second comparison")
            .because(last.span, "the first")
            .fix_all(Applicability::Exact, "compare each pair", vec![edit]),
        );
    }
    let height = left.height;
    let second = binary(
        Tall {
            expr: middle,
            height,
        },
        op,
        right,
        state,
    );
    binary(
        left,
        Operator {
            operator: B::And,
            negated: false,
            span: op.span.before(),
            foreign: None,
        },
        second,
        state,
    )
}

/// The `||` that another language writes for `or`.
fn or_sign(span: Span) -> Operator {
    Operator {
        operator: B::Or,
        negated: false,
        span,
        foreign: Some(("||", "or")),
    }
}

/// `a > 3 || b` where another comparison follows: its `||` was to be `or`. What stands before it, its place, and
/// what stands behind it; or the expression, if it is none such.
fn torn(expr: Expr) -> Result<(Expr, Span, Expr), Expr> {
    let Expr { kind, span } = expr;
    let ExprKind::Binary {
        operator,
        negated,
        operator_span,
        left,
        right,
    } = kind
    else {
        return Err(Expr { kind, span });
    };
    if operator == B::Concat && compares(&left) {
        return Ok((*left, operator_span, *right));
    }
    let rebuilt = |left: Box<Expr>, right: Expr| Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary {
            operator,
            negated,
            operator_span,
            left,
            right: Box::new(right),
        },
    };
    if operator == B::Or {
        // Made of an earlier `||`: a real one is looser than what follows.
        return match torn(*right) {
            Ok((before, sign, behind)) => Ok((rebuilt(left, before), sign, behind)),
            Err(right) => Err(rebuilt(left, right)),
        };
    }
    let right = *right;
    match right.kind {
        ExprKind::Binary {
            operator: B::Concat,
            operator_span: sign,
            left: before,
            right: behind,
            ..
        } if compares_by(operator) => Ok((rebuilt(left, *before), sign, *behind)),
        kind => Err(rebuilt(
            left,
            Expr {
                kind,
                span: right.span,
            },
        )),
    }
}

/// Reports a test behind a comparison, which has no other reading than parentheses.
fn parenthesise(left: &Expr, op: Span, state: &mut State<'_>) {
    let edits = vec![
        Edit {
            span: left.span.before(),
            text: "(".into(),
        },
        Edit {
            span: left.span.after(),
            text: ")".into(),
        },
    ];
    state.report(
        Diagnostic::new(&codes::CHAINED_COMPARISON, op, "comparisons do not chain")
            .label("a second comparison")
            .because(left.span, "the first")
            .fix_all(Applicability::Likely, "put the first in parentheses", edits),
    );
}

fn fold_is<'src>(left: Tall, tail: IsTail, extra: &mut Folding<'src, '_>) -> Tall {
    let height = left.height;
    match torn(left.expr) {
        Ok((before, sign, behind)) => {
            let tall = |expr| Tall { expr, height };
            let second = is(tall(behind), tail, extra.state());
            binary(tall(before), or_sign(sign), second, extra.state())
        }
        Err(expr) => is(Tall { expr, height }, tail, extra.state()),
    }
}

fn is(left: Tall, tail: IsTail, state: &mut State<'_>) -> Tall {
    if compares(&left.expr) {
        parenthesise(&left.expr, tail.span, state);
    }
    let height = left.height + 1;
    state.grow(height, tail.span);
    let span = left.expr.span.to(tail.span);
    let kind = match tail.what {
        Some(what) => ExprKind::Is {
            operand: Box::new(left.expr),
            negated: tail.negated,
            what,
        },
        None => ExprKind::Error,
    };
    Tall {
        expr: Expr { kind, span },
        height,
    }
}

fn fold_between<'src>(left: Tall, tail: BetweenTail, extra: &mut Folding<'src, '_>) -> Tall {
    let state = extra.state();
    if compares(&left.expr) {
        parenthesise(&left.expr, tail.span, state);
    }
    let height = left.height.max(tail.height) + 1;
    state.grow(height, tail.span);
    let span = left.expr.span.to(tail.span);
    let kind = ExprKind::Between {
        operand: Box::new(left.expr),
        negated: tail.negated,
        low: Box::new(tail.low),
        high: Box::new(tail.high),
    };
    Tall {
        expr: Expr { kind, span },
        height,
    }
}

fn fold_not<'src>(operator_span: Span, operand: Tall, extra: &mut Folding<'src, '_>) -> Tall {
    let state = extra.state();
    state.prefixes = state.prefixes.saturating_sub(1);
    let height = operand.height + 1;
    state.grow(height, operator_span);
    let span = operator_span.to(operand.expr.span);
    let kind = ExprKind::Unary {
        operator: UnaryOperator::Not,
        operator_span,
        operand: Box::new(operand.expr),
    };
    Tall {
        expr: Expr { kind, span },
        height,
    }
}
