//! Walking over HIR expressions.

use crate::{
    hir::{
        Clause, ClauseKind, ColumnKind, Expr, ExprKind, FrameBound, NamedId, Pipeline, SourceId,
        SourceKind, Window, WindowFunction,
    },
    walker::Walker,
};
use rustc_hash::FxHashSet;

/// Calls `each` with the operands of an expression; `nested` with the pipelines in it.
pub(crate) fn children<'e>(
    expr: &'e Expr,
    each: &mut dyn FnMut(&'e Expr),
    nested: &mut dyn FnMut(&'e Pipeline),
) {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::ContentType(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Output(..)
        | ExprKind::Named(_)
        | ExprKind::Grouping(_) => {}
        ExprKind::Unary(_, a)
        | ExprKind::IsNull(a)
        | ExprKind::IsBool(a, _)
        | ExprKind::InParam(a, _)
        | ExprKind::Cast(a)
        | ExprKind::TryCast(a)
        | ExprKind::When(_, a) => each(a),
        ExprKind::Binary(_, a, b)
        | ExprKind::Lookup {
            value: a,
            pattern: b,
            ..
        } => {
            each(a);
            each(b);
        }
        ExprKind::InList(a, list) => {
            each(a);
            list.iter().for_each(each);
        }
        ExprKind::InPipeline { value, body, .. } => {
            each(value);
            nested(body);
        }
        ExprKind::Exists(body) | ExprKind::Scalar(body) => nested(body),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                each(condition);
                each(value);
            }
            if let Some(otherwise) = otherwise {
                each(otherwise);
            }
        }
        ExprKind::Call(_, list) | ExprKind::Row(list) | ExprKind::Sql(_, list) => {
            list.iter().for_each(each)
        }
        ExprKind::Aggregate(aggregate) => {
            aggregate.arguments.iter().for_each(&mut *each);
            if let Some(condition) = &aggregate.condition {
                each(condition);
            }
            aggregate.order_by.iter().for_each(|key| each(&key.value));
        }
        ExprKind::Window(window) => window_parts(window).into_iter().for_each(each),
    }
}

/// The expressions of a window.
pub(crate) fn window_parts(window: &Window) -> Vec<&Expr> {
    let mut parts: Vec<&Expr> = Vec::new();
    match &window.function {
        WindowFunction::Window(_, arguments) => parts.extend(arguments),
        WindowFunction::Aggregate(aggregate) => {
            parts.extend(&aggregate.arguments);
            parts.extend(&aggregate.condition);
        }
    }
    parts.extend(&window.partition_by);
    parts.extend(window.order_by.iter().map(|key| &key.value));
    if let Some(frame) = &window.frame {
        for bound in [&frame.start, &frame.end] {
            if let FrameBound::Preceding(offset) | FrameBound::Following(offset) = bound {
                parts.push(offset);
            }
        }
    }
    parts
}

/// As [`window_parts`], to change them; the bounds of the frame are constants.
fn window_parts_mut<'w>(window: &'w mut Window, each: &mut dyn FnMut(&'w mut Expr)) {
    match &mut window.function {
        WindowFunction::Window(_, arguments) => arguments.iter_mut().for_each(&mut *each),
        WindowFunction::Aggregate(aggregate) => {
            aggregate.arguments.iter_mut().for_each(&mut *each);
            aggregate.condition.iter_mut().for_each(&mut *each);
        }
    }
    window.partition_by.iter_mut().for_each(&mut *each);
    window
        .order_by
        .iter_mut()
        .for_each(|key| each(&mut key.value));
}

/// As [`children`], to change them.
pub(crate) fn children_mut(
    expr: &mut Expr,
    each: &mut dyn FnMut(&mut Expr),
    nested: &mut dyn FnMut(&mut Pipeline),
) {
    match &mut expr.kind {
        ExprKind::Literal(_)
        | ExprKind::ContentType(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Output(..)
        | ExprKind::Named(_)
        | ExprKind::Grouping(_) => {}
        ExprKind::Unary(_, a)
        | ExprKind::IsNull(a)
        | ExprKind::IsBool(a, _)
        | ExprKind::InParam(a, _)
        | ExprKind::Cast(a)
        | ExprKind::TryCast(a)
        | ExprKind::When(_, a) => each(a),
        ExprKind::Binary(_, a, b)
        | ExprKind::Lookup {
            value: a,
            pattern: b,
            ..
        } => {
            each(a);
            each(b);
        }
        ExprKind::InList(a, list) => {
            each(a);
            list.iter_mut().for_each(each);
        }
        ExprKind::InPipeline { value, body, .. } => {
            each(value);
            nested(body);
        }
        ExprKind::Exists(body) | ExprKind::Scalar(body) => nested(body),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                each(condition);
                each(value);
            }
            if let Some(otherwise) = otherwise {
                each(otherwise);
            }
        }
        ExprKind::Call(_, list) | ExprKind::Row(list) | ExprKind::Sql(_, list) => {
            list.iter_mut().for_each(each)
        }
        ExprKind::Aggregate(aggregate) => {
            aggregate.arguments.iter_mut().for_each(&mut *each);
            if let Some(condition) = &mut aggregate.condition {
                each(condition);
            }
            aggregate
                .order_by
                .iter_mut()
                .for_each(|key| each(&mut key.value));
        }
        ExprKind::Window(window) => window_parts_mut(window, &mut |part| each(part)),
    }
}

/// The expressions of a clause; `nested` for a set operation's right side.
pub(crate) fn clause_children_mut(
    clause: &mut Clause,
    each: &mut dyn FnMut(&mut Expr),
    nested: &mut dyn FnMut(&mut Pipeline),
) {
    match &mut clause.kind {
        ClauseKind::Join { on, .. } => on.iter_mut().for_each(each),
        ClauseKind::Where(condition) => each(condition),
        ClauseKind::OrderBy(keys) => keys.iter_mut().for_each(|key| each(&mut key.value)),
        ClauseKind::Page { limit, offset } => {
            limit.iter_mut().chain(offset.iter_mut()).for_each(each);
        }
        ClauseKind::PagePer { limit, offset, per } => {
            each(limit);
            offset.iter_mut().chain(per).for_each(each);
        }
        ClauseKind::SetOperation { right, .. } => nested(right),
        ClauseKind::Let(_)
        | ClauseKind::GroupBy(_)
        | ClauseKind::GroupSets { .. }
        | ClauseKind::Select(_)
        | ClauseKind::Distinct => {}
    }
}

/// The sources whose columns an expression names, through named values and nested pipelines.
pub(crate) fn each_source(walker: &Walker<'_>, expr: &Expr, each: &mut dyn FnMut(SourceId)) {
    Sources::new(walker, each).expr(expr);
}

/// The sources that a pipeline's expressions name, its own too.
pub(crate) fn pipeline_sources(
    walker: &Walker<'_>,
    pipeline: &Pipeline,
    each: &mut dyn FnMut(SourceId),
) {
    Sources::new(walker, each).pipeline(pipeline);
}

/// A walk over sources. A name is gone through once, however many others are made of it.
struct Sources<'w, 'e> {
    walker: &'w Walker<'w>,
    seen: FxHashSet<NamedId>,
    each: &'e mut dyn FnMut(SourceId),
}

impl<'w, 'e> Sources<'w, 'e> {
    fn new(walker: &'w Walker<'_>, each: &'e mut dyn FnMut(SourceId)) -> Self {
        Self {
            walker,
            seen: FxHashSet::default(),
            each,
        }
    }

    fn expr(&mut self, expr: &Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &expr.kind {
            ExprKind::Column(id, _) | ExprKind::Output(id, _) => (self.each)(*id),
            ExprKind::Named(id) => self.named(*id),
            _ => {
                let mut inner: Vec<&Pipeline> = Vec::new();
                let mut operands: Vec<&Expr> = Vec::new();
                collect(expr, &mut operands, &mut inner);
                for operand in operands {
                    self.expr(operand);
                }
                for pipeline in inner {
                    self.pipeline(pipeline);
                }
            }
        });
    }

    fn named(&mut self, id: NamedId) {
        if self.seen.insert(id) {
            let walker = self.walker;
            self.expr(&walker.named(id).value);
        }
    }

    fn source(&mut self, id: SourceId) {
        let source = self.walker.source(id);
        if let Some(link) = &source.link {
            for value in link.left.iter().chain(link.condition.as_deref()) {
                self.expr(value);
            }
        }
        if let SourceKind::Derived(body) = &source.kind {
            self.pipeline(body);
        }
        if let SourceKind::Rows(rows) = &source.kind {
            for value in rows.kind.expressions() {
                self.expr(value);
            }
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        if let Some(from) = pipeline.from {
            self.source(from);
        }
        for clause in &pipeline.clauses {
            match &clause.kind {
                ClauseKind::Join { steps, on, .. } => {
                    steps.iter().for_each(|step| self.source(*step));
                    on.iter().for_each(|on| self.expr(on));
                }
                ClauseKind::Where(condition) => self.expr(condition),
                ClauseKind::OrderBy(keys) => keys.iter().for_each(|key| self.expr(&key.value)),
                ClauseKind::Page { limit, offset } => {
                    limit
                        .iter()
                        .chain(offset)
                        .for_each(|value| self.expr(value));
                }
                ClauseKind::PagePer { limit, offset, per } => {
                    let values = std::iter::once(limit).chain(offset).chain(per);
                    values.for_each(|value| self.expr(value));
                }
                ClauseKind::SetOperation { right, .. } => self.pipeline(right),
                ClauseKind::Let(ids) | ClauseKind::Select(ids) => {
                    ids.iter().for_each(|id| self.named(*id));
                }
                ClauseKind::GroupBy(keys) | ClauseKind::GroupSets { keys, .. } => {
                    keys.iter().for_each(|key| self.named(key.named));
                }
                ClauseKind::Distinct => {}
            }
        }
        for column in &pipeline.columns {
            match &column.kind {
                // A named value was met where it was named.
                ColumnKind::Value(Expr {
                    kind: ExprKind::Named(_),
                    ..
                }) => {}
                ColumnKind::Value(value) => self.expr(value),
                ColumnKind::Nest(nest) => self.pipeline(&nest.body),
            }
        }
    }
}

fn collect<'e>(expr: &'e Expr, operands: &mut Vec<&'e Expr>, inner: &mut Vec<&'e Pipeline>) {
    match &expr.kind {
        ExprKind::Unary(_, a)
        | ExprKind::IsNull(a)
        | ExprKind::IsBool(a, _)
        | ExprKind::InParam(a, _)
        | ExprKind::Cast(a)
        | ExprKind::TryCast(a)
        | ExprKind::When(_, a) => operands.push(a),
        ExprKind::Binary(_, a, b)
        | ExprKind::Lookup {
            value: a,
            pattern: b,
            ..
        } => operands.extend([&**a, &**b]),
        ExprKind::InList(a, list) => {
            operands.push(a);
            operands.extend(list);
        }
        ExprKind::InPipeline { value, body, .. } => {
            operands.push(value);
            inner.push(body);
        }
        ExprKind::Exists(body) | ExprKind::Scalar(body) => inner.push(body),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                operands.extend([condition, value]);
            }
            operands.extend(otherwise.as_deref());
        }
        ExprKind::Call(_, list) | ExprKind::Row(list) | ExprKind::Sql(_, list) => {
            operands.extend(list)
        }
        ExprKind::Aggregate(aggregate) => {
            operands.extend(&aggregate.arguments);
            operands.extend(&aggregate.condition);
            operands.extend(aggregate.order_by.iter().map(|key| &key.value));
        }
        ExprKind::Window(window) => operands.extend(window_parts(window)),
        ExprKind::Literal(_)
        | ExprKind::ContentType(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Output(..)
        | ExprKind::Named(_)
        | ExprKind::Grouping(_) => {}
    }
}

/// Whether two expressions are the same, wherever they are written.
pub(crate) fn same(left: &Expr, right: &Expr) -> bool {
    let all = |left: &[Expr], right: &[Expr]| {
        left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Literal(l), ExprKind::Literal(r)) => l == r,
        (ExprKind::Param(l), ExprKind::Param(r)) => l == r,
        (ExprKind::Column(ls, lf), ExprKind::Column(rs, rf)) => ls == rs && lf == rf,
        (ExprKind::Output(ls, lf), ExprKind::Output(rs, rf)) => ls == rs && lf == rf,
        (ExprKind::Named(l), ExprKind::Named(r)) => l == r,
        (ExprKind::Unary(lo, l), ExprKind::Unary(ro, r)) => lo == ro && same(l, r),
        (ExprKind::Binary(lo, la, lb), ExprKind::Binary(ro, ra, rb)) => {
            lo == ro && same(la, ra) && same(lb, rb)
        }
        (ExprKind::IsNull(l), ExprKind::IsNull(r)) => same(l, r),
        (ExprKind::IsBool(l, lv), ExprKind::IsBool(r, rv)) => lv == rv && same(l, r),
        (
            ExprKind::Lookup {
                lookup: lo,
                value: lv,
                pattern: lp,
            },
            ExprKind::Lookup {
                lookup: ro,
                value: rv,
                pattern: rp,
            },
        ) => lo == ro && same(lv, rv) && same(lp, rp),
        (ExprKind::InList(l, ll), ExprKind::InList(r, rl)) => same(l, r) && all(ll, rl),
        (
            ExprKind::Case {
                branches: lb,
                otherwise: lo,
            },
            ExprKind::Case {
                branches: rb,
                otherwise: ro,
            },
        ) => {
            lb.len() == rb.len()
                && lb
                    .iter()
                    .zip(rb)
                    .all(|((lc, lv), (rc, rv))| same(lc, rc) && same(lv, rv))
                && match (lo, ro) {
                    (None, None) => true,
                    (Some(l), Some(r)) => same(l, r),
                    _ => false,
                }
        }
        (ExprKind::Call(lf, la), ExprKind::Call(rf, ra)) => lf == rf && all(la, ra),
        (ExprKind::Cast(l), ExprKind::Cast(r)) | (ExprKind::TryCast(l), ExprKind::TryCast(r)) => {
            left.ty == right.ty && same(l, r)
        }
        (ExprKind::Row(l), ExprKind::Row(r)) => all(l, r),
        (ExprKind::Sql(lt, l), ExprKind::Sql(rt, r)) => {
            left.ty == right.ty && lt == rt && all(l, r)
        }
        _ => false,
    }
}

/// Whether an aggregate of this pipeline's own rows is in an expression.
pub(crate) fn has_aggregate(expr: &Expr) -> bool {
    if matches!(expr.kind, ExprKind::Aggregate(_) | ExprKind::Grouping(_)) {
        return true;
    }
    let mut found = false;
    children(
        expr,
        &mut |child| found |= has_aggregate(child),
        &mut |_| {},
    );
    found
}

/// Whether a window over this pipeline's own rows is in an expression.
pub(crate) fn has_window(expr: &Expr) -> bool {
    if matches!(expr.kind, ExprKind::Window(_)) {
        return true;
    }
    let mut found = false;
    children(expr, &mut |child| found |= has_window(child), &mut |_| {});
    found
}
