//! Paths: what each step behind a dot leads to, and the joins that a path to one implies.

use crate::{
    Ty, Type,
    facts::FactKind,
    hir::{CteId, Expr, ExprKind, Literal, SourceId, SourceKind, Tree},
    members::{field_type, find_member},
    names::with_nearest,
    scope::FrameKind,
    visit::children,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_schema::{FieldId, ModelId, RelationId, RelationKind};
use djq_syntax::ast;

/// What a name or path means.
#[derive(Debug, Clone)]
pub(crate) enum Meaning<'a> {
    /// Its diagnostic has been given.
    Error,
    /// A value.
    Value(Expr),
    /// The row of a source.
    Row(SourceId),
    /// The row at the end of a relation to one, not joined yet.
    One(One),
    /// Rows of a relation to many.
    Many(Box<Many<'a>>),
    /// A model, narrowed by scopes (places in `Names::definitions`).
    Model(ModelId, Vec<usize>),
    /// An app.
    App(&'a str),
    /// A CTE.
    Cte(CteId),
    /// A view, a place in `Names::views`.
    View(usize),
    /// Rows that the source itself makes: literal ones, a parameter's, a series.
    Made(&'a ast::Expr),
    /// A row seen through a shape (a place in `Names::definitions`).
    Shape { of: Box<Meaning<'a>>, shape: usize },
}

/// A row at the end of a relation to one.
#[derive(Debug, Clone)]
pub(crate) struct One {
    pub(crate) via: Via,
    pub(crate) target: ModelId,
    pub(crate) span: Span,
}

/// How it is reached.
#[derive(Debug, Clone)]
pub(crate) enum Via {
    /// By a relation of a source.
    Relation {
        parent: SourceId,
        relation: RelationId,
    },
    /// By a key that a value holds.
    Key(Box<Expr>),
    /// By a generic key, read as its target.
    Generic {
        parent: SourceId,
        relation: RelationId,
    },
    /// By a declared relation of a source (a place in `Names::definitions`).
    Declared { parent: SourceId, definition: usize },
}

/// Rows of a relation to many, with what is written behind it.
#[derive(Debug, Clone)]
pub(crate) struct Many<'a> {
    pub(crate) start: Start<'a>,
    /// Steps behind it, resolved where the rows are made.
    pub(crate) steps: Vec<&'a ast::Name>,
    /// `.( … )` at the end.
    pub(crate) each: Option<&'a ast::Expr>,
    pub(crate) span: Span,
}

/// Where it starts.
#[derive(Debug, Clone)]
pub(crate) enum Start<'a> {
    /// A relation of a source.
    Relation {
        parent: SourceId,
        relation: RelationId,
    },
    /// A declared relation of a source.
    Declared { parent: SourceId, definition: usize },
    /// What lies above or below a source's row in a tree.
    Tree { parent: SourceId, tree: Tree },
    /// A relation expression or pipeline in parentheses.
    Pipeline(&'a ast::Pipeline),
}

impl<'a> Walker<'a> {
    /// The step `.name` from a meaning.
    pub(crate) fn step(&mut self, from: Meaning<'a>, name: &'a ast::Name) -> Meaning<'a> {
        match from {
            Meaning::Error => Meaning::Error,
            Meaning::Row(id) => self.member(id, name),
            Meaning::One(one) => self.step_one(&one, name),
            Meaning::Value(expr) => self.step_value(expr, name),
            Meaning::Many(mut many) => {
                if many.each.is_some() {
                    return self.no_steps(name, "the value of each item");
                }
                many.span = many.span.to(name.span);
                many.steps.push(name);
                Meaning::Many(many)
            }
            Meaning::Model(model, scopes) => self.step_model(model, scopes, name),
            Meaning::App(app) => self.step_app(app, name),
            Meaning::Cte(_) | Meaning::View(_) | Meaning::Made(_) => {
                let what = self.describe(&from);
                self.report(
                    Diagnostic::new(
                        &codes::UNKNOWN_NAME,
                        name.span,
                        format!("`{}` needs a row, and {what} is many", name.text),
                    )
                    .help("name a source with `as`, and its columns behind that name"),
                );
                Meaning::Error
            }
            Meaning::Shape { .. } => self.no_steps(name, "a shape"),
        }
    }

    pub(crate) fn no_steps(&mut self, name: &ast::Name, what: &str) -> Meaning<'a> {
        self.report(Diagnostic::new(
            &codes::UNKNOWN_FIELD,
            name.span,
            format!("{what} has no field `{}`", name.text),
        ));
        Meaning::Error
    }

    pub(crate) fn step_app(&mut self, app: &'a str, name: &'a ast::Name) -> Meaning<'a> {
        match self.schema.find_model(Some(app), &name.text) {
            djq_schema::ModelLookup::Found(model) => {
                self.fact(name.span, FactKind::Model(model));
                Meaning::Model(model, Vec::new())
            }
            _ => {
                let app = ast::Name {
                    text: app.into(),
                    span: name.span,
                };
                let candidates = self
                    .schema
                    .models
                    .iter()
                    .filter(|model| *model.app == *app.text)
                    .map(|model| &*model.name);
                let found = nearest(&name.text, candidates);
                let exact = found.is_some_and(|found| found.eq_ignore_ascii_case(&name.text));
                self.report(with_nearest(
                    Diagnostic::new(
                        if exact {
                            &codes::WRONG_CASE
                        } else {
                            &codes::UNKNOWN_MODEL
                        },
                        name.span,
                        format!("the app `{}` has no model `{}`", app.text, name.text),
                    ),
                    name.span,
                    found,
                ));
                Meaning::Error
            }
        }
    }

    pub(crate) fn step_model(
        &mut self,
        model: ModelId,
        mut scopes: Vec<usize>,
        name: &'a ast::Name,
    ) -> Meaning<'a> {
        if let Some(place) = self.names.member(self.schema, model, &name.text) {
            let definition = &self.names.definitions[place];
            let declared = definition.ast.name.span;
            if matches!(definition.ast.body, ast::DefBody::Scope(_)) {
                self.fact(name.span, FactKind::Definition(declared));
                scopes.push(place);
                return Meaning::Model(model, scopes);
            }
        }
        if self.names.incomplete {
            return Meaning::Error;
        }
        let label = &self.schema.model(model).label;
        let is_member = find_member(self.schema, model, &name.text).is_some();
        let alias = self.alias_of(model);
        self.report(if is_member {
            let diagnostic = Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!("no row of `{label}` is in reach here"),
            )
            .label(format!("`{}` is a field of each row", name.text));
            match alias {
                // The name of the model stands right before, and a dot.
                Some(alias) => diagnostic.help(format!(
                    "its rows go by `{alias}` here: write `{alias}.{}`",
                    name.text
                )),
                None => diagnostic.help(format!(
                    "read the model with `from {}` or a join, and name the field behind its alias",
                    self.schema.model(model).name
                )),
            }
        } else {
            let known = self.names.member_names(model);
            with_nearest(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("`{label}` has no scope `{}`", name.text),
                ),
                name.span,
                nearest(&name.text, known),
            )
        });
        Meaning::Error
    }

    pub(crate) fn step_value(&mut self, expr: Expr, name: &'a ast::Name) -> Meaning<'a> {
        match &expr.ty.kind {
            Type::Error => Meaning::Error,
            Type::Key(_) => match self.row_of_key(expr) {
                Meaning::Row(source) => self.member(source, name),
                Meaning::One(one) => self.step_one(&one, name),
                _ => Meaning::Error,
            },
            _ => {
                let ty = self.type_name(&expr.ty);
                let diagnostic = Diagnostic::new(
                    &codes::UNKNOWN_FIELD,
                    name.span,
                    format!("a value of type `{ty}` has no field `{}`", name.text),
                )
                .because(expr.span, format!("this is `{ty}`"));
                let diagnostic = crate::meant::offer_key(diagnostic, &expr, name);
                self.report(crate::meant::offer_function(diagnostic, expr.span, name));
                Meaning::Error
            }
        }
    }

    /// The row whose key a value is.
    pub(crate) fn row_of_key(&mut self, expr: Expr) -> Meaning<'a> {
        let Type::Key(target) = expr.ty.kind else {
            return Meaning::Error;
        };
        if self.refuse_key_of_many(&expr) {
            return Meaning::Error;
        }
        match self.one_of_key(&expr) {
            Ok(source) => Meaning::Row(source),
            Err(Some(one)) => Meaning::One(one),
            Err(None) => Meaning::One(One {
                span: expr.span,
                via: Via::Key(Box::new(expr)),
                target,
            }),
        }
    }

    /// Says so where a key is what an aggregate or a window gives: no row has it before the clause at hand is done,
    /// and so nothing is joined by it there.
    pub(crate) fn refuse_key_of_many(&mut self, expr: &Expr) -> bool {
        let Some((function, span)) = first_of_many(expr) else {
            return false;
        };
        let grouped = matches!(
            self.scope_ref().map(|scope| &scope.frame().kind),
            Some(FrameKind::Grouped(_))
        );
        let help = if grouped || function == "a window" {
            "name the key in a clause above, and go on from the name: `let m = max(e.author)`, then `m.name`"
        } else {
            "select the key first, and go on from its name: `select max(e.author) as m`, then `select m.name`"
        };
        self.report(
            Diagnostic::new(
                &codes::MISPLACED_AGGREGATE,
                span,
                format!("a path starts from a row, and this key is made from many by {function}"),
            )
            .label("no row has this key yet")
            .help(help),
        );
        true
    }

    /// A source that is there already, or a relation that leads to it.
    pub(crate) fn one_of_key(&self, expr: &Expr) -> Result<SourceId, Option<One>> {
        match &expr.kind {
            ExprKind::Named(id) => {
                if let Some(source) = self.key_models.get(id) {
                    return Ok(*source);
                }
                let info = self.named_infos[id.0 as usize];
                let same_rows = self
                    .scopes
                    .iter()
                    .find(|scope| scope.id == info.scope)
                    .is_some_and(|scope| scope.level == info.level);
                if same_rows {
                    self.one_of_key(&self.named(*id).value)
                } else {
                    Err(None)
                }
            }
            ExprKind::Column(parent, field) => {
                let Type::Key(target) = expr.ty.kind else {
                    return Err(None);
                };
                let of = self.schema.field(*field);
                if let Some(index) = of.relation {
                    return Err(Some(One {
                        via: Via::Relation {
                            parent: *parent,
                            relation: RelationId {
                                model: field.model,
                                index,
                            },
                        },
                        target,
                        span: expr.span,
                    }));
                }
                Ok(*parent)
            }
            _ => Err(None),
        }
    }

    pub(crate) fn step_one(&mut self, one: &One, name: &'a ast::Name) -> Meaning<'a> {
        if let Some(mut key) = self.held_key(one) {
            let mut fields = self.schema.primary_key(one.target);
            if let (Some(field), None) = (fields.next(), fields.next())
                && (&*name.text == "pk" || *self.schema.field(field).name == *name.text)
                && self.schema.field(field).relation.is_none()
            {
                key.ty.kind = field_type(self.schema, field);
                key.span = one.span.to(name.span);
                self.fact(name.span, FactKind::Field(field, key.ty.clone()));
                return Meaning::Value(key);
            }
        }
        if let Via::Relation { relation, .. } = one.via
            && self.schema.relation(relation).kind == RelationKind::GenericForeignKey
        {
            let of = &self.schema.relation(relation).name;
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_VALUE,
                    one.span,
                    format!("`{of}` may point to any model"),
                )
                .label("which model is meant here?")
                .help(format!("cast it: `(…{of}::app.Model).{}`", name.text)),
            );
            return Meaning::Error;
        }
        let source = self.imply(one);
        self.member(source, name)
    }

    /// The key that a row's own columns hold for the row at the other end, where no join is needed for it.
    pub(crate) fn held_key(&mut self, one: &One) -> Option<Expr> {
        match &one.via {
            Via::Key(expr) => Some((**expr).clone()),
            Via::Generic { .. } | Via::Declared { .. } => None,
            Via::Relation { parent, relation } => {
                let of = self.schema.relation(*relation);
                let forward = matches!(of.kind, RelationKind::ForeignKey | RelationKind::OneToOne);
                let [hop] = of.hops.as_slice() else {
                    return None;
                };
                let target = of.target?;
                let is_key = hop.content_type.is_none()
                    && hop
                        .on
                        .iter()
                        .map(|(_, right)| *right)
                        .eq(self.schema.primary_key(target));
                if !forward || !is_key {
                    return None;
                }
                let left: Vec<FieldId> = hop.on.iter().map(|(left, _)| *left).collect();
                Some(self.key_of_fields(*parent, &left, target, one.span))
            }
        }
    }

    /// Columns of a source that hold a key of `target`, as one value.
    pub(crate) fn key_of_fields(
        &mut self,
        source: SourceId,
        fields: &[FieldId],
        target: ModelId,
        span: Span,
    ) -> Expr {
        let target = self.schema.concrete(target);
        let mut columns: Vec<Expr> = fields
            .iter()
            .map(|field| self.field_at(source, *field, span))
            .collect();
        let nullable = columns.iter().any(|column| column.ty.nullable);
        let ty = Type::Key(target).required().with_null(nullable);
        match columns.len() {
            1 => {
                let mut only = columns.remove(0);
                only.ty = ty;
                only
            }
            _ => Expr {
                kind: ExprKind::Row(columns),
                ty,
                span,
            },
        }
    }

    /// The key of a source's row.
    pub(crate) fn row_key(&mut self, id: SourceId, span: Span) -> Expr {
        self.touch(id, span);
        let SourceKind::Model(model) = self.source(id).kind else {
            let name = self.source(id).name.to_string();
            let mut diagnostic = Diagnostic::new(
                &codes::NOT_A_VALUE,
                span,
                format!("a row of `{name}` is not a value"),
            );
            let columns = &self.info(id).columns;
            if columns.iter().any(|(column, _)| &**column == "id") {
                diagnostic = diagnostic.fix(
                    djq_diagnostics::Applicability::Likely,
                    "name its key",
                    span.after(),
                    ".id",
                );
            } else if let Some((first, _)) = columns.first() {
                diagnostic = diagnostic.help(format!("name one of its columns: `{name}.{first}`"));
            }
            self.report(diagnostic);
            return self.error(span);
        };
        let fields: Vec<FieldId> = self.schema.primary_key(model).collect();
        if fields.is_empty() {
            let label = self.schema.model(model).label.to_string();
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_VALUE,
                    span,
                    format!("`{label}` has no primary key, so its row is not a value"),
                )
                .help("name one of its fields"),
            );
            return self.error(span);
        }
        self.key_of_fields(id, &fields, model, span)
    }

    /// A meaning as a value.
    pub(crate) fn value_of(&mut self, meaning: Meaning<'a>, span: Span) -> Expr {
        match meaning {
            Meaning::Error => self.error(span),
            Meaning::Value(mut expr) => {
                expr.span = span;
                expr
            }
            Meaning::Row(id) => self.row_key(id, span),
            Meaning::One(one) => {
                if let Some(mut key) = self.held_key(&one) {
                    key.span = span;
                    return key;
                }
                if let Via::Relation { relation, .. } = one.via
                    && self.schema.relation(relation).kind == RelationKind::GenericForeignKey
                {
                    let name = &self.schema.relation(relation).name;
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_VALUE,
                            span,
                            format!("`{name}` may point to any model"),
                        )
                        .help(format!(
                            "cast it to the model that is meant: `{name}::app.Model`"
                        )),
                    );
                    return self.error(span);
                }
                let source = self.imply(&one);
                self.row_key(source, span)
            }
            Meaning::Many(many) => self.scalar_of_many(&many, span),
            other => {
                let what = self.describe(&other);
                self.report(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, format!("{what} is not a value"))
                        .label("a value is needed here"),
                );
                self.error(span)
            }
        }
    }

    /// A null of any type; for places whose type is still to come.
    pub(crate) fn null(&self, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Literal(Literal::Null),
            ty: Ty {
                kind: Type::Null,
                nullable: true,
            },
            span,
        }
    }
}

/// The first aggregate or window over the very rows that an expression stands among.
fn first_of_many(expr: &Expr) -> Option<(&'static str, Span)> {
    match expr.kind {
        ExprKind::Aggregate(_) => return Some(("an aggregate", expr.span)),
        ExprKind::Window(_) => return Some(("a window", expr.span)),
        _ => {}
    }
    let mut found = None;
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        children(
            expr,
            &mut |child| found = found.or_else(|| first_of_many(child)),
            &mut |_| {},
        );
    });
    found
}
