//! What an expression, a query or a FROM is made of, one level down.

use crate::plan::{
    Body, Expr, ExprKind, FrameBound, From, Query, TableFunction, Window, WindowFunction,
};

/// A part.
pub(crate) enum Part<'p> {
    Expr(&'p mut Expr),
    Query(&'p mut Query),
}

/// Calls `see` with each part of an expression.
pub(crate) fn of_expr(expr: &mut Expr, see: &mut dyn FnMut(Part<'_>)) {
    match &mut expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Item(_)
        | ExprKind::Grouping(_)
        | ExprKind::NewKey(..)
        | ExprKind::ContentType(..) => {}
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::Cast(of)
        | ExprKind::TryCast(of)
        | ExprKind::Within(of, _)
        | ExprKind::JsonListOrEmpty(of)
        | ExprKind::When(_, of) => see(Part::Expr(of)),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => {
            see(Part::Expr(left));
            see(Part::Expr(right));
        }
        ExprKind::InList(value, list) => {
            see(Part::Expr(value));
            list.iter_mut().for_each(|item| see(Part::Expr(item)));
        }
        ExprKind::InParent(list)
        | ExprKind::Call(_, list)
        | ExprKind::Sql(_, list)
        | ExprKind::Row(list) => {
            list.iter_mut().for_each(|item| see(Part::Expr(item)));
        }
        ExprKind::InQuery { value, query, .. } => {
            see(Part::Expr(value));
            see(Part::Query(query));
        }
        ExprKind::Exists(query) | ExprKind::Scalar(query) => see(Part::Query(query)),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                see(Part::Expr(condition));
                see(Part::Expr(value));
            }
            if let Some(otherwise) = otherwise {
                see(Part::Expr(otherwise));
            }
        }
        ExprKind::Aggregate(aggregate) => {
            let keys = aggregate.order_by.iter_mut().map(|key| &mut key.value);
            let parts = aggregate
                .arguments
                .iter_mut()
                .chain(&mut aggregate.condition);
            parts.chain(keys).for_each(|part| see(Part::Expr(part)));
        }
        ExprKind::Window(window) => of_window(window, see),
        ExprKind::JsonObject(members) => {
            let values = members.iter_mut().map(|member| &mut member.value);
            values.for_each(|value| see(Part::Expr(value)));
        }
        ExprKind::JsonList { item, order_by } => {
            see(Part::Expr(item));
            let keys = order_by.iter_mut().map(|key| &mut key.value);
            keys.for_each(|key| see(Part::Expr(key)));
        }
    }
}

fn of_window(window: &mut Window, see: &mut dyn FnMut(Part<'_>)) {
    match &mut window.function {
        WindowFunction::Window(_, arguments) => {
            arguments.iter_mut().for_each(|one| see(Part::Expr(one)));
        }
        WindowFunction::Aggregate(aggregate) => {
            let arguments = aggregate.arguments.iter_mut();
            arguments
                .chain(&mut aggregate.condition)
                .for_each(|one| see(Part::Expr(one)));
        }
    }
    let keys = window.order_by.iter_mut().map(|key| &mut key.value);
    let parts = window.partition_by.iter_mut().chain(keys);
    parts.for_each(|part| see(Part::Expr(part)));
    if let Some(frame) = &mut window.frame {
        for bound in [&mut frame.start, &mut frame.end] {
            if let FrameBound::Preceding(distance) | FrameBound::Following(distance) = bound {
                see(Part::Expr(distance));
            }
        }
    }
}

/// Calls `see` with each part of a FROM that is no join.
pub(crate) fn of_from(from: &mut From, see: &mut dyn FnMut(Part<'_>)) {
    match from {
        From::Table { .. } | From::Cte { .. } | From::Join { .. } => {}
        From::Derived { query, .. } => see(Part::Query(query)),
        From::Function { function, .. } => match &mut **function {
            TableFunction::Parameter { .. } => {}
            TableFunction::Gathered { list, .. } => see(Part::Expr(list)),
            TableFunction::Sql(_, operands) => {
                for part in operands {
                    see(Part::Expr(part));
                }
            }
            TableFunction::Series {
                first, last, step, ..
            } => {
                for part in [first, last, step] {
                    see(Part::Expr(part));
                }
            }
        },
    }
}

/// Calls `see` with each part of a query.
pub(crate) fn of_query(query: &mut Query, see: &mut dyn FnMut(Part<'_>)) {
    for cte in &mut query.ctes {
        see(Part::Query(&mut cte.query));
    }
    match &mut query.body {
        Body::Select(select) => {
            let items = select.items.iter_mut().map(|item| &mut item.value);
            let others = select.filter.iter_mut().chain(&mut select.group_by);
            for expr in items.chain(others).chain(&mut select.having) {
                see(Part::Expr(expr));
            }
            if let Some(from) = &mut select.from {
                all_of_from(from, see);
            }
        }
        Body::SetOperation { left, right, .. } => {
            see(Part::Query(left));
            see(Part::Query(right));
        }
        Body::Values(values) => {
            for value in values.rows.iter_mut().flatten() {
                see(Part::Expr(value));
            }
        }
    }
    let keys = query.order_by.iter_mut().map(|key| &mut key.value);
    for expr in keys.chain(&mut query.limit).chain(&mut query.offset) {
        see(Part::Expr(expr));
    }
}

fn all_of_from(from: &mut From, see: &mut dyn FnMut(Part<'_>)) {
    if let From::Join {
        left, right, on, ..
    } = from
    {
        all_of_from(left, see);
        all_of_from(right, see);
        on.iter_mut()
            .for_each(|condition| see(Part::Expr(condition)));
    } else {
        of_from(from, see);
    }
}
