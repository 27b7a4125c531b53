//! Nested relations: an object out of the same row where the relation leads to one, else a statement
//! of its own, whose rows tell by their key which parent they belong to.

use super::{
    Order, Planner,
    block::{BlockId, Items, Join, Mode, Place},
    equal,
};
use crate::{
    plan::{Expr, ExprKind, OrderKey, Output},
    scan,
};
use djq_check::{
    Ty, Type,
    hir::{
        BinaryOperator, ClauseKind, Column, ColumnKind, JoinKind, Literal, Nest, Pipeline, Role,
        SourceId,
    },
};
use djq_diagnostics::Span;
use djq_schema::FieldId;

/// How a nested statement hangs on its parent.
pub(super) struct Child {
    /// The parent statement.
    statement: usize,
    /// The columns of its rows that hold the key.
    parent_columns: Vec<usize>,
    /// The same key in the child's rows.
    keys: Vec<(SourceId, FieldId)>,
    /// Outer sources whose columns the child uses: joined again, each by its own key.
    again: Vec<SourceId>,
}

impl<'a> Planner<'a> {
    /// Puts the output of a statement's pipeline into its block, and says what a row is made of.
    pub(super) fn outputs(
        &mut self,
        scope: usize,
        body: &'a Pipeline,
        statement: usize,
    ) -> Vec<Output> {
        self.select_columns(scope, &body.columns);
        let block = self.scopes[scope].block;
        let mut values = 0..;
        let mut row = Vec::with_capacity(body.columns.len());
        for column in &body.columns {
            row.push(match &column.kind {
                ColumnKind::Value(_) => Output::Value(values.next().unwrap_or(0)),
                ColumnKind::Nest(nest) => self.nest(block, nest, statement),
            });
        }
        row
    }

    fn nest(&mut self, block: BlockId, nest: &'a Nest, statement: usize) -> Output {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            match nest.body.from.filter(|_| self.is_object(nest)) {
                Some(source) => self.object(block, nest, source, statement),
                None => self.nested_rows(block, nest, statement),
            }
        })
    }

    /// Whether it is a relation to one and nothing more, so that a join gives it.
    fn is_object(&self, nest: &Nest) -> bool {
        let plain = nest.body.clauses.iter().all(|clause| match &clause.kind {
            ClauseKind::Let(ids) | ClauseKind::Select(ids) => ids
                .iter()
                .all(|id| !scan::has_aggregate(self.query, &self.named(*id).value)),
            _ => false,
        });
        !nest.list
            && plain
            && nest.body.from.is_some_and(|from| {
                let link = self.source(from).link.as_ref();
                self.model_of(from).is_some() && link.is_some_and(|link| link.to_one)
            })
    }

    fn object(
        &mut self,
        block: BlockId,
        nest: &'a Nest,
        source: SourceId,
        statement: usize,
    ) -> Output {
        let table = match self.blocks[block].table(source) {
            Some(table) => table,
            None => self.attach(block, source),
        };
        for clause in &nest.body.clauses {
            if let ClauseKind::Let(ids) | ClauseKind::Select(ids) = &clause.kind {
                for id in ids {
                    self.named_in[id.0 as usize] = Some(block);
                }
            }
        }
        let present = if self.facts[table.0 as usize].nullable {
            let key = self.model_of(source).and_then(|model| {
                let link = self.source(source).link.as_ref();
                let key = self.schema.primary_key(model).next();
                key.or_else(|| link.and_then(|link| link.right.first().copied()))
            });
            key.map(|key| {
                let value = self.own_column(block, source, key);
                self.add_item(block, value, &self.schema.field(key).column)
            })
        } else {
            None
        };
        let fields = self.object_fields(block, &nest.body.columns, statement);
        Output::Object { present, fields }
    }

    fn object_fields(
        &mut self,
        block: BlockId,
        columns: &'a [Column],
        statement: usize,
    ) -> Vec<Output> {
        let mut fields = Vec::with_capacity(columns.len());
        for column in columns {
            fields.push(match &column.kind {
                ColumnKind::Value(value) => {
                    let value = self.expr(block, value);
                    Output::Value(self.add_item(block, value, &column.name))
                }
                ColumnKind::Nest(nest) => self.nest(block, nest, statement),
            });
        }
        fields
    }

    /// A statement of its own.
    fn nested_rows(&mut self, block: BlockId, nest: &'a Nest, statement: usize) -> Output {
        let mut child = Child {
            statement,
            parent_columns: Vec::new(),
            keys: Vec::new(),
            again: Vec::new(),
        };
        if let Some(from) = nest.body.from
            && let Some(link) = &self.source(from).link
        {
            child.again = self.outer_sources(&nest.body, from);
            // Where the outer row is joined again by its own key, the link says nothing more.
            let by_row = link.left.iter().all(|left| {
                self.root_of(left).is_some_and(|root| {
                    child.again.contains(&root) && !self.links_by_key(from, root)
                })
            });
            if !by_row {
                for (left, right) in link.left.iter().zip(&link.right) {
                    let name = &self.schema.field(*right).column;
                    let value = self.expr(block, left);
                    child.parent_columns.push(self.add_item(block, value, name));
                    child.keys.push((from, *right));
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
                    let value = self.key_column(block, *source, field);
                    let name = &self.schema.field(field).column;
                    child.parent_columns.push(self.add_item(block, value, name));
                    child.keys.push((*source, field));
                }
            }
        }
        let (index, fields) = self.statement(&nest.body, Some(child));
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

    /// Whether the link's values are the outer row's own key, and so say which row it is.
    fn links_by_key(&self, from: SourceId, outer: SourceId) -> bool {
        use djq_check::hir::ExprKind as K;
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

    /// The sources outside a nested pipeline that it uses beside its link, without those that paths imply.
    fn outer_sources(&self, body: &'a Pipeline, from: SourceId) -> Vec<SourceId> {
        use djq_check::hir::ExprKind as K;
        let own = scan::sources_within(self.query, body);
        let link = self.source(from).link.as_ref();
        let mut found: Vec<SourceId> = Vec::new();
        let mut names = Vec::new();
        let mut see = |expr: &'a djq_check::hir::Expr| {
            if let Some(link) = link
                && link.left.iter().any(|left| std::ptr::eq(left, expr))
            {
                return false;
            }
            match &expr.kind {
                K::Column(source, _) | K::Output(source, _) => {
                    let source = self.root(*source);
                    if !own.contains(&source) && !found.contains(&source) {
                        found.push(source);
                    }
                }
                K::Named(name) if self.named_in[name.0 as usize].is_some() => names.push(*name),
                _ => {}
            }
            true
        };
        scan::walk_pipeline(self.query, body, &mut see);
        let mut index = 0;
        while let Some(name) = names.get(index).copied() {
            let value = &self.named(name).value;
            scan::walk(self.query, value, &mut |expr| {
                match &expr.kind {
                    K::Column(source, _) | K::Output(source, _) => {
                        let source = self.root(*source);
                        if !own.contains(&source) && !found.contains(&source) {
                            found.push(source);
                        }
                    }
                    K::Named(inner) if !names.contains(inner) => names.push(*inner),
                    _ => {}
                }
                true
            });
            index += 1;
        }
        found
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

    /// Begins a nested statement: its rows are those of the parents that were found. Gives the parent
    /// statement and its columns.
    pub(super) fn begin_child(
        &mut self,
        scope: usize,
        body: &'a Pipeline,
        child: Child,
    ) -> (usize, Vec<usize>) {
        let block = self.scopes[scope].block;
        self.scopes[scope].keys = child.keys;
        let Some(from) = body.from else {
            return (child.statement, child.parent_columns);
        };
        let link = self.source(from).link.as_ref();
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
        let keys = self.key_columns(scope, block);
        let span = self.source(from).span;
        if !keys.is_empty() {
            self.blocks[block].filter.push(Expr {
                kind: ExprKind::InParent(keys),
                ty: Type::Bool.required(),
                span,
            });
        }
        if let Some(link) = link {
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
        (child.statement, child.parent_columns)
    }

    fn root_of(&self, left: &djq_check::hir::Expr) -> Option<SourceId> {
        match &left.kind {
            djq_check::hir::ExprKind::Column(source, _) => Some(self.root(*source)),
            _ => None,
        }
    }

    fn key_columns(&mut self, scope: usize, block: BlockId) -> Vec<Expr> {
        (0..self.scopes[scope].keys.len())
            .map(|index| {
                let (source, field) = self.scopes[scope].keys[index];
                self.own_column(block, source, field)
            })
            .collect()
    }

    /// Where the key is in the rows of a nested statement, put there if it is not.
    pub(super) fn key_items(&mut self, scope: usize) -> Vec<usize> {
        let block = self.scopes[scope].block;
        let mut items = Vec::new();
        for index in 0..self.scopes[scope].keys.len() {
            let (source, field) = self.scopes[scope].keys[index];
            let request = super::block::Request::Column(source, Place::Field(field));
            if let Some(item) = self.blocks[block].exported(request) {
                items.push(item);
                continue;
            }
            let value = self.own_column(block, source, field);
            let name = &self.schema.field(field).column;
            items.push(self.add_item(block, value, name));
        }
        items
    }

    /// A field of a source's own row.
    pub(super) fn key_column(&mut self, block: BlockId, source: SourceId, field: FieldId) -> Expr {
        let of = self.schema.field(field);
        let ty = Ty {
            kind: Type::from(&of.ty),
            nullable: of.null,
        };
        let span = self.source(source).span;
        self.column(block, source, Place::Field(field), &ty, span)
    }

    /// As `key_column`, of the table itself where the block has it.
    fn own_column(&mut self, block: BlockId, source: SourceId, field: FieldId) -> Expr {
        match self.blocks[block].table(source) {
            Some(table) if !self.blocks[block].sealed => {
                let span = self.source(source).span;
                let column = self.field(table, field, span);
                self.group_bare(block, &column, Some(field));
                column
            }
            _ => self.key_column(block, source, field),
        }
    }

    /// The page of each parent: rows are numbered within their parent, and kept by number.
    pub(super) fn page_per_parent(
        &mut self,
        scope: usize,
        block: BlockId,
        limit: Option<&'a djq_check::hir::Expr>,
        offset: Option<&'a djq_check::hir::Expr>,
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
        let keep = |planner: &mut Self, operator, bound: Expr| {
            let position = planner.position(outer, block, item);
            let condition = binary(operator, position, bound, Type::Bool);
            planner.blocks[outer].filter.push(condition);
        };
        if let Some(limit) = limit {
            let last = match offset.clone() {
                Some(offset) => add(limit, offset),
                None => limit,
            };
            keep(self, BinaryOperator::LessEqual, last);
        }
        if let Some(offset) = offset {
            keep(self, BinaryOperator::Greater, offset);
        }
        self.scopes[scope].order = Some(Order::Position(block, item));
    }

    /// Orders equal rows by the key of what the relation leads to, so that a page is the same each time.
    fn break_ties(&mut self, scope: usize, block: BlockId, order_by: &mut Vec<OrderKey>) {
        let keys = &self.scopes[scope].keys;
        let Some((source, _)) = keys.first().copied() else {
            return;
        };
        let Some(model) = self.model_of(source) else {
            return;
        };
        for field in self.schema.primary_key(model) {
            let value = self.in_mode(block, Mode::Rows, |p| p.own_column(block, source, field));
            if !order_by
                .iter()
                .any(|key| crate::same::same(&key.value, &value))
            {
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
