//! Calls, with what aggregates and windows take.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::expressions::expr;
use super::input::{Input, Read};
use super::recovery::{close, closes};
use super::{clauses, names, types};
use crate::ast::{Call, Expr, ExprKind, Frame, FrameBound, Name, Over, WindowSpec};
use crate::roles;
use crate::token::{Token, TokenKind as K};

/// `name(…)` or, with what stands before the dot, `base.name(…)`; then `over …`.
pub(super) fn call(inp: &mut Input<'_, '_>, base: Option<Expr>) -> Expr {
    let word = inp.bump();
    let name = inp.name_of(word);
    let start = base.as_ref().map_or(name.span, |base| base.span);
    let open = inp.bump();
    if word.kind == K::TryCast && base.is_none() {
        return try_cast(inp, start, open);
    }
    let mut call = Call {
        base,
        name,
        distinct: None,
        arguments: Vec::new(),
        condition: None,
        order_by: Vec::new(),
        limit: None,
        over: None,
    };
    // `distinct - x` is the negated `x` in a call, on whatever line it stands.
    let distinct =
        inp.at(K::Distinct) && (inp.kind_at(1) == K::Minus || !names::reserved_is_name(inp));
    if distinct {
        call.distinct = Some(inp.here());
        inp.bump();
    }
    if inp.at(K::Star) {
        star(inp, &call);
    }
    let mut first = true;
    let mut parts = Vec::new();
    while !closes(inp, open) {
        if tail(inp, &mut call, &mut parts) {
            continue;
        }
        let begins =
            matches!(inp.kind(), K::Where | K::Order | K::Limit) && !names::reserved_is_name(inp);
        if begins {
            break;
        }
        if !first && !comma(inp, open) {
            break;
        }
        if !first && closes(inp, open) {
            break;
        }
        call.arguments.push(expr(inp));
        first = false;
    }
    close(inp, open, "`,` or `)`");
    let close_span = inp.previous();
    super::foreign::within_group(inp, &mut call, close_span);
    filter_where(inp, &mut call, close_span);
    if inp.at(K::Over) {
        call.over = over(inp);
    }
    let span = inp.since(start);
    Expr {
        kind: ExprKind::Call(Box::new(call)),
        span,
    }
}

/// The comma before another argument. What stands in its place is stepped over.
fn comma(inp: &mut Input<'_, '_>, open: Token) -> bool {
    if inp.eat(K::Comma).is_some() {
        return true;
    }
    if open.partner == Token::ALONE {
        return false;
    }
    inp.unexpected("`,` or `)`");
    super::recovery::skip_to_comma(inp, open);
    inp.eat(K::Comma).is_some()
}

/// `count(*)`: counts rows without the star.
fn star(inp: &mut Input<'_, '_>, call: &Call) {
    let span = inp.here();
    inp.bump();
    let name = call.name.text.clone();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            span,
            format!("`{name}(*)` is written `{name}()`"),
        )
        .label("no star here")
        .fix(Applicability::Exact, "remove the star", span, ""),
    );
}

/// `where c`, `order by …`, `limit n` inside the parentheses; whether one stood there. They happen in this
/// order, and stand in it; `parts` are those before.
fn tail(inp: &mut Input<'_, '_>, call: &mut Call, parts: &mut Vec<(K, Span)>) -> bool {
    // Behind an argument or a clause no name can stand without a comma, so there the word is never one.
    let behind =
        !call.arguments.is_empty() || call.condition.is_some() || !call.order_by.is_empty();
    let start = inp.here();
    let kind = inp.kind();
    match kind {
        K::Where if call.condition.is_none() && (behind || !names::reserved_is_name(inp)) => {
            inp.mark(roles::CLAUSE);
            inp.bump();
            call.condition = Some(expr(inp));
        }
        K::Order if call.order_by.is_empty() && inp.kind_at(1) == K::By => {
            inp.mark(roles::CLAUSE);
            inp.bump();
            inp.bump();
            call.order_by = clauses::order_items(inp);
        }
        K::Limit if call.limit.is_none() && (behind || !names::reserved_is_name(inp)) => {
            inp.mark(roles::CLAUSE);
            inp.bump();
            call.limit = Some(expr(inp));
        }
        _ => return false,
    }
    let span = inp.since(start);
    let later = parts
        .iter()
        .find(|(before, _)| place_in_tail(*before) > place_in_tail(kind))
        .copied();
    if let Some((before, first)) = later {
        out_of_order(inp, span, before, first);
    }
    parts.push((kind, span));
    true
}

fn place_in_tail(kind: K) -> u8 {
    match kind {
        K::Where => 0,
        K::Order => 1,
        _ => 2,
    }
}

/// A part of an aggregate that stands behind one which happens later.
fn out_of_order(inp: &mut Input<'_, '_>, span: Span, before: K, first: Span) {
    let word = before.spelling().unwrap_or("limit");
    let by = if before == K::Order { " by" } else { "" };
    let state = inp.knows();
    let text = state.slice(span).to_owned();
    let head = state.text.get(..span.start as usize).unwrap_or("");
    let space = head.len() - head.trim_end().len();
    let removed = Span {
        start: span.start - u32::try_from(space).unwrap_or(0),
        ..span
    };
    let edits = vec![
        Edit {
            span: first.before(),
            text: format!("{text} "),
        },
        Edit {
            span: removed,
            text: String::new(),
        },
    ];
    state.report(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            span,
            "inside an aggregate `where` comes first, then `order by`, then `limit`",
        )
        .label(format!(
            "stands behind the `{word}{by}`, and happens before it"
        ))
        .because(first, "happens later")
        .fix_all(Applicability::Exact, "move it up", edits),
    );
}

/// SQL's `f(x) filter (where c)`: the condition stands inside the call.
fn filter_where(inp: &mut Input<'_, '_>, call: &mut Call, close_span: Span) {
    if !inp.is_word_at(0, "filter") || inp.kind_at(1) != K::OpenParen || inp.kind_at(2) != K::Where
    {
        return;
    }
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    inp.bump();
    let condition = expr(inp);
    close(inp, open, "an operator or `)`");
    let whole = inp.since(start);
    let state = inp.knows();
    let text = state.slice(condition.span);
    let space = if state
        .text
        .get(..close_span.start as usize)
        .is_some_and(|before| before.ends_with('('))
    {
        ""
    } else {
        " "
    };
    let edits = vec![
        Edit {
            span: close_span.before(),
            text: format!("{space}where {text}"),
        },
        Edit {
            span: Span {
                start: close_span.end,
                ..whole
            },
            text: String::new(),
        },
    ];
    state.report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            whole,
            "the condition of an aggregate stands inside it",
        )
        .label("belongs inside the parentheses")
        .fix_all(Applicability::Exact, "put it inside", edits),
    );
    call.condition.get_or_insert(condition);
}

fn try_cast(inp: &mut Input<'_, '_>, start: Span, open: Token) -> Expr {
    let operand = expr(inp);
    let ty = if inp.eat(K::As).is_some() {
        types::type_expr(inp)
    } else {
        inp.unexpected("`as` and a type");
        types::missing(inp)
    };
    close(inp, open, "`)`");
    Expr {
        kind: ExprKind::TryCast {
            operand: Box::new(operand),
            ty: Box::new(ty),
        },
        span: inp.since(start),
    }
}

/// `over w`, `over ( … )`.
fn over(inp: &mut Input<'_, '_>) -> Option<Over> {
    inp.bump();
    if inp.at(K::OpenParen) {
        return Some(Over::Spec(window(inp)));
    }
    Some(Over::Name(names::name(inp, "a window's name or `(`")))
}

/// `( [base] partition by … order by … frame )`, at its parenthesis.
pub(super) fn window(inp: &mut Input<'_, '_>) -> WindowSpec {
    let open = inp.bump();
    let start = inp.span_of(open);
    let mut spec = WindowSpec {
        base: None,
        partition_by: Vec::new(),
        order_by: Vec::new(),
        frame: None,
        span: start,
    };
    let is_frame = |inp: &mut Input<'_, '_>| {
        matches!(inp.kind(), K::Rows | K::Range | K::Groups) && !inp.kind_at(1).closes()
    };
    let partition = inp.at(K::Partition)
        && matches!(
            inp.kind_at(1),
            K::By | K::Name | K::QuotedName | K::Parameter
        );
    let is_value = inp.kind() == K::Name
        && matches!(inp.kind_at(1), K::Dot | K::OpenParen | K::Comma)
        && !partition;
    if is_value {
        let before = inp.here().before();
        inp.unexpected_as(
            &codes::SYNTAX_ERROR,
            "`partition by`, `order by` or a window's name",
            |diagnostic| {
                diagnostic.fix(
                    Applicability::Likely,
                    "write `partition by`",
                    before,
                    "partition by ",
                )
            },
        );
        inp.knows().recovered();
        spec.partition_by.push(expr(inp));
        while inp.eat(K::Comma).is_some() {
            spec.partition_by.push(expr(inp));
        }
    } else if inp.kind().is_name() && !partition && !is_frame(inp) {
        spec.base = Some(names::name(inp, "a window's name"));
    }
    if inp.at(K::Partition) {
        inp.mark(roles::CLAUSE);
        inp.bump();
        by(inp);
        spec.partition_by.push(expr(inp));
        while inp.eat(K::Comma).is_some() {
            spec.partition_by.push(expr(inp));
        }
    }
    if inp.at(K::Order) {
        inp.mark(roles::CLAUSE);
        inp.bump();
        by(inp);
        spec.order_by = clauses::order_items(inp);
    }
    if is_frame(inp) {
        inp.mark(roles::CLAUSE);
        spec.frame = Some(frame(inp));
    }
    close(
        inp,
        open,
        "`partition by`, `order by`, `rows`, `range`, `groups` or `)`",
    );
    spec.span = inp.since(start);
    spec
}

/// `by` behind `partition`, `order`, `group`.
pub(super) fn by(inp: &mut Input<'_, '_>) {
    if inp.eat(K::By).is_none() {
        let before = inp.previous();
        let word = inp.knows().slice(before).to_lowercase();
        let token = inp.token();
        let fix = move |diagnostic: Diagnostic| {
            diagnostic.fix(
                Applicability::Exact,
                format!("write `{word} by`"),
                before.after(),
                " by",
            )
        };
        if token.kind.is_reserved() || token.kind == K::End || token.kind.closes() {
            inp.unexpected("`by`");
        } else {
            inp.unexpected_as(&codes::SYNTAX_ERROR, "`by`", fix);
            // What follows is read as if it stood there.
            inp.knows().recovered();
        }
    }
}

fn frame(inp: &mut Input<'_, '_>) -> Frame {
    let word = inp.bump();
    let unit = inp.keyword_of(word);
    let (start, end) = if inp.eat(K::Between).is_some() {
        let start = bound(inp);
        if inp.eat(K::And).is_none() {
            inp.unexpected("`and` and the frame's end");
        }
        (start, Some(bound(inp)))
    } else {
        (bound(inp), None)
    };
    let exclude = inp.eat(K::Exclude).map(|_| exclusion(inp));
    Frame {
        unit,
        start,
        end,
        exclude,
    }
}

/// What stands behind `exclude`.
fn exclusion(inp: &mut Input<'_, '_>) -> Name {
    let start = inp.here();
    let token = inp.token();
    let first = inp.knows().text(token).to_lowercase();
    let second = inp.token_at(1);
    let second = inp.knows().text(second).to_lowercase();
    let (text, words) = match (first.as_str(), second.as_str()) {
        ("current", "row") => ("current row", 2),
        ("no", "others") => ("no others", 2),
        ("group", _) => ("group", 1),
        ("ties", _) => ("ties", 1),
        _ => {
            inp.unexpected("`current row`, `group`, `ties` or `no others`");
            ("", 0)
        }
    };
    for _ in 0..words {
        inp.bump();
    }
    let span = if words == 0 {
        start.before()
    } else {
        inp.since(start)
    };
    Name {
        text: text.into(),
        span,
    }
}

fn bound(inp: &mut Input<'_, '_>) -> FrameBound {
    if inp.at(K::Current) && inp.kind_at(1) == K::Row {
        inp.bump();
        inp.bump();
        return FrameBound::CurrentRow;
    }
    let unbounded = inp.at(K::Unbounded) && matches!(inp.kind_at(1), K::Preceding | K::Following);
    let distance = if unbounded {
        inp.bump();
        None
    } else {
        Some(super::expressions::value(inp))
    };
    let following = inp.at(K::Following);
    if inp.eat(K::Preceding).is_none() && inp.eat(K::Following).is_none() {
        inp.unexpected("`preceding` or `following`");
    }
    match (distance, following) {
        (None, false) => FrameBound::UnboundedPreceding,
        (None, true) => FrameBound::UnboundedFollowing,
        (Some(distance), false) => FrameBound::Preceding(distance),
        (Some(distance), true) => FrameBound::Following(distance),
    }
}
