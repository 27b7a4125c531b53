//! Relations that a `def` declares where no foreign key does.

use crate::{
    Type,
    hir::{BinaryOperator, Expr, ExprKind, Link, Role, Source, SourceId, SourceKind},
    paths::Meaning,
    walker::Walker,
};
use djq_diagnostics::Span;
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(crate) fn declared_target(&mut self, place: usize) -> Option<djq_schema::ModelId> {
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
    pub(crate) fn split_condition(&self, condition: Expr, target: SourceId, link: &mut Link) {
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
