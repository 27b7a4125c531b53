//! What deleting rows of a model does to the rows that point to them, by Django's rules: each foreign key's `on_delete`,
//! many-to-many links, generic relations, multi-table parents and children.

use crate::{FieldId, ModelId, OnDelete, RelationId, RelationKind, Schema};

/// What deleting rows of a model reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The models whose rows may go, the one that was asked about first. A model stands twice where some of its rows go by
    /// themselves and some as the parents of others, whose generic relations Django does not follow.
    pub models: Vec<ModelId>,
    /// What points to rows that may go.
    pub references: Vec<Reference>,
}

/// Rows that point to rows that go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The model whose rows go.
    pub from: ModelId,
    /// Its place in [`Deletion::models`].
    pub from_place: usize,
    /// The model whose rows point to them.
    pub to: ModelId,
    /// Its place in [`Deletion::models`], if these rows go too.
    pub to_place: Option<usize>,
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

impl Schema {
    /// What deleting rows of a model reaches, in the order found.
    #[must_use]
    pub fn deletion(&self, model: ModelId) -> Deletion {
        let model = self.concrete(model);
        let mut deletion = Deletion {
            models: vec![model],
            references: Vec::new(),
        };
        let mut whole = vec![true];
        let mut next = 0;
        while let (Some(model), Some(is_whole)) =
            (deletion.models.get(next).copied(), whole.get(next).copied())
        {
            for mut reference in self.references_to(model) {
                if reference.content_type.is_some() && !is_whole {
                    continue;
                }
                reference.from_place = next;
                // Rows that go as parents are set apart where others of their model go by themselves.
                let by_key = !reference.is_parent;
                let known =
                    |(of, whole): (&ModelId, &bool)| *of == reference.to && *whole == by_key;
                reference.to_place = deletion.models.iter().zip(&whole).position(known);
                if reference.action == OnDelete::Cascade && reference.to_place.is_none() {
                    reference.to_place = Some(deletion.models.len());
                    deletion.models.push(reference.to);
                    whole.push(by_key);
                }
                deletion.references.push(reference);
            }
            next += 1;
        }
        // What stands still may go all the same, found later.
        for reference in &mut deletion.references {
            let known = |(of, whole): (&ModelId, &bool)| *of == reference.to && *whole;
            if reference.to_place.is_none() {
                reference.to_place = deletion.models.iter().zip(&whole).position(known);
            }
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
                    from_place: 0,
                    to: id,
                    to_place: None,
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
                    from_place: 0,
                    to: self.concrete(hop.model),
                    to_place: None,
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
    /// The places of the models whose rows go, in an order in which a row goes before those that it points to; those that
    /// point to each other in a circle stand together, and `true` says that a model is one of them.
    #[must_use]
    pub fn order(&self) -> Vec<(usize, bool)> {
        let points = |to: usize, from: usize| {
            self.references.iter().any(|reference| {
                reference.action == OnDelete::Cascade
                    && !reference.is_parent
                    && reference.from_place == from
                    && reference.to_place == Some(to)
            })
        };
        let places = 0..self.models.len();
        // Whose rows those of a model lead to, over any number of keys.
        let reaches = |start: usize| {
            let mut found: Vec<usize> = Vec::new();
            let mut rest = vec![start];
            while let Some(at) = rest.pop() {
                for other in places.clone() {
                    if points(at, other) && !found.contains(&other) {
                        found.push(other);
                        rest.push(other);
                    }
                }
            }
            found
        };
        let mut rest: Vec<(usize, Vec<usize>)> = places
            .clone()
            .map(|place| (place, reaches(place)))
            .collect();
        let mut order: Vec<(usize, bool)> = Vec::with_capacity(self.models.len());
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
