//! Pages of nested relations: so many rows for each parent.

use super::{
    Order, Planner,
    block::{BlockId, Items, Mode},
};
use crate::{
    plan::{Expr, ExprKind, OrderKey},
    same::same,
};
use djq_check::{
    Type,
    hir::{self, BinaryOperator, Literal},
};
use djq_diagnostics::Span;

impl<'a> Planner<'a> {
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
        let partition_by = self.key_columns(scope, block);
        self.order(scope, Items::None);
        let mut order_by = std::mem::take(&mut self.blocks[block].order_by);
        if !settled {
            self.break_ties(scope, block, &mut order_by);
        }
        let span = limit
            .or(offset)
            .map_or_else(Span::default, |part| part.span);
        let number = Expr {
            kind: ExprKind::RowNumber {
                partition_by,
                order_by,
            },
            ty: Type::BigInt.required(),
            span,
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
                keep(self, BinaryOperator::LessEqual, of.clone(), without);
            }
        }
        if let Some(offset) = &offset {
            let guards = offset.guard().cloned().into_iter().collect();
            let of = offset.unguarded().clone();
            keep(self, BinaryOperator::Greater, of, guards);
        }
        self.scopes[scope].order = Some(Order::Position(block, item));
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
