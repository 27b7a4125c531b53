//! Paths: what each step behind a dot leads to, and the joins that a path to one implies.

use crate::{
    Ty, Type,
    facts::FactKind,
    hir::{CteId, Expr, ExprKind, Link, Literal, Role, Source, SourceId, SourceKind},
    names::with_nearest,
    walker::{ImpliedKey, Walker},
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_schema::{FieldId, Member, ModelId, RelationId, RelationKind, Schema};
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
    /// A relation expression or pipeline in parentheses.
    Pipeline(&'a ast::Pipeline),
}

/// What a name is on a model, parents included: the relations to the parent that has it, and the member.
pub(crate) fn find_member(
    schema: &Schema,
    model: ModelId,
    name: &str,
) -> Option<(Vec<RelationId>, Member)> {
    fn go(
        schema: &Schema,
        model: ModelId,
        name: &str,
        path: &mut Vec<RelationId>,
        depth: u32,
    ) -> Option<Member> {
        if let Some(member) = schema.member(model, name) {
            return Some(member);
        }
        if depth > 16 {
            return None;
        }
        let concrete = schema.concrete(model);
        for index in &schema.model(concrete).parents {
            let relation = RelationId {
                model: concrete,
                index: *index,
            };
            if let Some(target) = schema
                .model(concrete)
                .relations
                .get(*index as usize)
                .and_then(|relation| relation.target)
            {
                path.push(relation);
                if let Some(member) = go(schema, target, name, path, depth + 1) {
                    return Some(member);
                }
                path.pop();
            }
        }
        None
    }
    let mut path = Vec::new();
    let member = go(schema, model, name, &mut path, 0)?;
    Some((path, member))
}

/// Every name that reaches something on a model, for the nearest.
pub(crate) fn member_names(schema: &Schema, model: ModelId) -> Vec<&str> {
    let mut names = vec!["pk"];
    crate::names::each_ancestor(schema, model, &mut |model| {
        let model = schema.model(model);
        for field in &model.fields {
            names.push(&field.name);
            if field.attname != field.name {
                names.push(&field.attname);
            }
        }
        for relation in &model.relations {
            names.push(&relation.name);
            names.extend(relation.query_name.as_deref());
        }
    });
    names
}

/// The type of a field's column.
pub(crate) fn field_type(schema: &Schema, id: FieldId) -> Type {
    let field = schema.field(id);
    let base = Type::from(&field.ty);
    if field.choices.is_empty() {
        base
    } else {
        Type::Choices(id, Box::new(base))
    }
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
            Meaning::Cte(_) | Meaning::View(_) => {
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

    fn no_steps(&mut self, name: &ast::Name, what: &str) -> Meaning<'a> {
        self.report(Diagnostic::new(
            &codes::UNKNOWN_FIELD,
            name.span,
            format!("{what} has no field `{}`", name.text),
        ));
        Meaning::Error
    }

    fn step_app(&mut self, app: &'a str, name: &'a ast::Name) -> Meaning<'a> {
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

    fn step_model(
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
        self.report(if is_member {
            Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!("no row of `{label}` is in reach here"),
            )
            .label(format!("`{}` is a field of each row", name.text))
            .help(format!(
                "read the model with `from {}` or a join, and name the field behind its alias",
                self.schema.model(model).name
            ))
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

    fn step_value(&mut self, expr: Expr, name: &'a ast::Name) -> Meaning<'a> {
        match &expr.ty.kind {
            Type::Error => Meaning::Error,
            Type::Key(_) => match self.row_of_key(expr) {
                Meaning::Row(source) => self.member(source, name),
                Meaning::One(one) => self.step_one(&one, name),
                _ => Meaning::Error,
            },
            _ => {
                let ty = self.type_name(&expr.ty);
                self.report(
                    Diagnostic::new(
                        &codes::UNKNOWN_FIELD,
                        name.span,
                        format!("a value of type `{ty}` has no field `{}`", name.text),
                    )
                    .because(expr.span, format!("this is `{ty}`")),
                );
                Meaning::Error
            }
        }
    }

    /// The row whose key a value is.
    pub(crate) fn row_of_key(&self, expr: Expr) -> Meaning<'a> {
        let Type::Key(target) = expr.ty.kind else {
            return Meaning::Error;
        };
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

    /// A source that is there already, or a relation that leads to it.
    fn one_of_key(&self, expr: &Expr) -> Result<SourceId, Option<One>> {
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

    fn step_one(&mut self, one: &One, name: &'a ast::Name) -> Meaning<'a> {
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
    fn held_key(&mut self, one: &One) -> Option<Expr> {
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
    fn key_of_fields(
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
        self.touch(id);
        let SourceKind::Model(model) = self.source(id).kind else {
            let name = self.source(id).name.to_string();
            let mut diagnostic = Diagnostic::new(
                &codes::NOT_A_VALUE,
                span,
                format!("a row of `{name}` is not a value"),
            );
            if let Some((first, _)) = self.info(id).columns.first() {
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

    /// The column of a field at a source, reached through multi-table parents where need be.
    pub(crate) fn field_at(&mut self, source: SourceId, field: FieldId, span: Span) -> Expr {
        let mut at = source;
        for _ in 0..16 {
            let SourceKind::Model(model) = self.source(at).kind else {
                break;
            };
            if model == field.model {
                break;
            }
            let Some(relation) = self.way_to_parent(model, field.model) else {
                break;
            };
            // The parent's key is held by the child's own pointer.
            let of = self.schema.relation(relation);
            if let Some(hop) = of.hops.first()
                && let Some((left, _)) = hop.on.iter().find(|(_, right)| *right == field)
            {
                return self.column(at, *left, span);
            }
            let Some(target) = of.target else { break };
            at = self.imply(&One {
                via: Via::Relation {
                    parent: at,
                    relation,
                },
                target,
                span,
            });
        }
        self.column(at, field, span)
    }

    /// The relation to the parent that leads to `ancestor`.
    fn way_to_parent(&self, model: ModelId, ancestor: ModelId) -> Option<RelationId> {
        let concrete = self.schema.concrete(model);
        self.schema
            .model(concrete)
            .parents
            .iter()
            .map(|index| RelationId {
                model: concrete,
                index: *index,
            })
            .find(|relation| {
                self.schema
                    .relation(*relation)
                    .target
                    .is_some_and(|target| {
                        let mut found = false;
                        crate::names::each_ancestor(self.schema, target, &mut |model| {
                            found |= model == ancestor;
                        });
                        found
                    })
            })
    }

    fn column(&mut self, source: SourceId, field: FieldId, span: Span) -> Expr {
        self.touch(source);
        let nullable = self.schema.field(field).null || self.source(source).nullable;
        Expr {
            kind: ExprKind::Column(source, field),
            ty: field_type(self.schema, field)
                .required()
                .with_null(nullable),
            span,
        }
    }

    /// What `name` is on the row of a source.
    pub(crate) fn member(&mut self, id: SourceId, name: &'a ast::Name) -> Meaning<'a> {
        match self.try_member(id, name) {
            Some(found) => found,
            None => {
                if !self.names.incomplete {
                    self.no_member(id, name);
                }
                Meaning::Error
            }
        }
    }

    /// What `name` is on the row of a source, if anything.
    pub(crate) fn try_member(&mut self, id: SourceId, name: &'a ast::Name) -> Option<Meaning<'a>> {
        let span = name.span;
        let Some(model) = self.info(id).model else {
            return self.output_member(id, &name.text, span);
        };
        if let Some((path, member)) = find_member(self.schema, model, &name.text) {
            let at = path.iter().fold(id, |at, relation| {
                match self.schema.relation(*relation).target {
                    Some(target) if !matches!(member, Member::Field(_)) => self.imply(&One {
                        via: Via::Relation {
                            parent: at,
                            relation: *relation,
                        },
                        target,
                        span,
                    }),
                    _ => at,
                }
            });
            return Some(match member {
                Member::Field(field) => {
                    let expr = self.field_at(id, field, span);
                    self.fact(span, FactKind::Field(field, expr.ty.clone()));
                    Meaning::Value(expr)
                }
                Member::Relation(relation) => {
                    self.fact(span, FactKind::Relation(relation));
                    self.touch(at);
                    let of = self.schema.relation(relation);
                    if of.to_many {
                        Meaning::Many(Box::new(Many {
                            start: Start::Relation {
                                parent: at,
                                relation,
                            },
                            steps: Vec::new(),
                            each: None,
                            span,
                        }))
                    } else {
                        Meaning::One(One {
                            via: Via::Relation {
                                parent: at,
                                relation,
                            },
                            target: of.target.unwrap_or(model),
                            span,
                        })
                    }
                }
            });
        }
        if &*name.text == "pk" {
            let mut fields = self.schema.primary_key(model);
            return Some(match (fields.next(), fields.next()) {
                (Some(field), None) => {
                    let expr = self.field_at(id, field, span);
                    self.fact(span, FactKind::Field(field, expr.ty.clone()));
                    Meaning::Value(expr)
                }
                _ => Meaning::Value(self.row_key(id, span)),
            });
        }
        let place = self.names.member(self.schema, model, &name.text)?;
        Some(self.defined_member(id, place, name))
    }

    fn output_member(&mut self, id: SourceId, name: &str, span: Span) -> Option<Meaning<'a>> {
        let info = self.info(id);
        let place = info
            .columns
            .iter()
            .position(|(known, _)| **known == *name)
            .or_else(|| {
                // A key goes by its relation's name as well as its column's.
                info.columns.iter().position(|(known, ty)| {
                    matches!(ty.kind, Type::Key(_)) && known.strip_suffix("_id") == Some(name)
                })
            })?;
        let (_, ty) = &info.columns[place];
        let nullable = ty.nullable || self.source(id).nullable;
        let ty = ty.clone().with_null(nullable);
        self.touch(id);
        self.fact(span, FactKind::Column(ty.clone()));
        Some(Meaning::Value(Expr {
            kind: ExprKind::Output(id, u32::try_from(place).unwrap_or(u32::MAX)),
            ty,
            span,
        }))
    }

    fn no_member(&mut self, id: SourceId, name: &ast::Name) {
        let (owner, found) = match self.info(id).model {
            Some(model) => {
                let mut candidates = member_names(self.schema, model);
                candidates.extend(self.names.member_names(model));
                (
                    format!("`{}`", self.schema.model(model).label),
                    nearest(&name.text, candidates).map(str::to_owned),
                )
            }
            None => {
                let columns = self.info(id).columns.iter().map(|(name, _)| &**name);
                (
                    format!("`{}`", self.source(id).name),
                    nearest(&name.text, columns).map(str::to_owned),
                )
            }
        };
        let mut diagnostic = with_nearest(
            Diagnostic::new(
                &codes::UNKNOWN_FIELD,
                name.span,
                format!("{owner} has no field or relation `{}`", name.text),
            ),
            name.span,
            found.as_deref(),
        );
        if found.is_none() {
            diagnostic = diagnostic.label("not a field, relation or definition");
            let names: Vec<String> = match self.info(id).model {
                Some(model) => self
                    .schema
                    .model(self.schema.concrete(model))
                    .fields
                    .iter()
                    .map(|field| format!("`{}`", field.name))
                    .collect(),
                None => self
                    .info(id)
                    .columns
                    .iter()
                    .map(|(name, _)| format!("`{name}`"))
                    .collect(),
            };
            if !names.is_empty() && names.len() <= 24 {
                diagnostic = diagnostic.note(format!("{owner} has {}", names.join(", ")));
            }
        }
        self.report(diagnostic);
    }

    /// The implied source of a row at the end of a relation to one; one for all paths that lead there.
    pub(crate) fn imply(&mut self, one: &One) -> SourceId {
        let key = match &one.via {
            Via::Relation { parent, relation } => Some(ImpliedKey::Relation(*parent, *relation)),
            Via::Declared { parent, definition } => {
                Some(ImpliedKey::Declared(*parent, *definition))
            }
            Via::Generic { parent, relation } => {
                Some(ImpliedKey::Generic(*parent, *relation, one.target))
            }
            Via::Key(expr) => match expr.kind {
                ExprKind::Output(source, place) => Some(ImpliedKey::Output(source, place)),
                ExprKind::Named(id) => Some(ImpliedKey::Named(id)),
                _ => None,
            },
        };
        if let Some(known) = key.as_ref().and_then(|key| self.implied.get(key)) {
            return *known;
        }
        let id = self.link_one(one, Role::Implied, None);
        if let Some(key) = key {
            self.implied.insert(key, id);
        }
        id
    }

    /// A new source at the end of a relation to one.
    pub(crate) fn link_one(&mut self, one: &One, role: Role, name: Option<&str>) -> SourceId {
        let target = self.schema.concrete(one.target);
        let (parent, wish, link) = match &one.via {
            Via::Relation { parent, relation } => {
                let parent = *parent;
                let of = self.schema.relation(*relation);
                let link = self.hop_link(parent, *relation, 0, one.span);
                (parent, of.name.clone(), link)
            }
            Via::Declared { parent, definition } => {
                return self.link_declared(*parent, *definition, role, name, one.span);
            }
            Via::Generic { parent, relation } => {
                let (parent, of) = (*parent, self.schema.relation(*relation));
                let mut left = Vec::new();
                let mut content_type = None;
                if let Some((kind, object)) = of.generic {
                    let field = |index| FieldId {
                        model: relation.model,
                        index,
                    };
                    left.push(self.field_at(parent, field(object), one.span));
                    content_type = Some((field(kind), target));
                }
                let right: Vec<FieldId> = self.schema.primary_key(target).take(1).collect();
                if let (Some(value), Some(field)) = (left.first_mut(), right.first()) {
                    let to = field_type(self.schema, *field);
                    if value.ty.kind != to {
                        let from = std::mem::replace(value, self.hollow(one.span));
                        *value = Expr {
                            kind: ExprKind::TryCast(Box::new(from)),
                            ty: to.nullable(),
                            span: one.span,
                        };
                    }
                }
                let link = Link {
                    parent,
                    relation: Some((*relation, 0)),
                    left,
                    right,
                    content_type,
                    condition: None,
                    to_one: true,
                    total: false,
                };
                (parent, of.name.clone(), link)
            }
            Via::Key(expr) => {
                let parent = match &expr.kind {
                    ExprKind::Output(source, _) | ExprKind::Column(source, _) => *source,
                    ExprKind::Named(id) => self.source_of_named(*id).unwrap_or(SourceId(0)),
                    _ => SourceId(0),
                };
                let right: Vec<FieldId> = self.schema.primary_key(target).collect();
                let left = match &expr.kind {
                    ExprKind::Row(parts) => parts.clone(),
                    _ => vec![(**expr).clone()],
                };
                let total = !expr.ty.nullable && self.surely_there(expr);
                let wish = match &expr.kind {
                    ExprKind::Named(id) => self.named(*id).name.clone(),
                    ExprKind::Output(source, place) => self
                        .info(*source)
                        .columns
                        .get(*place as usize)
                        .map_or_else(Box::default, |(name, _)| name.clone()),
                    _ => Box::default(),
                };
                let link = Link {
                    parent,
                    relation: None,
                    left,
                    right,
                    content_type: None,
                    condition: None,
                    to_one: true,
                    total,
                };
                (parent, wish, link)
            }
        };
        let scope = self
            .infos
            .get(parent.0 as usize)
            .map(|info| info.scope)
            .or(self.scope_ref().map(|scope| scope.id))
            .unwrap_or(0);
        let above = self
            .sources
            .get(parent.0 as usize)
            .is_some_and(|parent| parent.nullable);
        let nullable = role == Role::Implied && (above || !link.total);
        let wish = name.map_or(wish, Box::from);
        let wish = if wish.is_empty() {
            self.schema.model(target).name.to_lowercase().into()
        } else {
            wish
        };
        let id = self.add_source(
            Source {
                name: wish,
                kind: SourceKind::Model(target),
                link: Some(link),
                role,
                nullable,
                span: one.span,
            },
            Some(one.target),
        );
        if role == Role::Implied {
            self.info_mut(id).scope = scope;
        }
        id
    }

    /// The link of a relation's hop from the row of `parent`.
    pub(crate) fn hop_link(
        &mut self,
        parent: SourceId,
        relation: RelationId,
        at: usize,
        span: Span,
    ) -> Link {
        let of = self.schema.relation(relation);
        let mut left = Vec::new();
        let mut right = Vec::new();
        let (mut to_one, mut content_type) = (false, None);
        if let Some(hop) = of.hops.get(at) {
            for (from, to) in &hop.on {
                left.push(self.field_at(parent, *from, span));
                right.push(*to);
            }
            to_one = hop.to_one;
            content_type = hop.content_type;
        }
        let forward = matches!(of.kind, RelationKind::ForeignKey | RelationKind::OneToOne);
        // The second hop of a many-to-many follows a required key of the link's row.
        let total = (forward && !of.nullable && of.enforced)
            || (at == 1
                && right.len() == left.len()
                && to_one
                && left.iter().all(|value| !value.ty.nullable));
        Link {
            parent,
            relation: Some((relation, at)),
            left,
            right,
            content_type,
            condition: None,
            to_one,
            total,
        }
    }

    /// Whether a value that holds a key surely points to a row, when it is not null.
    fn surely_there(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Column(_, field) => {
                let of = self.schema.field(*field);
                match of.relation {
                    Some(index) => {
                        self.schema
                            .relation(RelationId {
                                model: field.model,
                                index,
                            })
                            .enforced
                    }
                    None => true,
                }
            }
            ExprKind::Named(id) => self.surely_there(&self.named(*id).value),
            ExprKind::Output(source, place) => {
                let columns = match &self.source(*source).kind {
                    SourceKind::Cte(cte) => &self.ctes[cte.0 as usize].body.columns,
                    SourceKind::Derived(body) => &body.columns,
                    SourceKind::Model(_) => return false,
                };
                match columns.get(*place as usize).map(|column| &column.kind) {
                    Some(crate::hir::ColumnKind::Value(value)) => self.surely_there(value),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn source_of_named(&self, id: crate::hir::NamedId) -> Option<SourceId> {
        match &self.named(id).value.kind {
            ExprKind::Column(source, _) | ExprKind::Output(source, _) => Some(*source),
            ExprKind::Named(inner) if *inner != id => self.source_of_named(*inner),
            _ => None,
        }
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
