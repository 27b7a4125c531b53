//! Clauses, one after the other, into the current block or around it.

use super::{
    Order, Planner, Purpose,
    block::{Block, BlockId, Items, Mode, Place, Request},
    expressions::conjuncts,
    one,
    windows::Walk,
};
use crate::{
    plan::{Body, Expr, ExprKind, Item, Query},
    scan,
};
use djq_check::{
    Type,
    hir::{
        self, ClauseKind, GroupKey, Guard, JoinKind, Literal, NamedId, OrderKey, Pipeline,
        SetOperator, SourceId, SourceKind,
    },
};

/// As many expressions as a clause may write out for the names in it.
const NAMES_WRITTEN_OUT: u32 = 1000;

impl<'a> Planner<'a> {
    /// Lowers a pipeline's clauses.
    pub(super) fn clauses(&mut self, scope: usize, body: &'a Pipeline) {
        for clause in &body.clauses {
            let guard = clause.guard.as_ref();
            self.guarded |= guard.is_some();
            self.keys_of_many_first(scope, None, &mut |query, see| {
                scan::walk_clause(query, clause, see)
            });
            self.keep_names_short(scope, clause);
            match &clause.kind {
                ClauseKind::Join { kind, steps, on } => {
                    self.join_clause(scope, *kind, steps, on.as_ref(), guard);
                }
                ClauseKind::Where(condition) => self.where_clause(scope, body, condition, guard),
                ClauseKind::Let(ids) => self.let_clause(scope, ids),
                ClauseKind::GroupBy(keys) => self.group_clause(scope, keys, None),
                ClauseKind::GroupSets { keys, sets } => self.group_clause(scope, keys, Some(sets)),
                ClauseKind::Select(ids) => self.select_clause(scope, ids),
                ClauseKind::Distinct => self.distinct_clause(scope, body),
                ClauseKind::OrderBy(keys) => self.order_clause(scope, keys, guard),
                ClauseKind::Page { limit, offset } => {
                    self.note_counts(limit.iter().chain(offset));
                    self.page_clause(scope, limit.as_ref(), offset.as_ref());
                }
                ClauseKind::PagePer { limit, offset, per } => {
                    self.note_counts(std::iter::once(limit).chain(offset));
                    self.page_per_keys(scope, limit, offset.as_ref(), per);
                }
                ClauseKind::SetOperation {
                    operator,
                    all,
                    right,
                    left,
                    columns,
                } => self.set_clause(scope, *operator, *all, right, left, columns),
            }
            if !self.merge {
                self.wrap(scope);
            }
        }
    }

    /// The current block, wrapped first where `must` says so.
    pub(super) fn block(&mut self, scope: usize, must: impl FnOnce(&Block<'a>) -> bool) -> BlockId {
        let block = self.scopes[scope].block;
        if must(&self.blocks[block]) {
            self.wrap(scope)
        } else {
            block
        }
    }

    /// Begins a new block where a clause would write out the names of this one at too great a length: each name of two
    /// others doubles it.
    fn keep_names_short(&mut self, scope: usize, clause: &'a hir::Clause) {
        let block = self.scopes[scope].block;
        if !self.blocks[block].names {
            return;
        }
        let written = self.weight(block, 0, &mut |query, see| {
            scan::walk_clause(query, clause, see);
        });
        if written > NAMES_WRITTEN_OUT {
            self.wrap(scope);
        }
    }

    /// How many expressions the names of a block stand for in what is walked, and `own` for each that is there.
    fn weight(&self, block: BlockId, own: u32, walk: &mut Walk<'a, '_>) -> u32 {
        let mut weight = 0_u32;
        walk(self.query, &mut |expr| {
            weight = weight.saturating_add(own);
            if let hir::ExprKind::Named(id) = expr.kind
                && self.named_in[id.0 as usize] == Some(block)
            {
                weight = weight.saturating_add(self.weights[id.0 as usize]);
            }
            true
        });
        weight
    }

    fn define(&mut self, block: BlockId, ids: &'a [NamedId]) {
        for id in ids {
            let value = &self.named(*id).value;
            self.weights[id.0 as usize] = self.weight(block, 1, &mut |query, see| {
                scan::walk(query, value, see);
            });
            self.named_in[id.0 as usize] = Some(block);
            self.blocks[block].volatile |= scan::is_volatile(self.query, value);
            self.blocks[block].windowed |= scan::has_window(self.query, value);
        }
        self.blocks[block].names = true;
    }

    fn join_clause(
        &mut self,
        scope: usize,
        kind: JoinKind,
        steps: &'a [SourceId],
        on: Option<&'a hir::Expr>,
        guard: Option<&'a Guard>,
    ) {
        let outer = matches!(kind, JoinKind::Right | JoinKind::Full);
        let block = self.block(scope, |block| {
            block.grouped
                || block.is_paged()
                || block.sealed
                || block.volatile
                || block.windowed
                // Rows that only the right side has come after the conditions and values above.
                || outer && (!block.filter.is_empty() || block.names)
        });
        let to_one = matches!(kind, JoinKind::Inner | JoinKind::Left)
            && steps.iter().all(|step| {
                let link = self.source(*step).link.as_ref();
                link.is_some_and(|link| link.to_one)
            });
        // The order still holds where the join is left out.
        if !to_one && guard.is_none() {
            self.scopes[scope].order = None;
        }
        self.join(block, kind, steps, on, guard);
    }

    fn where_clause(
        &mut self,
        scope: usize,
        body: &'a Pipeline,
        condition: &'a hir::Expr,
        guard: Option<&'a Guard>,
    ) {
        let block = self.block(scope, |block| {
            block.is_paged() || block.sealed && !block.distinct || block.volatile || block.windowed
        });
        let mut parts = Vec::new();
        conjuncts(condition, &mut parts);
        // What can be filtered first is, before a subquery's values are computed for what is left.
        parts.retain(|part| {
            let later = self.is_worth_wrapping(block, body, part);
            if !later {
                self.filter_part(block, part, guard);
            }
            later
        });
        if !parts.is_empty() {
            let block = self.wrap(scope);
            for part in parts {
                self.filter_part(block, part, guard);
            }
        }
    }

    /// Adds a condition to a block: to HAVING only what needs the groups.
    pub(super) fn filter(&mut self, block: BlockId, condition: &'a hir::Expr) {
        let mut parts = Vec::new();
        conjuncts(condition, &mut parts);
        for part in parts {
            self.filter_part(block, part, None);
        }
    }

    fn filter_part(&mut self, block: BlockId, part: &'a hir::Expr, guard: Option<&'a Guard>) {
        let at = &self.blocks[block];
        // A group's keys are the same in all its rows, so a condition on them may come before.
        let of_groups = at.grouped
            && (at.keys.is_empty() || at.sets.is_some() || self.is_of_groups(block, part));
        if of_groups {
            let value = self.in_mode(block, Mode::Having, |p| p.expr(block, part));
            self.blocks[block].having.push(value.when(guard));
        } else {
            let value = self.in_mode(block, Mode::Rows, |p| p.expr(block, part));
            self.blocks[block].filter.push(value.when(guard));
        }
    }

    /// Whether an aggregate of the block's groups is in an expression, by name also in its subqueries.
    fn is_of_groups(&self, block: BlockId, expr: &'a hir::Expr) -> bool {
        if scan::writes_aggregate(self.query, expr) {
            return true;
        }
        let mut found = false;
        scan::walk(self.query, expr, &mut |part| {
            if let hir::ExprKind::Named(name) = part.kind {
                found = found
                    || self.named_in[name.0 as usize] == Some(block)
                        && self.is_of_groups(block, &self.named(name).value);
            }
            !found
        });
        found
    }

    /// Whether a condition names a subquery's value that is used elsewhere too: computed once, it is a
    /// column of a derived table.
    fn is_worth_wrapping(
        &self,
        block: BlockId,
        body: &'a Pipeline,
        condition: &'a hir::Expr,
    ) -> bool {
        // Inside a subquery, a derived table that names outer rows is what not every server has.
        let scope = self.blocks[block].scope;
        if !self.blocks[block].names || self.scopes[scope].parent.is_some() {
            return false;
        }
        let mut found = false;
        scan::walk(self.query, condition, &mut |part| {
            if let hir::ExprKind::Named(name) = part.kind
                && self.named_in[name.0 as usize] == Some(block)
                && scan::has_subquery(self.query, &self.named(name).value)
                && scan::uses(self.query, body, name) > 1
            {
                found = true;
            }
            !found
        });
        found
    }

    fn let_clause(&mut self, scope: usize, ids: &'a [NamedId]) {
        let fits = self.has_place_for(self.scopes[scope].block, ids);
        self.block(scope, |block| block.sealed || block.volatile || !fits);
        self.number_groups(scope, ids);
        self.define(self.scopes[scope].block, ids);
    }

    fn group_clause(&mut self, scope: usize, keys: &'a [GroupKey], sets: Option<&'a [Vec<usize>]>) {
        let block = self.block(scope, |block| {
            block.grouped || block.is_paged() || block.sealed || block.volatile || block.windowed
        });
        self.scopes[scope].order = None;
        // Constants would mean a column's place, parameters may look different each time they are
        // written, subqueries should run once: all are columns of a derived table instead.
        let mut block = block;
        let mut wrapped = false;
        for key in keys {
            let value = &self.named(key.named).value;
            let is_plain = Request::of(value).is_some_and(|key| !matches!(key, Request::Named(_)));
            let awkward = !is_plain
                && (scan::has_parameter(self.query, value)
                    || scan::has_subquery(self.query, value)
                    || scan::is_volatile(self.query, value)
                    || self.is_constant(value));
            if awkward {
                self.named_in[key.named.0 as usize] = Some(block);
                wrapped = true;
            }
        }
        if wrapped {
            block = self.wrap(scope);
        }
        self.scopes[scope].grouped = true;
        self.blocks[block].mode = Mode::Rows;
        for key in keys {
            let named = self.named(key.named);
            let first = self.blocks[block].group_by.len();
            let value = if self.named_in[key.named.0 as usize]
                .is_some_and(|home| home != block && self.blocks[home].scope == scope)
            {
                self.name(block, key.named, &named.value.ty, named.value.span)
            } else {
                self.expr(block, &named.value)
            };
            match value.kind {
                ExprKind::Row(parts) => self.blocks[block].group_by.extend(parts),
                _ => self.blocks[block].group_by.push(value),
            }
            let count = self.blocks[block].group_by.len() - first;
            self.blocks[block].keys.push((key.named, first, count));
            if let Some(model) = key.model {
                self.blocks[block].key_models.push((model, first));
            }
            self.named_in[key.named.0 as usize] = Some(block);
        }
        if let Some(sets) = sets {
            self.begin_sets(block, sets);
        }
        self.group_by_parent(scope, block);
        let at = &mut self.blocks[block];
        at.grouped = true;
        at.mode = Mode::Groups;
        at.names = true;
        self.scopes[scope].output = Some(keys.iter().map(|key| key.named).collect());
    }

    /// In a nested statement, groups are of one parent each.
    fn group_by_parent(&mut self, scope: usize, block: BlockId) {
        let keys = self.key_columns(scope, block);
        let at = &mut self.blocks[block];
        for key in keys {
            for set in at.sets.iter_mut().flatten() {
                set.push(at.group_by.len());
            }
            at.group_by.push(key);
        }
    }

    fn is_constant(&self, value: &hir::Expr) -> bool {
        match &value.kind {
            hir::ExprKind::Literal(_) | hir::ExprKind::Param(_) => true,
            hir::ExprKind::Cast(of) => self.is_constant(of),
            hir::ExprKind::Unary(_, of) => self.is_constant(of),
            hir::ExprKind::Named(name) => self.is_constant(&self.named(*name).value),
            _ => false,
        }
    }

    fn select_clause(&mut self, scope: usize, ids: &'a [NamedId]) {
        let aggregates = !self.scopes[scope].grouped
            && ids
                .iter()
                .any(|id| scan::writes_aggregate(self.query, &self.named(*id).value));
        let fits = aggregates || self.has_place_for(self.scopes[scope].block, ids);
        let block = self.block(scope, |block| {
            aggregates && (block.is_paged() || block.windowed)
                || block.sealed
                || block.volatile
                || !fits
        });
        if aggregates {
            self.scopes[scope].order = None;
            self.scopes[scope].grouped = true;
            self.group_by_parent(scope, block);
            let at = &mut self.blocks[block];
            at.grouped = true;
            at.mode = Mode::Groups;
        }
        self.number_groups(scope, ids);
        self.define(self.scopes[scope].block, ids);
        self.scopes[scope].output = Some(ids.to_vec());
    }

    fn distinct_clause(&mut self, scope: usize, body: &'a Pipeline) {
        let block = self.block(scope, |block| {
            block.is_paged() || block.sealed || block.sets.is_some()
        });
        self.scopes[scope].order = None;
        let output = self.scopes[scope].output.take();
        match &output {
            Some(ids) => {
                for id in ids {
                    let named = self.named(*id);
                    let value = self.name(block, *id, &named.value.ty, named.value.span);
                    self.seal(block, Request::Named(*id), value, &named.name);
                }
            }
            None => self.seal_source(block, body),
        }
        // A nested statement's rows differ for each parent.
        self.key_items(scope, true);
        self.scopes[scope].output = output;
        self.scopes[scope].grouped = false;
        self.blocks[block].distinct = true;
        self.blocks[block].sealed = true;
    }

    fn seal(&mut self, block: BlockId, request: Request<'a>, value: Expr, name: &str) {
        let items = &self.blocks[block].items;
        let name = super::names::unique(name, |name| {
            items
                .iter()
                .any(|item| item.name.eq_ignore_ascii_case(name))
        });
        let at = &mut self.blocks[block];
        at.exports.push((request, at.items.len()));
        at.items.push(Item { value, name });
    }

    /// Without `select`, the output is the row of the source, as far as the pipeline gives it out.
    fn seal_source(&mut self, block: BlockId, body: &'a Pipeline) {
        let own = body.from;
        let of_source = |column: &'a hir::Column| match &column.kind {
            hir::ColumnKind::Value(value) => match Request::of(value) {
                Some(request @ Request::Column(source, _)) if Some(source) == own => {
                    Some((request, value, &*column.name))
                }
                _ => None,
            },
            hir::ColumnKind::Nest(_) => None,
        };
        let columns: Option<Vec<_>> = body.columns.iter().map(of_source).collect();
        if let Some(columns) = columns {
            for (request, value, name) in columns {
                let value = self.expr(block, value);
                self.seal(block, request, value, name);
            }
            return;
        }
        let Some(source) = own else { return };
        match &self.source(source).kind {
            SourceKind::Model(_) => {
                let Some(model) = self.model_of(source) else {
                    return;
                };
                for (index, field) in (0u32..).zip(&self.schema.model(model).fields) {
                    let id = djq_schema::FieldId { model, index };
                    let value = self.key_column(block, source, id);
                    let request = Request::Column(source, Place::Field(id));
                    self.seal(block, request, value, &field.column);
                }
            }
            SourceKind::Tree(_) => {}
            SourceKind::Rows(rows) => {
                for (index, (name, ty)) in (0u32..).zip(&rows.columns) {
                    let place = Place::Output(index);
                    let span = self.source(source).span;
                    let value = self.column(block, source, place, ty, span);
                    self.seal(block, Request::Column(source, place), value, name);
                }
            }
            SourceKind::Cte(_) | SourceKind::Derived(_) => {
                let columns = match &self.source(source).kind {
                    SourceKind::Cte(id) => &self.query.ctes[id.0 as usize].body.columns,
                    SourceKind::Derived(inner) => &inner.columns,
                    SourceKind::Model(_) | SourceKind::Rows(_) | SourceKind::Tree(_) => return,
                };
                for (index, column) in (0u32..).zip(columns) {
                    let hir::ColumnKind::Value(value) = &column.kind else {
                        continue;
                    };
                    let place = Place::Output(index);
                    let span = self.source(source).span;
                    let value = self.column(block, source, place, &value.ty, span);
                    self.seal(block, Request::Column(source, place), value, &column.name);
                }
            }
        }
    }

    fn order_clause(&mut self, scope: usize, keys: &'a [OrderKey], guard: Option<&'a Guard>) {
        let block = self.scopes[scope].block;
        let windows_first = keys
            .iter()
            .any(|key| self.needs_windows_first(block, &key.value));
        self.block(scope, |block| {
            block.is_paged()
                || windows_first
                || block.sealed
                    && keys.iter().any(|key| {
                        Request::of(&key.value)
                            .is_none_or(|request| block.exported(request).is_none())
                    })
                || block.volatile
                    && keys
                        .iter()
                        .any(|key| !matches!(Request::of(&key.value), Some(Request::Named(_))))
        });
        self.scopes[scope].order = Some(match guard {
            None => Order::Keys(keys),
            Some(guard) => self.order_when(scope, guard, keys),
        });
    }

    fn page_clause(
        &mut self,
        scope: usize,
        limit: Option<&'a hir::Expr>,
        offset: Option<&'a hir::Expr>,
    ) {
        // What orders the page of groups of several sets is to be one of their columns.
        let ordered = self.scopes[scope].order.is_some();
        let block = self.block(scope, |block| {
            block.is_paged() || block.sets.is_some() && ordered
        });
        if !self.scopes[scope].keys.is_empty() {
            self.page_per_parent(scope, block, limit, offset);
            return;
        }
        let is_guarded = |part: &hir::Expr| matches!(part.kind, hir::ExprKind::When(..));
        self.guarded |= limit.is_some_and(is_guarded) || offset.is_some_and(is_guarded);
        let limit = limit.map(|part| self.expr(block, part));
        let offset = offset
            .map(|part| self.expr(block, part))
            .filter(|part| !matches!(part.kind, ExprKind::Literal(Literal::Int(0))));
        let at = &mut self.blocks[block];
        at.limit = limit;
        at.offset = offset;
    }

    fn set_clause(
        &mut self,
        scope: usize,
        operator: SetOperator,
        all: bool,
        right: &'a Pipeline,
        left: &'a [NamedId],
        columns: &'a [NamedId],
    ) {
        // The sides may be brought to one type: a column's value is then the left side's, cast.
        let query = self.query;
        let plain = |index: usize, id: &NamedId| {
            columns.get(index).is_some_and(|column| {
                query.named[column.0 as usize].value.kind == hir::ExprKind::Named(*id)
            })
        };
        let is_left = |block: &Block<'a>| {
            block.items.len() == left.len()
                && left.iter().enumerate().all(|(index, id)| {
                    plain(index, id) && block.exported(Request::Named(*id)) == Some(index)
                })
        };
        let block = self.block(scope, |block| block.sealed && !is_left(block));
        if !self.blocks[block].sealed {
            for (index, id) in left.iter().enumerate() {
                let named = self.named(*id);
                let value = match columns.get(index) {
                    Some(column) => self.expr(block, &self.named(*column).value),
                    None => self.name(block, *id, &named.value.ty, named.value.span),
                };
                self.seal(block, Request::Named(*id), value, &named.name);
            }
            self.blocks[block].sealed = true;
        }
        if self.blocks[block].is_paged() {
            self.order_of_page(scope, Items::Output(&[]));
        }
        self.scopes[scope].order = None;
        let parent = self.scopes[scope].parent;
        let (inside, right) = self.pipeline(right, parent, Purpose::Rows);
        self.scopes[scope].lateral |= self.scopes[inside].lateral;

        let names: Vec<Box<str>> = self.blocks[block]
            .items
            .iter()
            .map(|item| item.name.clone())
            .collect();
        let left: Query = self.finish(block);
        let above = self.blocks.len();
        let mut set = Block::new(scope);
        set.set = Some(Body::SetOperation {
            operator,
            all,
            left: Box::new(left),
            right: Box::new(right),
        });
        set.sealed = true;
        set.names = true;
        for (index, id) in columns.iter().enumerate() {
            let named = self.named(*id);
            self.named_in[id.0 as usize] = Some(above);
            set.exports.push((Request::Named(*id), index));
            set.items.push(Item {
                value: Expr {
                    kind: ExprKind::Item(index),
                    ty: self.ty(&named.value.ty),
                    span: named.span,
                },
                name: names.get(index).unwrap_or(&named.name).clone(),
            });
        }
        self.blocks.push(set);
        let at = &mut self.scopes[scope];
        at.block = above;
        at.grouped = false;
        at.output = Some(columns.to_vec());
    }

    /// A count of rows for the page of each parent or key.
    pub(super) fn page_bound(&mut self, block: BlockId, part: &'a hir::Expr) -> Expr {
        let mut value = self.expr(block, part);
        value.ty = Type::BigInt.required();
        if let ExprKind::When(_, of) = &mut value.kind {
            of.ty = Type::BigInt.required();
        }
        value
    }

    /// What a block selects when nothing asks it for a column.
    pub(super) fn at_least_one_item(&mut self, block: BlockId) {
        let items = &self.blocks[block].items;
        if items.iter().all(|item| item.value.guard().is_some()) {
            self.blocks[block].items.push(Item {
                value: one(),
                name: "one".into(),
            });
        }
    }
}
