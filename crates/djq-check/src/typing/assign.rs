//! Values that fields are set to: brought to the field's type as the other side of a comparison would be, and then to
//! exactly what the column holds, so that every database stores the same.

use super::{
    describe::{offer_conversion, quoted},
    node::{self, cast},
    numbers,
    reading::Reading,
};
use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::FieldId;

impl Typing<'_> {
    /// `field = value`: the value as the field's column holds it. `to` is what the name on the left stands for (a
    /// relation's is the key it holds), `name` where it is written.
    pub(crate) fn assign(&mut self, mut value: Expr, field: FieldId, to: &Ty, name: Span) -> Expr {
        let span = value.span;
        if node::is_error(&value) || to.kind == Type::Error {
            self.silence(&value);
            return node::error(span);
        }
        if self.read(&mut value, &to.kind, name) == Reading::Failed {
            return node::error(span);
        }
        if node::is_null(&value) {
            value.ty = to.kind.clone().nullable();
        } else if !self.takes(&mut value, to, field) {
            return node::error(span);
        }
        self.check_length(&value, field);
        if value.ty.nullable && !to.nullable {
            self.null_for_required(&value, field);
            return node::error(span);
        }
        value
    }

    /// Brings a value to a field's type; false where there is no way, which has been said.
    fn takes(&mut self, value: &mut Expr, to: &Ty, field: FieldId) -> bool {
        let from = value.ty.kind.clone();
        let key = |this: &Self, ty: &Type| match ty {
            Type::Key(model) => this.key_type(*model).unwrap_or_else(|| ty.clone()),
            other => other.clone(),
        };
        if let (Type::Key(one), Type::Key(other)) = (&from, &to.kind) {
            if self.same_key(*one, *other) {
                return true;
            }
            let [given, wanted] =
                [*one, *other].map(|model| self.schema.model(model).label.clone());
            let message = format!(
                "`{}` holds a key of `{wanted}`, and this is a key of `{given}`",
                self.field_name(field)
            );
            let diagnostic = self.about(&codes::DIFFERENT_MODELS, value.span, message, &[value]);
            self.problems.push(diagnostic);
            return false;
        }
        let (held, wanted) = (key(self, &from), key(self, &to.kind));
        let fits = match (held.base(), wanted.base()) {
            (one, other) if one == other => true,
            // A literal says what it is; of other values the database sees whether they are in range.
            (Type::BigInt, Type::Int) => node::literal(value).is_none(),
            (one, other) if one.is_integer() && other.is_integer() => true,
            (one, Type::Float) if one.is_number() => {
                numbers::widen(value, &Type::Float);
                true
            }
            // Digits behind those that the column has are rounded alike everywhere.
            (Type::Decimal(_, digits), Type::Decimal(_, scale)) => {
                if digits > scale {
                    cast(value, wanted.clone());
                }
                true
            }
            (one, Type::Decimal(..)) if one.is_integer() => {
                numbers::widen(value, &wanted);
                true
            }
            _ => false,
        };
        if !fits {
            let message = format!(
                "`{}` is {}, and this is {}",
                self.field_name(field),
                self.ty_name(to),
                self.ty_name(&value.ty)
            );
            let code = self.mismatch_code(&[value]);
            let diagnostic = self.about(code, value.span, message, &[value]);
            let diagnostic = offer_conversion(diagnostic, value, &to.kind);
            self.problems.push(diagnostic);
        }
        fits
    }

    fn check_length(&mut self, value: &Expr, field: FieldId) {
        let (Some(limit), ExprKind::Literal(Literal::Text(text))) =
            (self.schema.field(field).max_length, &value.kind)
        else {
            return;
        };
        let length = text.chars().count();
        if length > limit as usize {
            let shown: String = text.chars().take(30).collect();
            self.problems.push(
                Diagnostic::new(
                    &codes::TOO_LONG,
                    value.span,
                    format!(
                        "`{}` takes {limit} characters, and this has {length}",
                        self.field_name(field)
                    ),
                )
                .label(format!("{}…", quoted(&shown).trim_end_matches('\''))),
            );
        }
    }

    fn null_for_required(&mut self, value: &Expr, field: FieldId) {
        let name = self.field_name(field);
        let mut diagnostic = self.about(
            &codes::NULL_FOR_REQUIRED,
            value.span,
            if node::literal(value).is_some() {
                format!("`{name}` cannot be null")
            } else {
                format!("`{name}` cannot be null, and this may be")
            },
            if node::is_null(value) {
                &[]
            } else {
                std::slice::from_ref(&value)
            },
        );
        if node::is_null(value) {
            diagnostic = diagnostic.label("a value is needed");
        }
        if node::literal(value).is_none() {
            let fallback = match value.ty.kind.base() {
                Type::Text => Some("''"),
                Type::Int | Type::BigInt | Type::Float | Type::Decimal(..) => Some("0"),
                Type::Bool => Some("false"),
                _ => None,
            };
            diagnostic = match fallback {
                Some(fallback) if node::is_operand(value) => diagnostic.fix(
                    Applicability::Likely,
                    "give it a fallback",
                    value.span.after(),
                    format!(" ?? {fallback}"),
                ),
                _ => diagnostic
                    .help("give it a fallback with `??`, or leave those rows out with `where`"),
            };
        }
        self.problems.push(diagnostic);
    }
}
