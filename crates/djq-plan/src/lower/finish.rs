//! A block becomes a query: joins of their final kind, in their final place.

use super::{
    Places, Planner,
    block::{BlockId, Join},
    place_bit,
};
use crate::{
    nulls::rejects_null,
    plan::{Body, Expr, ExprKind, From, Query, Reason},
};
use djq_check::hir::{JoinKind, Role, SourceId};

impl Planner<'_> {
    /// Finishes a block and those inside it.
    pub(super) fn finish(&mut self, block: BlockId) -> Query {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.finish_block(block))
    }

    fn finish_block(&mut self, block: BlockId) -> Query {
        self.at_least_one_item(block);
        let at = &mut self.blocks[block];
        let (order_by, limit, offset) = (
            std::mem::take(&mut at.order_by),
            at.limit.take(),
            at.offset.take(),
        );
        let body = match at.set.take() {
            Some(set) => {
                at.items.clear();
                set
            }
            None => Body::Select(Box::new(self.finish_select(block))),
        };
        Query {
            ctes: Vec::new(),
            body,
            order_by,
            limit,
            offset,
        }
    }

    fn finish_select(&mut self, block: BlockId) -> crate::plan::Select {
        let at = &mut self.blocks[block];
        let inner = at.inner.take();
        let base = at.base.take();
        let mut joins = std::mem::take(&mut at.joins);
        let mut select = at.take_select();
        joins.retain(|join| {
            join.idle_uses
                .is_none_or(|own| self.facts[join.table.0 as usize].uses > own)
        });
        if self.merge {
            self.settle_kinds(&mut joins, &select.filter);
        }
        let base = match inner {
            Some((inner, id)) => Some(From::Derived {
                id,
                query: Box::new(self.finish(inner)),
                lateral: false,
            }),
            None => base,
        };
        select.from = base.map(|base| {
            let base = self.pruned(base);
            self.joined(base, joins)
        });
        select
    }

    /// An implied outer join whose missing rows a condition rejects is an inner one.
    fn settle_kinds(&self, joins: &mut [Join], filter: &[Expr]) {
        for index in (0..joins.len()).rev() {
            let (before, after) = joins.split_at_mut(index + 1);
            let Some(join) = before.last_mut() else {
                continue;
            };
            if join.implied.is_none() || join.kind != JoinKind::Left {
                continue;
            }
            let conditions = after
                .iter()
                .filter(|join| join.kind == JoinKind::Inner && join.guard.is_none())
                .flat_map(|join| &join.on);
            if filter
                .iter()
                .chain(conditions)
                .any(|condition| rejects_null(condition, join.table))
            {
                join.kind = JoinKind::Inner;
            }
        }
    }

    fn joined(&mut self, base: From, joins: Vec<Join>) -> From {
        let mut from = base;
        for join in joins {
            self.explain(&join);
            let right = self.pruned(join.right);
            let right = if join.inside.is_empty() {
                right
            } else {
                self.joined(right, join.inside)
            };
            let kind = if join.kind == JoinKind::Inner && join.on.is_empty() {
                JoinKind::Cross
            } else {
                join.kind
            };
            from = From::Join {
                kind,
                left: Box::new(from),
                right: Box::new(right),
                on: join.on,
                guard: join.guard.map(Box::new),
            };
        }
        from
    }

    /// A derived table without the columns that nothing names, where no one selected them.
    fn pruned(&self, mut from: From) -> From {
        if let From::Derived { id, query, .. } = &mut from {
            let facts = &self.facts[id.0 as usize];
            if facts.is_whole {
                prune(query, facts.outputs);
            }
        }
        from
    }

    /// Says why an implied join is there, and of its kind.
    fn explain(&mut self, join: &Join) {
        let Some(source) = join.implied else { return };
        let Some(link) = &self.source(source).link else {
            return;
        };
        let step = self.step_name(source);
        let facts = &self.facts[join.table.0 as usize];
        let because = if join.kind == JoinKind::Inner && facts.nullable {
            "a condition rejects rows without it".into()
        } else if join.kind == JoinKind::Inner {
            format!("`{step}` cannot be null")
        } else if link.total {
            format!("`{}` may be missing", self.step_name(link.parent))
        } else if self.key_may_be_null(source) {
            format!("`{step}` may be null")
        } else if self.holds_key(source) {
            format!("no constraint makes sure that `{step}` exists")
        } else {
            format!("there may be no `{step}`")
        };
        let reason = Reason {
            path: self.path(source).into(),
            kind: join.kind,
            because: because.into(),
            guard: None,
        };
        self.tables[join.table.0 as usize].reason = Some(reason);
    }

    fn key_may_be_null(&self, source: SourceId) -> bool {
        let link = self.source(source).link.as_ref();
        self.holds_key(source)
            && link.is_some_and(|link| link.left.iter().any(|left| left.ty.nullable))
    }

    /// Whether the relation's key is on the side it starts from.
    fn holds_key(&self, source: SourceId) -> bool {
        use djq_schema::RelationKind as K;
        let link = self.source(source).link.as_ref();
        link.and_then(|link| link.relation)
            .is_some_and(|(relation, _)| {
                matches!(
                    self.schema.relation(relation).kind,
                    K::ForeignKey | K::OneToOne | K::GenericForeignKey
                )
            })
    }

    /// What a step is called: its relation, or the source's own name.
    fn step_name(&self, source: SourceId) -> &str {
        let of = self.source(source);
        match of.link.as_ref().and_then(|link| link.relation) {
            Some((relation, _)) if of.role == Role::Implied => &self.schema.relation(relation).name,
            _ => &of.name,
        }
    }

    /// The path to an implied source, from the model it starts at: `blog.Entry.author.company`.
    fn path(&self, source: SourceId) -> String {
        let mut steps = vec![self.step_name(source)];
        let mut at = source;
        // Links lead back to a source that is written; the bound holds where they should not.
        for _ in 0..self.query.sources.len() {
            let Some(link) = &self.source(at).link else {
                break;
            };
            at = link.parent;
            if self.source(at).role != Role::Implied {
                break;
            }
            if self.same_row(at).is_some() {
                continue;
            }
            steps.push(self.step_name(at));
        }
        let mut path = match self.model_of(at) {
            Some(model) => self.schema.model(model).label.to_string(),
            None => self.source(at).name.to_string(),
        };
        for step in steps.iter().rev() {
            path.push('.');
            path.push_str(step);
        }
        path
    }
}

/// Leaves out the columns of a query that are not among `used`, but for what orders it.
pub(super) fn prune(query: &mut Query, used: Places) {
    let Body::Select(select) = &mut query.body else {
        return;
    };
    if select.distinct {
        return;
    }
    let orders = |index: usize| {
        let mut keys = query.order_by.iter();
        keys.any(|key| key.value.unguarded().kind == ExprKind::Item(index))
    };
    let keep: Vec<bool> = (0u32..)
        .zip(&select.items)
        .map(|(place, _)| used & place_bit(place) != 0 || orders(place as usize))
        .collect();
    let first = keep.iter().position(|keep| *keep).unwrap_or(0);
    let mut moved = Vec::with_capacity(keep.len());
    let mut index = 0;
    let mut kept = 0;
    select.items.retain(|_| {
        moved.push(kept);
        let keep = index == first || keep.get(index).copied().unwrap_or(true);
        index += 1;
        kept += usize::from(keep);
        keep
    });
    for key in &mut query.order_by {
        let value = match &mut key.value.kind {
            ExprKind::When(_, of) => &mut of.kind,
            value => value,
        };
        if let ExprKind::Item(item) = value
            && let Some(place) = moved.get(*item)
        {
            *item = *place;
        }
    }
}
