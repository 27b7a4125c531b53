//! `def`s: what stands in their place where they are used, and their own check, used or not.

use crate::{
    Type,
    facts::FactKind,
    hir::{
        BinaryOperator, Clause, ClauseKind, Expr, ExprKind, Link, Role, Source, SourceId,
        SourceKind,
    },
    names::Names,
    paths::{Many, Meaning, One, Start, Via},
    scope::{Aggregates, Visible},
    sink::Problems,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::Schema;
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// What a definition of a model means for one row.
    pub(crate) fn defined_member(
        &mut self,
        row: SourceId,
        place: usize,
        name: &'a ast::Name,
    ) -> Meaning<'a> {
        let definition = &self.names.definitions[place];
        let def = definition.ast;
        self.fact(name.span, FactKind::Definition(def.name.span));
        match &def.body {
            ast::DefBody::Expr(body) => {
                if !def.parameters.is_empty() {
                    self.report(
                        Diagnostic::new(
                            &codes::DEFINITION_ARGUMENTS,
                            name.span,
                            format!("`{}` takes arguments", def.name.text),
                        )
                        .because(def.name.span, "defined here"),
                    );
                    return Meaning::Error;
                }
                self.expand(place, name.span, |walker| {
                    let visible = walker.visible_as_model(row);
                    walker.scope().sources.push(visible);
                    let value = walker.expr(body);
                    Meaning::Value(walker.declared_type(def, value))
                })
            }
            ast::DefBody::Shape(_) => Meaning::Shape {
                of: Box::new(Meaning::Row(row)),
                shape: place,
            },
            ast::DefBody::Relation { .. } if definition.to_one => match self.declared_target(place)
            {
                Some(target) => Meaning::One(One {
                    via: Via::Declared {
                        parent: row,
                        definition: place,
                    },
                    target,
                    span: name.span,
                }),
                None => Meaning::Error,
            },
            ast::DefBody::Relation { .. } => Meaning::Many(Box::new(Many {
                start: Start::Declared {
                    parent: row,
                    definition: place,
                },
                steps: Vec::new(),
                each: None,
                span: name.span,
            })),
            ast::DefBody::Scope(_) => {
                let model = self.source(row).name.clone();
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_VALUE,
                        name.span,
                        format!("`{}` is a scope: it narrows many rows", name.text),
                    )
                    .because(def.name.span, "defined here")
                    .help(format!(
                        "read it with `from`, or put it behind a relation to many; `{model}` is one row"
                    )),
                );
                Meaning::Error
            }
            ast::DefBody::Error => Meaning::Error,
        }
    }

    fn visible_as_model(&self, row: SourceId) -> Visible {
        let name = match self.info(row).model {
            Some(model) => self.schema.model(model).name.clone(),
            None => self.source(row).name.clone(),
        };
        Visible {
            name,
            id: row,
            span: self.source(row).span,
        }
    }

    fn declared_type(&mut self, def: &'a ast::Def, value: Expr) -> Expr {
        let Some(written) = &def.ty else {
            return value;
        };
        let ty = self.written_type(written);
        let nullable = value.ty.nullable;
        let span = value.span;
        let mut value = self.typing().coerce(value, &ty.kind);
        if nullable && !ty.nullable && !matches!(ty.kind, Type::Error) && self.expanding.len() == 1
        {
            self.report(
                Diagnostic::new(
                    &codes::NULLABLE_DEFINITION,
                    span,
                    format!("`{}` may be null, and `{ty}` says it is not", def.name.text),
                )
                .because(written.span, format!("declared as `{ty}`"))
                .fix(
                    djq_diagnostics::Applicability::Likely,
                    format!("write `{ty}?`"),
                    written.span.after(),
                    "?",
                ),
            );
        }
        value.ty.nullable = nullable || ty.nullable;
        value
    }

    /// Runs a definition's body in a scope of its own, in silence: its diagnostics have been given.
    fn expand(
        &mut self,
        place: usize,
        span: Span,
        body: impl FnOnce(&mut Self) -> Meaning<'a>,
    ) -> Meaning<'a> {
        let definition = &self.names.definitions[place];
        if definition.broken {
            return Meaning::Error;
        }
        if self.expanding.contains(&place) || self.expanding.len() > 64 {
            let name = &definition.ast.name;
            self.report(
                Diagnostic::new(
                    &codes::RECURSIVE_DEFINITION,
                    name.span,
                    format!("`{}` is defined by itself", name.text),
                )
                .label("comes back to itself"),
            );
            return Meaning::Error;
        }
        let file = std::mem::replace(&mut self.file, self.names.definitions[place].file);
        let known = self.problems.diagnostics.len();
        self.expanding.push(place);
        self.quiet += 1;
        self.open_scope(true);
        self.scope().aggregates = Aggregates::Refused("a definition");
        let meaning = body(self);
        self.scopes.pop();
        self.quiet -= 1;
        self.expanding.pop();
        self.file = file;
        let failed = self.failed_since(known);
        let outermost = self.expanding.is_empty();
        if self.names.definitions[place].untyped && outermost {
            // Its parameters have no types, so what does not fit is the caller's doing.
            for diagnostic in &mut self.problems.diagnostics[known..] {
                let inside = std::mem::replace(&mut diagnostic.primary.span, span);
                diagnostic.secondary.push(djq_diagnostics::Label {
                    span: inside,
                    message: "in the definition".into(),
                });
                diagnostic.fixes.clear();
            }
        } else if !(outermost && self.checking_definition) {
            self.forget(known);
        }
        if failed {
            return Meaning::Error;
        }
        match meaning {
            Meaning::Value(mut value) => {
                value.span = span;
                Meaning::Value(value)
            }
            other => other,
        }
    }

    /// A call of a function that a `def` defines.
    pub(crate) fn expand_function(
        &mut self,
        place: usize,
        arguments: &'a [ast::Expr],
        span: Span,
    ) -> Meaning<'a> {
        let def = self.names.definitions[place].ast;
        let (ast::DefBody::Expr(body), Some(bindings)) =
            (&def.body, self.bindings(place, arguments, span))
        else {
            return Meaning::Error;
        };
        self.expand(place, span, |walker| {
            walker.scope().bindings = bindings;
            let value = walker.expr(body);
            Meaning::Value(walker.declared_type(def, value))
        })
    }

    /// `row.name(…)`: a computed field that takes arguments.
    pub(crate) fn call_member(
        &mut self,
        base: &'a ast::Expr,
        call: &'a ast::Call,
        span: Span,
    ) -> Meaning<'a> {
        let meaning = match &base.kind {
            ast::ExprKind::Name(name) => self.lookup(name, true),
            _ => self.resolve(base),
        };
        let row = match meaning {
            Meaning::Row(row) => row,
            Meaning::One(one) => self.imply(&one),
            Meaning::Value(value) if matches!(value.ty.kind, Type::Key(_)) => {
                match self.row_of_key(value) {
                    Meaning::Row(row) => row,
                    Meaning::One(one) => self.imply(&one),
                    _ => return Meaning::Error,
                }
            }
            Meaning::Error => return Meaning::Error,
            other => {
                let what = self.describe(&other);
                self.report(Diagnostic::new(
                    &codes::NOT_A_VALUE,
                    base.span,
                    format!("`{}` is of one row, and this is {what}", call.name.text),
                ));
                return Meaning::Error;
            }
        };
        let found = self
            .info(row)
            .model
            .and_then(|model| self.names.member(self.schema, model, &call.name.text));
        let Some(place) = found else {
            return self.member(row, &call.name);
        };
        let def = self.names.definitions[place].ast;
        self.fact(call.name.span, FactKind::Definition(def.name.span));
        let (ast::DefBody::Expr(body), Some(bindings)) =
            (&def.body, self.bindings(place, &call.arguments, span))
        else {
            return Meaning::Error;
        };
        self.expand(place, span, |walker| {
            let visible = walker.visible_as_model(row);
            let scope = walker.scope();
            scope.sources.push(visible);
            scope.bindings = bindings;
            let value = walker.expr(body);
            Meaning::Value(walker.declared_type(def, value))
        })
    }

    /// The arguments of a call, by the names of the parameters.
    fn bindings(
        &mut self,
        place: usize,
        arguments: &'a [ast::Expr],
        span: Span,
    ) -> Option<Vec<(&'a str, Meaning<'a>)>> {
        let def = self.names.definitions[place].ast;
        if arguments.len() != def.parameters.len() {
            self.report(
                Diagnostic::new(
                    &codes::DEFINITION_ARGUMENTS,
                    span,
                    format!(
                        "`{}` takes {} argument{}, and {} {} given",
                        def.name.text,
                        def.parameters.len(),
                        if def.parameters.len() == 1 { "" } else { "s" },
                        arguments.len(),
                        if arguments.len() == 1 { "is" } else { "are" },
                    ),
                )
                .because(def.name.span, "defined here"),
            );
            return None;
        }
        let file = self.names.definitions[place].file;
        let mut bindings = Vec::with_capacity(arguments.len());
        for (parameter, argument) in def.parameters.iter().zip(arguments) {
            let meaning = self.resolve(argument);
            let meaning = match &parameter.ty {
                None => meaning,
                Some(written) => {
                    let own = std::mem::replace(&mut self.file, file);
                    let ty = self.written_type(written);
                    self.file = own;
                    self.argument(meaning, &ty.kind, argument, parameter)
                }
            };
            bindings.push((&*parameter.name.text, meaning));
        }
        Some(bindings)
    }

    /// An argument as its parameter wants it: a row of a model, or a value.
    fn argument(
        &mut self,
        meaning: Meaning<'a>,
        ty: &Type,
        argument: &'a ast::Expr,
        parameter: &'a ast::Parameter,
    ) -> Meaning<'a> {
        if let Type::Key(model) = ty {
            let of = match &meaning {
                Meaning::Row(id) => self.info(*id).model,
                Meaning::One(one) => Some(one.target),
                Meaning::Value(value) => match value.ty.kind {
                    Type::Key(model) => Some(model),
                    Type::Error => return Meaning::Error,
                    _ => None,
                },
                Meaning::Error => return Meaning::Error,
                _ => None,
            };
            let mut fits = false;
            if let Some(of) = of {
                crate::names::each_ancestor(self.schema, of, &mut |ancestor| {
                    fits |= self.schema.concrete(ancestor) == self.schema.concrete(*model);
                });
            }
            if fits {
                return meaning;
            }
            let what = self.describe(&meaning);
            let wanted = &self.schema.model(*model).label;
            self.report(
                Diagnostic::new(
                    &codes::DEFINITION_ARGUMENTS,
                    argument.span,
                    format!("a row of `{wanted}` is needed here, and this is {what}"),
                )
                .because(parameter.span, "the parameter"),
            );
            return Meaning::Error;
        }
        let value = self.value_of(meaning, argument.span);
        let nullable = value.ty.nullable;
        let mut value = self.typing().coerce(value, ty);
        value.ty.nullable = nullable;
        Meaning::Value(value)
    }

    /// The clauses of a scope, on the rows of a source.
    pub(crate) fn apply_scope(&mut self, row: SourceId, place: usize) {
        let definition = &self.names.definitions[place];
        let ast::DefBody::Scope(clauses) = &definition.ast.body else {
            return;
        };
        if self.expanding.contains(&place) {
            return;
        }
        let file = std::mem::replace(&mut self.file, definition.file);
        let known = self.problems.diagnostics.len();
        self.expanding.push(place);
        self.quiet += 1;
        let visible = self.visible_as_model(row);
        let scope = self.scope();
        let item = scope.item.replace(row);
        let barrier = std::mem::replace(&mut scope.barrier, true);
        let sources = std::mem::replace(&mut scope.sources, vec![visible]);
        let names = std::mem::take(&mut scope.frame_mut().names);
        self.clauses(clauses);
        let scope = self.scope();
        scope.item = item;
        scope.barrier = barrier;
        scope.sources = sources;
        scope.frame_mut().names = names;
        self.quiet -= 1;
        self.expanding.pop();
        self.file = file;
        self.broken |= self.failed_since(known);
        self.forget(known);
    }

    /// Whether an error was reported since.
    pub(crate) fn failed_since(&self, known: usize) -> bool {
        self.problems
            .diagnostics
            .iter()
            .skip(known)
            .any(Diagnostic::is_error)
    }

    /// Drops what was reported inside a definition, which its own check reports, but for cycles, which
    /// only show from inside.
    pub(crate) fn forget(&mut self, known: usize) {
        let checking = self.checking_definition;
        let mut at = 0;
        self.problems.diagnostics.retain(|diagnostic| {
            at += 1;
            at <= known || (checking && *diagnostic.code == codes::RECURSIVE_DEFINITION)
        });
    }

    /// The conditions of a scope of `where`s alone, for a join's `on`.
    pub(crate) fn scope_conditions(
        &mut self,
        row: SourceId,
        place: usize,
        span: Span,
    ) -> Option<Expr> {
        let definition = &self.names.definitions[place];
        let ast::DefBody::Scope(clauses) = &definition.ast.body else {
            return None;
        };
        let mut all: Option<Expr> = None;
        for clause in clauses {
            let ast::ClauseKind::Where(condition) = &clause.kind else {
                self.not_yet(span, "joining a scope that does more than `where`");
                return None;
            };
            let meaning = self.expand(place, span, |walker| {
                let visible = walker.visible_as_model(row);
                walker.scope().sources.push(visible);
                let value = walker.expr(condition);
                Meaning::Value(walker.typing().condition(value))
            });
            if let Meaning::Value(value) = meaning {
                all = Some(match all {
                    None => value,
                    Some(before) => and(before, value),
                });
            }
        }
        all
    }

    fn declared_target(&mut self, place: usize) -> Option<djq_schema::ModelId> {
        let definition = &self.names.definitions[place];
        let ast::DefBody::Relation { target, .. } = &definition.ast.body else {
            return None;
        };
        let known = self.problems.diagnostics.len();
        let file = std::mem::replace(&mut self.file, definition.file);
        self.quiet += 1;
        let found = self.model_path(target);
        self.quiet -= 1;
        self.file = file;
        if !self.checking_definition {
            self.problems.diagnostics.truncate(known);
        }
        found
    }

    /// A source at the end of a declared relation.
    pub(crate) fn link_declared(
        &mut self,
        parent: SourceId,
        place: usize,
        role: Role,
        name: Option<&str>,
        span: Span,
    ) -> SourceId {
        let definition = &self.names.definitions[place];
        let def = definition.ast;
        let to_one = definition.to_one;
        let target = self.declared_target(place);
        let above = self.source(parent).nullable;
        let kind = SourceKind::Model(target.map_or(djq_schema::ModelId(0), |target| {
            self.schema.concrete(target)
        }));
        let id = self.add_source(
            Source {
                name: name.unwrap_or(&def.name.text).into(),
                kind,
                link: None,
                role,
                nullable: false,
                span,
            },
            target,
        );
        if role == Role::Implied {
            let scope = self.info(parent).scope;
            self.info_mut(id).scope = scope;
        }
        let mut link = Link {
            parent,
            relation: None,
            left: Vec::new(),
            right: Vec::new(),
            content_type: None,
            condition: None,
            to_one,
            total: false,
        };
        if let ast::DefBody::Relation { on, .. } = &def.body {
            let condition = self.expand(place, span, |walker| {
                let mut owner = walker.visible_as_model(parent);
                if let Some(model) = walker.names.definitions[place].model {
                    owner.name = walker.schema.model(model).name.clone();
                }
                let scope = walker.scope();
                scope.sources.push(owner);
                scope.item = Some(id);
                let value = walker.expr(on);
                Meaning::Value(walker.typing().condition(value))
            });
            if let Meaning::Value(condition) = condition {
                self.split_condition(condition, id, &mut link);
            }
        }
        let source = &mut self.sources[id.0 as usize];
        source.nullable = role == Role::Implied && (above || !link.total);
        source.link = Some(link);
        id
    }

    /// Takes a declared relation's condition apart into pairs and the rest.
    fn split_condition(&self, condition: Expr, target: SourceId, link: &mut Link) {
        match condition.kind {
            ExprKind::Binary(BinaryOperator::And, left, right) => {
                self.split_condition(*left, target, link);
                self.split_condition(*right, target, link);
            }
            ExprKind::Binary(BinaryOperator::Equal, left, right) => {
                let pair = match (&left.kind, &right.kind) {
                    (ExprKind::Column(of, field), _)
                        if *of == target && !self.uses(&right, target) =>
                    {
                        Some((right.clone(), *field))
                    }
                    (_, ExprKind::Column(of, field))
                        if *of == target && !self.uses(&left, target) =>
                    {
                        Some((left.clone(), *field))
                    }
                    _ => None,
                };
                match pair {
                    Some((value, field)) => {
                        link.left.push(*value);
                        link.right.push(field);
                    }
                    None => link.also(Expr {
                        kind: ExprKind::Binary(BinaryOperator::Equal, left, right),
                        ..condition
                    }),
                }
            }
            kind => link.also(Expr { kind, ..condition }),
        }
    }
}

impl Link {
    fn also(&mut self, condition: Expr) {
        self.condition = Some(Box::new(match self.condition.take() {
            None => condition,
            Some(before) => and(*before, condition),
        }));
    }
}

/// Both conditions.
pub(crate) fn and(left: Expr, right: Expr) -> Expr {
    let nullable = left.ty.nullable || right.ty.nullable;
    Expr {
        span: left.span,
        ty: Type::Bool.required().with_null(nullable),
        kind: ExprKind::Binary(BinaryOperator::And, Box::new(left), Box::new(right)),
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

impl<'a> Walker<'a> {
    /// Checks a definition by itself. Of a relation: whether it is to one.
    fn check_definition(&mut self, place: usize) -> bool {
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
    fn bind_types(&mut self, def: &'a ast::Def) {
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
    fn refuse_hidden_fields(&mut self, def: &'a ast::Def, row: SourceId) {
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
    fn model_source(&mut self, model: djq_schema::ModelId, span: Span) -> SourceId {
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

    /// A written type; the model it names, if it does, resolved.
    pub(crate) fn written_type(&mut self, written: &'a ast::TypeExpr) -> crate::Ty {
        let (schema, names, file) = (self.schema, self.names, self.file);
        let mut model = |problems: &mut Problems, path: &ast::Path| {
            names.model_of(schema, file, path, problems)
        };
        self.typing().type_expr(written, &mut model)
    }

    /// Whether an expression names anything of a source.
    pub(crate) fn uses(&self, expr: &Expr, source: SourceId) -> bool {
        let mut found = false;
        crate::visit::each_source(self, expr, &mut |id| {
            found |= id == source || self.root(id) == source;
        });
        found
    }

    /// A clause of this kind, at a place.
    pub(crate) fn push_clause(&mut self, kind: ClauseKind, span: Span) {
        self.scope().clauses.push(Clause { kind, span });
    }
}
