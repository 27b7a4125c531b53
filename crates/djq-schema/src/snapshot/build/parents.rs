//! Multi-table inheritance: the links to parents, and the ways up.

use std::collections::VecDeque;

use djq_diagnostics::codes;
use rustc_hash::FxHashSet;

use super::{Builder, MAX_INHERITANCE, Owner};
use crate::{FieldId, Hop, ModelId, Relation, RelationKind};

/// Real models have two or three parents, and those no more.
const MAX_ANCESTORS: usize = 64;

impl Builder<'_> {
    /// Parent links, and foreign keys to a parent's field.
    pub(super) fn parents(&mut self) {
        for (id, entry) in self.ids() {
            for label in &entry.parents {
                let owner = Owner::of("model", &entry.label, "");
                let Some(parent) = self.model_named(label, entry.at, "parents", owner) else {
                    continue;
                };
                let parent = self.schema.concrete(parent);
                let is_link = |relation: &&Relation| {
                    relation.kind == RelationKind::OneToOne
                        && relation.hops.first().is_some_and(|hop| hop.model == parent)
                };
                let declared = |relation: &&Relation| {
                    entry
                        .fields
                        .iter()
                        .any(|field| field.parent_link && *field.name == *relation.name)
                };
                let key = |relation: &&Relation| {
                    entry
                        .primary_key
                        .iter()
                        .any(|name| **name == *relation.name)
                };
                let links = self.schema.model(id).relations.iter();
                let links: Vec<(u32, &Relation)> = (0u32..)
                    .zip(links)
                    .filter(|(_, relation)| is_link(relation))
                    .collect();
                let link = links
                    .iter()
                    .find(|(_, relation)| declared(relation))
                    .or_else(|| links.iter().find(|(_, relation)| key(relation)));
                match link.or(links.first()).map(|(place, _)| *place) {
                    Some(place) => self.model_mut(id).parents.push(place),
                    // Django lists grandparents too; the way there goes by the parent.
                    None if entry.parents.len() > 1
                        || self.schema.model(id).proxy_for.is_some() => {}
                    None => {
                        let message = format!(
                            "`{}` has the parent `{label}` but no one-to-one field to it",
                            entry.label
                        );
                        self.problem(
                            &codes::SNAPSHOT_NAME,
                            entry.at,
                            message,
                            "parents",
                            "add the field with `parent_link`, or remove the parent",
                        );
                    }
                }
            }
        }
        self.refuse_endless_parents();
        if self.problems.is_empty() {
            self.keys_to_inherited_fields();
        }
    }

    fn refuse_endless_parents(&mut self) {
        for (id, entry) in self.ids() {
            let mut level = vec![id];
            // Parents that share ancestors are counted each time: whoever looks for a name walks every way.
            for _ in 0..=MAX_INHERITANCE {
                if level.is_empty() || level.len() > MAX_ANCESTORS {
                    break;
                }
                level = level
                    .iter()
                    .flat_map(|model| self.parent_hops(*model))
                    .map(|hop| hop.model)
                    .collect();
            }
            if !level.is_empty() {
                let message = format!("the parents of `{}` never end", entry.label);
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    message,
                    "parents",
                    "a model cannot be its own ancestor; introspect again",
                );
            }
        }
    }

    pub(super) fn parent_hops(&self, model: ModelId) -> Vec<Hop> {
        let model = self.schema.model(self.schema.concrete(model));
        let links = model
            .parents
            .iter()
            .filter_map(|place| model.relations.get(*place as usize));
        links
            .filter_map(|link| link.hops.first().cloned())
            .collect()
    }

    /// The joins from a model up to one of its ancestors; none where it is itself.
    pub(super) fn hops_up(&self, model: ModelId, ancestor: ModelId) -> Option<Vec<Hop>> {
        let (model, ancestor) = (self.schema.concrete(model), self.schema.concrete(ancestor));
        let mut seen: FxHashSet<ModelId> = [model].into_iter().collect();
        let mut ways = VecDeque::from([(model, Vec::new())]);
        while let Some((at, way)) = ways.pop_front() {
            if at == ancestor {
                return Some(way);
            }
            for hop in self.parent_hops(at) {
                if seen.insert(hop.model) {
                    let next = hop.model;
                    let way = way.iter().cloned().chain([hop]).collect();
                    ways.push_back((next, way));
                }
            }
        }
        None
    }

    /// The field of this name of the model or of its nearest ancestor that has one.
    pub(super) fn inherited_field(&self, model: ModelId, name: &str) -> Option<FieldId> {
        let mut seen: FxHashSet<ModelId> = FxHashSet::default();
        let mut models = VecDeque::from([self.schema.concrete(model)]);
        while let Some(model) = models.pop_front() {
            if let Some(field) = self.own_field(model, name) {
                return Some(field);
            }
            let above = self.parent_hops(model).into_iter().map(|hop| hop.model);
            models.extend(above.filter(|model| seen.insert(*model)));
        }
        None
    }

    /// A foreign key's `to_field` may be a field of the target's parent: then the way goes by the parent.
    fn keys_to_inherited_fields(&mut self) {
        for (id, entry) in self.ids() {
            for (index, field) in (0u32..).zip(&entry.fields) {
                let (Some(name), Some(relation)) = (
                    &field.to_field,
                    self.forward.get(&(id, field.name.as_str())).copied(),
                ) else {
                    continue;
                };
                let Some(target) = self.schema.relation(relation).target else {
                    continue;
                };
                if self.own_field(target, name).is_some() {
                    continue;
                }
                let from = FieldId { model: id, index };
                let Some(to) = self.inherited_field(target, name) else {
                    let owner = Owner::of("field", &field.name, &entry.label);
                    self.field_named(target, name, field.at, "to_field", owner);
                    continue;
                };
                let Some(up) = self.hops_up(target, to.model) else {
                    continue;
                };
                let mut hops = vec![Hop {
                    model: to.model,
                    on: vec![(from, to)],
                    content_type: None,
                    to_one: true,
                }];
                hops.extend(self.reversed(self.schema.concrete(target), &up, true));
                if let Some(relation) = self
                    .model_mut(id)
                    .relations
                    .get_mut(relation.index as usize)
                {
                    relation.hops = hops;
                }
            }
        }
    }
}
