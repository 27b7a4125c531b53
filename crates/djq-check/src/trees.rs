//! `ancestors(c.parent)` and `descendants(c.parent)`: relations to many along a foreign key to the own model.

use crate::{
    Type,
    facts::FactKind,
    hir::{Expr, ExprKind, Link, Role, Source, SourceId, SourceKind, Tree},
    paths::{Many, Meaning, One, Start, Via},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::{FieldId, ModelId, RelationId, RelationKind};
use djq_syntax::ast;

/// Whether a call is one of a tree's two.
pub(crate) fn is_tree(call: &ast::Call) -> bool {
    call.base.is_none() && matches!(&*call.name.text, "ancestors" | "descendants")
}

/// Whether a path begins at one.
pub(crate) fn of_tree(path: &ast::Expr) -> bool {
    match &path.kind {
        ast::ExprKind::Field { base, .. } => of_tree(base),
        ast::ExprKind::Call(call) => is_tree(call),
        _ => false,
    }
}

impl<'a> Walker<'a> {
    /// What such a call means: the rows of a relation.
    pub(crate) fn tree(&mut self, call: &'a ast::Call, span: Span) -> Meaning<'a> {
        let name = &call.name.text;
        let plain = call.distinct.is_none()
            && call.condition.is_none()
            && call.order_by.is_empty()
            && call.limit.is_none()
            && call.over.is_none();
        let (path, own) = match call.arguments.as_slice() {
            [path] if plain => (path, false),
            [
                path,
                ast::Expr {
                    kind: ast::ExprKind::Name(word),
                    ..
                },
            ] if plain && &*word.text == "self" => (path, true),
            _ => {
                self.report(
                    Diagnostic::new(
                        &codes::ARGUMENT_COUNT,
                        span,
                        format!("`{name}` takes a foreign key to the own model, and perhaps `self`"),
                    )
                    .help(format!(
                        "write `{name}(c.parent)`, or `{name}(c.parent, self)` with the row itself; conditions go around it: `({name}(c.parent) where …)`"
                    )),
                );
                return Meaning::Error;
            }
        };
        let meaning = self.resolve(path);
        let found = match &meaning {
            Meaning::Error => return Meaning::Error,
            Meaning::One(One {
                via: Via::Relation { parent, relation },
                ..
            }) => self.key_of_tree(*relation).map(|_| (*parent, *relation)),
            _ => None,
        };
        let Some((parent, relation)) = found else {
            let what = self.describe(&meaning);
            let diagnostic = Diagnostic::new(
                &codes::NOT_A_RELATION,
                path.span,
                format!("`{name}` follows a foreign key to the own model, and this is {what}"),
            );
            let model = match &meaning {
                Meaning::Row(row) => self.info(*row).model,
                _ => None,
            };
            let diagnostic = match model.map(|model| (model, self.keys_to_itself(model))) {
                None => diagnostic.help("name the row and its key: `c.parent`"),
                Some((model, keys)) => match keys.as_slice() {
                    [] => diagnostic.help(format!(
                        "`{}` has no foreign key to itself",
                        self.schema.model(model).label
                    )),
                    [key] => diagnostic.fix(
                        Applicability::Likely,
                        format!("name the key: `{key}`"),
                        path.span.after(),
                        format!(".{key}"),
                    ),
                    keys => diagnostic.help(format!(
                        "name the key: {}",
                        keys.iter()
                            .map(|key| format!("`.{key}`"))
                            .collect::<Vec<_>>()
                            .join(" or ")
                    )),
                },
            };
            self.report(diagnostic);
            return Meaning::Error;
        };
        self.fact(call.name.span, FactKind::Relation(relation));
        self.touch(parent, span);
        Meaning::Many(Box::new(Many {
            start: Start::Tree {
                parent,
                tree: Tree {
                    relation,
                    up: &**name == "ancestors",
                    own,
                },
            },
            steps: Vec::new(),
            each: None,
            span,
        }))
    }

    /// The model of a foreign key to the own model that holds that model's one primary key.
    fn key_of_tree(&self, relation: RelationId) -> Option<(ModelId, FieldId)> {
        let of = self.schema.relation(relation);
        let model = self.schema.concrete(relation.model);
        let mut key = self.schema.primary_key(model);
        let (key, more) = (key.next()?, key.next());
        let [hop] = of.hops.as_slice() else {
            return None;
        };
        let holds = matches!(hop.on.as_slice(), [(_, right)] if *right == key);
        let forward = matches!(of.kind, RelationKind::ForeignKey | RelationKind::OneToOne);
        let to_itself = of
            .target
            .is_some_and(|target| self.schema.concrete(target) == model);
        (more.is_none() && holds && forward && to_itself).then_some((model, key))
    }

    /// The names of a model's foreign keys to itself.
    fn keys_to_itself(&self, model: ModelId) -> Vec<&str> {
        let model = self.schema.concrete(model);
        let relations = self.schema.model(model).relations.iter().zip(0u32..);
        relations
            .filter(|(_, index)| {
                let index = *index;
                self.key_of_tree(RelationId { model, index }).is_some()
            })
            .map(|(relation, _)| &*relation.name)
            .collect()
    }

    /// The sources of a tree's rows: the pairs that belong together, and the rows at their far end.
    pub(crate) fn link_tree(
        &mut self,
        parent: SourceId,
        tree: Tree,
        role: Role,
        span: Span,
    ) -> Vec<SourceId> {
        let Some((model, key)) = self.key_of_tree(tree.relation) else {
            return Vec::new();
        };
        let enforced = self.schema.relation(tree.relation).enforced;
        let ty = crate::members::field_type(self.schema, key);
        let left = self.field_at(parent, key, span);
        let name: Box<str> = if tree.up { "ancestors" } else { "descendants" }.into();
        let pairs = self.add_source(
            Source {
                name: name.clone(),
                kind: SourceKind::Tree(tree),
                link: Some(Link {
                    parent,
                    relation: Some((tree.relation, 0)),
                    left: vec![left],
                    right: vec![key],
                    content_type: None,
                    condition: None,
                    to_one: false,
                    total: tree.own,
                }),
                role,
                nullable: false,
                span,
            },
            None,
        );
        let far = Expr {
            kind: ExprKind::Output(pairs, Tree::FAR),
            ty: ty.clone().required(),
            span,
        };
        let rows = self.add_source(
            Source {
                name: self.schema.model(model).name.to_lowercase().into(),
                kind: SourceKind::Model(model),
                link: Some(Link {
                    parent: pairs,
                    relation: Some((tree.relation, 1)),
                    left: vec![far],
                    right: vec![key],
                    content_type: None,
                    condition: None,
                    to_one: true,
                    total: enforced || !tree.up,
                }),
                role: Role::Join,
                nullable: false,
                span,
            },
            self.schema.relation(tree.relation).target,
        );
        let info = self.info_mut(pairs);
        info.used = true;
        info.columns = vec![
            ("id".into(), ty.clone().required()),
            ("relative".into(), ty.required()),
            ("depth".into(), Type::Int.required()),
        ];
        let info = self.info_mut(rows);
        info.used = true;
        info.depth_of = Some(pairs);
        vec![pairs, rows]
    }

    /// `depth` on a row of a tree.
    pub(crate) fn depth(&mut self, id: SourceId, name: &str, span: Span) -> Option<Meaning<'a>> {
        let pairs = self.info(id).depth_of.filter(|_| name == "depth")?;
        let own = self
            .info(id)
            .model
            .and_then(|model| crate::members::find_member(self.schema, model, name));
        if own.is_some() {
            self.report(
                Diagnostic::new(
                    &codes::AMBIGUOUS_NAME,
                    span,
                    "the model has a `depth`, and so has every row of a tree",
                )
                .help("read the model's by a join on its key"),
            );
            return Some(Meaning::Error);
        }
        self.touch(id, span);
        let nullable = self.source(id).nullable;
        let ty = Type::Int.required().with_null(nullable);
        self.fact(span, FactKind::Column(ty.clone()));
        Some(Meaning::Value(Expr {
            kind: ExprKind::Output(pairs, Tree::DEPTH),
            ty,
            span,
        }))
    }
}
