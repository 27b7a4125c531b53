//! What a query writes: its parts are lowered as statements that read.

use super::Planner;
use crate::plan::{self, Query, Write, WriteKind};
use djq_check::hir;
use djq_schema::{FieldId, ModelId};

impl<'a> Planner<'a> {
    /// The write of a query.
    pub(super) fn write(&mut self, write: &'a hir::Write) -> Option<Write> {
        let target = self.target_of(write.model);
        let kind = match &write.kind {
            hir::WriteKind::Insert(insert) => WriteKind::Insert(self.insert(insert)?),
            hir::WriteKind::Update(update) => WriteKind::Update(plan::Update {
                rows: self.query_of(&self.query.body)?,
                columns: self.columns_of(&update.fields),
            }),
            hir::WriteKind::Delete(delete) => {
                let rows = self.query_of(&self.query.body)?;
                let cascade = match &delete.cascade {
                    Some(cascade) => {
                        Some(self.cascade(write.model, &delete.fields, cascade, write.span)?)
                    }
                    None => None,
                };
                WriteKind::Delete(plan::Delete { rows, cascade })
            }
        };
        let returning = match &write.returning {
            Some(returning) => Some(self.plain_rows(returning)?),
            None => None,
        };
        let mut all = Write {
            target,
            before: Vec::new(),
            kind,
            returning,
            span: write.span,
        };
        if let hir::WriteKind::Insert(insert) = &write.kind
            && !insert.parents.is_empty()
        {
            self.with_parents(&mut all, write.model, insert)?;
        }
        Some(all)
    }

    /// The table of a model whose rows are written.
    pub(super) fn target_of(&self, model: ModelId) -> plan::Target {
        let of = self.schema.model(model);
        plan::Target {
            model: of.label.clone(),
            schema: of.db_schema.clone(),
            table: of.table.clone(),
            automatic: of.primary_key.iter().any(|place| {
                let field = of.fields.get(*place as usize);
                field.is_some_and(|field| field.generated)
            }),
            key: self
                .schema
                .primary_key(model)
                .map(|field| self.schema.field(field).column.clone())
                .collect(),
        }
    }

    fn insert(&mut self, insert: &'a hir::Insert) -> Option<plan::Insert> {
        let mut rows = vec![self.query_of(&self.query.body)?];
        for row in &insert.more {
            rows.push(self.query_of(row)?);
        }
        let conflict = match &insert.conflict {
            Some(conflict) => Some(self.conflict(conflict)?),
            None => None,
        };
        Some(plan::Insert {
            columns: self.columns_of(&insert.fields),
            rows,
            literal: insert.literal,
            conflict,
        })
    }

    fn conflict(&mut self, conflict: &'a hir::Conflict) -> Option<plan::Conflict> {
        let update = match &conflict.update {
            Some(update) => Some(plan::ConflictUpdate {
                values: self.plain_rows(&update.body)?,
                columns: self.columns_of(&update.fields),
                conditional: update.conditional,
            }),
            None => None,
        };
        Some(plan::Conflict {
            columns: self.columns_of(&conflict.fields),
            others: conflict
                .others
                .iter()
                .map(|set| self.columns_of(set))
                .collect(),
            distinct: conflict.distinct,
            update,
            span: conflict.span,
        })
    }

    fn columns_of(&self, fields: &[FieldId]) -> Vec<Box<str>> {
        fields
            .iter()
            .map(|field| self.schema.field(*field).column.clone())
            .collect()
    }

    /// The query of a pipeline that stands for itself.
    fn query_of(&mut self, body: &'a hir::Pipeline) -> Option<Query> {
        self.guarded |= body.columns.iter().any(|column| match &column.kind {
            hir::ColumnKind::Value(value) => self.is_guarded_value(value),
            hir::ColumnKind::Nest(_) => false,
        });
        let (index, _) = self.statement(body, None);
        let statement = self.statements.get_mut(index)?.take()?;
        Some(statement.query)
    }

    fn is_guarded_value(&self, value: &hir::Expr) -> bool {
        match &value.kind {
            hir::ExprKind::Named(id) => self.is_guarded_value(&self.named(*id).value),
            hir::ExprKind::When(..) => true,
            _ => false,
        }
    }

    /// As `query_of`, of a pipeline whose tables must stay in sight: it is one SELECT however clauses are read.
    fn plain_rows(&mut self, body: &'a hir::Pipeline) -> Option<Query> {
        let merge = std::mem::replace(&mut self.merge, true);
        let rows = self.query_of(body);
        self.merge = merge;
        rows
    }
}
