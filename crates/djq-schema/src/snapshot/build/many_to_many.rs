//! Many-to-many fields and generic relations.

use djq_diagnostics::codes;

use super::super::RelationEntry;
use super::ways::relation;
use super::{Builder, Owner};
use crate::{FieldId, Hop, ModelId, Relation, RelationId, RelationKind};

impl Builder<'_> {
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
        // The keys may be those of the table's own parents: then the way goes down to it and up again.
        let (down, up) = (
            self.hops_up(through, to_here.model)?,
            self.hops_up(through, to_there.model)?,
        );
        hops.extend(self.reversed(self.schema.concrete(through), &down, true));
        hops.extend(up);
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
        let inherited = self.inherited_field(through, name);
        let field = match inherited {
            Some(field) => field,
            None => self.field_named(through, name, entry.at, "through_fields", owner)?,
        };
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

    fn generic_foreign_key(
        &mut self,
        id: ModelId,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) -> Option<RelationId> {
        let (content_type, object) = self.generic_fields(id, entry, owner)?;
        if content_type.model != self.schema.concrete(id) {
            // Inherited: the parent has it, and is where it is looked for.
            return None;
        }
        let generic = Some((content_type.index, object.index));
        Some(self.add(
            id,
            Relation {
                nullable: true,
                generic,
                for_concrete_model: entry.for_concrete_model,
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
        // The two fields may be those of the target's parent.
        let up = self.hops_up(target, object.model)?;
        let mut hops = vec![Hop {
            model: object.model,
            on: vec![(key, object)],
            content_type: Some((content_type, named)),
            to_one: false,
        }];
        hops.extend(self.reversed(self.schema.concrete(target), &up, true));
        let query_name = entry.query_name.as_deref().map(Into::into);
        Some(self.add(
            id,
            Relation {
                query_name,
                target: Some(target),
                hops,
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
        let mut field = |name: &str| match self.inherited_field(model, name) {
            Some(field) => Some(field),
            None => self.field_named(model, name, entry.at, "fields", owner),
        };
        let (content_type, object) = (field(content_type)?, field(object)?);
        if content_type.model != object.model {
            let message = format!("the `fields` of {owner} are of two models");
            let help = "both must be of the model, or both of one of its parents";
            self.problem(&codes::SNAPSHOT_VALUE, entry.at, message, "fields", help);
            return None;
        }
        Some((content_type, object))
    }
}
