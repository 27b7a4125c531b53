//! `from … delete [all] [restrict | cascade]`.

use super::{Parts, Written};
use crate::{
    hir::{self, Write, WriteKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::{ModelId, RelationKind};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(super) fn delete(
        &mut self,
        pipeline: &'a ast::Pipeline,
        parts: Parts<'a>,
        all: bool,
        mode: Option<&'a ast::Name>,
    ) -> Written {
        let span = parts.clause.span;
        let Some((target, model)) = self.target(parts, "delete") else {
            return self.unwritten(span);
        };
        self.check_all(parts.clause, all, "delete");
        let mode = mode.map(|mode| &*mode.text);
        if mode == Some("cascade") {
            self.not_yet(parts.clause.keyword, "`delete cascade`");
        }
        if mode.is_none() {
            self.check_references(model, parts.clause.keyword, all, span);
        }
        let output = self.key_columns_of(target, model, span);
        self.commit(output, parts.clause.keyword, span);
        let body = self.close(Wanted::Named, pipeline.span);
        let at_most_one = body.at_most_one;
        let (returning, returned) = self.returning(model, Some(target), parts);
        Written {
            body,
            write: Some(Write {
                model,
                kind: WriteKind::Delete(hir::Delete {
                    target,
                    cascade: mode == Some("cascade"),
                }),
                returning,
                span,
            }),
            at_most_one,
            returned,
        }
    }

    /// Says which models point to the rows.
    fn check_references(&mut self, model: ModelId, keyword: Span, all: bool, span: Span) {
        let mut names: Vec<String> = Vec::new();
        for other in self.schema.model_ids() {
            let of = self.schema.model(other);
            for relation in &of.relations {
                let points = matches!(
                    relation.kind,
                    RelationKind::ForeignKey | RelationKind::OneToOne
                ) && relation
                    .target
                    .is_some_and(|target| self.schema.concrete(target) == model);
                if points && of.proxy_for.is_none() {
                    names.push(format!("`{}.{}`", of.label, relation.name));
                }
            }
        }
        let own = self.schema.model(model);
        for relation in &own.relations {
            if relation.kind == RelationKind::GenericRelation {
                names.push(format!("`{}` (a generic relation)", relation.name));
            }
        }
        if !own.parents.is_empty() {
            names.push("its row in the parent's table".into());
        }
        if names.is_empty() {
            return;
        }
        let shown = names.len().min(4);
        let more = names.len() - shown;
        let mut list = names.get(..shown).unwrap_or_default().join(", ");
        if more > 0 {
            list.push_str(&format!(" and {more} more"));
        }
        let at = if all { span } else { keyword };
        self.report(
            Diagnostic::new(
                &codes::STILL_REFERENCED,
                keyword,
                format!("other rows may point to those of `{}`", own.label),
            )
            .label(list)
            .fix(
                Applicability::Likely,
                "carry out each `on_delete`",
                at.after(),
                " cascade",
            )
            .help("or `delete restrict`, which the database refuses where rows still point"),
        );
    }
}
