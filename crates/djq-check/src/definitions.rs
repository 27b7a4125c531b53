//! `def`s: what stands in their place where they are used, and their own check, used or not.

use crate::{
    Type,
    declared::and,
    facts::FactKind,
    hir::{Clause, ClauseKind, Expr, SourceId},
    paths::{Many, Meaning, One, Start, Via},
    scope::{Aggregates, Visible},
    sink::Problems,
    unfolding::DEPTH,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
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

    pub(crate) fn visible_as_model(&self, row: SourceId) -> Visible {
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

    pub(crate) fn declared_type(&mut self, def: &'a ast::Def, value: Expr) -> Expr {
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
        // `?` lets it be null, and does not make it so.
        value.ty.nullable = nullable;
        value
    }

    /// Runs a definition's body in a scope of its own, in silence: its diagnostics have been given.
    pub(crate) fn expand(
        &mut self,
        place: usize,
        span: Span,
        body: impl FnOnce(&mut Self) -> Meaning<'a>,
    ) -> Meaning<'a> {
        let definition = &self.names.definitions[place];
        if definition.broken {
            return Meaning::Error;
        }
        if self.expanding.contains(&place) || self.expanding.len() > DEPTH {
            self.refuse_to_unfold(place);
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
        self.end_unfolding(place);
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
    pub(crate) fn bindings(
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
    pub(crate) fn argument(
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
        if definition.broken {
            self.broken = true;
            return;
        }
        if self.expanding.contains(&place) || !self.may_unfold(1) {
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
        self.end_unfolding(place);
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
            let stays = [&codes::RECURSIVE_DEFINITION, &codes::TOO_DEEP];
            at <= known || (checking && stays.contains(&diagnostic.code))
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
            // A scope that does more is joined as a query of its own.
            let ast::ClauseKind::Where(condition) = &clause.kind else {
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
}

impl<'a> Walker<'a> {
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

    /// A clause of this kind, at a place, under the guard of the clause at hand.
    pub(crate) fn push_clause(&mut self, kind: ClauseKind, span: Span) {
        let scope = self.scope();
        let guard = scope.guard.clone();
        scope.clauses.push(Clause { kind, guard, span });
    }
}
