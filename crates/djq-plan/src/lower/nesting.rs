//! Nested relations: an object out of the same row where the relation leads to one, else a statement
//! of its own.

use super::{
    Planner,
    block::{BlockId, Place},
};
use crate::{
    plan::{Expr, Nesting, Output},
    scan,
};
use djq_check::{
    Ty, Type,
    hir::{ClauseKind, Column, ColumnKind, Nest, Pipeline, SourceId, SourceKind},
};
use djq_schema::FieldId;

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
                ColumnKind::Nest(nest) => self.nest(block, &column.name, nest, statement),
            });
        }
        row
    }

    fn nest(&mut self, block: BlockId, name: &str, nest: &'a Nest, statement: usize) -> Output {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            match nest.body.from.filter(|_| self.is_object(block, nest)) {
                Some(source) => self.object(block, nest, source, statement),
                None if self.ways.nesting == Nesting::Json => self.json_rows(block, name, nest),
                None => {
                    let over = self.bodies.get(statement).copied().flatten();
                    match self.child_of(block, nest, over) {
                        Some(child) => self.nested_rows(block, nest, child, statement),
                        // What has no statement of its own is a column of its parent's.
                        None => self.json_rows(block, name, nest),
                    }
                }
            }
        })
    }

    /// Whether it is a row that is there already, or a relation to one and nothing more, so that a join gives it.
    pub(super) fn is_object(&self, block: BlockId, nest: &Nest) -> bool {
        let plain = nest.body.clauses.iter().all(|clause| match &clause.kind {
            ClauseKind::Let(ids) | ClauseKind::Select(ids) => {
                ids.iter().map(|id| &self.named(*id).value).all(|value| {
                    !scan::has_aggregate(self.query, value) && !scan::has_window(self.query, value)
                })
            }
            _ => false,
        });
        !nest.list
            && plain
            && nest.body.from.is_some_and(|from| {
                let link = self.source(from).link.as_ref();
                let there = || self.is_there(block, from);
                match self.model_of(from) {
                    Some(_) => link.is_some_and(|link| link.to_one) || there(),
                    None => link.is_none() && there(),
                }
            })
    }

    fn object(
        &mut self,
        block: BlockId,
        nest: &'a Nest,
        source: SourceId,
        statement: usize,
    ) -> Output {
        let present = self
            .object_present(block, nest, source)
            .map(|(value, name)| self.add_item(block, value, name));
        let fields = self.object_fields(block, &nest.body.columns, statement);
        Output::Object { present, fields }
    }

    /// Brings an object's row into the block. Gives a value that is null exactly if there is no row, and its name; none
    /// where there always is one.
    pub(super) fn object_present(
        &mut self,
        block: BlockId,
        nest: &'a Nest,
        source: SourceId,
    ) -> Option<(Expr, &'a str)> {
        let key = self.presence(source);
        let known = self.is_there(block, source);
        let nullable = if known {
            self.source(source).nullable || self.may_miss(block, source)
        } else {
            let table = self.attach(block, source);
            self.facts[table.0 as usize].nullable
        };
        for clause in &nest.body.clauses {
            if let ClauseKind::Let(ids) | ClauseKind::Select(ids) = &clause.kind {
                for id in ids {
                    self.named_in[id.0 as usize] = Some(block);
                }
            }
        }
        let key = key.filter(|_| nullable)?;
        Some(match key {
            Place::Field(field) => (
                self.own_column(block, source, field),
                &*self.schema.field(field).column,
            ),
            Place::Output(index) => {
                let (name, ty) = self.output_of(source, index)?;
                let span = self.source(source).span;
                (self.column(block, source, key, &ty, span), name)
            }
        })
    }

    /// A column of a source's row that is never null where there is a row.
    fn presence(&self, source: SourceId) -> Option<Place> {
        let Some(model) = self.model_of(source) else {
            let is_required = |index: &u32| {
                self.output_of(source, *index)
                    .is_some_and(|(_, ty)| !ty.nullable)
            };
            let columns = self.outputs_of(source);
            return (0..columns).find(is_required).map(Place::Output);
        };
        let link = self.source(source).link.as_ref();
        let key = self.schema.primary_key(model).next();
        key.or_else(|| link.and_then(|link| link.right.first().copied()))
            .map(Place::Field)
    }

    /// How many columns a CTE, derived table or rows of their own have.
    fn outputs_of(&self, source: SourceId) -> u32 {
        let count = match &self.source(source).kind {
            SourceKind::Model(_) | SourceKind::Tree(_) => 0,
            SourceKind::Cte(cte) => self.query.ctes[cte.0 as usize].body.columns.len(),
            SourceKind::Derived(body) => body.columns.len(),
            SourceKind::Rows(rows) => rows.columns.len(),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn output_of(&self, source: SourceId, index: u32) -> Option<(&'a str, Ty)> {
        let column = match &self.source(source).kind {
            SourceKind::Model(_) | SourceKind::Tree(_) => return None,
            SourceKind::Cte(cte) => {
                let body = &self.query.ctes[cte.0 as usize].body;
                body.columns.get(index as usize)?
            }
            SourceKind::Derived(body) => body.columns.get(index as usize)?,
            SourceKind::Rows(rows) => {
                let (name, ty) = rows.columns.get(index as usize)?;
                return Some((name, ty.clone()));
            }
        };
        match &column.kind {
            ColumnKind::Value(value) => Some((&column.name, value.ty.clone())),
            ColumnKind::Nest(_) => None,
        }
    }

    /// Whether the block has the source's row: a written source may be nested as it is.
    fn is_there(&self, block: BlockId, source: SourceId) -> bool {
        let place = match self.model_of(source) {
            Some(model) => self.schema.primary_key(model).next().map(Place::Field),
            None => Some(Place::Output(0)),
        };
        self.same_row(source).is_some()
            || place.is_some_and(|place| self.finds(block, source, place))
    }

    /// Whether an outer join may leave a source of this block without a row.
    fn may_miss(&self, block: BlockId, source: SourceId) -> bool {
        let source = self.same_row(source).unwrap_or(source);
        let table = self.blocks[block].table(source);
        table.is_some_and(|table| self.facts[table.0 as usize].nullable)
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
                ColumnKind::Nest(nest) => self.nest(block, &column.name, nest, statement),
            });
        }
        fields
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
    pub(super) fn own_column(&mut self, block: BlockId, source: SourceId, field: FieldId) -> Expr {
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
}
