//! Reading a literal, or an open parameter, as what the other side is.

use super::{
    describe::quoted,
    literals, moments,
    moments::Moment,
    nearest::nearest,
    node::{self},
};
use crate::{
    Type,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_schema::{FieldId, ModelId};

/// What came of reading an expression as a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is none that takes its type from elsewhere, or already has the type.
    Kept,
    /// It has the type now.
    Read,
    /// It cannot be that; the diagnostic has been given.
    Failed,
}

impl Typing<'_> {
    /// Reads a literal or an open parameter as a `to`, which `from` (the other side) asks for.
    pub(super) fn read(&mut self, expr: &mut Expr, to: &Type, from: Span) -> Reading {
        if matches!(to, Type::Null | Type::Error) {
            return Reading::Kept;
        }
        match &expr.kind {
            ExprKind::Param(id) if expr.ty.kind == Type::Null => {
                let id = *id;
                self.parameters.infer(id, to, from);
                expr.ty = self.parameter_type(id);
                Reading::Read
            }
            ExprKind::Literal(Literal::Text(text)) if expr.ty.kind == Type::Text => {
                let text = text.clone();
                self.read_text(expr, &text, to)
            }
            ExprKind::Literal(Literal::Int(value)) => match to {
                Type::Choices(field, base) if base.is_integer() => {
                    self.check_int_choice(*value, *field, expr.span)
                }
                _ => Reading::Kept,
            },
            _ => Reading::Kept,
        }
    }

    fn read_text(&mut self, expr: &mut Expr, text: &str, to: &Type) -> Reading {
        let span = expr.span;
        let literal = match to {
            Type::Choices(field, _) => return self.check_choice(expr, text, *field, to),
            Type::Union(values) => {
                if !values.iter().any(|value| &**value == text) {
                    self.not_in_union(text, values, span);
                    return Reading::Failed;
                }
                expr.ty.kind = to.clone();
                return Reading::Read;
            }
            Type::Key(model) => {
                return match self.key_type(*model) {
                    Some(key) if key != Type::Text => self.read_text(expr, text, &key),
                    _ => Reading::Kept,
                };
            }
            Type::Date | Type::Time | Type::DateTime => match self.read_moment(text, to, span) {
                // A day beside a datetime is left a day, for the comparison to say so.
                Some((literal, ty)) => {
                    expr.kind = ExprKind::Literal(literal);
                    expr.ty.kind = ty;
                    return Reading::Read;
                }
                None => return Reading::Failed,
            },
            Type::Uuid => match uuid(text) {
                Some(value) => Literal::Uuid(value),
                None => return self.unreadable(text, "a UUID", "32 hexadecimal digits", span),
            },
            Type::Decimal(..) => match literals::decimal(text) {
                Some((literal, ty)) => {
                    expr.ty = ty;
                    expr.kind = ExprKind::Literal(literal);
                    return Reading::Read;
                }
                None => return self.unreadable(text, "a decimal", "digits and a point", span),
            },
            Type::Inet => match text.parse::<std::net::IpAddr>() {
                Ok(_) => Literal::Text(text.into()),
                Err(_) => return self.unreadable(text, "an IP address", "`192.0.2.1`", span),
            },
            _ => return Reading::Kept,
        };
        expr.kind = ExprKind::Literal(literal);
        expr.ty.kind = to.clone();
        Reading::Read
    }

    fn read_moment(&mut self, text: &str, to: &Type, span: Span) -> Option<(Literal, Type)> {
        let read = match moments::moment(text) {
            Ok(read) => read,
            Err(why) => {
                self.unreadable(text, &format!("a {to}"), why, span);
                return None;
            }
        };
        match (read, to) {
            (Moment::Date(_), Type::Date | Type::DateTime)
            | (Moment::Time(_), Type::Time)
            | (Moment::Zoned(_) | Moment::Local(_), Type::DateTime) => {
                let edit = Edit {
                    span,
                    text: quoted(&format!("{text}Z")),
                };
                self.check_zone(read, span, edit)
            }
            _ => {
                self.unreadable(text, &format!("a {to}"), "it is something else", span);
                None
            }
        }
    }

    fn unreadable(&mut self, text: &str, what: &str, form: &str, span: Span) -> Reading {
        let shown: String = text.chars().take(40).collect();
        self.problems.push(
            Diagnostic::new(
                &codes::INVALID_LITERAL,
                span,
                format!("`{}` is not {what}", quoted(&shown)),
            )
            .label(form),
        );
        Reading::Failed
    }

    /// The type of a model's key where it is one column; of a foreign key as key, that of the key it holds.
    pub(super) fn key_type(&self, model: ModelId) -> Option<Type> {
        let mut key = self.schema.primary_key(model);
        match (key.next(), key.next()) {
            (Some(field), None) => Some(Type::from(&self.schema.field(field).ty)),
            _ => None,
        }
    }

    /// The types of a model's key where it is several columns.
    pub(super) fn composite_key(&self, model: ModelId) -> Vec<Type> {
        self.schema
            .primary_key(model)
            .map(|field| Type::from(&self.schema.field(field).ty))
            .collect()
    }

    /// A text literal beside a field with choices: one of its values. The empty text is what Django
    /// keeps for "none chosen".
    fn check_choice(&mut self, expr: &mut Expr, text: &str, field: FieldId, to: &Type) -> Reading {
        let definition = self.schema.field(field);
        let is = |choice: &&djq_schema::Choice| choice.value.as_str() == Some(text);
        if (text.is_empty() && to.base() == &Type::Text)
            || definition.choices.iter().any(|choice| is(&choice))
        {
            if to.base() == &Type::Text {
                expr.ty.kind = to.clone();
            }
            return Reading::Read;
        }
        self.unknown_choice(&quoted(text), text, field, expr.span);
        Reading::Failed
    }

    fn check_int_choice(&mut self, value: i64, field: FieldId, span: Span) -> Reading {
        let choices = &self.schema.field(field).choices;
        if choices
            .iter()
            .any(|choice| choice.value.as_i64() == Some(value))
        {
            return Reading::Kept;
        }
        self.unknown_choice(&value.to_string(), "", field, span);
        Reading::Failed
    }

    /// `text` is what a near choice is looked for by.
    pub(super) fn unknown_choice(&mut self, shown: &str, text: &str, field: FieldId, span: Span) {
        let definition = self.schema.field(field);
        let choices = &definition.choices;
        let value = |choice: &djq_schema::Choice| match choice.value.as_str() {
            Some(text) => quoted(text),
            None => choice.value.to_string(),
        };
        let name = self.field_name(field);
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_CHOICE,
            span,
            format!("{shown} is not a choice of `{name}`"),
        );
        let labelled = choices
            .iter()
            .find(|choice| choice.label.to_lowercase() == text.to_lowercase());
        let near = nearest(
            text,
            choices.iter().filter_map(|choice| choice.value.as_str()),
        );
        if let Some(choice) = labelled {
            let value = value(choice);
            diagnostic = diagnostic.fix(
                Applicability::Exact,
                format!(
                    "`{}` is the label that people read; the value is {value}",
                    choice.label
                ),
                span,
                value,
            );
        } else if let Some(near) = near {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                format!("write {}", quoted(near)),
                span,
                quoted(near),
            );
        }
        let list: Vec<String> = choices.iter().take(12).map(value).collect();
        let more = if choices.len() > 12 { ", …" } else { "" };
        diagnostic = diagnostic.note(format!("its choices are {}{more}", list.join(", ")));
        if let Some(source) = &definition.source {
            diagnostic = diagnostic.note(format!("`{name}` is defined in {source}"));
        }
        self.problems.push(diagnostic);
    }

    fn not_in_union(&mut self, text: &str, values: &[Box<str>], span: Span) {
        let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_CHOICE,
            span,
            format!("{} is none of the parameter's values", quoted(text)),
        )
        .note(format!("it is one of {}", list.join(", ")));
        if let Some(near) = nearest(text, values.iter().map(|value| &**value)) {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                format!("write {}", quoted(near)),
                span,
                quoted(near),
            );
        }
        self.problems.push(diagnostic);
    }

    /// A union parameter beside a field with choices: each of its values must be one.
    pub(super) fn check_union_choices(&mut self, expr: &Expr, field: FieldId) -> bool {
        let Type::Union(values) = &expr.ty.kind else {
            return true;
        };
        let choices = &self.schema.field(field).choices;
        let Some(stray) = values.iter().find(|value| {
            !value.is_empty()
                && !choices
                    .iter()
                    .any(|choice| choice.value.as_str() == Some(&***value))
        }) else {
            return true;
        };
        let name = self.field_name(field);
        let diagnostic = self
            .about(
                &codes::UNKNOWN_CHOICE,
                expr.span,
                format!("{} is not a choice of `{name}`", quoted(stray)),
                &[expr],
            )
            .help("a parameter's union lists only values that the field can have");
        self.problems.push(diagnostic);
        false
    }
}

/// Whether an expression may take its type from the other side: a literal of text or a whole number, or a
/// parameter that nothing has told a type.
pub(super) fn takes_type(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Param(_) => expr.ty.kind == Type::Null,
        ExprKind::Literal(Literal::Text(_) | Literal::Int(_)) => true,
        _ => false,
    }
}

/// A UUID as Django reads it: 32 hexadecimal digits, hyphens anywhere, perhaps in braces or behind `urn:uuid:`.
pub(super) fn uuid(text: &str) -> Option<[u8; 16]> {
    let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let text = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or(text);
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    (digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| u128::from_str_radix(&digits, 16).ok())
        .flatten()
        .map(u128::to_be_bytes)
}

/// The number a literal would be without its quotes.
pub(super) fn unquoted_number(expr: &Expr) -> Option<&str> {
    match node::literal(expr)? {
        Literal::Text(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let plain = !digits.is_empty()
                && digits.len() < 19
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then_some(text)
        }
        _ => None,
    }
}
