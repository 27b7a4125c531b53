//! `returning …`: what is given of each written row.

use super::Parts;
use crate::{
    hir::{Pipeline, SourceId},
    scope::{Aggregates, OutputColumn, OutputKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, codes};
use djq_schema::ModelId;

impl<'a> Walker<'a> {
    /// The pipeline of `returning`, and its columns. The row goes by the name that it has in the query.
    pub(super) fn returning(
        &mut self,
        model: ModelId,
        target: Option<SourceId>,
        parts: Parts<'a>,
    ) -> (Option<Pipeline>, Vec<OutputColumn>) {
        let Some(items) = parts.returning else {
            return (None, Vec::new());
        };
        let span = parts.clause.span;
        let name = match target {
            Some(target) => self.source(target).name.clone(),
            None => self.schema.model(model).name.clone(),
        };
        self.open_scope(true);
        let row = self.row_source(model, &name, span);
        let scope = self.scope();
        scope.from = Some(row);
        scope.item = Some(row);
        scope.grain.start(row);
        self.allow(Aggregates::Refused("`returning`"));
        let mut output = Vec::with_capacity(items.len());
        for item in items {
            self.select_item(item, &mut output);
        }
        let nest = output
            .iter()
            .find(|column| matches!(column.kind, OutputKind::Nest(_)))
            .map(|column| column.span);
        if let Some(nest) = nest {
            self.report(
                Diagnostic::new(
                    &codes::RETURNING_ELSEWHERE,
                    nest,
                    "`returning` reads the written row alone",
                )
                .label("these are other rows"),
            );
        }
        self.scope().output = Some(output.clone());
        let body = self.close(Wanted::Named, span);
        if nest.is_none() {
            self.only_own(&body, &[row], "`returning`");
        }
        (Some(body), output)
    }
}
