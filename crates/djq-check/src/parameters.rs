//! Parameters: declared ones, and those of a bare pipeline, which their use declares.

use crate::{
    Parameter, Ty, Type,
    facts::FactKind,
    hir::{Literal, ParamId},
    names::duplicate,
    sink::ParameterType,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes, nearest};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// Adds a parameter; its type may still be open.
    pub(crate) fn add_parameter(&mut self, name: &str, ty: Option<Ty>, span: Span) -> ParamId {
        let id = ParamId(u32::try_from(self.parameters.entries.len()).unwrap_or(u32::MAX));
        self.parameters.entries.push(ParameterType {
            name: name.into(),
            span,
            optional: self.asked_for.iter().any(|asked| **asked == *name),
            defaulted: false,
            ty,
            inferred_from: None,
            untold: None,
        });
        self.used_parameters.push(false);
        id
    }

    fn find_parameter(&self, name: &str) -> Option<ParamId> {
        (0u32..)
            .zip(&self.parameters.entries)
            .find(|(_, entry)| &*entry.name == name)
            .map(|(id, _)| ParamId(id))
    }

    /// `$name` where it is named: in a guard, or where its value is used.
    pub(crate) fn use_parameter(&mut self, name: &'a ast::Name) -> Option<ParamId> {
        let id = match self.find_parameter(&name.text) {
            Some(id) => id,
            None if self.bare => self.add_parameter(&name.text, None, name.span),
            None => {
                if self.checking_definition || self.quiet > 0 {
                    self.report(
                        Diagnostic::new(
                            &codes::UNKNOWN_PARAMETER,
                            name.span,
                            format!("a definition has no `${}`", name.text),
                        )
                        .help("give the definition a parameter of its own, and pass the value"),
                    );
                    return None;
                }
                let known = self.parameters.entries.iter().map(|entry| &*entry.name);
                let near = nearest(&name.text, known).map(str::to_owned);
                let mut diagnostic = Diagnostic::new(
                    &codes::UNKNOWN_PARAMETER,
                    name.span,
                    format!("the query has no parameter `{}`", name.text),
                );
                diagnostic = match near {
                    Some(near) => diagnostic.label(format!("did you mean `${near}`?")).fix(
                        Applicability::Likely,
                        format!("write `${near}`"),
                        name.span,
                        format!("${near}"),
                    ),
                    None => {
                        let diagnostic = diagnostic
                            .help(format!("declare it: `query name({}: type)`", name.text));
                        match self.declaration(&name.text) {
                            Some(edit) => diagnostic.fix_all(
                                Applicability::Likely,
                                format!("declare `{}`", name.text),
                                vec![edit],
                            ),
                            None => diagnostic,
                        }
                    }
                };
                self.report(diagnostic);
                // One mistake, one error: further uses are known.
                let id = self.add_parameter(&name.text, Some(Type::Error.required()), name.span);
                self.used_parameters[id.0 as usize] = true;
                return None;
            }
        };
        self.used_parameters[id.0 as usize] = true;
        let entry = &self.parameters.entries[id.0 as usize];
        if matches!(
            entry.ty,
            Some(Ty {
                kind: Type::Error,
                ..
            })
        ) {
            return None;
        }
        let (ty, declared) = (entry.ty.clone(), entry.span);
        self.fact(name.span, FactKind::Parameter(ty, declared));
        Some(id)
    }

    /// `$name` where its value is used.
    pub(crate) fn use_value(&mut self, name: &'a ast::Name) -> Option<ParamId> {
        let id = self.use_parameter(name)?;
        self.needs_given(id, name.span);
        Some(id)
    }

    /// Declares the parameters of a query. Gives the defaults.
    pub(crate) fn declare_parameters(
        &mut self,
        parameters: &'a [ast::Parameter],
        known: &[Option<Ty>],
    ) -> Vec<Option<Literal>> {
        let mut defaults = Vec::with_capacity(parameters.len());
        for (at, parameter) in parameters.iter().enumerate() {
            if let Some(first) = parameters[..at]
                .iter()
                .find(|first| first.name.text == parameter.name.text)
            {
                let first = first.name.span;
                self.report(duplicate("parameter", &parameter.name, first));
                defaults.push(None);
                continue;
            }
            let mut ty = parameter
                .ty
                .as_ref()
                .map(|written| self.written_type(written));
            if ty.is_none()
                && let Some(Some(inferred)) = known.get(at)
            {
                ty = Some(inferred.clone());
            }
            if let Some(Ty {
                kind: Type::Key(_), ..
            }) = &ty
            {
                let mut value = self.hollow(
                    parameter
                        .ty
                        .as_ref()
                        .map_or(parameter.name.span, |written| written.span),
                );
                value.ty = ty.clone().unwrap_or(value.ty);
                self.typing().is_single(&value);
            }
            let mut default = None;
            if let Some(value) = &parameter.default {
                if ty.is_none() {
                    let literal = self.expr(value);
                    ty = Some(literal.ty.with_null(false));
                }
                if let Some(ty) = &ty {
                    default = self.typing().default_value(value, ty);
                }
            }
            let id = self.add_parameter(&parameter.name.text, ty.clone(), parameter.name.span);
            self.fact(
                parameter.name.span,
                FactKind::Parameter(ty, parameter.name.span),
            );
            let entry = &mut self.parameters.entries[id.0 as usize];
            entry.optional = parameter.optional && parameter.default.is_none();
            entry.defaulted = parameter.default.is_some();
            defaults.push(default);
        }
        defaults
    }

    /// What callers see of the parameters.
    pub(crate) fn interface_parameters(
        &self,
        declared: &'a [ast::Parameter],
        defaults: Vec<Option<Literal>>,
    ) -> Vec<Parameter> {
        let mut defaults = defaults.into_iter();
        self.parameters
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let written = declared.get(at);
                let default = defaults.next().flatten();
                Parameter {
                    name: entry.name.clone(),
                    docs: written
                        .and_then(|written| written.docs.as_ref())
                        .map(|docs| docs.text.clone()),
                    ty: entry
                        .ty
                        .as_ref()
                        .map_or(Type::Error.required(), |ty| self.outside(ty)),
                    optional: default.is_some()
                        || entry.optional
                        || written.is_some_and(|written| written.optional),
                    default,
                    span: entry.span,
                }
            })
            .collect()
    }

    /// A type as callers see it: keys are the types of their columns.
    pub(crate) fn outside(&self, ty: &Ty) -> Ty {
        let kind = match &ty.kind {
            Type::Key(model) => {
                let fields: Vec<_> = self.schema.primary_key(*model).collect();
                match fields.as_slice() {
                    [only] => crate::members::field_type(self.schema, *only),
                    several => Type::Row(
                        several
                            .iter()
                            .map(|field| {
                                (
                                    self.schema.field(*field).attname.clone(),
                                    crate::members::field_type(self.schema, *field).required(),
                                )
                            })
                            .collect(),
                    ),
                }
            }
            Type::List(of) => Type::List(Box::new(self.outside(of))),
            Type::Row(fields) => Type::Row(
                fields
                    .iter()
                    .map(|(name, ty)| (name.clone(), self.outside(ty)))
                    .collect(),
            ),
            other => other.clone(),
        };
        kind.required().with_null(ty.nullable)
    }

    /// Says which declared parameters nothing uses.
    pub(crate) fn lint_unused_parameters(&mut self, declared: &'a [ast::Parameter]) {
        if self.broken {
            return;
        }
        for (at, parameter) in declared.iter().enumerate() {
            if !self.used_parameters.get(at).copied().unwrap_or(true) {
                self.lint(
                    Diagnostic::new(
                        &codes::UNUSED_PARAMETER,
                        parameter.name.span,
                        format!("nothing uses the parameter `{}`", parameter.name.text),
                    )
                    .help("use it, or take it out"),
                );
            }
        }
    }
}
