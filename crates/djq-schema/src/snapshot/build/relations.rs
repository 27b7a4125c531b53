//! Relations that start where they are declared: foreign keys, many-to-many and generic ones.

use djq_diagnostics::codes;

use super::super::{ModelEntry, RelationEntry};
use super::{Builder, MAX_INHERITANCE, Owner};
use crate::{FieldId, Hop, ModelId, ModelKind, OnDelete, Relation, RelationId, RelationKind};

impl<'s> Builder<'s> {
    /// The relations of fields with a target.
    pub(super) fn forward_relations(&mut self) {
        for (id, entry) in self.ids() {
            for (index, field) in (0u32..).zip(&entry.fields) {
                let Some(label) = &field.target else { continue };
                let owner = Owner::of("field", &field.name, &entry.label);
                let Some(target) = self.model_named(label, field.at, "target", owner) else {
                    continue;
                };
                let to = match &field.to_field {
                    None => self.single_key(target, field.at, owner),
                    Some(name) => self.own_field(target, name),
                };
                // A field of a multi-table parent is looked for when parents are known.
                let on = to
                    .map(|to| vec![(FieldId { model: id, index }, to)])
                    .unwrap_or_default();
                let one_to_one =
                    field.one_to_one || field.parent_link || field.django == "OneToOneField";
                let kind = if one_to_one {
                    RelationKind::OneToOne
                } else {
                    RelationKind::ForeignKey
                };
                let on_delete = self.on_delete(field.on_delete.as_deref(), field.at, owner);
                let place = self.key_relation(
                    id,
                    target,
                    &field.name,
                    kind,
                    on,
                    field.null,
                    field.constraint,
                    on_delete,
                );
                self.forward.insert((id, field.name.as_str()), place);
                if let Some(field) = self.model_mut(id).fields.get_mut(index as usize) {
                    field.relation = Some(place.index);
                }
            }
            for relation in entry
                .relations
                .iter()
                .filter(|relation| matches!(relation.kind.as_str(), "foreign_key" | "one_to_one"))
            {
                self.composite_key(id, entry, relation);
            }
        }
    }

    /// A foreign key of several columns.
    fn composite_key(&mut self, id: ModelId, entry: &'s ModelEntry, relation: &'s RelationEntry) {
        let owner = Owner::of("relation", &relation.name, &entry.label);
        let Some(target) = self.target(relation, owner) else {
            return;
        };
        if relation.from_fields.is_empty() || relation.from_fields.len() != relation.to_fields.len()
        {
            let message =
                format!("{owner} needs as many `from_fields` as `to_fields`, at least one");
            self.problem(
                &codes::SNAPSHOT_VALUE,
                relation.at,
                message,
                "from_fields",
                "list the columns' fields on both sides, in the same order",
            );
            return;
        }
        let mut on = Vec::new();
        for (from, to) in relation.from_fields.iter().zip(&relation.to_fields) {
            let from = self.field_named(id, from, relation.at, "from_fields", owner);
            let to = self.field_named(target, to, relation.at, "to_fields", owner);
            on.extend(from.zip(to));
        }
        let kind = if relation.kind == "one_to_one" {
            RelationKind::OneToOne
        } else {
            RelationKind::ForeignKey
        };
        let on_delete = self.on_delete(relation.on_delete.as_deref(), relation.at, owner);
        let place = self.key_relation(
            id,
            target,
            &relation.name,
            kind,
            on,
            relation.null,
            relation.constraint,
            on_delete,
        );
        self.forward.insert((id, relation.name.as_str()), place);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a foreign key's own parts, from two kinds of entry"
    )]
    fn key_relation(
        &mut self,
        id: ModelId,
        target: ModelId,
        name: &str,
        kind: RelationKind,
        on: Vec<(FieldId, FieldId)>,
        null: bool,
        constraint: bool,
        on_delete: Option<OnDelete>,
    ) -> RelationId {
        // A view has no constraints, whatever its model says.
        let enforced = constraint && self.schema.model(id).kind != ModelKind::Unmanaged;
        let hop = Hop {
            model: self.schema.concrete(target),
            on,
            content_type: None,
            to_one: true,
        };
        self.add(
            id,
            Relation {
                target: Some(target),
                hops: vec![hop],
                nullable: null || !enforced,
                enforced,
                on_delete,
                ..relation(name, kind)
            },
        )
    }

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
            for _ in 0..=MAX_INHERITANCE {
                if level.is_empty() {
                    break;
                }
                let mut above: Vec<ModelId> = level
                    .iter()
                    .flat_map(|model| self.parent_hops(*model))
                    .map(|hop| hop.model)
                    .collect();
                above.sort_unstable();
                above.dedup();
                level = above;
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
        if model == ancestor {
            return Some(Vec::new());
        }
        self.parent_hops(model).into_iter().find_map(|hop| {
            let mut rest = self.hops_up(hop.model, ancestor)?;
            rest.insert(0, hop);
            Some(rest)
        })
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
                let mut ancestors = vec![self.schema.concrete(target)];
                let mut found = None;
                while let Some(model) = ancestors.pop() {
                    if let Some(to) = self.own_field(model, name) {
                        found = Some(to);
                        break;
                    }
                    ancestors.extend(self.parent_hops(model).iter().map(|hop| hop.model));
                }
                let Some(to) = found else {
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

    /// The relations that are listed as such and start here.
    pub(super) fn many_to_many_and_generic(&mut self) {
        for (id, entry) in self.ids() {
            for relation in &entry.relations {
                let owner = Owner::of("relation", &relation.name, &entry.label);
                let place = match relation.kind.as_str() {
                    "many_to_many" => self.many_to_many(id, relation, owner),
                    "generic_foreign_key" => self.generic_foreign_key(id, relation, owner),
                    "generic_relation" => self.generic_relation(id, relation, owner),
                    "foreign_key"
                    | "one_to_one"
                    | "reverse_foreign_key"
                    | "reverse_one_to_one"
                    | "reverse_many_to_many" => continue,
                    kind => {
                        let message = format!("{owner} has the unknown kind `{kind}`");
                        let help = "a relation is foreign_key, one_to_one, reverse_foreign_key, reverse_one_to_one, many_to_many, \
                                    reverse_many_to_many, generic_foreign_key or generic_relation";
                        self.problem(&codes::SNAPSHOT_VALUE, relation.at, message, "kind", help);
                        continue;
                    }
                };
                if let Some(place) = place {
                    self.forward.insert((id, relation.name.as_str()), place);
                }
            }
        }
    }

    fn many_to_many(
        &mut self,
        id: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<RelationId> {
        let target = self.target(entry, owner)?;
        let Some(label) = &entry.through else {
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                format!("{owner} has no `through`"),
                "kind",
                "name the model of the table between the two",
            );
            return None;
        };
        let through = self.model_named(label, entry.at, "through", owner)?;
        let (to_here, to_there) = match &entry.through_fields {
            Some((here, there)) => (
                self.key_named(through, here, entry, owner)?,
                self.key_named(through, there, entry, owner)?,
            ),
            None => self.through_keys(id, target, through, entry, owner)?,
        };
        let mut hops = self.way_back(id, to_here, entry, owner)?;
        hops.extend(self.schema.relation(to_there).hops.iter().cloned());
        Some(self.add(
            id,
            Relation {
                query_name: entry.query_name.as_deref().map(Into::into),
                target: Some(target),
                hops,
                to_many: true,
                nullable: true,
                ..relation(&entry.name, RelationKind::ManyToMany)
            },
        ))
    }

    /// The foreign key `name` of a many-to-many's table.
    fn key_named(
        &mut self,
        through: ModelId,
        name: &str,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<RelationId> {
        let field = self.field_named(through, name, entry.at, "through_fields", owner)?;
        let relation = self.schema.field(field).relation;
        if relation.is_none() {
            let message = format!("{owner} goes by the field `{name}`, which is no foreign key");
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                message,
                "through_fields",
                "name the two foreign keys of the table between",
            );
        }
        Some(RelationId {
            model: field.model,
            index: relation?,
        })
    }

    /// The only foreign keys of a many-to-many's table that lead to its two sides.
    fn through_keys(
        &mut self,
        id: ModelId,
        target: ModelId,
        through: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<(RelationId, RelationId)> {
        let (here, there) = (self.schema.concrete(id), self.schema.concrete(target));
        let through = self.schema.concrete(through);
        let keys = (0u32..)
            .zip(&self.schema.model(through).relations)
            .filter(|(_, relation)| relation.on_delete.is_some() || !relation.to_many);
        let keys: Vec<(RelationId, ModelId)> = keys
            .filter_map(|(index, relation)| {
                Some((
                    RelationId {
                        model: through,
                        index,
                    },
                    self.schema.concrete(relation.target?),
                ))
            })
            .collect();
        let first = keys
            .iter()
            .find(|(_, model)| *model == here)
            .map(|(key, _)| *key);
        let second = keys
            .iter()
            .find(|(key, model)| *model == there && Some(*key) != first)
            .map(|(key, _)| *key);
        let found = first.zip(second);
        if found.is_none() {
            let label = self.schema.model(through).label.clone();
            let message =
                format!("{owner} goes through `{label}`, which has no foreign keys to both sides");
            self.problem(
                &codes::SNAPSHOT_NAME,
                entry.at,
                message,
                "through",
                "name them in `through_fields`",
            );
        }
        found
    }

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

    fn generic_foreign_key(
        &mut self,
        id: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<RelationId> {
        let (content_type, object) = self.generic_fields(id, entry, owner)?;
        let generic = Some((content_type.index, object.index));
        Some(self.add(
            id,
            Relation {
                nullable: true,
                generic,
                ..relation(&entry.name, RelationKind::GenericForeignKey)
            },
        ))
    }

    fn generic_relation(
        &mut self,
        id: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<RelationId> {
        let target = self.target(entry, owner)?;
        let (content_type, object) = self.generic_fields(target, entry, owner)?;
        // The object id of a child's rows is the value of its link to the parent.
        let key = self.single_key(id, entry.at, owner)?;
        let named = if entry.for_concrete_model {
            self.schema.concrete(id)
        } else {
            id
        };
        let hop = Hop {
            model: self.schema.concrete(target),
            on: vec![(key, object)],
            content_type: Some((content_type, named)),
            to_one: false,
        };
        let query_name = entry.query_name.as_deref().map(Into::into);
        Some(self.add(
            id,
            Relation {
                query_name,
                target: Some(target),
                hops: vec![hop],
                to_many: true,
                nullable: true,
                ..relation(&entry.name, RelationKind::GenericRelation)
            },
        ))
    }

    fn generic_fields(
        &mut self,
        model: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<(FieldId, FieldId)> {
        let [content_type, object] = entry.fields.as_slice() else {
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                format!("{owner} needs two `fields`"),
                "fields",
                "name the content type's field and the object id's",
            );
            return None;
        };
        let content_type = self.field_named(model, content_type, entry.at, "fields", owner)?;
        Some((
            content_type,
            self.field_named(model, object, entry.at, "fields", owner)?,
        ))
    }

    /// The only field of a model's primary key, or a problem.
    fn single_key(
        &mut self,
        model: ModelId,
        at: super::Place,
        owner: Owner<'_>,
    ) -> Option<FieldId> {
        let keys: Vec<FieldId> = self.schema.primary_key(model).collect();
        if let [key] = keys.as_slice() {
            return Some(*key);
        }
        let label = self.schema.model(model).label.clone();
        let (message, help) = if keys.is_empty() {
            (
                format!("{owner} points to `{label}`, which has no primary key"),
                "say which field it points to in `to_field`",
            )
        } else {
            (
                format!("{owner} points to `{label}`, whose primary key has several fields"),
                "list it in `relations` as a foreign_key with `from_fields` and `to_fields`",
            )
        };
        self.problem(&codes::SNAPSHOT_VALUE, at, message, "target", help);
        None
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

    fn on_delete(
        &mut self,
        words: Option<&str>,
        at: super::Place,
        owner: Owner<'_>,
    ) -> Option<OnDelete> {
        // Django's `DB_` options leave to the database what the others do themselves.
        const OPTIONS: [(&str, OnDelete); 10] = [
            ("CASCADE", OnDelete::Cascade),
            ("PROTECT", OnDelete::Protect),
            ("RESTRICT", OnDelete::Restrict),
            ("SET_NULL", OnDelete::SetNull),
            ("SET_DEFAULT", OnDelete::SetDefault),
            ("DO_NOTHING", OnDelete::DoNothing),
            ("SET", OnDelete::Set),
            ("DB_CASCADE", OnDelete::Cascade),
            ("DB_SET_NULL", OnDelete::SetNull),
            ("DB_SET_DEFAULT", OnDelete::SetDefault),
        ];
        let words = words?;
        let found = OPTIONS
            .iter()
            .find(|(name, _)| *name == words)
            .map(|(_, option)| *option);
        if found.is_none() {
            let help = format!(
                "the options are {}",
                OPTIONS.map(|(name, _)| name).join(", ")
            );
            self.problem(
                &codes::SNAPSHOT_VALUE,
                at,
                format!("{owner} has the unknown on_delete `{words}`"),
                "on_delete",
                help,
            );
        }
        found
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
        reverse_of: None,
    }
}
