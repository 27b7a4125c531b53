//! What is there only when a guard holds: orders that replace each other, columns of guarded joins.

use super::{
    Order, Planner,
    block::{BlockId, Items},
};
use crate::{
    guards::columns,
    plan::{self, Expr, TableId},
};
use djq_check::hir::{Guard, OrderKey};

/// An order that holds when its guard does; else another, or none.
pub(super) struct GuardedOrder<'a> {
    guard: &'a Guard,
    keys: &'a [OrderKey],
    otherwise: Option<Order<'a>>,
}

impl<'a> Planner<'a> {
    /// An order that replaces the one that holds, when its guard does.
    pub(super) fn order_when(
        &mut self,
        scope: usize,
        guard: &'a Guard,
        keys: &'a [OrderKey],
    ) -> Order<'a> {
        self.orders.push(GuardedOrder {
            guard,
            keys,
            otherwise: self.scopes[scope].order,
        });
        Order::When(self.orders.len() - 1)
    }

    /// Lowers the order that holds for a page of it: it does not matter where the page is left out.
    pub(super) fn order_of_page(&mut self, scope: usize, items: Items<'a>) {
        self.order(scope, items);
        let at = &mut self.blocks[self.scopes[scope].block];
        let bounds = at.limit.iter().chain(&at.offset);
        let guards: Option<Vec<Guard>> = bounds.map(|bound| bound.guard().cloned()).collect();
        let page = match guards {
            Some(mut guards) if guards.len() == 1 => guards.pop(),
            Some(guards) if !guards.is_empty() => Some(Guard::Any(guards)),
            _ => None,
        };
        if page.is_some() {
            let keys = std::mem::take(&mut at.order_by).into_iter();
            let when = |key: plan::OrderKey| plan::OrderKey {
                value: key.value.when(page.as_ref()),
                ..key
            };
            at.order_by = keys.map(when).collect();
        }
    }

    /// The keys of orders of which one holds: each with the guard that it does and none behind it.
    pub(super) fn guarded_orders(
        &mut self,
        block: BlockId,
        order: Order<'a>,
        items: Items<'a>,
    ) -> Vec<plan::OrderKey> {
        let mut lowered: Vec<plan::OrderKey> = Vec::new();
        let mut later: Vec<&'a Guard> = Vec::new();
        let mut next = Some(order);
        while let Some(order) = next {
            let guard = match order {
                Order::When(place) => self.orders.get(place).map(|order| order.guard),
                Order::Keys(_) | Order::Position(..) => None,
            };
            let unless = later
                .iter()
                .filter(|other| guard.is_none_or(|guard| !guard.excludes(other)))
                .map(|other| (*other).clone().negated());
            let holds = guard.cloned().into_iter().chain(unless).reduce(Guard::and);
            let keys = match order {
                Order::When(place) => {
                    let Some(GuardedOrder {
                        guard,
                        keys,
                        otherwise,
                    }) = self.orders.get(place)
                    else {
                        break;
                    };
                    let (guard, keys) = (*guard, *keys);
                    next = *otherwise;
                    later.push(guard);
                    self.order_keys(block, keys, items)
                }
                other => {
                    next = None;
                    self.lower_order(block, other, items)
                }
            };
            lowered.extend(keys.into_iter().map(|key| plan::OrderKey {
                value: key.value.when(holds.as_ref()),
                ..key
            }));
        }
        lowered
    }

    /// A value of a derived table: guarded where it names what may not be there.
    pub(super) fn guarded_item(&self, value: Expr) -> Expr {
        if value.guard().is_some() {
            return value;
        }
        let guard = self.guard_of(std::slice::from_ref(&value));
        value.when(guard.as_ref())
    }

    /// When all that these values name is there; none where it always is.
    pub(super) fn guard_of(&self, values: &[Expr]) -> Option<Guard> {
        if !self.guarded {
            return None;
        }
        let mut guards: Vec<Guard> = Vec::new();
        let mut see = |table: TableId, column: &str| {
            let of_table = self
                .facts
                .get(table.0 as usize)
                .and_then(|facts| facts.guard.as_ref());
            let of_column = self
                .guarded_columns
                .iter()
                .find(|(known, name, _)| *known == table && **name == *column)
                .map(|(.., guard)| guard);
            for guard in of_table.into_iter().chain(of_column) {
                if !guards.contains(guard) {
                    guards.push(guard.clone());
                }
            }
        };
        for value in values {
            columns(value, &mut see);
        }
        guards.into_iter().reduce(Guard::and)
    }
}
