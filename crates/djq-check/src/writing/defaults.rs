//! What a field gets where no value is given: Django's constant defaults, `auto_now` and `auto_now_add`.

use super::assignments::{Assigned, Verb};
use crate::{
    hir::{Expr, ExprKind, ParamId},
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

    /// The fields that an update sets by itself: `auto_now`, where nothing else is said.
    pub(super) fn touched(
        &self,
        model: ModelId,
        assigned: &[Assigned],
        verb: Verb,
        span: Span,
    ) -> Vec<Assigned> {
        if verb == Verb::Insert {
            return Vec::new();
        }
        self.own_fields(model)
            .filter(|field| self.schema.field(*field).auto_now)
            .filter(|field| assigned.iter().all(|known| known.field != *field))
            .map(|field| Assigned {
                field,
                value: self.moment(field, span),
            })
            .collect()
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
        for (field, why) in missing {
            let of = self.schema.field(*field);
            let note = match why {
                Some(why) => format!("`{}`: {why}, which djq cannot write by itself", of.name),
                None => continue,
            };
            diagnostic = diagnostic.note(note);
        }
        self.report(diagnostic);
    }
}
