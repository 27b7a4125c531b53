//! `from … update [all] { … }`.

use super::{Parts, Written, assignments::Verb};
use crate::{
    hir::{self, SourceId, Write, WriteKind},
    scope::{Aggregates, OutputColumn, OutputKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{FieldId, ModelId};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(super) fn update(
        &mut self,
        pipeline: &'a ast::Pipeline,
        parts: Parts<'a>,
        all: bool,
        assignments: &'a [ast::Assignment],
    ) -> Written {
        let span = parts.clause.span;
        let Some((target, model)) = self.target(parts, "update") else {
            return self.unwritten(span);
        };
        self.check_all(parts.clause, all, "update");
        self.check_repeated(target, parts.clause.keyword);
        self.allow(Aggregates::Refused("`update`"));
        let mut assigned = self.assignments(model, assignments, Verb::Update);
        if assigned.is_empty() && !self.broken {
            self.report(Diagnostic::new(
                &codes::MISSING_FIELD,
                span,
                "there is nothing to set",
            ));
        }
        let touched = self.touched(model, target, &assigned, span);
        assigned.extend(touched);
        let mut output = self.key_columns_of(target, model, span);
        let fields = self.value_columns(assigned, &mut output);
        self.commit(output, parts.clause.keyword, span);
        let body = self.close(Wanted::Named, pipeline.span);
        let at_most_one = body.at_most_one;
        let (returning, returned) = self.returning(model, Some(target), parts);
        Written {
            body,
            write: Some(Write {
                model,
                kind: WriteKind::Update(hir::Update { target, fields }),
                returning,
                span,
            }),
            at_most_one,
            returned,
        }
    }

    /// Whether joins give a row of the target several times, so that several values could be meant.
    fn check_repeated(&mut self, target: SourceId, keyword: Span) {
        let scope = self.scope();
        if scope.grain.unknown || scope.grain.finest().contains(&target) {
            return;
        }
        let join = scope
            .clauses
            .iter()
            .find(|clause| matches!(clause.kind, hir::ClauseKind::Join { .. }))
            .map(|clause| clause.span);
        let name = self.source(target).name.clone();
        let mut diagnostic = Diagnostic::new(
            &codes::REPEATED_TARGET,
            keyword,
            format!("a row of `{name}` may come several times, each time with another value"),
        );
        if let Some(join) = join {
            diagnostic = diagnostic.because(join, "this join repeats rows");
        }
        self.report(diagnostic.help(
            "set the field from an aggregate, `max(e.comments.created)`, or from one row, `(e.comments order by id limit 1).text`; keep rows with `where exists (…)`",
        ));
    }

    /// The primary key of the rows that are written, as the first columns of the output.
    pub(super) fn key_columns_of(
        &mut self,
        target: SourceId,
        model: ModelId,
        span: Span,
    ) -> Vec<OutputColumn> {
        let fields: Vec<FieldId> = self.schema.primary_key(model).collect();
        self.field_columns(target, &fields, span)
    }

    /// Fields of the rows that are written, as columns of the output.
    pub(super) fn field_columns(
        &mut self,
        target: SourceId,
        fields: &[FieldId],
        span: Span,
    ) -> Vec<OutputColumn> {
        let mut output = Vec::with_capacity(fields.len());
        for field in fields {
            let name = self.schema.field(*field).column.clone();
            let value = self.column(target, *field, span);
            let id = self.add_named(&name, value, span);
            output.push(OutputColumn {
                name,
                span,
                aliased: false,
                kind: OutputKind::Named(id),
            });
        }
        output
    }
}
