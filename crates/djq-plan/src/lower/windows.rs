//! Windows: computed in the SELECT whose rows they see, and named from there.

use super::{
    Planner,
    block::{BlockId, Items, Mode},
};
use crate::{
    plan::{self, Expr, ExprKind, OrderKey},
    scan,
};
use djq_check::{
    Ty, Type,
    functions::WindowId,
    hir::{self, FrameUnit, NamedId, SourceId},
};
use djq_diagnostics::Span;

/// Calls its second argument on expressions of a query.
pub(super) type Walk<'a, 'w> =
    dyn FnMut(&'a hir::Query, &mut dyn FnMut(&'a hir::Expr) -> bool) + 'w;

impl<'a> Planner<'a> {
    /// Whether a value that this block names has a window in it that the block itself computes.
    fn holds_window(&self, block: BlockId, name: NamedId) -> bool {
        self.named_in[name.0 as usize] == Some(block) && {
            let value = &self.named(name).value;
            !scan::windows(self.query, value).is_empty() || self.mentions_window(block, value)
        }
    }

    /// Whether an expression, or a query in it, names such a value.
    pub(super) fn mentions_window(&self, block: BlockId, expr: &'a hir::Expr) -> bool {
        if !self.blocks[block].windowed {
            return false;
        }
        let mut found = false;
        scan::walk(self.query, expr, &mut |part| {
            if let hir::ExprKind::Named(name) = part.kind {
                found = found || self.holds_window(block, name);
            }
            !found
        });
        found
    }

    /// Whether the windows of a block must be columns of a derived table before it can hold an expression:
    /// where a window or a query in the expression uses them.
    pub(super) fn needs_windows_first(&self, block: BlockId, expr: &'a hir::Expr) -> bool {
        let deep =
            || !scan::windows(self.query, expr).is_empty() || scan::has_subquery(self.query, expr);
        self.blocks[block].windowed && deep() && self.mentions_window(block, expr)
    }

    /// Whether values can be named in a block as it is, what their windows see included.
    pub(super) fn has_place_for(&self, block: BlockId, ids: &'a [NamedId]) -> bool {
        let at = &self.blocks[block];
        let of_other_rows = at.is_paged() || at.sets.is_some();
        ids.iter().all(|id| {
            let value = &self.named(*id).value;
            (!of_other_rows || scan::windows(self.query, value).is_empty())
                && !self.needs_windows_first(block, value)
        })
    }

    /// Wraps the current block where a path in what `walk` walks starts from a key that the block itself computes of many
    /// rows, by an aggregate or a window, or one of `sources` does: the row is joined around it.
    pub(super) fn keys_of_many_first(
        &mut self,
        scope: usize,
        sources: impl IntoIterator<Item = SourceId>,
        walk: &mut Walk<'a, '_>,
    ) {
        let block = self.scopes[scope].block;
        let at = &self.blocks[block];
        if !(at.names && (at.grouped || at.windowed)) {
            return;
        }
        let mut sources = sources.into_iter();
        let mut found = sources.any(|source| self.hangs_on_many(block, source));
        walk(self.query, &mut |part| {
            if let hir::ExprKind::Column(source, _) | hir::ExprKind::Output(source, _) = part.kind {
                found = found || self.hangs_on_many(block, source);
            }
            !found
        });
        if found {
            self.wrap(scope);
        }
    }

    /// Whether a source is joined, over other joins maybe, by such a key.
    fn hangs_on_many(&self, block: BlockId, source: SourceId) -> bool {
        let mut at = source;
        while let Some(link) = &self.source(at).link {
            let is_of_many = |part: &'a hir::Expr| {
                let mut found = false;
                scan::walk(self.query, part, &mut |part| {
                    if let hir::ExprKind::Named(name) = part.kind {
                        let value = &self.named(name).value;
                        found = found
                            || self.named_in[name.0 as usize] == Some(block)
                                && (scan::has_aggregate(self.query, value)
                                    || scan::has_window(self.query, value));
                    }
                    !found
                });
                found
            };
            if link.left.iter().any(is_of_many) {
                return true;
            }
            if link.parent == at {
                break;
            }
            at = link.parent;
        }
        false
    }

    /// Frames that count groups of equal rows count them by number: a `dense_rank` in the same order, a column of a
    /// derived table.
    pub(super) fn number_groups(&mut self, scope: usize, ids: &'a [NamedId]) {
        let mut numbered = false;
        for id in ids {
            for window in scan::windows(self.query, &self.named(*id).value) {
                let by_groups = window
                    .frame
                    .as_ref()
                    .is_some_and(|frame| frame.unit == FrameUnit::Groups);
                if !by_groups {
                    continue;
                }
                let block = self.scopes[scope].block;
                let number = plan::Window {
                    function: plan::WindowFunction::Window(WindowId::DenseRank, Vec::new()),
                    partition_by: self.partition(block, &window.partition_by),
                    order_by: self.window_order(block, &window.order_by),
                    frame: None,
                };
                let number = Expr {
                    kind: ExprKind::Window(Box::new(number)),
                    ty: Type::BigInt.required(),
                    span: self.named(*id).span,
                };
                let item = self.add_item(block, number, "group_number");
                self.group_numbers.push((window, block, item));
                numbered = true;
            }
        }
        if numbered {
            self.wrap(scope);
        }
    }

    /// `f(…) over (…)`.
    pub(super) fn window(
        &mut self,
        block: BlockId,
        window: &'a hir::Window,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        let function = match &window.function {
            hir::WindowFunction::Window(id, arguments) => {
                let arguments = arguments.iter().map(|one| self.row_part(block, one));
                plan::WindowFunction::Window(*id, arguments.collect())
            }
            hir::WindowFunction::Aggregate(aggregate) => {
                let arguments = aggregate.arguments.iter();
                let arguments = arguments.map(|one| self.row_part(block, one)).collect();
                let condition = aggregate.condition.as_ref();
                plan::WindowFunction::Aggregate(plan::Aggregate {
                    function: aggregate.function,
                    distinct: aggregate.distinct,
                    arguments,
                    condition: condition.map(|of| self.row_part(block, of)),
                    order_by: Vec::new(),
                })
            }
        };
        let number = self
            .group_numbers
            .iter()
            .find(|(known, ..)| std::ptr::eq(*known, window))
            .map(|(_, home, item)| (*home, *item));
        let order_by = match number {
            Some((home, item)) => vec![OrderKey {
                value: self.position(block, home, item),
                descending: false,
                nulls_first: false,
            }],
            None => self.window_order(block, &window.order_by),
        };
        let partition_by = self.partition(block, &window.partition_by);
        let frame = window.frame.as_ref().map(|frame| plan::Frame {
            range: frame.unit != FrameUnit::Rows,
            start: self.bound(block, &frame.start),
            end: self.bound(block, &frame.end),
            exclude: frame.exclude,
        });
        Expr {
            kind: ExprKind::Window(Box::new(plan::Window {
                function,
                partition_by,
                order_by,
                frame,
            })),
            ty: self.ty(ty),
            span,
        }
    }

    /// A part of a window: of groups where the block has groups.
    fn row_part(&mut self, block: BlockId, part: &'a hir::Expr) -> Expr {
        let mode = self.row_mode(block);
        self.in_mode(block, mode, |p| p.expr(block, part))
    }

    fn row_mode(&self, block: BlockId) -> Mode {
        if self.blocks[block].grouped {
            Mode::Groups
        } else {
            Mode::Rows
        }
    }

    /// The keys of a partition. In a nested statement, each parent has partitions of its own.
    pub(super) fn partition(&mut self, block: BlockId, keys: &'a [hir::Expr]) -> Vec<Expr> {
        let scope = self.blocks[block].scope;
        let mut partition = if self.blocks[block].of_parent {
            Vec::new()
        } else {
            self.key_columns(scope, block)
        };
        for key in keys {
            let value = self.row_part(block, key);
            match value.kind {
                ExprKind::Row(parts) => partition.extend(parts),
                _ => partition.push(value),
            }
        }
        partition
    }

    fn window_order(&mut self, block: BlockId, keys: &'a [hir::OrderKey]) -> Vec<OrderKey> {
        let mode = self.row_mode(block);
        self.in_mode(block, mode, |p| p.order_keys(block, keys, Items::None))
    }

    fn bound(&mut self, block: BlockId, bound: &'a hir::FrameBound) -> plan::FrameBound {
        match bound {
            hir::FrameBound::UnboundedPreceding => plan::FrameBound::UnboundedPreceding,
            hir::FrameBound::Preceding(distance) => {
                plan::FrameBound::Preceding(self.expr(block, distance))
            }
            hir::FrameBound::CurrentRow => plan::FrameBound::CurrentRow,
            hir::FrameBound::Following(distance) => {
                plan::FrameBound::Following(self.expr(block, distance))
            }
            hir::FrameBound::UnboundedFollowing => plan::FrameBound::UnboundedFollowing,
        }
    }
}

/// Whether a window of the SELECT's own rows is in an expression.
pub(super) fn has_window(expr: &Expr) -> bool {
    is_over_rows(expr, false)
}

/// Whether a window or an aggregate of the SELECT's own rows is in an expression.
pub(super) fn has_window_or_aggregate(expr: &Expr) -> bool {
    is_over_rows(expr, true)
}

fn is_over_rows(expr: &Expr, aggregates: bool) -> bool {
    let inner = |expr: &Expr| is_over_rows(expr, aggregates);
    match &expr.kind {
        ExprKind::Window(_) => true,
        ExprKind::Aggregate(_) | ExprKind::Grouping(_) => aggregates,
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::When(_, of)
        | ExprKind::Cast(of)
        | ExprKind::Within(of, _)
        | ExprKind::TryCast(of) => inner(of),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => inner(left) || inner(right),
        ExprKind::InList(value, list) => inner(value) || list.iter().any(inner),
        ExprKind::InQuery { value, .. } => inner(value),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            branches
                .iter()
                .any(|(condition, value)| inner(condition) || inner(value))
                || otherwise.as_deref().is_some_and(inner)
        }
        ExprKind::Call(_, list)
        | ExprKind::Sql(_, list)
        | ExprKind::Row(list)
        | ExprKind::InParent(list) => list.iter().any(inner),
        ExprKind::JsonObject(members) => members.iter().any(|member| inner(&member.value)),
        ExprKind::JsonList { .. }
        | ExprKind::JsonListOrEmpty(_)
        | ExprKind::Literal(_)
        | ExprKind::Param(_)
        | ExprKind::Column(..)
        | ExprKind::Item(_)
        | ExprKind::NewKey(..)
        | ExprKind::ContentType(..)
        | ExprKind::Exists(_)
        | ExprKind::Scalar(_) => false,
    }
}
