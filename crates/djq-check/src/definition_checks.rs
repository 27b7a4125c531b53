//! The check of each `def` and `view` by itself, used or not.

use crate::{
    Type,
    hir::{Expr, Role, Source, SourceId, SourceKind},
    names::Names,
    paths::Meaning,
    sink::Problems,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::Schema;
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// Checks a definition by itself. Of a relation: whether it is to one.
    pub(crate) fn check_definition(&mut self, place: usize) -> bool {
        let definition = &self.names.definitions[place];
        let def = definition.ast;
        self.open_scope(true);
        let row = definition.model.map(|model| {
            let id = self.model_source(model, def.name.span);
            self.info_mut(id).used = true;
            id
        });
        self.expanding.push(place);
        let mut to_one = false;
        match (&def.body, row) {
            (ast::DefBody::Expr(_), _)
                if def
                    .parameters
                    .iter()
                    .any(|parameter| parameter.ty.is_none()) => {}
            (ast::DefBody::Expr(body), row) => {
                if let Some(row) = row {
                    let visible = self.visible_as_model(row);
                    self.scope().sources.push(visible);
                    self.refuse_hidden_fields(def, row);
                }
                self.bind_types(def);
                let value = self.expr(body);
                self.declared_type(def, value);
            }
            (ast::DefBody::Scope(clauses), Some(row)) => {
                let visible = self.visible_as_model(row);
                let scope = self.scope();
                scope.sources.push(visible);
                scope.from = Some(row);
                scope.item = Some(row);
                self.clauses(clauses);
            }
            (ast::DefBody::Shape(shape), Some(row)) => {
                let visible = self.visible_as_model(row);
                self.scope().sources.push(visible);
                let _ = self.shape_items(shape);
            }
            (ast::DefBody::Relation { .. }, Some(row)) => {
                self.expanding.pop();
                let id = self.link_declared(row, place, Role::From, None, def.name.span);
                self.expanding.push(place);
                if let Some(link) = &self.source(id).link {
                    to_one = link.condition.is_none()
                        && !link.right.is_empty()
                        && crate::cardinality::is_unique(self.schema, &link.right);
                }
            }
            (ast::DefBody::Error, _) => {}
            (_, None) => {
                self.report(
                    Diagnostic::new(
                        &codes::DEFINITION_WITHOUT_MODEL,
                        def.name.span,
                        format!("`{}` belongs to no model", def.name.text),
                    )
                    .label("scopes, shapes and relations are of a model")
                    .help(format!("write `def Model.{}`", def.name.text)),
                );
            }
        }
        self.expanding.pop();
        self.scopes.pop();
        to_one
    }

    /// Binds a definition's parameters to values of their types.
    pub(crate) fn bind_types(&mut self, def: &'a ast::Def) {
        let mut bindings = Vec::with_capacity(def.parameters.len());
        for parameter in &def.parameters {
            let Some(written) = &parameter.ty else {
                continue;
            };
            let ty = self.written_type(written);
            let meaning = match ty.kind {
                Type::Key(model) => Meaning::Row(self.model_source(model, parameter.span)),
                Type::Error => Meaning::Error,
                kind => {
                    let value = Expr {
                        ty: kind.required().with_null(ty.nullable),
                        ..self.null(parameter.span)
                    };
                    let id = self.add_named(&parameter.name.text, value, parameter.span);
                    Meaning::Value(self.named_expr(id, parameter.span))
                }
            };
            bindings.push((&*parameter.name.text, meaning));
        }
        self.scope().bindings = bindings;
    }

    /// A parameter with a field's name: either could be meant.
    pub(crate) fn refuse_hidden_fields(&mut self, def: &'a ast::Def, row: SourceId) {
        for parameter in &def.parameters {
            if self.has_member(row, &parameter.name.text) {
                let owner = self.source(row).name.clone();
                self.report(
                    Diagnostic::new(
                        &codes::AMBIGUOUS_NAME,
                        parameter.name.span,
                        format!(
                            "`{}` is a field of `{owner}` and a parameter here",
                            parameter.name.text
                        ),
                    )
                    .label("which one is meant?")
                    .help("give the parameter another name"),
                );
            }
        }
    }

    /// A source of a model's rows, in no clause.
    pub(crate) fn model_source(&mut self, model: djq_schema::ModelId, span: Span) -> SourceId {
        let concrete = self.schema.concrete(model);
        self.add_source(
            Source {
                name: self.schema.model(model).name.clone(),
                kind: SourceKind::Model(concrete),
                link: None,
                role: Role::From,
                nullable: false,
                span,
            },
            Some(model),
        )
    }
}

/// Checks each definition and view of the first file by itself, used or not.
pub(crate) fn check_definitions<'a>(
    schema: &'a Schema,
    names: &mut Names<'a>,
    problems: &mut Problems,
    facts: &mut crate::facts::Facts,
    levels: &[(Box<str>, crate::lints::Level)],
) {
    for place in 0..names.definitions.len() {
        let definition = &names.definitions[place];
        let of_this_file = definition.file == 0;
        let def = definition.ast;
        let untyped = def
            .parameters
            .iter()
            .any(|parameter| parameter.ty.is_none());
        names.definitions[place].untyped = untyped;
        let mut walker = Walker::new(schema, names, names.definitions[place].file);
        walker.checking_definition = true;
        walker.levels = levels_of(names.definitions[place].attributes, levels);
        let to_one = walker.check_definition(place);
        let broken = walker.problems.diagnostics.iter().any(Diagnostic::is_error);
        let found = (walker.problems, walker.facts);
        names.definitions[place].to_one = to_one;
        names.definitions[place].broken = broken;
        if of_this_file {
            problems.diagnostics.extend(found.0.diagnostics);
            facts.append(found.1);
        }
    }
    for place in 0..names.views.len() {
        let view = &names.views[place];
        let (of_this_file, body) = (view.file == 0, &view.ast.body);
        let mut walker = Walker::new(schema, names, view.file);
        walker.levels = levels_of(view.attributes, levels);
        let _ = walker.pipeline(body, crate::selection::Wanted::Named, true);
        let broken = walker.problems.diagnostics.iter().any(Diagnostic::is_error);
        let found = (walker.problems, walker.facts);
        names.views[place].broken = broken;
        if of_this_file {
            problems.diagnostics.extend(found.0.diagnostics);
            facts.append(found.1);
        }
    }
}

/// The levels of lints with those of an item's attributes, which are checked elsewhere.
fn levels_of(
    attributes: &[ast::Attribute],
    levels: &[(Box<str>, crate::lints::Level)],
) -> Vec<(Box<str>, crate::lints::Level)> {
    let mut all = levels.to_vec();
    for attribute in attributes {
        if let Some(level) = crate::lints::Level::of(&attribute.level.text) {
            all.extend(
                attribute
                    .lints
                    .iter()
                    .map(|lint| (lint.text.clone(), level)),
            );
        }
    }
    all
}
