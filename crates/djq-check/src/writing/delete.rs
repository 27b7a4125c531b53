//! `from … delete [all] [restrict | cascade]`.

use super::{Parts, Written, defaults::Filled};
use crate::{
    hir::{self, Cascade, Write, WriteKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::{FieldId, ModelId, OnDelete, RelationKind};
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
        let mut fields: Vec<FieldId> = self.schema.primary_key(model).collect();
        let cascade = match mode {
            Some("cascade") => Some(self.cascade(model, parts, &mut fields)),
            Some(_) => None,
            None => {
                self.check_references(model, parts.clause.keyword, all, span);
                None
            }
        };
        if mode.is_some() && cascade.is_none() && !self.schema.model(model).parents.is_empty() {
            self.report(
                Diagnostic::new(
                    &codes::STILL_REFERENCED,
                    parts.clause.keyword,
                    format!(
                        "a row of `{}` is two rows, in two tables",
                        self.schema.model(model).label
                    ),
                )
                .help("`delete cascade` deletes both"),
            );
        }
        let output = self.field_columns(target, &fields, span);
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
                    fields,
                    cascade,
                }),
                returning,
                span,
            }),
            at_most_one,
            returned,
        }
    }

    /// What is to be carried out, and which fields of the rows it needs.
    fn cascade(&mut self, model: ModelId, parts: Parts<'a>, fields: &mut Vec<FieldId>) -> Cascade {
        let keyword = parts.clause.keyword;
        let deletion = self.schema.deletion(model);
        self.lint_cascade(&deletion.models, parts);
        let mut defaults = Vec::new();
        for reference in &deletion.references {
            for (held, _) in &reference.on {
                if reference.from == model && !fields.contains(held) {
                    fields.push(*held);
                }
            }
            let of = self.schema.model(reference.relation.model);
            let name = &self.schema.relation(reference.relation).name;
            let unknown = |what: &str| {
                Diagnostic::new(
                    &codes::STILL_REFERENCED,
                    keyword,
                    format!(
                        "`{}.{name}` has {what}, which only Django can carry out",
                        of.label
                    ),
                )
                .help("delete these rows through Django, or `delete restrict`")
            };
            match reference.action {
                OnDelete::Set => {
                    let diagnostic = unknown("`on_delete=SET(…)`");
                    self.report(diagnostic);
                }
                OnDelete::SetDefault => {
                    for (_, field) in &reference.on {
                        match self.filled(*field, keyword) {
                            Filled::Value(value) => defaults.push((*field, value)),
                            Filled::Nothing if self.schema.field(*field).default.is_none() => {}
                            _ => {
                                let diagnostic = unknown("a default");
                                self.report(diagnostic);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        if parts.returning.is_some() {
            self.report(
                Diagnostic::new(
                    &codes::RETURNING_ELSEWHERE,
                    keyword,
                    "`delete cascade` is several statements, and returns the number of rows",
                )
                .help("read the rows with a query in front of it"),
            );
        }
        Cascade { defaults }
    }

    /// The models whose rows go too.
    fn lint_cascade(&mut self, models: &[ModelId], parts: Parts<'a>) {
        let mut others: Vec<String> = Vec::new();
        for model in models.iter().skip(1) {
            let label = format!("`{}`", self.schema.model(*model).label);
            if !others.contains(&label) {
                others.push(label);
            }
        }
        if !others.is_empty() {
            self.lint(
                Diagnostic::new(
                    &codes::IMPLICIT_CASCADE,
                    parts.clause.keyword,
                    format!("rows of {} may go too", others.join(", ")),
                )
                .help("`delete restrict` is refused by the database as long as rows still point"),
            );
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
