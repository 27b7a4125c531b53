//! Expressions, in the block where they stand.

use super::{
    Planner, Purpose,
    block::{BlockId, Items, Mode, Place, Request, null},
    equal, one, place_bit,
    windows::{has_window, has_window_or_aggregate},
};
use crate::{
    plan::{self, Body, Expr, ExprKind, Item, Query},
    same::same,
};
use djq_check::{
    Ty, Type,
    hir::{self, BinaryOperator, Literal, NamedId, Pipeline, Role, SourceId, SourceKind},
};
use djq_diagnostics::Span;

impl<'a> Planner<'a> {
    /// Lowers an expression in a block.
    pub(super) fn expr(&mut self, block: BlockId, expr: &'a hir::Expr) -> Expr {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.lower(block, expr))
    }

    fn boxed(&mut self, block: BlockId, expr: &'a hir::Expr) -> Box<Expr> {
        Box::new(self.expr(block, expr))
    }

    fn list(&mut self, block: BlockId, list: &'a [hir::Expr]) -> Vec<Expr> {
        list.iter().map(|item| self.expr(block, item)).collect()
    }

    fn lower(&mut self, block: BlockId, expr: &'a hir::Expr) -> Expr {
        use hir::ExprKind as K;
        let kind = match &expr.kind {
            K::Column(source, field) => {
                return self.column(block, *source, Place::Field(*field), &expr.ty, expr.span);
            }
            K::Output(source, index) => {
                return self.column(block, *source, Place::Output(*index), &expr.ty, expr.span);
            }
            K::Named(id) => return self.name(block, *id, &expr.ty, expr.span),
            K::Aggregate(aggregate) => {
                return self.aggregate(block, aggregate, &expr.ty, expr.span);
            }
            K::Window(window) => return self.window(block, window, &expr.ty, expr.span),
            K::Grouping(keys) => return self.grouping(block, keys, &expr.ty, expr.span),
            K::InPipeline { value, body, known } => {
                return self.in_pipeline(block, value, body, *known, expr);
            }
            K::Exists(body) => ExprKind::Exists(Box::new(
                self.pipeline(body, Some(block), Purpose::Exists).1,
            )),
            K::Scalar(body) => {
                ExprKind::Scalar(Box::new(self.pipeline(body, Some(block), Purpose::Rows).1))
            }
            K::Literal(literal) => ExprKind::Literal(literal.clone()),
            K::Param(id) => ExprKind::Param(*id),
            K::Unary(operator, of) => ExprKind::Unary(*operator, self.boxed(block, of)),
            K::Binary(operator, left, right) => {
                ExprKind::Binary(*operator, self.boxed(block, left), self.boxed(block, right))
            }
            K::IsNull(of) => {
                let of = self.expr(block, of);
                match of.kind {
                    ExprKind::Row(parts) => any_null(parts),
                    _ => ExprKind::IsNull(Box::new(of)),
                }
            }
            K::IsBool(of, value) => ExprKind::IsBool(self.boxed(block, of), *value),
            K::Lookup {
                lookup,
                value,
                pattern,
            } => ExprKind::Lookup {
                lookup: *lookup,
                value: self.boxed(block, value),
                pattern: self.boxed(block, pattern),
            },
            K::InList(value, list) => {
                ExprKind::InList(self.boxed(block, value), self.list(block, list))
            }
            K::InParam(value, id) => ExprKind::InParam(self.boxed(block, value), *id),
            K::Case {
                branches,
                otherwise,
            } => ExprKind::Case {
                branches: branches
                    .iter()
                    .map(|(condition, value)| {
                        (self.expr(block, condition), self.expr(block, value))
                    })
                    .collect(),
                otherwise: otherwise.as_ref().map(|value| self.boxed(block, value)),
            },
            K::Call(function, arguments) => ExprKind::Call(*function, self.list(block, arguments)),
            K::Cast(of) => ExprKind::Cast(self.boxed(block, of)),
            K::TryCast(of) => ExprKind::TryCast(self.boxed(block, of)),
            K::Row(list) => ExprKind::Row(self.list(block, list)),
            K::Sql(texts, list) => ExprKind::Sql(texts.clone(), self.list(block, list)),
            K::ContentType(model) => {
                let model = self.schema.model(*model);
                ExprKind::ContentType(model.app.clone(), model.name.to_lowercase().into())
            }
            K::When(guard, of) => ExprKind::When(guard.clone(), self.boxed(block, of)),
        };
        Expr {
            kind,
            ty: self.ty(&expr.ty),
            span: expr.span,
        }
    }

    /// A column of a source: of a table here, exported from inside, joined for it, or of an outer query.
    pub(super) fn column(
        &mut self,
        block: BlockId,
        source: SourceId,
        place: Place,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        let outer = self.naming;
        self.naming = outer.or(Some(source));
        let column = self.find_column(block, source, place, ty, span);
        self.naming = outer;
        column
    }

    fn find_column(
        &mut self,
        block: BlockId,
        source: SourceId,
        place: Place,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        if let Some(table) = self.blocks[block].table(source) {
            if self.is_step(block, source, table)
                && let Some(key) = self.key_without_join(block, source, place)
            {
                return key;
            }
            return self.table_column(block, table, source, place, ty, span);
        }
        if self.finds(block, source, place) {
            return self.import(block, Request::Column(source, place), ty, span);
        }
        if let Some(row) = self.same_row(source) {
            return self.column(block, row, place, ty, span);
        }
        if self.source(source).role == Role::Implied && self.hangs_here(block, source) {
            if let Some(key) = self.key_without_join(block, source, place) {
                return key;
            }
            let table = self.attach(block, source);
            return self.table_column(block, table, source, place, ty, span);
        }
        let scope = self.blocks[block].scope;
        let Some(parent) = self.scopes[scope].parent else {
            return null(&self.ty(ty), span);
        };
        if !self.scopes[scope].lateral {
            self.scopes[scope].lateral = self.finds(parent, source, place)
                || self.source(source).role == Role::Implied && self.hangs_here(parent, source);
        }
        self.column(parent, source, place, ty, span)
    }

    fn table_column(
        &mut self,
        block: BlockId,
        table: plan::TableId,
        source: SourceId,
        place: Place,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        let (column, field) = match place {
            Place::Field(field) => (self.schema.field(field).column.clone(), Some(field)),
            Place::Output(index) => (self.output_name(source, index), None),
        };
        let facts = &mut self.facts[table.0 as usize];
        facts.uses += 1;
        let nullable = facts.nullable;
        if let Place::Output(index) = place {
            facts.outputs |= place_bit(index);
            if let SourceKind::Cte(cte) = self.query.sources[source.0 as usize].kind {
                self.cte_outputs[cte.0 as usize] |= place_bit(index);
            }
        }
        let mut ty = self.ty(ty);
        ty.nullable |= nullable;
        let expr = Expr {
            kind: ExprKind::Column(table, column),
            ty,
            span,
        };
        self.group_bare(block, &expr, field);
        expr
    }

    /// The name of a CTE's or derived table's column.
    fn output_name(&self, source: SourceId, index: u32) -> Box<str> {
        let body = match &self.source(source).kind {
            SourceKind::Cte(id) => &self.query.ctes[id.0 as usize].body,
            SourceKind::Derived(body) => body,
            SourceKind::Rows(rows) => {
                let column = rows.columns.get(index as usize);
                return column.map_or_else(|| "value".into(), |(name, _)| name.clone());
            }
            SourceKind::Tree(_) => return super::trees::column_name(index),
            SourceKind::Model(_) => return "value".into(),
        };
        body.columns
            .get(index as usize)
            .map_or_else(|| "value".into(), |column| column.name.clone())
    }

    /// A named value: written out where it was named in this very block, else taken from where it was.
    pub(super) fn name(&mut self, block: BlockId, id: NamedId, ty: &Ty, span: Span) -> Expr {
        let named = self.named(id);
        let scope = self.blocks[block].scope;
        let Some(home) = self.named_in[id.0 as usize] else {
            return self.expr(block, &named.value);
        };
        if home == block {
            let at = &self.blocks[block];
            if at.mode != Mode::Rows
                && let Some((_, first, count)) = at.keys.iter().find(|(key, ..)| *key == id)
            {
                let parts = &at.group_by[*first..first + count];
                return match parts {
                    [part] => {
                        // Null in groups of a set that lacks it.
                        let mut part = part.clone();
                        part.ty.nullable |= ty.nullable;
                        part
                    }
                    _ => Expr {
                        kind: ExprKind::Row(parts.to_vec()),
                        ty: self.ty(ty),
                        span,
                    },
                };
            }
            return self.expr(block, &named.value);
        }
        if self.blocks[home].scope == scope {
            // No column holds a key of several: its parts are what comes from inside.
            if self.is_row(&named.value) {
                return self.expr(block, &named.value);
            }
            return self.import(block, Request::Named(id), &self.ty(ty), span);
        }
        match self.scopes[scope].parent {
            Some(parent) => {
                // Whether its value makes this one lateral shows when its columns are looked up.
                if self.blocks[home].scope == self.blocks[parent].scope {
                    self.scopes[scope].lateral = true;
                }
                self.name(parent, id, ty, span)
            }
            None => self.expr(block, &named.value),
        }
    }

    /// Whether a value is a row of several, by other names too.
    fn is_row(&self, value: &'a hir::Expr) -> bool {
        let mut at = value;
        while let hir::ExprKind::Named(id) = at.kind {
            at = &self.named(id).value;
        }
        matches!(at.kind, hir::ExprKind::Row(_))
    }

    /// Whether a block, or one that it reads, groups its rows.
    pub(super) fn has_groups(&self, block: BlockId) -> bool {
        let mut at = Some(block);
        while let Some(block) = at {
            if self.blocks[block].grouped {
                return true;
            }
            at = self.blocks[block].inner.map(|(inner, _)| inner);
        }
        false
    }

    /// An aggregate: of this block's groups, or of those of the block inside.
    pub(super) fn aggregate(
        &mut self,
        block: BlockId,
        aggregate: &'a hir::Aggregate,
        ty: &Ty,
        span: Span,
    ) -> Expr {
        if !self.blocks[block].grouped {
            if self.has_groups(block) {
                return self.import(block, Request::Aggregate(aggregate), &self.ty(ty), span);
            }
            let scope = self.blocks[block].scope;
            if let Some(parent) = self.scopes[scope].parent
                && self.has_groups(parent)
            {
                return self.aggregate(parent, aggregate, ty, span);
            }
        }
        let uses = self.uses(block);
        let mut value = self.in_mode(block, Mode::Rows, |p| plan::Aggregate {
            function: aggregate.function,
            distinct: aggregate.distinct,
            arguments: columns(p.list(block, &aggregate.arguments)),
            condition: aggregate.condition.as_ref().map(|of| p.expr(block, of)),
            order_by: p.order_keys(block, &aggregate.order_by, Items::None),
        });
        super::inside::only_value(&mut value);
        self.keep_inside(block, uses, &mut value);
        Expr {
            kind: ExprKind::Aggregate(Box::new(value)),
            ty: self.ty(ty),
            span,
        }
    }

    /// `x in (…)`. One that is never null is `exists` where it can be: it reads better and is exact.
    fn in_pipeline(
        &mut self,
        block: BlockId,
        value: &'a hir::Expr,
        body: &'a Pipeline,
        known: bool,
        expr: &hir::Expr,
    ) -> Expr {
        let value = self.expr(block, value);
        let (_, mut query) = self.pipeline(body, Some(block), Purpose::Rows);
        spread_key(&mut query);
        let known = known && expr_is_nullable(&value, &query);
        let ty = self.ty(&expr.ty);
        let can_move = known && self.merge && !has_window_or_aggregate(&value);
        let kind = if let (true, Some(select)) = (can_move, plain_select(&mut query)) {
            let items = std::mem::replace(
                &mut select.items,
                vec![Item {
                    value: one(),
                    name: "one".into(),
                }],
            );
            let values = match value.kind {
                ExprKind::Row(parts) => parts,
                _ => vec![value],
            };
            let pairs = items.into_iter().zip(values);
            select
                .filter
                .extend(pairs.map(|(item, value)| equal(item.value, value)));
            ExprKind::Exists(Box::new(query))
        } else {
            ExprKind::InQuery {
                value: Box::new(value),
                query: Box::new(query),
                known,
            }
        };
        Expr {
            kind,
            ty,
            span: expr.span,
        }
    }

    /// Lowers keys of an order; constants order nothing, and a number would mean a column to the server.
    pub(super) fn order_keys(
        &mut self,
        block: BlockId,
        keys: &'a [hir::OrderKey],
        items: Items<'a>,
    ) -> Vec<plan::OrderKey> {
        let mut lowered: Vec<plan::OrderKey> = Vec::with_capacity(keys.len());
        for key in keys {
            let mut push = |value: Expr| {
                if !lowered.iter().any(|other| same(&other.value, &value)) {
                    lowered.push(plan::OrderKey {
                        value,
                        descending: key.descending,
                        nulls_first: key.nulls_first,
                    });
                }
            };
            if let Some(item) = self.order_item(block, &key.value, items) {
                push(item);
                continue;
            }
            let value = self.expr(block, &key.value);
            match value.kind {
                ExprKind::Row(parts) => parts.into_iter().for_each(push),
                ExprKind::Literal(_) | ExprKind::Param(_) => {}
                ExprKind::Column(..) => push(value),
                _ => {
                    let known = &self.blocks[block].items;
                    let item = match items {
                        Items::None => None,
                        Items::Output(_) | Items::Export => {
                            known.iter().position(|item| same(&item.value, &value))
                        }
                    };
                    push(match item {
                        Some(item) => self.item(block, item, key.value.span),
                        None => value,
                    });
                }
            }
        }
        lowered
    }

    /// The output's item that an order's key names. A plain column stays one, which reads as well.
    fn order_item(&mut self, block: BlockId, key: &'a hir::Expr, items: Items<'a>) -> Option<Expr> {
        let request = Request::of(key)?;
        if self.blocks[block].sealed {
            let item = self.blocks[block].exported(request)?;
            return Some(self.item(block, item, key.span));
        }
        let hir::ExprKind::Named(_) = key.kind else {
            return None;
        };
        let item = match items {
            Items::None => return None,
            Items::Export => self.export(block, request, &key.ty, key.span)?,
            Items::Output(columns) => {
                let values = columns.iter().filter_map(|column| match &column.kind {
                    hir::ColumnKind::Value(value) => Some(value),
                    hir::ColumnKind::Nest(_) => None,
                });
                values
                    .enumerate()
                    .find(|(_, value)| value.kind == key.kind)?
                    .0
            }
        };
        match self.blocks[block].items.get(item)?.value.kind {
            // Over several sets of keys, which may become a union.
            _ if self.blocks[block].sets.is_some() => Some(self.item(block, item, key.span)),
            ExprKind::Column(..) | ExprKind::Literal(_) | ExprKind::Param(_) => None,
            _ => Some(self.item(block, item, key.span)),
        }
    }

    fn item(&self, block: BlockId, item: usize, span: Span) -> Expr {
        let ty = self.blocks[block].items.get(item);
        Expr {
            kind: ExprKind::Item(item),
            ty: ty.map_or(Type::Null.nullable(), |item| item.value.ty.clone()),
            span,
        }
    }

    /// Whether an expression's outermost conjuncts are all true of every row.
    pub(super) fn is_always_true(expr: &hir::Expr) -> bool {
        matches!(expr.kind, hir::ExprKind::Literal(Literal::Bool(true)))
    }
}

/// The parts of a condition that must all be true, in order, without what is always true.
pub(super) fn conjuncts<'a>(condition: &'a hir::Expr, into: &mut Vec<&'a hir::Expr>) {
    let mut rest = vec![condition];
    while let Some(part) = rest.pop() {
        match &part.kind {
            hir::ExprKind::Binary(BinaryOperator::And, left, right) => {
                rest.push(right);
                rest.push(left);
            }
            _ if Planner::is_always_true(part) => {}
            _ => into.push(part),
        }
    }
}

/// Whether SQL's `in` could be null.
fn expr_is_nullable(value: &Expr, query: &Query) -> bool {
    fn any_null(expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Row(parts) => parts.iter().any(any_null),
            _ => expr.ty.nullable,
        }
    }
    any_null(value)
        || match &query.body {
            Body::Select(select) => select.items.iter().any(|item| any_null(&item.value)),
            Body::SetOperation { .. } | Body::Values(_) => true,
        }
}

/// A query that stays the same rows with one more filter.
fn plain_select(query: &mut Query) -> Option<&mut plan::Select> {
    if query.limit.is_some() || query.offset.is_some() {
        return None;
    }
    match &mut query.body {
        Body::Select(select) if !select.grouped && !select.distinct => {
            let plain = !select.items.iter().any(|item| has_window(&item.value));
            plain.then_some(select)
        }
        _ => None,
    }
}

/// The arguments of an aggregate: a key of several columns is counted by them.
fn columns(arguments: Vec<Expr>) -> Vec<Expr> {
    let is_row = |argument: &Expr| matches!(argument.kind, ExprKind::Row(_));
    if !arguments.iter().any(is_row) {
        return arguments;
    }
    let parts = arguments
        .into_iter()
        .flat_map(|argument| match argument.kind {
            ExprKind::Row(parts) => parts,
            _ => vec![argument],
        });
    parts.collect()
}

/// A key of several columns as the columns that it is.
fn spread_key(query: &mut Query) {
    if let Body::Select(select) = &mut query.body
        && let [
            Item {
                value:
                    Expr {
                        kind: ExprKind::Row(parts),
                        ..
                    },
                name,
            },
        ] = select.items.as_mut_slice()
    {
        let parts = std::mem::take(parts).into_iter().enumerate();
        select.items = parts
            .map(|(place, value)| Item {
                value,
                name: format!("{name}_{}", place + 1).into(),
            })
            .collect();
    }
}

/// Whether a key of several columns is null: as Django has it, where any of them is.
fn any_null(mut parts: Vec<Expr>) -> ExprKind {
    if parts.iter().any(|part| part.ty.nullable) {
        parts.retain(|part| part.ty.nullable);
    } else {
        parts.truncate(1);
    }
    let is_null = |of: Expr| Expr {
        ty: Type::Bool.required(),
        span: of.span,
        kind: ExprKind::IsNull(Box::new(of)),
    };
    let either = |left: Expr, right: Expr| Expr {
        ty: Type::Bool.required(),
        span: left.span,
        kind: ExprKind::Binary(BinaryOperator::Or, Box::new(left), Box::new(right)),
    };
    parts
        .into_iter()
        .map(is_null)
        .reduce(either)
        .map_or(ExprKind::Literal(Literal::Bool(false)), |all| all.kind)
}
