//! Ways along relations, there and back.

use djq_diagnostics::codes;

use super::super::RelationEntry;
use super::{Builder, Owner};
use crate::{Hop, ModelId, Relation, RelationId, RelationKind};

impl Builder<'_> {
    /// The joins from a model to the rows whose foreign key `key` points to it.
    pub(super) fn way_back(
        &mut self,
        id: ModelId,
        key: RelationId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<Vec<Hop>> {
        let forward = self.schema.relation(key).clone();
        let target = forward.target?;
        let Some(mut hops) = self.hops_up(id, target) else {
            let (from, to) = (
                self.schema.model(key.model).label.clone(),
                self.schema.model(target).label.clone(),
            );
            let message = format!(
                "{owner} goes by `{}` of `{from}`, which points to `{to}`",
                forward.name
            );
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                message,
                "kind",
                "it must point to this model or one of its parents",
            );
            return None;
        };
        hops.extend(self.reversed(key.model, &forward.hops, self.is_unique(key)));
        Some(hops)
    }

    /// The joins of a way, taken from its end to `start`; `to_one` says of the last whether it leads to one row at most.
    pub(super) fn reversed(&self, start: ModelId, hops: &[Hop], to_one: bool) -> Vec<Hop> {
        let mut models: Vec<ModelId> = vec![start];
        models.extend(hops.iter().map(|hop| hop.model));
        let back = hops.iter().zip(&models).rev();
        let mut back: Vec<Hop> = back
            .map(|(hop, from)| Hop {
                model: *from,
                on: hop.on.iter().map(|(a, b)| (*b, *a)).collect(),
                content_type: None,
                to_one: true,
            })
            .collect();
        if let Some(last) = back.last_mut() {
            last.to_one = to_one;
        }
        back
    }

    /// Whether at most one row holds a foreign key's value: a one-to-one, or its columns are unique.
    fn is_unique(&self, key: RelationId) -> bool {
        let relation = self.schema.relation(key);
        if relation.kind == RelationKind::OneToOne {
            return true;
        }
        let model = self.schema.model(key.model);
        let columns: Vec<u32> = relation
            .hops
            .first()
            .map(|hop| hop.on.iter().map(|(from, _)| from.index).collect())
            .unwrap_or_default();
        let holds =
            |set: &[u32]| !set.is_empty() && set.iter().all(|field| columns.contains(field));
        holds(&model.primary_key)
            || model
                .unique
                .iter()
                .any(|unique| unique.condition.is_none() && holds(&unique.fields))
    }

    pub(super) fn target(&mut self, entry: &RelationEntry, owner: Owner<'_>) -> Option<ModelId> {
        match &entry.target {
            Some(label) => self.model_named(label, entry.at, "target", owner),
            None => {
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    format!("{owner} has no `target`"),
                    "kind",
                    "name the model at its end",
                );
                None
            }
        }
    }

    pub(super) fn add(&mut self, id: ModelId, relation: Relation) -> RelationId {
        let relations = &mut self.model_mut(id).relations;
        let index = u32::try_from(relations.len()).unwrap_or(u32::MAX);
        relations.push(relation);
        RelationId { model: id, index }
    }
}

/// A relation of this name and kind that leads nowhere yet.
pub(super) fn relation(name: &str, kind: RelationKind) -> Relation {
    Relation {
        name: name.into(),
        query_name: None,
        kind,
        target: None,
        hops: Vec::new(),
        to_many: false,
        nullable: false,
        enforced: false,
        on_delete: None,
        generic: None,
        for_concrete_model: true,
        reverse_of: None,
    }
}
