//! A SELECT in the making, and what passes from an inner one to the one around it.

use super::Planner;
use crate::{
    plan::{Body, Expr, ExprKind, From, Item, OrderKey, Select, TableId},
    same::same,
};
use djq_check::{
    Ty,
    hir::{self, Aggregate, JoinKind, Named, NamedId, SourceId},
};
use djq_diagnostics::Span;
use djq_schema::FieldId;

/// A place in [`Planner::blocks`].
pub(super) type BlockId = usize;

/// A SELECT in the making, or a set operation with what stands on top of it.
pub(super) struct Block<'a> {
    pub(super) scope: usize,
    /// The block that this one reads as a derived table.
    pub(super) inner: Option<(BlockId, TableId)>,
    /// The sources whose rows it has tables for.
    pub(super) sources: Vec<(SourceId, TableId)>,
    pub(super) base: Option<From>,
    pub(super) joins: Vec<Join>,
    /// The right side of the outer join being made: joins that hang on its tables belong inside.
    pub(super) unit: Option<Unit>,
    pub(super) filter: Vec<Expr>,
    pub(super) group_by: Vec<Expr>,
    /// See [`Select::keyed`].
    pub(super) keyed: Vec<TableId>,
    /// Where the keys' values are in `group_by`: the first, how many.
    pub(super) keys: Vec<(NamedId, usize, usize)>,
    /// Of the keys that are a source's row: the source, and the first place in `group_by`.
    pub(super) key_models: Vec<(SourceId, usize)>,
    /// The sets of places in `group_by`, where there is more than one.
    pub(super) sets: Option<Vec<Vec<usize>>>,
    pub(super) grouped: bool,
    pub(super) having: Vec<Expr>,
    pub(super) mode: Mode,
    pub(super) distinct: bool,
    pub(super) set: Option<Body>,
    /// Whether `items` are settled, by `distinct` or a set operation.
    pub(super) sealed: bool,
    pub(super) items: Vec<Item>,
    /// What `items` hold, as asked for.
    pub(super) exports: Vec<(Request<'a>, usize)>,
    /// How many of them are a nested statement's key, which no one selected.
    pub(super) hidden: usize,
    pub(super) order_by: Vec<OrderKey>,
    pub(super) limit: Option<Expr>,
    pub(super) offset: Option<Expr>,
    /// Whether it names a value that must be computed once for each row.
    pub(super) volatile: bool,
    /// Whether it names values at all.
    pub(super) names: bool,
    /// Whether it names a value with a window in it.
    pub(super) windowed: bool,
    /// Whether its rows are those of a nested statement's parent, read again.
    pub(super) of_parent: bool,
}

/// Which rows an expression sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Those that are joined and filtered.
    Rows,
    /// Groups: a bare column must be a key or follow from one.
    Groups,
    /// Groups, in HAVING, where MySQL wants every bare column to be a key.
    Having,
}

/// A join of a block.
pub(super) struct Join {
    pub(super) kind: JoinKind,
    pub(super) table: TableId,
    pub(super) right: From,
    /// Joins on the right side itself.
    pub(super) inside: Vec<Join>,
    pub(super) on: Vec<Expr>,
    /// When it is there; none where it always is.
    pub(super) guard: Option<hir::Guard>,
    /// Whether it is a path's, and not written.
    pub(super) implied: Option<SourceId>,
    /// A step that changes no rows, with how many of its own expressions name it: left out if no other does.
    pub(super) idle_uses: Option<usize>,
}

/// The right side of an outer join.
#[derive(Default)]
pub(super) struct Unit {
    pub(super) tables: Vec<TableId>,
    pub(super) joins: Vec<Join>,
}

/// Which of a block's items the keys of an order may name.
#[derive(Clone, Copy)]
pub(super) enum Items<'a> {
    /// None: the order is not the query's own.
    None,
    /// Those that hold these columns.
    Output(&'a [hir::Column]),
    /// Those exported, and what a key names is: it orders the rows around it too.
    Export,
}

/// A column of a source's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Field(FieldId),
    Output(u32),
}

/// What a block asks of the one inside it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Request<'a> {
    Column(SourceId, Place),
    Named(NamedId),
    Aggregate(&'a Aggregate),
    Grouping(&'a [NamedId]),
}

impl<'a> Request<'a> {
    pub(super) fn of(expr: &'a hir::Expr) -> Option<Self> {
        match &expr.kind {
            hir::ExprKind::Column(source, field) => {
                Some(Request::Column(*source, Place::Field(*field)))
            }
            hir::ExprKind::Output(source, index) => {
                Some(Request::Column(*source, Place::Output(*index)))
            }
            hir::ExprKind::Named(name) => Some(Request::Named(*name)),
            _ => None,
        }
    }

    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Request::Column(s, p), Request::Column(t, q)) => s == t && p == q,
            (Request::Named(n), Request::Named(m)) => n == m,
            (Request::Aggregate(a), Request::Aggregate(b)) => std::ptr::eq(a, b),
            (Request::Grouping(a), Request::Grouping(b)) => a == b,
            _ => false,
        }
    }
}

impl<'a> Block<'a> {
    pub(super) fn new(scope: usize) -> Self {
        Block {
            scope,
            inner: None,
            sources: Vec::new(),
            base: None,
            joins: Vec::new(),
            unit: None,
            filter: Vec::new(),
            group_by: Vec::new(),
            keyed: Vec::new(),
            keys: Vec::new(),
            key_models: Vec::new(),
            sets: None,
            grouped: false,
            having: Vec::new(),
            mode: Mode::Rows,
            distinct: false,
            set: None,
            sealed: false,
            items: Vec::new(),
            exports: Vec::new(),
            hidden: 0,
            order_by: Vec::new(),
            limit: None,
            offset: None,
            volatile: false,
            names: false,
            windowed: false,
            of_parent: false,
        }
    }

    pub(super) fn is_paged(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    /// Where a settled or exported value is.
    pub(super) fn exported(&self, request: Request<'_>) -> Option<usize> {
        self.exports
            .iter()
            .find(|(known, _)| known.is(request))
            .map(|(_, item)| *item)
    }

    pub(super) fn table(&self, source: SourceId) -> Option<TableId> {
        self.sources
            .iter()
            .find(|(known, _)| *known == source)
            .map(|(_, table)| *table)
    }

    /// The SELECT that it is by now, without what it reads.
    pub(super) fn take_select(&mut self) -> Select {
        Select {
            distinct: self.distinct,
            items: std::mem::take(&mut self.items),
            from: None,
            filter: std::mem::take(&mut self.filter),
            group_by: std::mem::take(&mut self.group_by),
            keyed: std::mem::take(&mut self.keyed),
            grouping_sets: self.sets.take(),
            grouped: self.grouped,
            having: std::mem::take(&mut self.having),
            scans: false,
        }
    }
}

impl<'a> Planner<'a> {
    /// Makes the current block a derived table, and begins a new one around it. The order still holds.
    pub(super) fn wrap(&mut self, scope: usize) -> BlockId {
        let inner = self.scopes[scope].block;
        if self.blocks[inner].is_paged() {
            self.order_of_page(scope, Items::Export);
        }
        let table = self.new_table(scope, "sub", Span::default());
        let block = self.blocks.len();
        let mut outer = Block::new(scope);
        outer.inner = Some((inner, table));
        self.blocks.push(outer);
        self.scopes[scope].block = block;
        block
    }

    /// Whether an expression in a block finds the column of a source there or further in, with no join to
    /// be made.
    pub(super) fn finds(&self, block: BlockId, source: SourceId, place: Place) -> bool {
        let at = &self.blocks[block];
        at.table(source).is_some()
            || at
                .inner
                .is_some_and(|(inner, _)| self.provides(inner, source, place))
    }

    /// Whether a block gives out the column of a source: its own, or one from further in.
    fn provides(&self, block: BlockId, source: SourceId, place: Place) -> bool {
        let mut at = Some(block);
        while let Some(block) = at {
            let block = &self.blocks[block];
            if block.sealed {
                return block.exported(Request::Column(source, place)).is_some();
            }
            if block.table(source).is_some() {
                return true;
            }
            at = block.inner.map(|(inner, _)| inner);
        }
        false
    }

    /// A value that only the inner block has, as a column of the derived table it is.
    pub(super) fn import(
        &mut self,
        block: BlockId,
        request: Request<'a>,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        let Some((inner, table)) = self.blocks[block].inner else {
            return null(ty, span);
        };
        let Some(item) = self.export(inner, request, ty, span) else {
            return null(ty, span);
        };
        self.item_column(block, inner, table, item, span)
    }

    /// A column of an inner block, seen from the block around it.
    pub(super) fn item_column(
        &mut self,
        block: BlockId,
        inner: BlockId,
        table: TableId,
        item: usize,
        span: Span,
    ) -> Expr {
        let facts = &mut self.facts[table.0 as usize];
        facts.uses += 1;
        let item = &self.blocks[inner].items[item];
        if let Some(guard) = item.value.guard() {
            self.guarded_columns
                .push((table, item.name.clone(), guard.clone()));
        }
        let mut ty = item.value.ty.clone();
        ty.nullable |= facts.nullable;
        let expr = Expr {
            kind: ExprKind::Column(table, item.name.clone()),
            ty,
            span,
        };
        self.group_bare(block, &expr, None);
        expr
    }

    /// Puts a value into a block's output, once; its place there.
    pub(super) fn export(
        &mut self,
        block: BlockId,
        request: Request<'a>,
        ty: &Ty,
        span: Span,
    ) -> Option<usize> {
        if let Some(item) = self.blocks[block].exported(request) {
            return Some(item);
        }
        if self.blocks[block].sealed {
            return None;
        }
        let mode = if self.blocks[block].grouped {
            Mode::Groups
        } else {
            Mode::Rows
        };
        let (value, name): (Expr, Box<str>) = match request {
            Request::Column(source, place) => {
                let value = self.in_mode(block, mode, |p| p.column(block, source, place, ty, span));
                let name = match (&value.unguarded().kind, place) {
                    (ExprKind::Column(_, name), _) => name.clone(),
                    (_, Place::Field(field)) => self.schema.field(field).column.clone(),
                    (_, Place::Output(_)) => "value".into(),
                };
                (value, name)
            }
            Request::Named(id) => {
                let Named { name, value, .. } = self.named(id);
                let value = self.in_mode(block, mode, |p| p.name(block, id, &value.ty, value.span));
                let name = match &value.kind {
                    ExprKind::Column(_, column) if name.is_empty() => column.clone(),
                    _ => name.clone(),
                };
                (value, name)
            }
            Request::Aggregate(aggregate) => {
                let value = self.aggregate(block, aggregate, ty, span);
                (value, "aggregate".into())
            }
            Request::Grouping(keys) => (self.grouping(block, keys, ty, span), "grouping".into()),
        };
        let item = self.add_item(block, value, &name);
        self.blocks[block].exports.push((request, item));
        Some(item)
    }

    /// A value's place in a block's output, where it is put if it is not there.
    pub(super) fn add_item(&mut self, block: BlockId, value: Expr, name: &str) -> usize {
        let value = if self.guarded {
            self.guarded_item(value)
        } else {
            value
        };
        let items = &self.blocks[block].items;
        if let Some(known) = items.iter().position(|item| same(&item.value, &value)) {
            return known;
        }
        let name = super::names::unique(name, |name| {
            items
                .iter()
                .any(|item| item.name.eq_ignore_ascii_case(name))
        });
        self.blocks[block].items.push(Item { value, name });
        self.blocks[block].items.len() - 1
    }

    /// Lowers in another mode of a block.
    pub(super) fn in_mode<T>(
        &mut self,
        block: BlockId,
        mode: Mode,
        lower: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = std::mem::replace(&mut self.blocks[block].mode, mode);
        let result = lower(self);
        self.blocks[block].mode = before;
        result
    }

    /// Makes a bare column of a grouped block a key, unless it follows from one.
    pub(super) fn group_bare(&mut self, block: BlockId, column: &Expr, field: Option<FieldId>) {
        let at = &self.blocks[block];
        if at.mode == Mode::Rows || at.group_by.is_empty() {
            return;
        }
        if at.group_by.iter().any(|key| same(key, column)) {
            return;
        }
        if let (Mode::Groups, None, Some(field), ExprKind::Column(table, _)) =
            (at.mode, &at.sets, field, &column.kind)
            && self.key_is_grouped(block, *table, field)
        {
            let keyed = &mut self.blocks[block].keyed;
            if !keyed.contains(table) {
                keyed.push(*table);
            }
            return;
        }
        self.blocks[block].group_by.push(column.clone());
        self.add_to_sets(block);
    }

    /// Whether the primary key of a field's table is among the grouping keys, so that every server knows
    /// that the field follows from them. A database view has no key that a server knows.
    fn key_is_grouped(&self, block: BlockId, table: TableId, field: FieldId) -> bool {
        use djq_schema::ModelKind;
        let model = self.schema.model(field.model);
        if !matches!(model.kind, ModelKind::Concrete | ModelKind::Auto) {
            return false;
        }
        let mut key = self.schema.primary_key(field.model).peekable();
        key.peek().is_some()
            && key.all(|part| {
                let column = &self.schema.field(part).column;
                self.blocks[block].group_by.iter().any(|expr| {
                    matches!(&expr.kind, ExprKind::Column(of, name) if *of == table && name == column)
                })
            })
    }
}

/// What stands where nothing can: the checker hands on no query that needs it.
pub(super) fn null(ty: &Ty, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Literal(hir::Literal::Null),
        ty: ty.clone().with_null(true),
        span,
    }
}
