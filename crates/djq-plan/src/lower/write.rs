//! What a query writes: its parts are lowered as statements that read.

use super::Planner;
use crate::{
    parts::{Part, of_expr},
    plan::{self, Body, Expr, ExprKind, From, Query, TableId, Write, WriteKind},
};
use djq_check::{
    Type,
    functions::FunctionId,
    hir::{self, Literal},
};
use djq_schema::{FieldId, ModelId};

impl<'a> Planner<'a> {
    /// The write of a query.
    pub(super) fn write(&mut self, write: &'a hir::Write) -> Option<Write> {
        let target = self.target_of(write.model);
        let kind = match &write.kind {
            hir::WriteKind::Insert(insert) => WriteKind::Insert(self.insert(insert)?),
            hir::WriteKind::Update(update) => {
                let mut rows = self.query_of(&self.query.body)?;
                let keys = target.key.len();
                self.limit(&mut rows, &self.query.body, keys, &update.fields);
                WriteKind::Update(plan::Update {
                    rows,
                    columns: self.columns_of(&update.fields),
                })
            }
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
        let mut rows = Vec::with_capacity(insert.more.len() + 1);
        for body in std::iter::once(&self.query.body).chain(&insert.more) {
            let mut row = self.query_of(body)?;
            self.limit(&mut row, body, 0, &insert.fields);
            rows.push(row);
        }
        let columns = self.columns_of(&insert.fields);
        let mut conflict = match &insert.conflict {
            Some(conflict) => Some(self.conflict(conflict)?),
            None => None,
        };
        if let Some(conflict) = &mut conflict
            && let Some(update) = &mut conflict.update
        {
            without_value(&mut update.values, &columns);
        }
        Some(plan::Insert {
            columns,
            rows,
            literal: insert.literal,
            conflict,
        })
    }

    fn conflict(&mut self, conflict: &'a hir::Conflict) -> Option<plan::Conflict> {
        let update = match &conflict.update {
            Some(update) => {
                let mut values = self.plain_rows(&update.body)?;
                self.limit(&mut values, &update.body, 0, &update.fields);
                Some(plan::ConflictUpdate {
                    values,
                    columns: self.columns_of(&update.fields),
                    conditional: update.conditional,
                })
            }
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
            apart: None,
        })
    }

    /// Texts that may be longer than the fields take which they are for: the values behind the first `skip`.
    fn limit(&self, rows: &mut Query, body: &hir::Pipeline, skip: usize, fields: &[FieldId]) {
        let united = matches!(rows.body, Body::SetOperation { .. });
        for (place, field) in (skip..).zip(fields) {
            let of = self.schema.field(*field);
            let Some(characters) = of.max_length else {
                continue;
            };
            let value = body.columns.get(place).map(|column| &column.kind);
            let fits = match value {
                Some(hir::ColumnKind::Value(value)) => self.is_at_most(value, characters),
                _ => false,
            };
            if united || !fits {
                let field = format!("{}.{}", self.schema.model(field.model).label, of.name).into();
                limit_item(rows, place, &plan::Limit { field, characters });
            }
        }
    }

    /// Whether a value is no text of more characters: a literal has been looked at, and a column of no more holds no more.
    fn is_at_most(&self, value: &hir::Expr, characters: u32) -> bool {
        match &value.kind {
            hir::ExprKind::Named(id) => self.is_at_most(&self.named(*id).value, characters),
            hir::ExprKind::When(_, value) => self.is_at_most(value, characters),
            hir::ExprKind::Literal(_) => true,
            hir::ExprKind::Column(_, field) => {
                let own = self.schema.field(*field).max_length;
                own.is_some_and(|own| own <= characters)
            }
            hir::ExprKind::Call(function @ (FunctionId::Left | FunctionId::Substr), operands) => {
                let place = if *function == FunctionId::Left { 1 } else { 2 };
                match operands.get(place).map(|count| &count.kind) {
                    Some(hir::ExprKind::Literal(hir::Literal::Int(count))) => {
                        (0..=i64::from(characters)).contains(count)
                    }
                    _ => false,
                }
            }
            _ => *value.ty.kind.base() != Type::Text,
        }
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

/// Puts a limit on one item of each SELECT of a query.
fn limit_item(rows: &mut Query, place: usize, limit: &plan::Limit) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut rows.body {
        Body::Select(select) => {
            if let Some(item) = select.items.get_mut(place) {
                limit_value(&mut item.value, limit);
            }
        }
        Body::SetOperation { left, right, .. } => {
            limit_item(left, place, limit);
            limit_item(right, place, limit);
        }
        Body::Values(_) => {}
    });
}

fn limit_value(value: &mut Expr, limit: &plan::Limit) {
    match &mut value.kind {
        ExprKind::When(_, value) => limit_value(value, limit),
        ExprKind::Literal(_) => {}
        _ => {
            let (ty, span) = (value.ty.clone(), value.span);
            let within = Expr {
                kind: ExprKind::Literal(hir::Literal::Null),
                ty,
                span,
            };
            let of = std::mem::replace(value, within);
            value.kind = ExprKind::Within(Box::new(of), Box::new(limit.clone()));
        }
    }
}

/// The columns of the new row that it is given no value for are null.
fn without_value(values: &mut Query, given: &[Box<str>]) {
    let Body::Select(select) = &mut values.body else {
        return;
    };
    let Some(From::Join { right, .. }) = &select.from else {
        return;
    };
    let From::Table { id: new, .. } = **right else {
        return;
    };
    for item in &mut select.items {
        null_without_value(&mut item.value, new, given);
    }
}

fn null_without_value(expr: &mut Expr, new: TableId, given: &[Box<str>]) {
    if let ExprKind::Column(table, column) = &expr.kind
        && *table == new
        && !given.contains(column)
    {
        expr.kind = ExprKind::Literal(Literal::Null);
        return;
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        of_expr(expr, &mut |part| {
            if let Part::Expr(part) = part {
                null_without_value(part, new, given);
            }
        });
    });
}
