//! What a name is on a row: a field, a relation, a definition, of the model or of its multi-table parents.

use crate::{
    Type,
    facts::FactKind,
    hir::{Expr, ExprKind, SourceId, SourceKind},
    names::with_nearest,
    paths::{Many, Meaning, One, Start, Via},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_schema::{FieldId, Member, ModelId, RelationId, Schema};
use djq_syntax::ast;

impl<'a> Walker<'a> {
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
    pub(crate) fn way_to_parent(&self, model: ModelId, ancestor: ModelId) -> Option<RelationId> {
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

    pub(crate) fn column(&mut self, source: SourceId, field: FieldId, span: Span) -> Expr {
        self.touch(source, span);
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
        if let Some(depth) = self.depth(id, &name.text, span) {
            return Some(depth);
        }
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
                    self.touch(at, span);
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

    pub(crate) fn output_member(
        &mut self,
        id: SourceId,
        name: &str,
        span: Span,
    ) -> Option<Meaning<'a>> {
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
        self.touch(id, span);
        self.fact(span, FactKind::Column(ty.clone()));
        Some(Meaning::Value(Expr {
            kind: ExprKind::Output(id, u32::try_from(place).unwrap_or(u32::MAX)),
            ty,
            span,
        }))
    }

    pub(crate) fn no_member(&mut self, id: SourceId, name: &ast::Name) {
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
            diagnostic = match self.info(id).model {
                Some(model) => self.offer_members(diagnostic, model, name),
                None => {
                    let columns = &self.info(id).columns;
                    let names: Vec<String> = columns
                        .iter()
                        .map(|(name, _)| format!("`{name}`"))
                        .collect();
                    if names.is_empty() || names.len() > 24 {
                        diagnostic
                    } else {
                        diagnostic.note(format!("{owner} has {}", names.join(", ")))
                    }
                }
            };
        }
        self.report(diagnostic);
    }
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
