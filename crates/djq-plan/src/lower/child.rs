//! Nested relations' own statements. Each row tells by a key which parent it belongs to.
//!
//! Mostly the key is the link's: a foreign key. Where the nested pipeline names more of the outer row, the
//! outer row is joined again by its own key; and where that is not a model's row, or may be missing, the
//! parent's whole query is read again, and all that is used of it is the key.

use super::{
    Planner,
    block::{BlockId, Join, Request},
    equal,
};
use crate::{
    plan::{Expr, ExprKind, Output},
    same::same,
    scan,
};
use djq_check::{
    Type,
    hir::{self, ExprKind as K, JoinKind, Nest, Pipeline, Role, SourceId},
};
use djq_schema::FieldId;

/// How a nested statement hangs on its parent.
pub(super) struct Child<'a> {
    /// The key in the outer rows.
    pub(super) outer: Vec<Expr>,
    /// The same key in the child's rows.
    pub(super) keys: Vec<Key<'a>>,
    /// Outer sources whose columns the child uses: joined again, each by its own key.
    again: Vec<SourceId>,
    /// The parent's pipeline, where it is read again.
    over: Option<&'a Pipeline>,
}

impl Child<'_> {
    /// Whether the parent's query is read again first.
    pub(super) fn is_over(&self) -> bool {
        self.over.is_some()
    }
}

/// A part of the key.
#[derive(Clone, Copy)]
pub(super) enum Key<'a> {
    /// A column of a source.
    Field(SourceId, FieldId),
    /// A value of the outer row: a column or a name.
    Outer(&'a hir::Expr),
}

impl Outer<'_> {
    fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.values.is_empty() && !self.computed
    }
}

/// What a nested pipeline uses of the outer row beside its link.
#[derive(Default)]
struct Outer<'a> {
    /// The written sources that it hangs on.
    sources: Vec<SourceId>,
    /// The columns and names themselves.
    values: Vec<&'a hir::Expr>,
    /// Whether one is a value that only the parent's query has.
    computed: bool,
}

impl<'a> Planner<'a> {
    /// How a nested relation's rows, read for all outer rows at once, hang on those; none where they cannot be: its clauses
    /// make rows where there are none, or it names values further out that the outer rows alone have. `over` is the
    /// pipeline of the outer rows, where it may be read again.
    pub(super) fn child_of(
        &mut self,
        block: BlockId,
        nest: &'a Nest,
        over: Option<&'a Pipeline>,
    ) -> Option<Child<'a>> {
        let mut child = Child {
            outer: Vec::new(),
            keys: Vec::new(),
            again: Vec::new(),
            over: None,
        };
        let from = nest.body.from?;
        let link = self.source(from).link.as_ref();
        let outer = self.outer(&nest.body, from);
        if link.is_none() && outer.is_empty() {
            // The same rows for each.
            return Some(child);
        }
        if self.is_one_for_each(&nest.body) {
            return None;
        }
        if self.is_missing_or_computed(&outer) {
            child.over = Some(over?);
            let left = link.map_or(&[][..], |link| &link.left);
            self.key_of_outer_values(block, &mut child, left, &outer);
            return Some(child);
        }
        // Several rows that are joined again hang together by the link alone.
        let linked = |source: &SourceId| {
            let mut left = link.iter().flat_map(|link| &link.left);
            left.any(|left| self.root_of(left) == Some(*source))
        };
        let alone = link.is_none() && outer.sources.len() == 1;
        if !alone && outer.sources.iter().any(|source| !linked(source)) {
            return None;
        }
        child.again = outer.sources;
        self.key_of_sources(block, &mut child, from, link);
        Some(child)
    }

    /// Whether the clauses give a row where there are none, or bring rows from elsewhere.
    pub(super) fn is_one_for_each(&self, body: &Pipeline) -> bool {
        let mut grouped = false;
        body.clauses.iter().any(|clause| match &clause.kind {
            hir::ClauseKind::SetOperation { .. } => true,
            hir::ClauseKind::GroupBy(keys) => {
                grouped = true;
                keys.is_empty()
            }
            hir::ClauseKind::Select(ids) => {
                !grouped
                    && ids
                        .iter()
                        .any(|id| scan::writes_aggregate(self.query, &self.named(*id).value))
            }
            _ => false,
        })
    }

    /// A statement of its own.
    pub(super) fn nested_rows(
        &mut self,
        block: BlockId,
        nest: &'a Nest,
        mut child: Child<'a>,
        statement: usize,
    ) -> Output {
        let outer = std::mem::take(&mut child.outer);
        let keys = outer.into_iter().zip(&child.keys);
        let parent_columns = keys
            .map(|(value, key)| self.add_item(block, value, self.key_name(*key)))
            .collect();
        let is_over = child.over.is_some();
        // The parent's names are lowered again inside, and still needed here.
        let named_in = is_over.then(|| self.named_in.clone());
        let parent = (statement, parent_columns);
        let (index, fields) = self.statement(&nest.body, Some((child, parent)));
        if let Some(named_in) = named_in {
            self.named_in = named_in;
        }
        if nest.list {
            Output::List {
                statement: index,
                fields,
            }
        } else {
            Output::One {
                statement: index,
                fields,
            }
        }
    }

    /// Whether joining the outer rows again would lose some, or could not give the values.
    fn is_missing_or_computed(&self, outer: &Outer<'a>) -> bool {
        outer.computed
            || outer.sources.iter().any(|source| {
                let has_key = self
                    .model_of(*source)
                    .is_some_and(|model| self.schema.primary_key(model).next().is_some());
                !has_key || self.source(*source).nullable
            })
    }

    fn key_of_sources(
        &mut self,
        block: BlockId,
        child: &mut Child<'a>,
        from: SourceId,
        link: Option<&'a hir::Link>,
    ) {
        let (left, right) = link.map_or_else(Default::default, |link| (&*link.left, &*link.right));
        // Where the outer row is joined again by its own key, the link says nothing more.
        let by_row = left.iter().all(|left| {
            self.root_of(left)
                .is_some_and(|root| child.again.contains(&root) && !self.links_by_key(from, root))
        });
        if !by_row {
            for (left, right) in left.iter().zip(right) {
                child.outer.push(self.expr(block, left));
                child.keys.push(Key::Field(from, *right));
            }
        }
        for source in &child.again {
            if self.links_by_key(from, *source) {
                continue;
            }
            let Some(model) = self.model_of(*source) else {
                continue;
            };
            for field in self.schema.primary_key(model) {
                child.outer.push(self.key_column(block, *source, field));
                child.keys.push(Key::Field(*source, field));
            }
        }
    }

    fn key_of_outer_values(
        &mut self,
        block: BlockId,
        child: &mut Child<'a>,
        left: &'a [hir::Expr],
        outer: &Outer<'a>,
    ) {
        for value in left.iter().chain(outer.values.iter().copied()) {
            let lowered = self.expr(block, value);
            if !child.outer.iter().any(|known| same(known, &lowered)) {
                child.outer.push(lowered);
                child.keys.push(Key::Outer(value));
            }
        }
    }

    fn key_name(&self, key: Key<'a>) -> &'a str {
        match key {
            Key::Field(_, field) => &self.schema.field(field).column,
            Key::Outer(value) => self.outer_name(value),
        }
    }

    fn outer_name(&self, value: &hir::Expr) -> &'a str {
        match value.kind {
            K::Column(_, field) => &self.schema.field(field).column,
            K::Named(name) => &self.named(name).name,
            _ => "outer",
        }
    }

    /// Whether the link's values are the outer row's own key, and so say which row it is.
    fn links_by_key(&self, from: SourceId, outer: SourceId) -> bool {
        let link = self.source(from).link.as_ref();
        let Some(model) = self.model_of(outer) else {
            return false;
        };
        let mut key = self.schema.primary_key(model).peekable();
        key.peek().is_some()
            && link.is_some_and(|link| {
                key.all(|field| {
                    link.left
                        .iter()
                        .any(|left| left.kind == K::Column(outer, field))
                })
            })
    }

    /// What a nested pipeline uses of the outer row beside its link.
    fn outer(&self, body: &'a Pipeline, from: SourceId) -> Outer<'a> {
        let own = scan::sources_within(self.query, body);
        let link = self.source(from).link.as_ref();
        let mut found = Outer::default();
        scan::walk_pipeline(self.query, body, &mut |expr| {
            let is_link =
                link.is_some_and(|link| link.left.iter().any(|left| std::ptr::eq(left, expr)));
            if !is_link {
                self.see_outer(expr, &own, true, &mut found);
            }
            !is_link
        });
        found
    }

    /// Adds what an expression uses of the outer row; `value` where it is itself such a use.
    fn see_outer(&self, expr: &'a hir::Expr, own: &[SourceId], value: bool, found: &mut Outer<'a>) {
        match &expr.kind {
            K::Column(source, _) | K::Output(source, _) => {
                let root = self.root(*source);
                if own.contains(&root) {
                    return;
                }
                if !found.sources.contains(&root) {
                    found.sources.push(root);
                }
                if !value {
                    return;
                }
                // A path's column is found again behind what the path hangs on.
                match &self.source(*source).link {
                    Some(link) if self.source(*source).role == Role::Implied => {
                        for left in &link.left {
                            self.see_outer(left, own, true, found);
                        }
                    }
                    _ => found.values.push(expr),
                }
            }
            K::Cast(of) | K::TryCast(of) if value => self.see_outer(of, own, value, found),
            K::Named(name) if self.named_in[name.0 as usize].is_some() => {
                if value {
                    found.values.push(expr);
                }
                let of = &self.named(*name).value;
                found.computed |= scan::has_aggregate(self.query, of)
                    || scan::has_window(self.query, of)
                    || scan::is_volatile(self.query, of);
                let mut own = own.to_vec();
                own.extend(scan::sources_in(self.query, of));
                scan::walk(self.query, of, &mut |part| {
                    self.see_outer(part, &own, false, found);
                    true
                });
            }
            _ => {}
        }
    }

    /// The written source that a path's source hangs on.
    fn root(&self, source: SourceId) -> SourceId {
        let mut at = source;
        for _ in 0..self.query.sources.len() {
            match &self.source(at).link {
                Some(link) if self.source(at).role == Role::Implied => at = link.parent,
                _ => break,
            }
        }
        at
    }

    /// Begins a nested statement: its rows are those of the parents that were found.
    pub(super) fn begin_child(&mut self, scope: usize, body: &'a Pipeline, child: Child<'a>) {
        let Some(from) = body.from else {
            return;
        };
        if let Some(over) = child.over {
            let link = self.source(from).link.as_ref();
            self.read_parent_again(scope, over, from, link);
            self.scopes[scope].keys = child.keys;
            return;
        }
        self.rows_of_all(scope, from, child);
        let block = self.scopes[scope].block;
        let keys = self.key_columns(scope, block);
        let span = self.source(from).span;
        if !keys.is_empty() {
            self.blocks[block].filter.push(Expr {
                kind: ExprKind::InParent(keys),
                ty: Type::Bool.required(),
                span,
            });
        }
        if let Some(link) = self.source(from).link.as_ref() {
            self.link_filter(block, from, link);
        }
    }

    /// Begins a pipeline of the rows of all outer rows, joined to those outer rows that it names.
    pub(super) fn rows_of_all(&mut self, scope: usize, from: SourceId, child: Child<'a>) {
        let link = self.source(from).link.as_ref();
        self.scopes[scope].keys = child.keys;
        let block = self.scopes[scope].block;
        for source in child.again {
            if self.model_of(source).is_none() {
                continue;
            }
            let (table, right) = self.reference(block, source);
            let own = self.blocks[block].joins.len() + 1;
            self.blocks[block].joins.push(Join {
                kind: JoinKind::Inner,
                table,
                right,
                inside: Vec::new(),
                on: Vec::new(),
                guard: None,
                implied: None,
                idle_uses: None,
            });
            let pairs = link.map_or_else(Vec::new, |link| {
                link.left.iter().zip(&link.right).collect::<Vec<_>>()
            });
            for (left, right) in pairs {
                if self.root_of(left) != Some(source) {
                    continue;
                }
                let left = self.expr(block, left);
                let right = self.own_column(block, from, *right);
                // What needs a path's join behind this one cannot stand in its ON.
                let at = &mut self.blocks[block];
                let later = at.joins.len() > own;
                match at.joins.last_mut() {
                    Some(join) if !later => join.on.push(equal(right, left)),
                    _ => at.filter.push(equal(right, left)),
                }
            }
        }
    }

    /// What a link says beside its pairs.
    pub(super) fn link_filter(&mut self, block: BlockId, from: SourceId, link: &'a hir::Link) {
        if let Some((field, model)) = link.content_type
            && let Some(table) = self.blocks[block].table(from)
        {
            let condition = self.content_type(block, from, table, field, model);
            self.blocks[block].filter.push(condition);
        }
        if let Some(condition) = &link.condition {
            self.filter(block, condition);
        }
    }

    fn root_of(&self, left: &hir::Expr) -> Option<SourceId> {
        match &left.kind {
            K::Column(source, _) => Some(self.root(*source)),
            _ => None,
        }
    }

    /// The rows of the parent's query as far as they are used, with what belongs to each.
    fn read_parent_again(
        &mut self,
        scope: usize,
        over: &'a Pipeline,
        from: SourceId,
        link: Option<&'a hir::Link>,
    ) {
        if let Some(source) = over.from {
            let block = self.scopes[scope].block;
            let (_, base) = self.reference(block, source);
            self.blocks[block].base = Some(base);
        }
        self.clauses(scope, over);
        // Parents that are alike in all that is used have the same rows: one of them is enough.
        let rows = self.wrap(scope);
        self.blocks[rows].distinct = true;
        for at in &mut self.blocks {
            at.of_parent |= at.scope == scope;
        }
        let block = self.wrap(scope);
        let at = &mut self.scopes[scope];
        at.order = None;
        at.output = None;
        at.grouped = false;
        let (table, right) = self.reference(block, from);
        let on = link.map_or_else(Vec::new, |link| {
            self.link_conditions(block, from, link, true)
        });
        self.blocks[block].joins.push(Join {
            kind: JoinKind::Inner,
            table,
            right,
            inside: Vec::new(),
            on,
            guard: None,
            implied: None,
            idle_uses: None,
        });
        if let Some(condition) = link.and_then(|link| link.condition.as_deref()) {
            self.filter(block, condition);
        }
    }

    /// The key of the rows of a nested statement.
    pub(super) fn key_columns(&mut self, scope: usize, block: BlockId) -> Vec<Expr> {
        (0..self.scopes[scope].keys.len())
            .map(|index| self.key(block, self.scopes[scope].keys[index]))
            .collect()
    }

    fn key(&mut self, block: BlockId, key: Key<'a>) -> Expr {
        match key {
            Key::Field(source, field) => self.own_column(block, source, field),
            Key::Outer(value) => self.expr(block, value),
        }
    }

    /// Where the key is in the rows of a nested statement, put there if it is not.
    pub(super) fn key_items(&mut self, scope: usize, hide: bool) -> Vec<usize> {
        let block = self.scopes[scope].block;
        let mut items = Vec::new();
        for index in 0..self.scopes[scope].keys.len() {
            let key = self.scopes[scope].keys[index];
            let request = match key {
                Key::Field(source, field) => {
                    Some(Request::Column(source, super::block::Place::Field(field)))
                }
                Key::Outer(value) => Request::of(value),
            };
            if let Some(item) = request.and_then(|request| self.blocks[block].exported(request)) {
                items.push(item);
                continue;
            }
            let value = self.key(block, key);
            let item = self.add_item(block, value, self.key_name(key));
            if let (true, Some(request)) = (hide, request) {
                self.blocks[block].exports.push((request, item));
                self.blocks[block].hidden += 1;
            }
            items.push(item);
        }
        items
    }
}
