//! Types as they are written.

use super::{casts, nearest::nearest};
use crate::{
    Ty, Type,
    sink::{Problems, Typing},
};
use djq_diagnostics::{Applicability, Diagnostic, codes};
use djq_schema::ModelId;
use djq_syntax::ast::{self, ExprKind, Literal, TypeExprKind};

/// The types with a name, sorted as they are listed to people.
const NAMES: &[&str] = &[
    "bool", "int", "bigint", "float", "decimal", "text", "bytes", "date", "time", "datetime",
    "duration", "uuid", "json", "inet", "hstore", "range",
];

impl Typing<'_> {
    /// A type as written. `model` resolves a path to a model, and gives the diagnostic if it is none.
    pub(crate) fn type_expr(
        &mut self,
        written: &ast::TypeExpr,
        model: &mut dyn FnMut(&mut Problems, &ast::Path) -> Option<ModelId>,
    ) -> Ty {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.written_type(written, model))
    }

    fn written_type(
        &mut self,
        written: &ast::TypeExpr,
        model: &mut dyn FnMut(&mut Problems, &ast::Path) -> Option<ModelId>,
    ) -> Ty {
        let kind = match &written.kind {
            TypeExprKind::Named {
                path,
                arguments,
                of,
            } => self.named_type(written, path, arguments, of.as_deref(), model),
            TypeExprKind::Nullable(of) => return self.type_expr(of, model).with_null(true),
            TypeExprKind::List(of) => Type::List(Box::new(self.type_expr(of, model))),
            TypeExprKind::Union(values) => {
                let mut seen: Vec<Box<str>> = Vec::with_capacity(values.len());
                for value in values {
                    if !seen.contains(&value.text) {
                        seen.push(value.text.clone());
                    }
                }
                Type::Union(seen.into())
            }
            TypeExprKind::Row(fields) => Type::Row(
                fields
                    .iter()
                    .map(|field| {
                        let ty = match &field.ty {
                            Some(ty) => self.type_expr(ty, model),
                            None => {
                                self.problems.push(
                                    Diagnostic::new(
                                        &codes::UNKNOWN_TYPE,
                                        field.name.span,
                                        format!("the field `{}` needs a type", field.name.text),
                                    )
                                    .help(format!("write `{}: text`", field.name.text)),
                                );
                                Type::Error.required()
                            }
                        };
                        (field.name.text.clone(), ty)
                    })
                    .collect(),
            ),
            TypeExprKind::Error => Type::Error,
        };
        kind.required()
    }

    fn named_type(
        &mut self,
        written: &ast::TypeExpr,
        path: &ast::Path,
        arguments: &[ast::Expr],
        of: Option<&ast::TypeExpr>,
        model: &mut dyn FnMut(&mut Problems, &ast::Path) -> Option<ModelId>,
    ) -> Type {
        let [name] = path.names.as_slice() else {
            return model(self.problems, path).map_or(Type::Error, Type::Key);
        };
        let ty = match &*name.text {
            "bool" => Type::Bool,
            "int" => Type::Int,
            "bigint" => Type::BigInt,
            "float" => Type::Float,
            "decimal" => return self.decimal_type(written, arguments),
            "text" => Type::Text,
            "bytes" => Type::Bytes,
            "date" => Type::Date,
            "time" => Type::Time,
            "datetime" => Type::DateTime,
            "duration" => Type::Duration,
            "uuid" => Type::Uuid,
            "json" => Type::Json,
            "inet" => Type::Inet,
            "hstore" => Type::HStore,
            "range" => {
                return match of {
                    Some(of) => Type::Range(Box::new(self.type_expr(of, model).kind)),
                    None => {
                        self.problems.push(
                            Diagnostic::new(
                                &codes::UNKNOWN_TYPE,
                                written.span,
                                "a range is a range of something",
                            )
                            .help("write `range<int>`"),
                        );
                        Type::Error
                    }
                };
            }
            _ => return self.other_type(written, path, name, model),
        };
        if !arguments.is_empty() || of.is_some() {
            self.problems.push(
                Diagnostic::new(
                    &codes::UNKNOWN_TYPE,
                    written.span,
                    format!("`{}` takes nothing in brackets", name.text),
                )
                .fix(
                    Applicability::Exact,
                    format!("write `{}`", name.text),
                    written.span,
                    &*name.text,
                ),
            );
            return Type::Error;
        }
        ty
    }

    fn decimal_type(&mut self, written: &ast::TypeExpr, arguments: &[ast::Expr]) -> Type {
        let whole = |argument: &ast::Expr| match &argument.kind {
            ExprKind::Literal(Literal::Int(digits)) => digits.parse::<i64>().ok(),
            _ => None,
        };
        let digits = match arguments {
            [] => return casts::plain_decimal(),
            [precision] => whole(precision).map(|precision| (precision, 0)),
            [precision, scale] => whole(precision).zip(whole(scale)),
            _ => None,
        };
        match digits {
            Some((precision, scale)) if casts::is_decimal(precision, scale) => Type::Decimal(
                u16::try_from(precision).unwrap_or(u16::MAX),
                u16::try_from(scale).unwrap_or(0),
            ),
            _ => {
                self.problems.push(
                    Diagnostic::new(
                        &codes::UNKNOWN_TYPE,
                        written.span,
                        "a decimal has from 1 to 65 digits, of these at most 30 behind the point",
                    )
                    .help("write `decimal(10, 2)` for eight digits before the point and two behind it"),
                );
                Type::Error
            }
        }
    }

    /// A name that is no type's: a model's, or one that another language has.
    fn other_type(
        &mut self,
        written: &ast::TypeExpr,
        path: &ast::Path,
        name: &ast::Name,
        model: &mut dyn FnMut(&mut Problems, &ast::Path) -> Option<ModelId>,
    ) -> Type {
        let lower = name.text.to_lowercase();
        let brought = match &*lower {
            lower if NAMES.contains(&lower) => NAMES.iter().find(|name| **name == lower).copied(),
            lower => djq_syntax::brought_type(lower),
        };
        let is_model = name.text.starts_with(char::is_uppercase);
        let near = match brought {
            // A model may have the name of a type of another language.
            Some(_) if is_model && self.has_model(&name.text) => None,
            Some(brought) => Some((brought, Applicability::Exact)),
            None if is_model => None,
            None => nearest(&name.text, NAMES.iter().copied())
                .filter(|_| !self.has_model(&name.text))
                .map(|near| (near, Applicability::Likely)),
        };
        let Some((near, applicability)) = near else {
            return model(self.problems, path).map_or(Type::Error, Type::Key);
        };
        self.problems.push(
            Diagnostic::new(
                &codes::UNKNOWN_TYPE,
                name.span,
                format!("there is no type `{}`", name.text),
            )
            .fix(
                applicability,
                format!("write `{near}`"),
                if near == "decimal" {
                    name.span
                } else {
                    written.span
                },
                near,
            ),
        );
        Type::Error
    }

    fn has_model(&self, name: &str) -> bool {
        use djq_schema::ModelLookup;
        !matches!(self.schema.find_model(None, name), ModelLookup::Unknown)
    }
}
