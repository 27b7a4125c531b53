//! Questions about HIR expressions that the lowering asks before it decides.

use djq_check::{
    functions::FunctionId,
    hir::{
        Clause, ClauseKind, Column, ColumnKind, Expr, ExprKind, FrameBound, NamedId, Pipeline,
        Query, SourceId, SourceKind, Window, WindowFunction,
    },
};
use rustc_hash::FxHashSet;

/// Calls `see` on an expression and all below it, of nested pipelines too; `see` says whether to go below.
pub(crate) fn walk<'a>(query: &'a Query, expr: &'a Expr, see: &mut dyn FnMut(&'a Expr) -> bool) {
    if see(expr) && !is_leaf(&expr.kind) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || walk_below(query, expr, see));
    }
}

/// Whether there is no expression in it.
fn is_leaf(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Literal(_) | ExprKind::Param(_) | ExprKind::Column(..) | ExprKind::Named(_)
    )
}

fn walk_below<'a>(query: &'a Query, expr: &'a Expr, see: &mut dyn FnMut(&'a Expr) -> bool) {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::ContentType(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Output(..)
        | ExprKind::Named(_)
        | ExprKind::Grouping(_) => {}
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::Cast(of)
        | ExprKind::TryCast(of)
        | ExprKind::When(_, of) => walk(query, of, see),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => {
            walk(query, left, see);
            walk(query, right, see);
        }
        ExprKind::InList(value, list) => {
            walk(query, value, see);
            list.iter().for_each(|item| walk(query, item, see));
        }
        ExprKind::InPipeline { value, body, .. } => {
            walk(query, value, see);
            walk_pipeline(query, body, see);
        }
        ExprKind::Exists(body) | ExprKind::Scalar(body) => walk_pipeline(query, body, see),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                walk(query, condition, see);
                walk(query, value, see);
            }
            if let Some(otherwise) = otherwise {
                walk(query, otherwise, see);
            }
        }
        ExprKind::Call(_, list) | ExprKind::Sql(_, list) | ExprKind::Row(list) => {
            list.iter().for_each(|item| walk(query, item, see));
        }
        ExprKind::Aggregate(aggregate) => {
            let arguments = aggregate.arguments.iter();
            let order = aggregate.order_by.iter().map(|key| &key.value);
            for part in arguments.chain(&aggregate.condition).chain(order) {
                walk(query, part, see);
            }
        }
        ExprKind::Window(window) => {
            window_parts(window)
                .into_iter()
                .for_each(|part| walk(query, part, see));
        }
    }
}

/// The expressions in a window.
fn window_parts(window: &Window) -> Vec<&Expr> {
    let (arguments, condition) = match &window.function {
        WindowFunction::Window(_, arguments) => (arguments, None),
        WindowFunction::Aggregate(aggregate) => {
            (&aggregate.arguments, aggregate.condition.as_ref())
        }
    };
    let order = window.order_by.iter().map(|key| &key.value);
    let bounds = window
        .frame
        .iter()
        .flat_map(|frame| [&frame.start, &frame.end])
        .filter_map(|bound| match bound {
            FrameBound::Preceding(distance) | FrameBound::Following(distance) => Some(distance),
            _ => None,
        });
    arguments
        .iter()
        .chain(condition)
        .chain(&window.partition_by)
        .chain(order)
        .chain(bounds)
        .collect()
}

/// Calls `see` on every expression of a pipeline, those of the links and derived tables of its sources too.
pub(crate) fn walk_pipeline<'a>(
    query: &'a Query,
    pipeline: &'a Pipeline,
    see: &mut dyn FnMut(&'a Expr) -> bool,
) {
    walk_clauses(query, pipeline, see);
    for column in &pipeline.columns {
        walk_column(query, column, see);
    }
}

/// Calls `see` on every expression of an output's column.
pub(crate) fn walk_column<'a>(
    query: &'a Query,
    column: &'a Column,
    see: &mut dyn FnMut(&'a Expr) -> bool,
) {
    match &column.kind {
        ColumnKind::Value(value) => walk(query, value, see),
        ColumnKind::Nest(nest) => walk_pipeline(query, &nest.body, see),
    }
}

/// As [`walk_pipeline`], without its output.
pub(crate) fn walk_clauses<'a>(
    query: &'a Query,
    pipeline: &'a Pipeline,
    see: &mut dyn FnMut(&'a Expr) -> bool,
) {
    if let Some(from) = pipeline.from {
        walk_source(query, from, see);
    }
    for clause in &pipeline.clauses {
        walk_clause(query, clause, see);
    }
}

/// Calls `see` on every expression of a clause, those of the links and derived tables of its sources too.
pub(crate) fn walk_clause<'a>(
    query: &'a Query,
    clause: &'a Clause,
    see: &mut dyn FnMut(&'a Expr) -> bool,
) {
    match &clause.kind {
        ClauseKind::Join { steps, on, .. } => {
            for step in steps {
                walk_source(query, *step, see);
            }
            if let Some(on) = on {
                walk(query, on, see);
            }
        }
        ClauseKind::Where(condition) => walk(query, condition, see),
        ClauseKind::Let(ids) | ClauseKind::Select(ids) => {
            for id in ids {
                walk(query, &query.named[id.0 as usize].value, see);
            }
        }
        ClauseKind::GroupBy(keys) | ClauseKind::GroupSets { keys, .. } => {
            for key in keys {
                walk(query, &query.named[key.named.0 as usize].value, see);
            }
        }
        ClauseKind::Distinct => {}
        ClauseKind::OrderBy(keys) => {
            for key in keys {
                walk(query, &key.value, see);
            }
        }
        ClauseKind::Page { limit, offset } => {
            for part in limit.iter().chain(offset) {
                walk(query, part, see);
            }
        }
        ClauseKind::PagePer { limit, offset, per } => {
            for part in std::iter::once(limit).chain(offset).chain(per) {
                walk(query, part, see);
            }
        }
        ClauseKind::SetOperation { right, .. } => walk_pipeline(query, right, see),
    }
}

fn walk_source<'a>(query: &'a Query, id: SourceId, see: &mut dyn FnMut(&'a Expr) -> bool) {
    let source = &query.sources[id.0 as usize];
    if let Some(link) = &source.link {
        for part in link.left.iter().chain(link.condition.as_deref()) {
            walk(query, part, see);
        }
    }
    match &source.kind {
        SourceKind::Derived(body) => walk_pipeline(query, body, see),
        SourceKind::Rows(rows) => {
            for value in rows.kind.expressions() {
                walk(query, value, see);
            }
        }
        SourceKind::Model(_) | SourceKind::Cte(_) | SourceKind::Tree(_) => {}
    }
}

/// The sources that a pipeline and those in it bring into its clauses.
pub(crate) fn sources_within(query: &Query, pipeline: &Pipeline) -> Vec<SourceId> {
    let mut found = Vec::new();
    own_sources(query, pipeline, &mut found);
    walk_pipeline(query, pipeline, &mut |expr| {
        add_sources(query, expr, &mut found);
        true
    });
    found
}

/// The sources that the pipelines in an expression bring.
pub(crate) fn sources_in(query: &Query, expr: &Expr) -> Vec<SourceId> {
    let mut found = Vec::new();
    walk(query, expr, &mut |expr| {
        add_sources(query, expr, &mut found);
        true
    });
    found
}

fn add_sources(query: &Query, expr: &Expr, found: &mut Vec<SourceId>) {
    if let ExprKind::Scalar(body) | ExprKind::Exists(body) | ExprKind::InPipeline { body, .. } =
        &expr.kind
    {
        own_sources(query, body, found);
    }
}

fn own_sources(query: &Query, pipeline: &Pipeline, found: &mut Vec<SourceId>) {
    let first = found.len();
    found.extend(pipeline.from);
    for clause in &pipeline.clauses {
        match &clause.kind {
            ClauseKind::Join { steps, .. } => found.extend(steps),
            ClauseKind::SetOperation { right, .. } => own_sources(query, right, found),
            _ => {}
        }
    }
    for column in &pipeline.columns {
        if let ColumnKind::Nest(nest) = &column.kind {
            own_sources(query, &nest.body, found);
        }
    }
    for index in first..found.len() {
        if let SourceKind::Derived(body) = &query.sources[found[index].0 as usize].kind {
            own_sources(query, body, found);
        }
    }
}

/// Whether an aggregate of the very rows it stands among is in it, by name too.
pub(crate) fn has_aggregate(query: &Query, expr: &Expr) -> bool {
    any(query, expr, false, &|kind| {
        matches!(kind, ExprKind::Aggregate(_) | ExprKind::Grouping(_))
    })
}

/// Whether a window over the very rows it stands among is in it, by name too.
pub(crate) fn has_window(query: &Query, expr: &Expr) -> bool {
    any(query, expr, false, &|kind| {
        matches!(kind, ExprKind::Window(_))
    })
}

/// The windows over the very rows it stands among that are written in it.
pub(crate) fn windows<'a>(query: &'a Query, expr: &'a Expr) -> Vec<&'a Window> {
    let mut found = Vec::new();
    walk(query, expr, &mut |part| {
        if let ExprKind::Window(window) = &part.kind {
            found.push(&**window);
        }
        !is_query(&part.kind)
    });
    found
}

/// Whether a pipeline of its own is the outermost of it.
fn is_query(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Scalar(_) | ExprKind::Exists(_) | ExprKind::InPipeline { .. }
    )
}

/// Whether an aggregate of the very rows it stands among is written in it.
pub(crate) fn writes_aggregate(query: &Query, expr: &Expr) -> bool {
    let mut found = false;
    walk(query, expr, &mut |part| {
        found = found || matches!(part.kind, ExprKind::Aggregate(_) | ExprKind::Grouping(_));
        if let (false, ExprKind::InPipeline { value, .. }) = (found, &part.kind) {
            found = writes_aggregate(query, value);
        }
        !found
            && !matches!(
                part.kind,
                ExprKind::Scalar(_) | ExprKind::Exists(_) | ExprKind::InPipeline { .. }
            )
    });
    found
}

/// Whether it is worth to be computed once: a subquery is in it, by name too.
pub(crate) fn has_subquery(query: &Query, expr: &Expr) -> bool {
    any(query, expr, false, &|kind| {
        matches!(
            kind,
            ExprKind::Scalar(_) | ExprKind::Exists(_) | ExprKind::InPipeline { .. }
        )
    })
}

/// Whether each evaluation gives another value.
pub(crate) fn is_volatile(query: &Query, expr: &Expr) -> bool {
    any(query, expr, true, &|kind| {
        matches!(
            kind,
            ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _)
        )
    })
}

/// Whether a parameter is in it.
pub(crate) fn has_parameter(query: &Query, expr: &Expr) -> bool {
    any(query, expr, true, &|kind| {
        matches!(kind, ExprKind::Param(_) | ExprKind::InParam(..))
    })
}

/// How often a pipeline's clauses from `first` on, and its output, use a name.
pub(crate) fn uses(query: &Query, pipeline: &Pipeline, name: NamedId) -> usize {
    let mut count = 0;
    walk_pipeline(query, pipeline, &mut |expr| {
        if expr.kind == ExprKind::Named(name) {
            count += 1;
        }
        true
    });
    count
}

fn any(query: &Query, expr: &Expr, nested: bool, is: &dyn Fn(&ExprKind) -> bool) -> bool {
    any_unseen(query, expr, nested, is, &mut FxHashSet::default())
}

/// As [`any`]; a name is gone through once, however many others are made of it.
fn any_unseen(
    query: &Query,
    expr: &Expr,
    nested: bool,
    is: &dyn Fn(&ExprKind) -> bool,
    seen: &mut FxHashSet<NamedId>,
) -> bool {
    let mut found = false;
    walk(query, expr, &mut |part| {
        found = found || is(&part.kind);
        if let ExprKind::Named(name) = part.kind {
            let value = &query.named[name.0 as usize].value;
            found = found || seen.insert(name) && any_unseen(query, value, nested, is, seen);
        }
        if let (false, false, ExprKind::InPipeline { value, .. }) = (nested, found, &part.kind) {
            found = any_unseen(query, value, nested, is, seen);
        }
        !found && (nested || !is_query(&part.kind))
    });
    found
}
