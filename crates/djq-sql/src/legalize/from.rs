//! What a SELECT reads.

use super::{
    Legalizer,
    first_of_each::first_of_each,
    full_join::{self, Reads},
    lateral::one_row,
    walk,
};
use crate::legal::{Expr, From, Query};
use djq_check::functions::FunctionId;
use djq_plan::plan::{self, JoinKind};

impl<'a> Legalizer<'a> {
    /// What a SELECT with this order reads.
    pub(super) fn from(
        &mut self,
        select: &'a plan::Select,
        order_by: &'a [plan::OrderKey],
        from: &'a plan::From,
    ) -> From<'a> {
        let rewritten = !self.dialect.has_full_join() || self.dialect.full_join_needs_equality();
        let reads = if rewritten && full_join::is_in(from) {
            Reads::of(select, order_by)
        } else {
            Reads::default()
        };
        self.source(from, &reads)
    }

    pub(super) fn source(&mut self, from: &'a plan::From, reads: &Reads<'a>) -> From<'a> {
        match from {
            plan::From::Table { id, schema, table } => From::Table {
                schema: schema.as_deref(),
                table: (&**table).into(),
                alias: self.alias(*id).into(),
            },
            plan::From::Cte { id, name } => From::Table {
                schema: None,
                table: (&**name).into(),
                alias: self.alias(*id).into(),
            },
            plan::From::Derived { id, query, lateral } => {
                if *lateral && !self.dialect.has_lateral() {
                    self.refuse_lateral(*id);
                } else if !self.dialect.has_outer_in_derived() && walk::uses_outer(query) {
                    // As a join to one row, it is lateral, and has the forms that those have.
                    let one = one_row(self.own_alias("one"));
                    return self.lateral_join(JoinKind::Inner, one, (*id, query), &[], None);
                }
                let first = self.first.take().filter(|first| first.table == *id);
                let mut legal = self.query(query);
                if let Some(first) = first
                    && first_of_each(&mut legal, &first)
                {
                    self.first = Some(first);
                }
                self.evaluate_once(query, &mut legal);
                From::Derived {
                    query: Box::new(legal),
                    lateral: *lateral,
                    alias: self.alias(*id).into(),
                }
            }
            plan::From::Function { id, function } => self.function(*id, function),
            plan::From::Join {
                kind: JoinKind::Full,
                left,
                right,
                on,
                guard,
            } if !self.takes_full_join(left, right, on) => {
                if guard.is_some() || full_join::has_guard(left) || full_join::has_guard(right) {
                    self.refuse_guarded_full_join(right);
                }
                self.full_join(left, right, on, reads)
            }
            plan::From::Join {
                kind,
                left,
                right,
                on,
                guard,
            } => stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
                let left = Box::new(self.source(left, reads));
                let guard = self.guard(guard.as_deref());
                if let plan::From::Derived {
                    id,
                    query,
                    lateral: true,
                } = &**right
                    && !self.dialect.has_lateral()
                {
                    return self.lateral_join(*kind, *left, (*id, query), on, guard);
                }
                let right = Box::new(self.source(right, reads));
                let on = self.conditions(on);
                match (kind, on) {
                    (JoinKind::Cross | JoinKind::Inner, None) => From::Join {
                        kind: JoinKind::Cross,
                        left,
                        right,
                        on: None,
                        guard,
                    },
                    (kind, on) => From::Join {
                        kind: if *kind == JoinKind::Cross {
                            JoinKind::Inner
                        } else {
                            *kind
                        },
                        left,
                        right,
                        on: Some(on.unwrap_or_else(|| Expr::atom("TRUE"))),
                        guard,
                    },
                }
            }),
        }
    }

    /// Keeps a query whole whose rows have another value at each evaluation: a server that took it apart would evaluate that
    /// wherever it is named. One with a limit it leaves whole.
    pub(super) fn evaluate_once(&self, query: &plan::Query, legal: &mut Query<'a>) {
        let plan::Body::Select(select) = &query.body else {
            return;
        };
        let mut volatile = false;
        for item in &select.items {
            walk::expressions(&item.value, false, &mut |part| {
                volatile |= matches!(
                    part.kind,
                    plan::ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _)
                );
            });
        }
        let limited = query.limit.is_some() || legal.no_limit.is_some();
        if volatile && !limited {
            legal.limit = self.dialect.no_limit().map(Expr::atom);
        }
    }
}
