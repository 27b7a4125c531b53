//! Links: how the rows at the end of a relation belong to the row it starts from, and the joins that paths to one imply.

use crate::{
    Type,
    hir::{Expr, ExprKind, Link, Role, Source, SourceId, SourceKind},
    members::field_type,
    paths::{One, Via},
    walker::{ImpliedKey, Walker},
};
use djq_diagnostics::Span;
use djq_schema::{FieldId, RelationId, RelationKind};

impl<'a> Walker<'a> {
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
                let mut left = Vec::with_capacity(1);
                let mut content_type = None;
                if let Some((kind, object)) = of.generic {
                    let field = |index| FieldId {
                        model: relation.model,
                        index,
                    };
                    left.push(self.field_at(parent, field(object), one.span));
                    let named = if of.for_concrete_model {
                        target
                    } else {
                        one.target
                    };
                    content_type = Some((field(kind), named));
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
                let left = match right.as_slice() {
                    [_] => vec![(**expr).clone()],
                    _ => self.key_parts(expr),
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
        let mut left = Vec::with_capacity(1);
        let mut right = Vec::with_capacity(1);
        let (mut to_one, mut content_type) = (false, None);
        if let Some(hop) = of.hops.get(at) {
            for (from, to) in &hop.on {
                let value = self.field_at(parent, *from, span);
                left.push(match hop.content_type {
                    Some(_) => self.as_generic_key(value, *to),
                    None => value,
                });
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

    /// A key as the object id of a generic key has it: often text, whatever the key's own type is.
    fn as_generic_key(&self, key: Expr, object: FieldId) -> Expr {
        let to = field_type(self.schema, object);
        let (have, want) = (key.ty.kind.base(), to.base());
        if have == want || (key.ty.kind.is_integer() && to.is_integer()) {
            return key;
        }
        let (span, nullable) = (key.span, key.ty.nullable);
        if *want == Type::Text {
            Expr {
                kind: ExprKind::Cast(Box::new(key)),
                ty: to.required().with_null(nullable),
                span,
            }
        } else {
            Expr {
                kind: ExprKind::TryCast(Box::new(key)),
                ty: to.nullable(),
                span,
            }
        }
    }

    /// Whether a value that holds a key surely points to a row, when it is not null.
    pub(crate) fn surely_there(&self, expr: &Expr) -> bool {
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
                    SourceKind::Model(_) | SourceKind::Rows(_) | SourceKind::Tree(_) => {
                        return false;
                    }
                };
                match columns.get(*place as usize).map(|column| &column.kind) {
                    Some(crate::hir::ColumnKind::Value(value)) => self.surely_there(value),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    pub(crate) fn source_of_named(&self, id: crate::hir::NamedId) -> Option<SourceId> {
        match &self.named(id).value.kind {
            ExprKind::Column(source, _) | ExprKind::Output(source, _) => Some(*source),
            ExprKind::Named(inner) if *inner != id => self.source_of_named(*inner),
            _ => None,
        }
    }
}
