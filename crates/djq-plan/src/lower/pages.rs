//! Pages of nested relations, and of `limit … per`: so many rows for each parent or key.

use super::{
    Order, Planner,
    block::{BlockId, Items, Mode},
    windows::has_window,
};
use crate::{
    plan::{Expr, ExprKind, OrderKey, Window, WindowFunction},
    same::same,
};
use djq_check::{
    Type,
    functions::WindowId,
    hir::{self, BinaryOperator, Literal},
};
use djq_diagnostics::Span;

impl<'a> Planner<'a> {
    /// Notes the parameters among the bounds of a page.
    pub(super) fn note_counts<'e>(&mut self, bounds: impl Iterator<Item = &'e hir::Expr>) {
        for bound in bounds {
            crate::scan::walk(self.query, bound, &mut |part| {
                if let hir::ExprKind::Param(param) = part.kind
                    && !self.counts.contains(&param)
                {
                    self.counts.push(param);
                }
                true
            });
        }
    }

    /// The page of each parent: rows are numbered within their parent, and kept by number.
    pub(super) fn page_per_parent(
        &mut self,
        scope: usize,
        block: BlockId,
        limit: Option<&'a hir::Expr>,
        offset: Option<&'a hir::Expr>,
    ) {
        let settled = self.blocks[block].sealed || self.blocks[block].grouped;
        let block = if settled { self.wrap(scope) } else { block };
        self.order(scope, Items::None);
        let mut order_by = std::mem::take(&mut self.blocks[block].order_by);
        if !settled {
            self.break_ties(scope, block, &mut order_by);
        }
        self.windows_of_order_first(scope, block, &mut order_by);
        let block = self.scopes[scope].block;
        let item = self.keep_numbered(scope, &[], order_by, limit, offset);
        self.scopes[scope].order = Some(Order::Position(block, item));
    }

    /// `limit n per k, …`: the same for each combination of keys; the order still holds.
    pub(super) fn page_per_keys(
        &mut self,
        scope: usize,
        limit: &'a hir::Expr,
        offset: Option<&'a hir::Expr>,
        per: &'a [hir::Expr],
    ) {
        let block = self.scopes[scope].block;
        let keys = match self.scopes[scope].order {
            Some(Order::Keys(keys)) => keys,
            _ => &[],
        };
        let several = matches!(self.scopes[scope].order, Some(Order::When(_)));
        let windows_first = several && self.blocks[block].windowed
            || per
                .iter()
                .chain(keys.iter().map(|key| &key.value))
                .any(|key| self.mentions_window(block, key));
        let block = self.block(scope, |block| {
            block.sealed || block.grouped || block.is_paged() || block.volatile || windows_first
        });
        self.order(scope, Items::None);
        let order_by = std::mem::take(&mut self.blocks[block].order_by);
        self.keep_numbered(scope, per, order_by, Some(limit), offset);
    }

    /// Makes an order with windows in it one by columns of a derived table: a number's window takes no other.
    fn windows_of_order_first(&mut self, scope: usize, block: BlockId, order_by: &mut [OrderKey]) {
        let guarded = order_by.iter().any(|key| key.value.guard().is_some());
        if guarded || !order_by.iter().any(|key| has_window(&key.value)) {
            return;
        }
        let items: Vec<usize> = order_by
            .iter()
            .map(|key| self.add_item(block, key.value.clone(), "key"))
            .collect();
        let outer = self.wrap(scope);
        for (key, item) in order_by.iter_mut().zip(items) {
            key.value = self.position(outer, block, item);
        }
    }

    /// Numbers the rows of the current block within each combination of keys (and each parent), and keeps a page of
    /// each in a new block around it. Gives the number's place.
    fn keep_numbered(
        &mut self,
        scope: usize,
        per: &'a [hir::Expr],
        order_by: Vec<OrderKey>,
        limit: Option<&'a hir::Expr>,
        offset: Option<&'a hir::Expr>,
    ) -> usize {
        let block = self.scopes[scope].block;
        let number = Window {
            function: WindowFunction::Window(WindowId::RowNumber, Vec::new()),
            partition_by: self.partition(block, per),
            order_by,
            frame: None,
        };
        let number = Expr {
            kind: ExprKind::Window(Box::new(number)),
            ty: Type::BigInt.required(),
            span: limit
                .or(offset)
                .map_or_else(Span::default, |part| part.span),
        };
        let item = self.add_item(block, number, "position");
        let outer = self.wrap(scope);
        let limit = limit.map(|part| self.page_bound(outer, part));
        let offset = offset
            .map(|part| self.page_bound(outer, part))
            .filter(|part| !matches!(part.kind, ExprKind::Literal(Literal::Int(0))));
        let keep = |planner: &mut Self, operator, bound: Expr, guards: Vec<hir::Guard>| {
            let position = planner.position(outer, block, item);
            let condition = binary(operator, position, bound, Type::Bool);
            let guard = guards.into_iter().reduce(hir::Guard::and);
            planner.blocks[outer]
                .filter
                .push(condition.when(guard.as_ref()));
        };
        if let Some(limit) = &limit {
            let of = limit.unguarded();
            let guards = |other: Option<hir::Guard>| {
                limit.guard().cloned().into_iter().chain(other).collect()
            };
            // Where an offset may be left out, so many rows are one number without it and one with it.
            if let Some(offset) = &offset {
                let last = add(of.clone(), offset.unguarded().clone());
                let with = guards(offset.guard().cloned());
                keep(self, BinaryOperator::LessEqual, last, with);
            }
            let without = match &offset {
                None => Some(guards(None)),
                Some(offset) => offset
                    .guard()
                    .map(|guard| guards(Some(guard.clone().negated()))),
            };
            if let Some(without) = without {
                let first = matches!(of.kind, ExprKind::Literal(Literal::Int(1)));
                let operator = if first {
                    BinaryOperator::Equal
                } else {
                    BinaryOperator::LessEqual
                };
                keep(self, operator, of.clone(), without);
            }
        }
        if let Some(offset) = &offset {
            let guards = offset.guard().cloned().into_iter().collect();
            let of = offset.unguarded().clone();
            keep(self, BinaryOperator::Greater, of, guards);
        }
        item
    }

    /// Orders equal rows by the key of what the relation leads to, so that a page is the same each time.
    pub(super) fn break_ties(
        &mut self,
        scope: usize,
        block: BlockId,
        order_by: &mut Vec<OrderKey>,
    ) {
        let Some(source) = self.scopes[scope].from else {
            return;
        };
        let Some(model) = self.model_of(source) else {
            return;
        };
        for field in self.schema.primary_key(model) {
            let value = self.in_mode(block, Mode::Rows, |p| p.own_column(block, source, field));
            if !order_by.iter().any(|key| same(&key.value, &value)) {
                order_by.push(OrderKey {
                    value,
                    descending: false,
                    nulls_first: false,
                });
            }
        }
    }

    /// The number of a row within its parent, as far out as it is asked for.
    pub(super) fn position(&mut self, block: BlockId, home: BlockId, item: usize) -> Expr {
        let Some((inner, table)) = self.blocks[block].inner else {
            return super::one();
        };
        if inner == home {
            return self.item_column(block, inner, table, item, Span::default());
        }
        let value = self.position(inner, home, item);
        let item = self.add_item(inner, value, "position");
        self.item_column(block, inner, table, item, Span::default())
    }
}

fn binary(operator: BinaryOperator, left: Expr, right: Expr, ty: Type) -> Expr {
    Expr {
        span: right.span,
        kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        ty: ty.required(),
    }
}

fn add(left: Expr, right: Expr) -> Expr {
    if let (ExprKind::Literal(Literal::Int(a)), ExprKind::Literal(Literal::Int(b))) =
        (&left.kind, &right.kind)
        && let Some(sum) = a.checked_add(*b)
    {
        return Expr {
            kind: ExprKind::Literal(Literal::Int(sum)),
            ..left
        };
    }
    binary(BinaryOperator::Add, left, right, Type::BigInt)
}
