//! Groups of several sets of keys: `rollup`, `cube`, `grouping sets`.

use super::{
    Order, Planner,
    block::{BlockId, Request, null},
};
use crate::{
    plan::{Expr, ExprKind},
    same::same,
};
use djq_check::{
    Ty,
    hir::{self, ColumnKind, Literal, NamedId},
};
use djq_diagnostics::Span;

impl<'a> Planner<'a> {
    /// Says which of the block's keys, now all in `group_by`, are in which set.
    pub(super) fn begin_sets(&mut self, block: BlockId, sets: &'a [Vec<usize>]) {
        let at = &mut self.blocks[block];
        let places = |key: &usize| {
            let (first, count) = at.keys.get(*key).map_or((0, 0), |(_, f, c)| (*f, *c));
            first..first + count
        };
        let mut sets: Vec<Vec<usize>> = sets
            .iter()
            .map(|set| set.iter().flat_map(places).collect())
            .collect();
        // Equal keys are one to every server: a set that has one of them has the others.
        for set in &mut sets {
            let equal: Vec<usize> = (0..at.group_by.len())
                .filter(|place| {
                    !set.contains(place)
                        && set
                            .iter()
                            .any(|other| same(&at.group_by[*other], &at.group_by[*place]))
                })
                .collect();
            set.extend(equal);
        }
        at.sets = Some(sets);
    }

    /// The last of `group_by` is a column that follows from a key: it is in the sets that have the key, so that it
    /// is null with it.
    pub(super) fn add_to_sets(&mut self, block: BlockId) {
        if self.blocks[block].sets.is_none() {
            return;
        }
        let key = self.naming.and_then(|source| self.key_of(block, source));
        let at = &mut self.blocks[block];
        let added = at.group_by.len().saturating_sub(1);
        for set in at.sets.iter_mut().flatten() {
            if key.is_none_or(|key| set.contains(&key)) {
                set.push(added);
            }
        }
    }

    /// The key whose row a source is, or is reached from.
    fn key_of(&self, block: BlockId, source: hir::SourceId) -> Option<usize> {
        let mut at = source;
        for _ in 0..=self.query.sources.len() {
            let known = self.blocks[block].key_models.iter();
            if let Some((_, first)) = known.clone().find(|(model, _)| *model == at) {
                return Some(*first);
            }
            at = self.source(at).link.as_ref()?.parent;
        }
        None
    }

    /// `grouping(k, …)`: of this block's groups, or of those of the block inside.
    pub(super) fn grouping(
        &mut self,
        block: BlockId,
        keys: &'a [NamedId],
        ty: &Ty,
        span: Span,
    ) -> Expr {
        if !self.blocks[block].grouped {
            if self.has_groups(block) {
                return self.import(block, Request::Grouping(keys), ty, span);
            }
            let scope = self.blocks[block].scope;
            return match self.scopes[scope].parent {
                Some(parent) => self.grouping(parent, keys, ty, span),
                None => null(ty, span),
            };
        }
        let at = &self.blocks[block];
        let kind = if at.sets.is_some() {
            let places = keys.iter().filter_map(|id| {
                let (_, first, _) = at.keys.iter().find(|(key, ..)| key == id)?;
                Some(*first)
            });
            ExprKind::Grouping(places.collect())
        } else {
            ExprKind::Literal(Literal::Int(0))
        };
        Expr {
            kind,
            ty: ty.clone(),
            span,
        }
    }

    /// Whether what orders the rows of a block with several sets is in its output, as an order over a union needs.
    pub(super) fn orders_by_output(&self, scope: usize, columns: &[hir::Column]) -> bool {
        let at = &self.blocks[self.scopes[scope].block];
        let Some(Order::Keys(keys)) = self.scopes[scope].order else {
            return true;
        };
        at.sets.is_none()
            || keys.iter().all(|key| {
                matches!(key.value.kind, hir::ExprKind::Named(_))
                    && columns.iter().any(|column| {
                        matches!(&column.kind, ColumnKind::Value(value)
                            if value.kind == key.value.kind)
                    })
            })
    }
}
