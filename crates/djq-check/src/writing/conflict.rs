//! `on conflict (fields) do nothing | update { … } [where …]`.

use super::assignments::Verb;
use crate::{
    hir::{
        ClauseKind, Conflict, ConflictUpdate, ExprKind, Insert, JoinKind, Literal, Pipeline, Role,
        Source, SourceId, SourceKind,
    },
    scope::{Aggregates, OutputColumn, OutputKind, Visible},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{FieldId, ModelId};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(super) fn conflict(
        &mut self,
        model: ModelId,
        insert: &Insert,
        unique: &[Vec<u32>],
        clause: &'a ast::Clause,
    ) -> Option<Conflict> {
        let ast::ClauseKind::OnConflict {
            fields: names,
            update,
            condition,
        } = &clause.kind
        else {
            return None;
        };
        let span = clause.keyword;
        let mut fields = Vec::with_capacity(names.len());
        let mut at = clause.keyword;
        for name in names {
            at = at.to(name.span);
            fields.push(self.conflict_field(model, name)?);
        }
        let same = |set: &[FieldId]| {
            set.len() == fields.len() && set.iter().all(|field| fields.contains(field))
        };
        let sets = self.unique_sets(model);
        if !sets.iter().any(|set| same(&set.fields) && !set.partial) {
            self.no_constraint(model, &fields, &sets, at);
            return None;
        }
        let others = sets
            .iter()
            .filter(|set| !same(&set.fields) && self.may_collide(insert, set))
            .map(|set| set.fields.clone())
            .collect();
        let distinct = unique.iter().any(|set| {
            set.iter().all(|place| {
                let field = insert.fields.get(*place as usize);
                field.is_some_and(|field| fields.contains(field))
            })
        });
        let update = update.as_ref().map(|assignments| {
            self.conflict_update(model, assignments, condition.as_ref(), clause.span)
        });
        if let Some(update) = &update {
            self.only_given(&update.body, update.new, insert);
        }
        Some(Conflict {
            fields,
            others,
            distinct,
            update,
            span,
        })
    }

    fn conflict_field(&mut self, model: ModelId, expr: &'a ast::Expr) -> Option<FieldId> {
        let ast::ExprKind::Name(name) = &expr.kind else {
            self.report(Diagnostic::new(
                &codes::CONFLICT_FIELDS,
                expr.span,
                "`on conflict` takes names of fields",
            ));
            return None;
        };
        // The automatic key is a key all the same.
        if let Some(key) = self
            .schema
            .primary_key(model)
            .find(|key| *self.schema.field(*key).name == *name.text || &*name.text == "pk")
        {
            return Some(key);
        }
        self.assigned_field(model, name, Verb::Update)
            .map(|(field, _)| field)
    }

    fn no_constraint(&mut self, model: ModelId, fields: &[FieldId], sets: &[UniqueSet], at: Span) {
        let words = |fields: &[FieldId]| {
            let names: Vec<&str> = fields
                .iter()
                .map(|field| &*self.schema.field(*field).name)
                .collect();
            format!("`({})`", names.join(", "))
        };
        let label = &self.schema.model(model).label;
        let known: Vec<String> = sets
            .iter()
            .filter(|set| !set.partial)
            .map(|set| words(&set.fields))
            .collect();
        let mut diagnostic = Diagnostic::new(
            &codes::CONFLICT_FIELDS,
            at,
            format!(
                "nothing says that rows of `{label}` differ in {}",
                words(fields)
            ),
        );
        if !known.is_empty() {
            diagnostic = diagnostic.help(format!("they differ in {}", known.join(", in ")));
        }
        self.report(diagnostic);
    }

    /// Whether a new row may have the key of another row: not where the database makes it, or it is null.
    fn may_collide(&self, insert: &Insert, set: &UniqueSet) -> bool {
        set.fields.iter().all(|field| {
            let of = self.schema.field(*field);
            insert.fields.contains(field) || !(of.generated || of.null && set.nulls_distinct)
        })
    }

    fn unique_sets(&self, model: ModelId) -> Vec<UniqueSet> {
        let of = self.schema.model(model);
        let key = UniqueSet {
            fields: self.schema.primary_key(model).collect(),
            partial: false,
            nulls_distinct: true,
        };
        let sets = of.unique.iter().map(|unique| UniqueSet {
            fields: unique
                .fields
                .iter()
                .map(|index| FieldId {
                    model,
                    index: *index,
                })
                .collect(),
            partial: unique.condition.is_some(),
            nulls_distinct: unique.nulls_distinct,
        });
        std::iter::once(key)
            .chain(sets)
            .filter(|set| !set.fields.is_empty())
            .collect()
    }

    /// What is set in the row that is there: its fields go by their names, those of the new row by `new`.
    fn conflict_update(
        &mut self,
        model: ModelId,
        assignments: &'a [ast::Assignment],
        condition: Option<&'a ast::Expr>,
        span: Span,
    ) -> ConflictUpdate {
        self.open_scope(true);
        let row = self.row_source(model, &self.schema.model(model).name.clone(), span);
        let new = self.row_source(model, "new", span);
        let scope = self.scope();
        scope.from = Some(row);
        scope.item = Some(row);
        scope.grain.start(row);
        self.push_clause(
            ClauseKind::Join {
                kind: JoinKind::Cross,
                steps: vec![new],
                on: None,
            },
            span,
        );
        self.allow(Aggregates::Refused("`on conflict`"));
        let mut assigned = self.assignments(model, assignments, Verb::Update);
        let touched = self.touched(model, row, &assigned, span);
        assigned.extend(touched);
        let mut output = Vec::new();
        let fields = self.value_columns(assigned, &mut output);
        if let Some(condition) = condition {
            let value = self.clause_expr(condition);
            let value = self.typing().condition(value);
            let id = self.add_named("condition", value, condition.span);
            output.push(OutputColumn {
                name: "condition".into(),
                span: condition.span,
                aliased: false,
                kind: OutputKind::Named(id),
            });
        }
        self.scope().output = Some(output);
        let body = self.close(Wanted::Unnamed, span);
        self.only_own(&body, &[row, new], "`on conflict`");
        ConflictUpdate {
            row,
            new,
            fields,
            body,
            conditional: condition.is_some(),
        }
    }

    /// A model's row that is in sight by a name.
    pub(super) fn row_source(&mut self, model: ModelId, name: &str, span: Span) -> SourceId {
        let id = self.add_source(
            Source {
                name: name.into(),
                kind: SourceKind::Model(model),
                link: None,
                role: Role::From,
                nullable: false,
                span,
            },
            Some(model),
        );
        self.info_mut(id).used = true;
        self.scope().sources.push(Visible {
            name: name.into(),
            id,
            span,
        });
        id
    }

    /// Refuses values that are not of these rows alone.
    pub(super) fn only_own(&mut self, body: &Pipeline, rows: &[SourceId], what: &str) {
        let mut elsewhere = Vec::new();
        for column in &body.columns {
            let crate::hir::ColumnKind::Value(value) = &column.kind else {
                continue;
            };
            if let Some(span) = self.reads_elsewhere(value, rows) {
                elsewhere.push(span);
            }
        }
        for span in elsewhere {
            self.report(
                Diagnostic::new(
                    &codes::RETURNING_ELSEWHERE,
                    span,
                    format!("{what} reads the written row alone"),
                )
                .label("this is of another row")
                .help("use the row's own fields; what belongs to it is for another query"),
            );
        }
    }

    /// Refuses `new.x` where the database makes the value: some know it before the row is there, others do not.
    fn only_given(&mut self, body: &Pipeline, new: SourceId, insert: &Insert) {
        let mut made = Vec::new();
        for column in &body.columns {
            if let crate::hir::ColumnKind::Value(value) = &column.kind {
                self.not_given(value, new, insert, &mut made);
            }
        }
        for (field, span) in made {
            let name = &self.schema.field(field).name;
            self.report(
                Diagnostic::new(
                    &codes::MISSING_FIELD,
                    span,
                    format!("the new row is given no `{name}`, so `new.{name}` has no value"),
                )
                .help("give it a value in the `insert`"),
            );
        }
    }

    fn not_given(
        &self,
        value: &crate::hir::Expr,
        new: SourceId,
        insert: &Insert,
        made: &mut Vec<(FieldId, Span)>,
    ) {
        match value.kind {
            ExprKind::Named(id) => {
                return self.not_given(&self.named(id).value, new, insert, made);
            }
            ExprKind::Column(source, id) if source == new && !insert.fields.contains(&id) => {
                let field = self.schema.field(id);
                let by_database = matches!(field.default, Some(djq_schema::Default::Database(_)));
                if !field.null || field.generated || by_database {
                    made.push((id, value.span));
                }
            }
            _ => {}
        }
        let mut each = |part: &crate::hir::Expr| self.not_given(part, new, insert, made);
        crate::visit::children(value, &mut each, &mut |_| {});
    }

    fn reads_elsewhere(&self, value: &crate::hir::Expr, rows: &[SourceId]) -> Option<Span> {
        let named = match value.kind {
            ExprKind::Named(id) => return self.reads_elsewhere(&self.named(id).value, rows),
            ExprKind::Column(source, _) | ExprKind::Output(source, _) => !rows.contains(&source),
            ExprKind::Literal(Literal::Null) => false,
            _ => false,
        };
        if named {
            return Some(value.span);
        }
        let mut found = None;
        let mut nested = false;
        crate::visit::children(
            value,
            &mut |part| found = found.or_else(|| self.reads_elsewhere(part, rows)),
            &mut |_| nested = true,
        );
        found.or_else(|| nested.then_some(value.span))
    }
}

/// Fields that are unique together.
pub(super) struct UniqueSet {
    fields: Vec<FieldId>,
    /// Whether it holds for some rows only.
    partial: bool,
    nulls_distinct: bool,
}
