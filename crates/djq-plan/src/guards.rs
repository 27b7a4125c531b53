//! Joins and CTEs that only guarded parts of a plan use: they are there only when one of those parts is.

use crate::{
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, From, JoinKind, Plan, Query, Select, Table, TableId},
};
use djq_check::hir::Guard;
use rustc_hash::FxHashMap;

/// Guards the implied joins and the CTEs of a plan by what uses them.
pub(crate) fn spread(plan: &mut Plan) {
    let mut guarded = Vec::new();
    for statement in &mut plan.statements {
        let mut spread = Spread::new(&plan.tables);
        spread.query(&mut statement.query);
        guarded.append(&mut spread.guarded);
    }
    for (table, guard) in guarded {
        let table = plan.tables.get_mut(table.0 as usize);
        if let Some(reason) = table.and_then(|table| table.reason.as_mut()) {
            reason.guard = Some(guard);
        }
    }
}

/// Calls `visit` with every column that an expression names, in its queries too.
pub(crate) fn columns(expr: &Expr, visit: &mut dyn FnMut(TableId, &str)) {
    let mut spread = Spread::new(&[]);
    spread.visit = Some(visit);
    // Only what is to be changed is walked; a guarded query's values are few and small.
    spread.expr(&mut expr.clone());
}

/// Where something is used.
enum Uses {
    /// Where no guard stands.
    Always,
    /// Where one of these holds.
    When(Vec<Guard>),
}

/// What is told of each column that is used.
type Visit<'p> = &'p mut dyn FnMut(TableId, &str);

struct Spread<'p> {
    all: &'p [Table],
    tables: FxHashMap<TableId, Uses>,
    ctes: FxHashMap<Box<str>, Uses>,
    /// The implied joins that are guarded.
    guarded: Vec<(TableId, Guard)>,
    /// The guards that what is being read stands under.
    context: Vec<Guard>,
    visit: Option<Visit<'p>>,
}

impl<'p> Spread<'p> {
    fn new(all: &'p [Table]) -> Self {
        Self {
            all,
            tables: FxHashMap::default(),
            ctes: FxHashMap::default(),
            guarded: Vec::new(),
            context: Vec::new(),
            visit: None,
        }
    }

    fn under(&mut self, guard: Option<&Guard>, read: impl FnOnce(&mut Self)) {
        let before = self.context.len();
        self.context.extend(guard.cloned());
        read(self);
        self.context.truncate(before);
    }

    /// Reads what uses before what is used.
    fn query(&mut self, query: &mut Query) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let keys = query.order_by.iter_mut().map(|key| &mut key.value);
            for expr in keys.chain(&mut query.limit).chain(&mut query.offset) {
                self.expr(expr);
            }
            match &mut query.body {
                Body::Select(select) => self.select(select),
                Body::SetOperation { left, right, .. } => {
                    self.query(left);
                    self.query(right);
                }
                Body::Values(values) => {
                    values
                        .rows
                        .iter_mut()
                        .flatten()
                        .for_each(|value| self.expr(value));
                }
            }
            for cte in query.ctes.iter_mut().rev() {
                let uses = self.ctes.remove(&cte.name);
                cte.guard = self.guard(uses);
                let guard = cte.guard.clone();
                self.under(guard.as_ref(), |this| this.query(&mut cte.query));
            }
        });
    }

    fn select(&mut self, select: &mut Select) {
        let items = select.items.iter_mut().map(|item| &mut item.value);
        let parts = items.chain(&mut select.filter).chain(&mut select.group_by);
        for expr in parts.chain(&mut select.having) {
            self.expr(expr);
        }
        if let Some(from) = &mut select.from {
            self.from(from);
        }
    }

    /// From the right to the left, since a join names what stands on its left.
    fn from(&mut self, from: &mut From) {
        match from {
            From::Join {
                kind,
                left,
                right,
                on,
                guard,
            } => stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
                if let From::Table { id, .. } = **right
                    && matches!(kind, JoinKind::Inner | JoinKind::Left)
                    && self.is_implied(id)
                    && let Some(uses) = self.tables.remove(&id)
                    && let Some(only) = self.guard(Some(uses))
                {
                    self.guarded.push((id, only.clone()));
                    *guard = Some(Box::new(only));
                }
                let guard = guard.as_deref().cloned();
                self.under(guard.as_ref(), |this| {
                    on.iter_mut().for_each(|condition| this.expr(condition));
                    this.from(right);
                });
                self.from(left);
            }),
            From::Cte { name, .. } => {
                let uses = self.ctes.entry(name.clone()).or_default();
                uses.add(&self.context);
            }
            from => parts::of_from(from, &mut |part| self.part(part)),
        }
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Query(query) => self.query(query),
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut expr.kind {
            ExprKind::Column(table, column) => {
                if let Some(visit) = &mut self.visit {
                    visit(*table, column);
                }
                let uses = self.tables.entry(*table).or_default();
                uses.add(&self.context);
            }
            ExprKind::When(guard, of) => {
                let guard = guard.clone();
                self.under(Some(&guard), |this| this.expr(of));
            }
            _ => parts::of_expr(expr, &mut |part| self.part(part)),
        });
    }

    fn is_implied(&self, id: TableId) -> bool {
        let table = self.all.get(id.0 as usize);
        table.is_some_and(|table| table.reason.is_some())
    }

    /// When something with these uses has to be there; none where it always has.
    fn guard(&self, uses: Option<Uses>) -> Option<Guard> {
        let Some(Uses::When(mut guards)) = uses else {
            return None;
        };
        let any = match guards.len() {
            0 => return None,
            1 => guards.swap_remove(0),
            _ => Guard::Any(guards),
        };
        let context: Vec<&Guard> = self.context.iter().collect();
        (!Guard::all_imply(&context, &any)).then_some(any)
    }
}

impl Default for Uses {
    fn default() -> Self {
        Self::When(Vec::new())
    }
}

impl Uses {
    fn add(&mut self, context: &[Guard]) {
        let Uses::When(guards) = self else { return };
        match context.iter().cloned().reduce(Guard::and) {
            None => *self = Uses::Always,
            Some(guard) => {
                if !guards.iter().any(|known| guard.implies(known)) {
                    guards.retain(|known| !known.implies(&guard));
                    guards.push(guard);
                }
            }
        }
    }
}
