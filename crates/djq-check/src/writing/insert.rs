//! `insert M { … }`, `insert M [ … ]`, `from … insert into M { … }`.

use super::{
    Parts, Written,
    assignments::{Assigned, Verb},
    defaults::Filled,
    inherited::Inherited,
};
use crate::{
    hir::{Expr, ExprKind, Insert, Literal, Pipeline, Write, WriteKind},
    members::field_type,
    scope::Aggregates,
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::{Default, FieldId, ModelId, ModelKind};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// An insert; the scope is that of the pipeline in front of it.
    pub(super) fn insert(
        &mut self,
        pipeline: &'a ast::Pipeline,
        parts: Parts<'a>,
        model: &'a ast::Path,
        into: bool,
        rows: &'a [Vec<ast::Assignment>],
    ) -> Written {
        let span = parts.clause.span;
        let path = model;
        let Some(model) = self.insert_model(path) else {
            return self.unwritten(span);
        };
        let has_source = self.scope().from.is_some();
        if has_source != into {
            self.report(if has_source {
                Diagnostic::new(
                    &codes::MISPLACED_WRITE,
                    parts.clause.keyword,
                    "rows of a pipeline are inserted `into` a model",
                )
                .fix(
                    Applicability::Likely,
                    "insert a row for each",
                    parts.clause.keyword.after(),
                    " into",
                )
            } else {
                Diagnostic::new(
                    &codes::MISPLACED_WRITE,
                    parts.clause.keyword,
                    "`insert into` makes a row for each row of a pipeline, and there is none",
                )
                .help("write `insert M { … }` for one row, `insert M [{ … }, …]` for several")
            });
            return self.unwritten(span);
        }
        let alone = !has_source
            && parts.conflict.is_none()
            && (rows.len() == 1 || parts.returning.is_none());
        let Some(inherited) = self.inherited(model, path.span, rows, alone) else {
            return self.unwritten(span);
        };
        let (insert, body, unique) = if has_source {
            self.allow(Aggregates::Total);
            let assigned = match rows.first() {
                Some(row) => self.assignments(model, row, Verb::Insert),
                None => Vec::new(),
            };
            let assigned = self.with_defaults(&[model], vec![assigned], span).pop();
            let mut output = Vec::new();
            let fields = self.value_columns(assigned.into_iter().flatten(), &mut output);
            self.commit(output, parts.clause.keyword, span);
            let mut unique = crate::cardinality::unique_columns(self);
            let body = self.close(Wanted::Named, pipeline.span);
            if body.at_most_one {
                unique.push(Vec::new());
            }
            (
                Insert {
                    fields,
                    literal: false,
                    more: Vec::new(),
                    conflict: None,
                    parents: Vec::new(),
                },
                body,
                unique,
            )
        } else {
            self.rows_written_out(inherited, rows, parts)
        };
        let mut insert = insert;
        if let Some(clause) = parts.conflict {
            insert.conflict = self.conflict(model, &insert, &unique, clause);
            self.broken |= insert.conflict.is_none();
        }
        let (returning, returned) = self.returning(model, None, parts);
        Written {
            body,
            write: Some(Write {
                model,
                kind: WriteKind::Insert(insert),
                returning,
                span,
            }),
            at_most_one: unique.iter().any(Vec::is_empty),
            returned,
        }
    }

    /// The model that rows are made of.
    fn insert_model(&mut self, path: &'a ast::Path) -> Option<ModelId> {
        let model = self.model_path(path)?;
        let concrete = self.schema.concrete(model);
        let of = self.schema.model(concrete);
        if of.kind == ModelKind::Unmanaged && of.primary_key.is_empty() {
            self.report(Diagnostic::new(
                &codes::NOT_A_TARGET,
                path.span,
                format!("`{}` has no primary key, so it may be a view", of.label),
            ));
            return None;
        }
        Some(concrete)
    }

    /// Rows written out, and which of their columns are unique together. The scope of the pipeline is the first one's.
    fn rows_written_out(
        &mut self,
        inherited: Inherited,
        rows: &'a [Vec<ast::Assignment>],
        parts: Parts<'a>,
    ) -> (Insert, Pipeline, Vec<Vec<u32>>) {
        let span = parts.clause.span;
        let Inherited { parents, model } = inherited;
        self.allow(Aggregates::Refused("`insert`"));
        let verb = if parents.is_empty() {
            Verb::Insert
        } else {
            Verb::InsertWhole
        };
        let assigned = rows
            .iter()
            .map(|row| self.assignments(model, row, verb))
            .collect();
        let models: Vec<ModelId> = parents.iter().copied().chain([model]).collect();
        let mut fields = Vec::new();
        let mut bodies = Vec::with_capacity(rows.len());
        for (place, row) in self
            .with_defaults(&models, assigned, span)
            .into_iter()
            .enumerate()
        {
            if place > 0 {
                self.open_scope(true);
            }
            let mut output = Vec::new();
            let of_row = self.value_columns(row, &mut output);
            if place == 0 {
                fields = of_row;
            }
            self.scope().output = Some(output);
            bodies.push(self.close(Wanted::Unnamed, span));
        }
        // A row that is alone is unlike all others, whatever it is made of.
        let unique = if bodies.len() == 1 {
            vec![Vec::new()]
        } else {
            Vec::new()
        };
        let mut bodies = bodies.into_iter();
        let body = match bodies.next() {
            Some(body) => body,
            None => {
                self.report(Diagnostic::new(
                    &codes::MISSING_FIELD,
                    span,
                    "there is no row to insert",
                ));
                self.close(Wanted::Nothing, span)
            }
        };
        let insert = Insert {
            fields,
            literal: true,
            more: bodies.collect(),
            conflict: None,
            parents,
        };
        (insert, body, unique)
    }

    /// Rows with the same fields in the same order: what one gives and another does not is filled in, as is what
    /// Django fills in.
    fn with_defaults(
        &mut self,
        models: &[ModelId],
        rows: Vec<Vec<Assigned>>,
        span: Span,
    ) -> Vec<Vec<Assigned>> {
        let fields: Vec<FieldId> = models
            .iter()
            .flat_map(|model| self.own_fields(*model))
            .filter(|field| models.len() == 1 || !self.is_parent_link(*field))
            .filter(|field| {
                rows.iter().flatten().any(|known| known.field == *field)
                    || !matches!(self.filled(*field, span), Filled::Nothing)
            })
            .collect();
        let mut all = Vec::with_capacity(rows.len());
        let mut said = self.broken;
        for mut row in rows {
            let mut complete = Vec::with_capacity(fields.len());
            let mut missing = Vec::new();
            for field in &fields {
                if let Some(place) = row.iter().position(|known| known.field == *field) {
                    complete.push(row.swap_remove(place));
                    continue;
                }
                match self.filled(*field, span) {
                    Filled::Value(value) => complete.push(Assigned {
                        field: *field,
                        value,
                    }),
                    Filled::Nothing => match self.schema.field(*field).default {
                        Some(Default::Database(_)) => missing.push((
                            *field,
                            Some("another row gives it, and its default is the database's".into()),
                        )),
                        _ => complete.push(Assigned {
                            field: *field,
                            value: Expr {
                                kind: ExprKind::Literal(Literal::Null),
                                ty: field_type(self.schema, *field).nullable(),
                                span,
                            },
                        }),
                    },
                    Filled::Missing(why) => missing.push((*field, why)),
                }
            }
            if !missing.is_empty() && !said {
                said = true;
                if let Some(model) = models.last() {
                    self.missing(*model, &missing, span);
                }
            }
            all.push(complete);
        }
        all
    }
}
