//! Joins and CTEs that only guarded parts of a plan use: they are there only when one of those parts is.

use crate::plan::{
    Body, Expr, ExprKind, From, JoinKind, OrderKey, Plan, Query, Select, Table, TableId,
};
use djq_check::hir::Guard;
use rustc_hash::FxHashMap;

/// Guards the implied joins and the CTEs of a plan by what uses them.
pub(crate) fn spread(plan: &mut Plan) {
    for statement in &mut plan.statements {
        let mut spread = Spread {
            all: &plan.tables,
            tables: FxHashMap::default(),
            ctes: FxHashMap::default(),
            context: Vec::new(),
        };
        spread.query(&mut statement.query);
    }
}

/// Where something is used.
enum Uses {
    /// Where no guard stands.
    Always,
    /// Where one of these holds.
    When(Vec<Guard>),
}

struct Spread<'p> {
    all: &'p [Table],
    tables: FxHashMap<TableId, Uses>,
    ctes: FxHashMap<Box<str>, Uses>,
    /// The guards that what is being read stands under.
    context: Vec<Guard>,
}

impl Spread<'_> {
    fn under(&mut self, guard: Option<&Guard>, read: impl FnOnce(&mut Self)) {
        let before = self.context.len();
        self.context.extend(guard.cloned());
        read(self);
        self.context.truncate(before);
    }

    /// Reads what uses before what is used.
    fn query(&mut self, query: &mut Query) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.keys(&mut query.order_by);
            for bound in query.limit.iter_mut().chain(&mut query.offset) {
                self.expr(bound);
            }
            match &mut query.body {
                Body::Select(select) => self.select(select),
                Body::SetOperation { left, right, .. } => {
                    self.query(left);
                    self.query(right);
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
        for item in &mut select.items {
            self.expr(&mut item.value);
        }
        let conditions = select.filter.iter_mut().chain(&mut select.group_by);
        for expr in conditions.chain(&mut select.having) {
            self.expr(expr);
        }
        if let Some(from) = &mut select.from {
            self.from(from);
        }
    }

    /// From the right to the left, since a join names what stands on its left.
    fn from(&mut self, from: &mut From) {
        match from {
            From::Table { .. } => {}
            From::Cte { name, .. } => {
                let context = &self.context;
                let uses = self.ctes.entry(name.clone()).or_insert(Uses::When(Vec::new()));
                uses.add(context);
            }
            From::Derived { query, .. } => self.query(query),
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
                    *guard = Some(Box::new(only));
                }
                let guard = guard.as_deref().cloned();
                self.under(guard.as_ref(), |this| {
                    for condition in on {
                        this.expr(condition);
                    }
                    this.from(right);
                });
                self.from(left);
            }),
        }
    }

    fn is_implied(&self, id: TableId) -> bool {
        self.all
            .get(id.0 as usize)
            .is_some_and(|table| table.reason.is_some())
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

    fn keys(&mut self, keys: &mut [OrderKey]) {
        for key in keys {
            self.expr(&mut key.value);
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e mut Expr>) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut expr.kind {
            ExprKind::Column(table, _) => {
                let uses = self.tables.entry(*table).or_insert(Uses::When(Vec::new()));
                uses.add(&self.context);
            }
            ExprKind::When(guard, of) => {
                let guard = guard.clone();
                self.under(Some(&guard), |this| this.expr(of));
            }
            ExprKind::Literal(_)
            | ExprKind::Param(_)
            | ExprKind::Item(_)
            | ExprKind::ContentType(..) => {}
            ExprKind::Unary(_, of)
            | ExprKind::IsNull(of)
            | ExprKind::IsBool(of, _)
            | ExprKind::InParam(of, _)
            | ExprKind::Cast(of)
            | ExprKind::TryCast(of) => self.expr(of),
            ExprKind::Binary(_, left, right)
            | ExprKind::Lookup {
                value: left,
                pattern: right,
                ..
            } => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::InList(value, list) => {
                self.expr(value);
                self.exprs(list);
            }
            ExprKind::InParent(list) | ExprKind::Call(_, list) | ExprKind::Row(list) => {
                self.exprs(list);
            }
            ExprKind::InQuery { value, query, .. } => {
                self.expr(value);
                self.query(query);
            }
            ExprKind::Exists(query) | ExprKind::Scalar(query) => self.query(query),
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                for (condition, value) in branches {
                    self.expr(condition);
                    self.expr(value);
                }
                self.exprs(otherwise.as_deref_mut());
            }
            ExprKind::Aggregate(aggregate) => {
                self.exprs(&mut aggregate.arguments);
                self.exprs(&mut aggregate.condition);
                self.keys(&mut aggregate.order_by);
            }
            ExprKind::RowNumber {
                partition_by,
                order_by,
            } => {
                self.exprs(partition_by);
                self.keys(order_by);
            }
        });
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

/// Calls `visit` with every column that an expression names, in its queries too.
pub(crate) fn columns(expr: &Expr, visit: &mut dyn FnMut(TableId, &str)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &expr.kind {
        ExprKind::Column(table, column) => visit(*table, column),
        ExprKind::Literal(_)
        | ExprKind::Param(_)
        | ExprKind::Item(_)
        | ExprKind::ContentType(..) => {}
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::Cast(of)
        | ExprKind::TryCast(of)
        | ExprKind::When(_, of) => columns(of, visit),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => {
            columns(left, visit);
            columns(right, visit);
        }
        ExprKind::InList(value, list) => {
            columns(value, visit);
            list.iter().for_each(|item| columns(item, visit));
        }
        ExprKind::InParent(list) | ExprKind::Call(_, list) | ExprKind::Row(list) => {
            list.iter().for_each(|item| columns(item, visit));
        }
        ExprKind::InQuery { value, query, .. } => {
            columns(value, visit);
            columns_of(query, visit);
        }
        ExprKind::Exists(query) | ExprKind::Scalar(query) => columns_of(query, visit),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            for (condition, value) in branches {
                columns(condition, visit);
                columns(value, visit);
            }
            otherwise.iter().for_each(|of| columns(of, visit));
        }
        ExprKind::Aggregate(aggregate) => {
            let keys = aggregate.order_by.iter().map(|key| &key.value);
            let parts = aggregate.arguments.iter().chain(&aggregate.condition);
            parts.chain(keys).for_each(|part| columns(part, visit));
        }
        ExprKind::RowNumber {
            partition_by,
            order_by,
        } => {
            let keys = order_by.iter().map(|key| &key.value);
            let parts = partition_by.iter().chain(keys);
            parts.for_each(|part| columns(part, visit));
        }
    });
}

fn columns_of(query: &Query, visit: &mut dyn FnMut(TableId, &str)) {
    query.ctes.iter().for_each(|cte| columns_of(&cte.query, visit));
    match &query.body {
        Body::Select(select) => {
            let items = select.items.iter().map(|item| &item.value);
            let parts = items.chain(&select.filter).chain(&select.group_by);
            let parts = parts.chain(&select.having);
            parts.for_each(|part| columns(part, visit));
            if let Some(from) = &select.from {
                columns_in(from, visit);
            }
        }
        Body::SetOperation { left, right, .. } => {
            columns_of(left, visit);
            columns_of(right, visit);
        }
    }
    let keys = query.order_by.iter().map(|key| &key.value);
    let parts = keys.chain(&query.limit).chain(&query.offset);
    parts.for_each(|part| columns(part, visit));
}

fn columns_in(from: &From, visit: &mut dyn FnMut(TableId, &str)) {
    match from {
        From::Table { .. } | From::Cte { .. } => {}
        From::Derived { query, .. } => columns_of(query, visit),
        From::Join {
            left, right, on, ..
        } => {
            columns_in(left, visit);
            columns_in(right, visit);
            on.iter().for_each(|part| columns(part, visit));
        }
    }
}
