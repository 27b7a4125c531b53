//! Joins: those written, and those that paths need.

use super::{
    Planner, Purpose,
    block::{BlockId, Join, Mode, Place, Unit},
    equal,
    expressions::conjuncts,
    is_whole,
};
use crate::plan::{Expr, ExprKind, From, TableId};
use djq_check::{
    Type,
    hir::{self, Guard, JoinKind, Link, Role, SourceId, SourceKind},
};
use djq_schema::{FieldId, ModelId, RelationKind};

impl<'a> Planner<'a> {
    /// A table reference for a source, known to the block from here on.
    pub(super) fn reference(&mut self, block: BlockId, source: SourceId) -> (TableId, From) {
        let scope = self.blocks[block].scope;
        let (id, from) = match &self.source(source).kind {
            SourceKind::Model(_) => {
                let id = self.source_table(scope, source);
                let model = self.model_of(source).unwrap_or(ModelId(0));
                let model = self.schema.model(model);
                let from = From::Table {
                    id,
                    schema: model.db_schema.clone(),
                    table: model.table.clone(),
                };
                (id, from)
            }
            SourceKind::Cte(cte) => {
                self.used_ctes[cte.0 as usize] = true;
                let id = self.source_table(scope, source);
                let name = self.cte_names[cte.0 as usize].clone();
                (id, From::Cte { id, name })
            }
            SourceKind::Derived(body) => {
                let id = self.source_table(scope, source);
                let (inside, query) = self.pipeline(body, Some(block), Purpose::Rows);
                let lateral = self.scopes[inside].lateral;
                self.facts[id.0 as usize].is_whole = is_whole(body);
                let query = Box::new(query);
                (id, From::Derived { id, query, lateral })
            }
            SourceKind::Tree(tree) => {
                let id = self.source_table(scope, source);
                let link = self.source(source).link.as_ref();
                let parent = link.map_or(source, |link| link.parent);
                let name = self.tree(*tree, parent, id);
                (id, From::Cte { id, name })
            }
            SourceKind::Rows(rows) => {
                let id = self.source_table(scope, source);
                (id, self.rows(block, id, rows))
            }
        };
        self.blocks[block].sources.push((source, id));
        self.source_tables.push((source, id));
        (id, from)
    }

    /// The conditions by which a source's rows belong to another's. Both must be known to the block.
    pub(super) fn link_conditions(
        &mut self,
        block: BlockId,
        source: SourceId,
        link: &'a Link,
        own_first: bool,
    ) -> Vec<Expr> {
        let mut conditions = Vec::with_capacity(link.right.len());
        let Some(table) = self.blocks[block].table(source) else {
            return conditions;
        };
        self.in_mode(block, Mode::Rows, |p| {
            for (left, right) in link.left.iter().zip(&link.right) {
                let left = p.expr(block, left);
                let right = p.field(table, *right, left.span);
                conditions.push(if own_first {
                    equal(right, left)
                } else {
                    equal(left, right)
                });
            }
            if let Some((field, model)) = link.content_type {
                conditions.push(p.content_type(block, source, table, field, model));
            }
        });
        conditions
    }

    /// `content_type_id = the content type of a model`; a generic foreign key's is on the side it hangs on.
    pub(super) fn content_type(
        &mut self,
        block: BlockId,
        source: SourceId,
        table: TableId,
        field: FieldId,
        model: ModelId,
    ) -> Expr {
        let span = self.source(source).span;
        let parent = self.source(source).link.as_ref().map(|link| link.parent);
        let column = match parent {
            Some(parent) if self.model_of(source) != Some(field.model) => {
                let of = self.schema.field(field);
                let ty = Type::from(&of.ty).required().with_null(of.null);
                self.column(block, parent, Place::Field(field), &ty, span)
            }
            _ => self.field(table, field, span),
        };
        // That of a proxy itself, where the relation tells proxies from their concrete model.
        let model = self.schema.model(model);
        let id = Expr {
            kind: ExprKind::ContentType(model.app.clone(), model.name.to_lowercase().into()),
            ty: column.ty.clone().with_null(true),
            span,
        };
        equal(column, id)
    }

    /// A written join.
    pub(super) fn join(
        &mut self,
        block: BlockId,
        kind: JoinKind,
        steps: &'a [SourceId],
        on: Option<&'a hir::Expr>,
        guard: Option<&'a Guard>,
    ) {
        match kind {
            JoinKind::Inner | JoinKind::Cross => self.inner_join(block, steps, on, guard),
            JoinKind::Left | JoinKind::Right | JoinKind::Full => {
                self.outer_join(block, kind, steps, on, guard);
            }
        }
    }

    fn inner_join(
        &mut self,
        block: BlockId,
        steps: &'a [SourceId],
        on: Option<&'a hir::Expr>,
        guard: Option<&'a Guard>,
    ) {
        let mut rest = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let (table, right) = self.reference(block, *step);
            self.facts[table.0 as usize].guard = guard.cloned();
            let link = self.source(*step).link.as_ref();
            let before = self.facts[table.0 as usize].uses;
            let conditions = match link {
                Some(link) => self.link_conditions(block, *step, link, false),
                None => Vec::new(),
            };
            let surely = conditions.iter().all(|condition| !condition.ty.nullable);
            let own_uses = self.facts[table.0 as usize].uses - before;
            let scope = self.blocks[block].scope;
            let last = index + 1 == steps.len();
            // In a relation's pipeline, a step that finds exactly one row for each can be left out.
            let idle = self.merge
                && surely
                && self.scopes[scope].relation
                && !(last && on.is_some())
                && link.is_some_and(|link| {
                    link.to_one && link.total && link.condition.is_none() && link.relation.is_some()
                });
            if let Some(condition) = link.and_then(|link| link.condition.as_deref()) {
                conjuncts(condition, &mut rest);
            }
            if self.blocks[block].base.is_none() && self.blocks[block].inner.is_none() {
                self.blocks[block].base = Some(right);
                self.blocks[block].filter.extend(conditions);
                continue;
            }
            self.blocks[block].joins.push(Join {
                kind: JoinKind::Inner,
                table,
                right,
                inside: Vec::new(),
                on: conditions,
                guard: guard.cloned(),
                implied: None,
                idle_uses: idle.then_some(own_uses),
            });
        }
        if let Some(on) = on {
            conjuncts(on, &mut rest);
        }
        let own = self.blocks[block].joins.len();
        for part in rest {
            let condition = self.in_mode(block, Mode::Rows, |p| p.expr(block, part));
            // What needs a join that comes later cannot stand in this one's ON; for an inner join, WHERE
            // means the same.
            let at = &mut self.blocks[block];
            let later = at.joins.len() > own;
            match at.joins.last_mut() {
                Some(join) if !later => join.on.push(condition),
                _ => at.filter.push(condition.when(guard)),
            }
        }
    }

    fn outer_join(
        &mut self,
        block: BlockId,
        kind: JoinKind,
        steps: &'a [SourceId],
        on: Option<&'a hir::Expr>,
        guard: Option<&'a Guard>,
    ) {
        let Some((first, more)) = steps.split_first() else {
            return;
        };
        let (table, right) = self.reference(block, *first);
        self.facts[table.0 as usize].guard = guard.cloned();
        let mut rest = Vec::new();
        let mut conditions = Vec::new();
        if let Some(link) = &self.source(*first).link {
            conditions = self.link_conditions(block, *first, link, false);
            if let Some(condition) = &link.condition {
                conjuncts(condition, &mut rest);
            }
        }
        self.blocks[block].unit = Some(Unit {
            tables: vec![table],
            joins: Vec::new(),
        });
        for step in more {
            let (table, right) = self.reference(block, *step);
            self.facts[table.0 as usize].guard = guard.cloned();
            let mut on = Vec::new();
            if let Some(link) = &self.source(*step).link {
                on = self.link_conditions(block, *step, link, false);
                if let Some(condition) = &link.condition {
                    conjuncts(condition, &mut rest);
                }
            }
            if let Some(unit) = &mut self.blocks[block].unit {
                unit.tables.push(table);
                unit.joins.push(Join {
                    kind: JoinKind::Inner,
                    table,
                    right,
                    inside: Vec::new(),
                    on,
                    guard: None,
                    implied: None,
                    idle_uses: None,
                });
            }
        }
        if let Some(on) = on {
            conjuncts(on, &mut rest);
        }
        for part in rest {
            let condition = self.in_mode(block, Mode::Rows, |p| p.expr(block, part));
            conditions.push(condition);
        }
        let unit = self.blocks[block].unit.take().unwrap_or_default();
        for at in 0..self.blocks[block].sources.len() {
            let table = self.blocks[block].sources[at].1;
            let is_right = unit.tables.contains(&table);
            let may_miss = match kind {
                JoinKind::Left => is_right,
                JoinKind::Right => !is_right,
                _ => true,
            };
            self.facts[table.0 as usize].nullable |= may_miss;
        }
        if let Some((_, table)) = self.blocks[block].inner
            && kind != JoinKind::Left
        {
            self.facts[table.0 as usize].nullable = true;
        }
        if conditions.is_empty() {
            conditions.push(always_true());
        }
        self.blocks[block].joins.push(Join {
            kind,
            table,
            right,
            inside: unit.joins,
            on: conditions,
            guard: guard.cloned(),
            implied: None,
            idle_uses: None,
        });
    }

    /// Joins a path's source to what it hangs on; the table it already has if another path led there.
    pub(super) fn attach(&mut self, block: BlockId, source: SourceId) -> TableId {
        if let Some(table) = self.attached(block, source) {
            self.blocks[block].sources.push((source, table));
            return table;
        }
        let link = self.source(source).link.as_ref();
        // What the path hangs on comes first.
        let keys: Vec<Expr> = self.in_mode(block, Mode::Rows, |p| {
            let left = link.map_or(&[][..], |link| &link.left);
            left.iter().map(|part| p.expr(block, part)).collect()
        });
        let total = self.merge
            && link.is_some_and(|link| link.total)
            && keys.iter().all(|key| !key.ty.nullable);
        let hangs_on: Vec<TableId> = keys.iter().filter_map(column_table).collect();
        let (table, right) = self.reference(block, source);
        let mut on = Vec::with_capacity(keys.len());
        if let Some(link) = link {
            for (key, field) in keys.into_iter().zip(&link.right) {
                let right = self.field(table, *field, key.span);
                on.push(equal(key, right));
            }
            if let Some((field, model)) = link.content_type {
                let condition = self.content_type(block, source, table, field, model);
                on.push(condition);
            }
        }
        self.facts[table.0 as usize].nullable = !total;
        let guard = self.guard_of(&on);
        self.facts[table.0 as usize].guard.clone_from(&guard);
        let inside = self.blocks[block]
            .unit
            .as_ref()
            .is_some_and(|unit| hangs_on.iter().any(|table| unit.tables.contains(table)));
        let join = Join {
            kind: if total {
                JoinKind::Inner
            } else {
                JoinKind::Left
            },
            table,
            right,
            inside: Vec::new(),
            on,
            guard,
            implied: Some(source),
            idle_uses: None,
        };
        match &mut self.blocks[block].unit {
            Some(unit) if inside => {
                unit.tables.push(table);
                unit.joins.push(join);
            }
            _ => self.blocks[block].joins.push(join),
        }
        if let Some(condition) = link.and_then(|link| link.condition.as_deref()) {
            let condition = self.in_mode(block, Mode::Rows, |p| p.expr(block, condition));
            let at = &mut self.blocks[block];
            let unit = at.unit.iter_mut().flat_map(|unit| &mut unit.joins);
            if let Some(join) = at
                .joins
                .iter_mut()
                .chain(unit)
                .find(|join| join.table == table)
            {
                join.on.push(condition);
            }
        }
        table
    }

    /// The table of another path along the same relation from the same row.
    fn attached(&self, block: BlockId, source: SourceId) -> Option<TableId> {
        let link = self.source(source).link.as_ref()?;
        let relation = link.relation?;
        let at = &self.blocks[block];
        at.sources.iter().find_map(|(other, table)| {
            let known = self.source(*other).link.as_ref()?;
            let implied = at
                .joins
                .iter()
                .any(|join| join.table == *table && join.implied.is_some());
            let same_parent = known.parent == link.parent
                || at.table(known.parent).is_some()
                    && at.table(known.parent) == at.table(link.parent);
            (implied
                && known.relation == Some(relation)
                && same_parent
                && self.model_of(*other) == self.model_of(source))
            .then_some(*table)
        })
    }

    /// The source of the very same row: one that is linked to it by its own key.
    pub(super) fn same_row(&self, source: SourceId) -> Option<SourceId> {
        let link = self.source(source).link.as_ref()?;
        let is_key = link.relation.is_none()
            && link.content_type.is_none()
            && link.condition.is_none()
            && self.source(source).role == Role::Implied
            && self.model_of(source).is_some()
            && self.model_of(source) == self.model_of(link.parent)
            && link.left.len() == link.right.len();
        let pairs = || link.left.iter().zip(&link.right);
        let same = |(left, right): (&hir::Expr, &FieldId)| {
            left.kind == hir::ExprKind::Column(link.parent, *right)
        };
        (is_key && !link.right.is_empty() && pairs().all(same)).then_some(link.parent)
    }

    /// Whether what an implied source hangs on belongs to the block's own pipeline.
    pub(super) fn hangs_here(&self, block: BlockId, source: SourceId) -> bool {
        let Some(link) = &self.source(source).link else {
            return false;
        };
        match link.left.first() {
            Some(left) => self.is_here(block, left, link.parent),
            None => self.provides_source(block, link.parent),
        }
    }

    fn is_here(&self, block: BlockId, left: &hir::Expr, parent: SourceId) -> bool {
        let (source, place) = match &left.kind {
            hir::ExprKind::Column(source, field) => (*source, Place::Field(*field)),
            hir::ExprKind::Output(source, index) => (*source, Place::Output(*index)),
            hir::ExprKind::Named(name) => {
                return self.named_in[name.0 as usize]
                    .is_some_and(|home| self.blocks[home].scope == self.blocks[block].scope);
            }
            hir::ExprKind::Cast(of) | hir::ExprKind::TryCast(of) => {
                return self.is_here(block, of, parent);
            }
            _ => return self.provides_source(block, parent),
        };
        self.finds(block, source, place)
            || self.source(source).role == Role::Implied && self.hangs_here(block, source)
    }

    fn provides_source(&self, block: BlockId, source: SourceId) -> bool {
        let mut at = Some(block);
        while let Some(block) = at {
            if self.blocks[block].table(source).is_some() {
                return true;
            }
            at = self.blocks[block].inner.map(|(inner, _)| inner);
        }
        false
    }

    /// A column that the other side of its link holds too: `e.author.pk` is `e.author_id`.
    pub(super) fn key_without_join(
        &mut self,
        block: BlockId,
        source: SourceId,
        place: Place,
    ) -> Option<Expr> {
        let Place::Field(field) = place else {
            return None;
        };
        if !self.merge {
            return None;
        }
        let link = self.source(source).link.as_ref()?;
        let (relation, _) = link.relation?;
        if link.content_type.is_some() || link.condition.is_some() {
            return None;
        }
        let index = link.right.iter().position(|right| *right == field)?;
        let relation = self.schema.relation(relation);
        let holds_key = matches!(
            relation.kind,
            RelationKind::ForeignKey | RelationKind::OneToOne
        ) && relation.enforced;
        if !holds_key && !link.total {
            return None;
        }
        link.left.get(index).map(|left| self.expr(block, left))
    }

    /// Whether a source is a step of a relation's own pipeline that finds exactly one row for each.
    pub(super) fn is_step(&self, block: BlockId, source: SourceId, table: TableId) -> bool {
        self.scopes[self.blocks[block].scope].relation
            && self.source(source).role == Role::Join
            && !self.facts[table.0 as usize].nullable
            && self
                .source(source)
                .link
                .as_ref()
                .is_some_and(|link| link.to_one && link.total)
            // An outer row's step that a nested statement joins again stands alone.
            && self.hangs_here(block, source)
    }
}

/// The condition of an outer join that has none.
fn always_true() -> Expr {
    Expr {
        kind: ExprKind::Literal(hir::Literal::Bool(true)),
        ty: Type::Bool.required(),
        span: djq_diagnostics::Span::default(),
    }
}

fn column_table(expr: &Expr) -> Option<TableId> {
    match &expr.kind {
        ExprKind::Column(table, _) => Some(*table),
        ExprKind::Cast(of) | ExprKind::TryCast(of) => column_table(of),
        _ => None,
    }
}
