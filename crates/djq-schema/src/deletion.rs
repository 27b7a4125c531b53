//! What deleting rows of a model does to the rows that point to them, by Django's rules: each foreign key's `on_delete`,
//! many-to-many links, generic relations, multi-table parents and children.

use crate::{FieldId, ModelId, OnDelete, RelationId, RelationKind, Schema};
use std::collections::VecDeque;

/// What deleting rows of a model reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The models whose rows may go, the one that was asked about first.
    pub models: Vec<ModelId>,
    /// What points to rows that may go.
    pub references: Vec<Reference>,
}

/// Rows that point to rows that go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The model whose rows go.
    pub from: ModelId,
    /// The model whose rows point to them.
    pub to: ModelId,
    /// Fields of `from` and of `to` that are equal.
    pub on: Vec<(FieldId, FieldId)>,
    /// Of a generic relation: the field of `to` that holds the content type, and whose content type that is.
    pub content_type: Option<(FieldId, ModelId)>,
    /// Whether it is the other way round: `to` is a multi-table parent, whose rows `from`'s point to and which go with them.
    pub is_parent: bool,
    /// What happens to the rows that point.
    pub action: OnDelete,
    /// The relation that says so.
    pub relation: RelationId,
}

/// Which of the references to a model count.
#[derive(Clone, Copy)]
enum Part {
    All,
    /// Those by keys.
    Keys,
    /// Those by generic relations.
    Generic,
}

impl Schema {
    /// What deleting rows of a model reaches, in the order found.
    #[must_use]
    pub fn deletion(&self, model: ModelId) -> Deletion {
        let model = self.concrete(model);
        let mut deletion = Deletion {
            models: vec![model],
            references: Vec::new(),
        };
        // Django does not follow the generic relations of rows that go as another's parents alone.
        let mut whole = vec![true];
        let mut rest = VecDeque::from([(model, Part::All)]);
        while let Some((model, part)) = rest.pop_front() {
            let references = self.references_to(model).into_iter();
            let references: Vec<Reference> = references
                .filter(|reference| match part {
                    Part::All => true,
                    Part::Keys => reference.content_type.is_none(),
                    Part::Generic => reference.content_type.is_some(),
                })
                .collect();
            for reference in &references {
                if reference.action != OnDelete::Cascade {
                    continue;
                }
                let by_key = !reference.is_parent;
                let known = deletion.models.iter().position(|of| *of == reference.to);
                match known.and_then(|place| whole.get_mut(place)) {
                    None => {
                        deletion.models.push(reference.to);
                        whole.push(by_key);
                        let part = if by_key { Part::All } else { Part::Keys };
                        rest.push_back((reference.to, part));
                    }
                    Some(whole) if by_key && !*whole => {
                        *whole = true;
                        rest.push_back((reference.to, Part::Generic));
                    }
                    Some(_) => {}
                }
            }
            deletion.references.extend(references);
        }
        deletion
    }

    /// What points to rows of a model, and the rows of its multi-table parents, which go with it.
    fn references_to(&self, model: ModelId) -> Vec<Reference> {
        let mut references = Vec::new();
        for id in self.model_ids() {
            let of = self.model(id);
            if of.proxy_for.is_some() {
                continue;
            }
            for (index, relation) in (0u32..).zip(&of.relations) {
                let points = matches!(
                    relation.kind,
                    RelationKind::ForeignKey | RelationKind::OneToOne
                );
                let here = relation
                    .target
                    .is_some_and(|target| self.concrete(target) == model);
                let ([hop], true, true) = (relation.hops.as_slice(), points, here) else {
                    continue;
                };
                references.push(Reference {
                    from: model,
                    to: id,
                    on: hop.on.iter().map(|(own, other)| (*other, *own)).collect(),
                    content_type: None,
                    is_parent: false,
                    action: relation.on_delete.unwrap_or(OnDelete::DoNothing),
                    relation: RelationId { model: id, index },
                });
            }
        }
        let of = self.model(model);
        for (index, relation) in (0u32..).zip(&of.relations) {
            let up = of.parents.contains(&index);
            let [hop] = relation.hops.as_slice() else {
                continue;
            };
            if up || relation.kind == RelationKind::GenericRelation {
                references.push(Reference {
                    from: model,
                    to: self.concrete(hop.model),
                    on: hop.on.clone(),
                    content_type: hop.content_type,
                    is_parent: up,
                    action: OnDelete::Cascade,
                    relation: RelationId { model, index },
                });
            }
        }
        references
    }
}

impl Deletion {
    /// The models whose rows go, in an order in which a row goes before those that it points to; those that point to each
    /// other in a circle stand together, and `true` says that a model is one of them.
    #[must_use]
    pub fn order(&self) -> Vec<(ModelId, bool)> {
        let points = |to: ModelId, from: ModelId| {
            self.references.iter().any(|reference| {
                reference.action == OnDelete::Cascade
                    && !reference.is_parent
                    && reference.from == from
                    && reference.to == to
            })
        };
        // Whose rows those of a model lead to, over any number of keys.
        let reaches = |start: ModelId| {
            let mut found: Vec<ModelId> = Vec::new();
            let mut rest = vec![start];
            while let Some(at) = rest.pop() {
                for other in &self.models {
                    if points(at, *other) && !found.contains(other) {
                        found.push(*other);
                        rest.push(*other);
                    }
                }
            }
            found
        };
        let reached: Vec<(ModelId, Vec<ModelId>)> = self
            .models
            .iter()
            .map(|model| (*model, reaches(*model)))
            .collect();
        let mut order: Vec<(ModelId, bool)> = Vec::with_capacity(self.models.len());
        let mut rest = reached;
        while !rest.is_empty() {
            // One that nothing left points to, but what it leads back to.
            let place = rest
                .iter()
                .position(|(model, own)| {
                    rest.iter().all(|(other, theirs)| {
                        other == model || !theirs.contains(model) || own.contains(other)
                    })
                })
                .unwrap_or(0);
            let (model, own) = rest.remove(place);
            order.push((model, own.contains(&model)));
        }
        order
    }
}
