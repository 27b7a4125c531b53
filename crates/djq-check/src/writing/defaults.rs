//! What a field gets where no value is given: Django's constant defaults, `auto_now` and `auto_now_add`.

use super::assignments::{Assigned, value_when};
use crate::{
    hir::{Expr, ExprKind, Guard, ParamId, SourceId},
    members::field_type,
    typing::constant,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{Default, FieldId, ModelId};

/// What fills a field of a new row that no value is given for.
pub(super) enum Filled {
    /// This.
    Value(Expr),
    /// Null, or what the database makes.
    Nothing,
    /// It needs a value, and why nothing fills it.
    Missing(Option<String>),
}

impl<'a> Walker<'a> {
    /// What fills a field of a new row.
    pub(super) fn filled(&self, field: FieldId, span: Span) -> Filled {
        let of = self.schema.field(field);
        if of.generated {
            return Filled::Nothing;
        }
        if of.auto_now || of.auto_now_add {
            return Filled::Value(self.moment(field, span));
        }
        match &of.default {
            Some(Default::Constant(value)) => {
                let ty = field_type(self.schema, field);
                match constant(value, &ty) {
                    Some(literal) => Filled::Value(Expr {
                        kind: ExprKind::Literal(literal),
                        ty: ty.required(),
                        span,
                    }),
                    None => Filled::Missing(Some(format!("its default is `{value}`"))),
                }
            }
            Some(Default::Database(_)) => Filled::Nothing,
            Some(Default::Callable(_)) | None if of.null => Filled::Nothing,
            Some(Default::Callable(name)) => {
                Filled::Missing(Some(format!("its default is the Python function `{name}`")))
            }
            None => Filled::Missing(None),
        }
    }

    /// What an update of a row sets beside what is written: `auto_now` where nothing else is said, when anything is set;
    /// and where nothing may be set, the key to itself, so that it is an update all the same.
    pub(super) fn touched(
        &mut self,
        model: ModelId,
        row: SourceId,
        assigned: &[Assigned],
        span: Span,
    ) -> Vec<Assigned> {
        let guards: Option<Vec<Guard>> = assigned
            .iter()
            .map(|assigned| assigned.guard().cloned())
            .collect();
        let any = guards
            .filter(|guards| !guards.is_empty())
            .map(Guard::Any)
            .filter(|any| !any.is_always());
        let mut touched = Vec::new();
        for field in self.own_fields(model) {
            let is_set = assigned.iter().any(|known| known.field == field);
            if !self.schema.field(field).auto_now || is_set {
                continue;
            }
            let moment = self.moment(field, span);
            let value = match &any {
                Some(any) => value_when(any.clone(), moment),
                None => moment,
            };
            touched.push(Assigned { field, value });
        }
        let key = self.schema.primary_key(model).next();
        if let (Some(any), Some(field)) = (any, key) {
            let value = self.column(row, field, span);
            touched.push(Assigned {
                field,
                value: value_when(any.negated(), value),
            });
        }
        touched
    }

    /// The fields of a model's own table.
    pub(super) fn own_fields(&self, model: ModelId) -> impl Iterator<Item = FieldId> + use<> {
        let count = self.schema.model(model).fields.len();
        (0u32..)
            .take(count)
            .map(move |index| FieldId { model, index })
    }

    /// The moment of the query, as the field holds it.
    fn moment(&self, field: FieldId, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Param(ParamId::NOW),
            ty: field_type(self.schema, field).required(),
            span,
        }
    }

    /// The missing fields, each with a parameter of its name, before the brace that closes the one row.
    fn as_parameters(
        &self,
        missing: &[(FieldId, Option<String>)],
        span: Span,
    ) -> Option<djq_diagnostics::Edit> {
        let written = self.written(span)?;
        let close = written.rfind('}')?;
        let body = written.get(..close)?.trim_end();
        if written.matches('{').count() != 1 {
            return None;
        }
        let list: Vec<String> = missing
            .iter()
            .map(|(field, _)| {
                let name = &self.schema.field(*field).name;
                format!("{name} = ${name}")
            })
            .collect();
        let comma = if body.ends_with(['{', ',']) {
            " "
        } else {
            ", "
        };
        let at = span.start + u32::try_from(body.len()).ok()?;
        Some(djq_diagnostics::Edit {
            span: Span {
                start: at,
                end: at,
                ..span
            },
            text: format!("{comma}{}", list.join(", ")),
        })
    }

    /// Says which required fields have no value.
    pub(super) fn missing(
        &mut self,
        model: ModelId,
        missing: &[(FieldId, Option<String>)],
        span: Span,
    ) {
        let names: Vec<String> = missing
            .iter()
            .map(|(field, _)| format!("`{}`", self.schema.field(*field).name))
            .collect();
        let (last, rest) = match names.split_last() {
            Some(parts) => parts,
            None => return,
        };
        let list = if rest.is_empty() {
            last.clone()
        } else {
            format!("{} and {last}", rest.join(", "))
        };
        let label = &self.schema.model(model).label;
        let plural = if rest.is_empty() {
            "needs a value"
        } else {
            "need values"
        };
        let mut diagnostic = Diagnostic::new(
            &codes::MISSING_FIELD,
            span,
            format!("{list} of `{label}` {plural}"),
        );
        if let Some(edit) = self.as_parameters(missing, span) {
            diagnostic = diagnostic.fix_all(
                djq_diagnostics::Applicability::Likely,
                "give them as parameters",
                vec![edit],
            );
        }
        for (field, why) in missing {
            let of = self.schema.field(*field);
            let note = match why {
                Some(why) => format!("`{}`: {why}, which djq cannot write by itself", of.name),
                None => continue,
            };
            diagnostic = diagnostic.note(note);
        }
        let (fields, are) = if rest.is_empty() {
            (list.clone(), "is")
        } else {
            (list.clone(), "are")
        };
        diagnostic = diagnostic.label(format!("{fields} {are} missing"));
        self.report(diagnostic);
    }
}
