//! Frames that leave out rows, as frames on both sides of what is left out.

use crate::{
    parts::{Part, of_expr, of_query},
    plan::{
        Aggregate, Exclusion, Expr, ExprKind, Frame, FrameBound, Plan, Query, Window,
        WindowFunction, WriteKind,
    },
};
use djq_check::{
    Type,
    functions::{AggregateId, FunctionId},
    hir::{BinaryOperator, Literal},
};

/// The plan with aggregates over such frames made of aggregates over those sides, where they can be.
///
/// ```
/// # fn of(plan: &djq_plan::plan::Plan) {
/// let apart = djq_plan::frames_apart(plan);
/// # let _ = apart;
/// # }
/// ```
#[must_use]
pub fn frames_apart(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for statement in &mut plan.statements {
        in_query(&mut statement.query);
    }
    if let Some(write) = &mut plan.write {
        match &mut write.kind {
            WriteKind::Insert(insert) => insert.rows.iter_mut().for_each(in_query),
            WriteKind::Update(update) => in_query(&mut update.rows),
            WriteKind::Delete(delete) => in_query(&mut delete.rows),
        }
    }
    plan
}

fn in_query(query: &mut Query) {
    of_query(query, &mut in_part);
}

fn in_part(part: Part<'_>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match part {
        Part::Query(query) => in_query(query),
        Part::Expr(expr) => {
            of_expr(expr, &mut in_part);
            if let ExprKind::Window(window) = &expr.kind
                && let Some(kind) = split(window, expr)
            {
                expr.kind = kind;
            }
        }
    });
}

/// The aggregate over the sides.
fn split(window: &Window, whole: &Expr) -> Option<ExprKind> {
    let WindowFunction::Aggregate(aggregate) = &window.function else {
        return None;
    };
    let frames = sides(window.frame.as_ref()?, window)?;
    let mut values = frames.into_iter().map(|frame| Expr {
        kind: ExprKind::Window(Box::new(Window {
            frame: Some(frame),
            ..window.clone()
        })),
        ..whole.clone()
    });
    let Some(first) = values.next() else {
        return Some(ExprKind::Literal(match aggregate.function {
            AggregateId::Count => Literal::Int(0),
            AggregateId::Every => Literal::Bool(true),
            AggregateId::Some => Literal::Bool(false),
            _ => Literal::Null,
        }));
    };
    let mut all = first;
    for value in values {
        all = Expr {
            kind: together(aggregate, all, value)?,
            ..whole.clone()
        };
    }
    Some(all.kind)
}

/// The aggregate of two sets of rows, from those of each.
fn together(aggregate: &Aggregate, left: Expr, right: Expr) -> Option<ExprKind> {
    if aggregate.distinct {
        return None;
    }
    let both =
        |operator| ExprKind::Binary(operator, Box::new(left.clone()), Box::new(right.clone()));
    let either = |kind| {
        let both = Expr {
            kind,
            ..left.clone()
        };
        ExprKind::Call(
            FunctionId::Coalesce,
            vec![both, left.clone(), right.clone()],
        )
    };
    let call = |function| ExprKind::Call(function, vec![left.clone(), right.clone()]);
    Some(match aggregate.function {
        AggregateId::Count => both(BinaryOperator::Add),
        AggregateId::Every => both(BinaryOperator::And),
        AggregateId::Some => both(BinaryOperator::Or),
        AggregateId::Sum => either(both(BinaryOperator::Add)),
        AggregateId::Min => either(call(FunctionId::Least)),
        AggregateId::Max => either(call(FunctionId::Greatest)),
        _ => return None,
    })
}

/// The frames on both sides of what a frame leaves out: of one row, where rows are counted; of its equals, where it is the
/// whole numbers of the order.
fn sides(frame: &Frame, window: &Window) -> Option<Vec<Frame>> {
    let whole = window.order_by.first().is_some_and(|key| {
        matches!(key.value.ty.kind.base(), Type::Int | Type::BigInt) && !key.value.ty.nullable
    });
    let counted = match frame.exclude {
        Exclusion::NoOthers => false,
        Exclusion::CurrentRow => !frame.range,
        Exclusion::Group | Exclusion::Ties => frame.range && whole && window.order_by.len() == 1,
    };
    if !counted {
        return None;
    }
    let first = offset(&frame.start)?;
    let last = offset(&frame.end)?;
    let span = window.order_by.first().map(|key| key.value.span)?;
    let bound = |at: i64| {
        let literal = |count: i64| Expr {
            kind: ExprKind::Literal(Literal::Int(count)),
            ty: Type::Int.required(),
            span,
        };
        match at {
            i64::MIN => FrameBound::UnboundedPreceding,
            i64::MAX => FrameBound::UnboundedFollowing,
            0 => FrameBound::CurrentRow,
            _ if at < 0 => FrameBound::Preceding(literal(-at)),
            _ => FrameBound::Following(literal(at)),
        }
    };
    let mut sides = Vec::with_capacity(3);
    let mut add = |first: i64, last: i64, range: bool| {
        if first <= last {
            sides.push(Frame {
                range,
                start: bound(first),
                end: bound(last),
                exclude: Exclusion::NoOthers,
            });
        }
    };
    add(first, last.min(-1), frame.range);
    if frame.exclude == Exclusion::Ties && first <= 0 && last >= 0 {
        add(0, 0, false);
    }
    add(first.max(1), last, frame.range);
    Some(sides)
}

/// How far a bound is behind the row: the least and the largest number where it has no end.
fn offset(bound: &FrameBound) -> Option<i64> {
    let count = |distance: &Expr| match distance.kind {
        ExprKind::Literal(Literal::Int(count)) if (0..i64::MAX).contains(&count) => Some(count),
        _ => None,
    };
    Some(match bound {
        FrameBound::UnboundedPreceding => i64::MIN,
        FrameBound::Preceding(distance) => -count(distance)?,
        FrameBound::CurrentRow => 0,
        FrameBound::Following(distance) => count(distance)?,
        FrameBound::UnboundedFollowing => i64::MAX,
    })
}
