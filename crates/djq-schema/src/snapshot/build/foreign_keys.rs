//! Foreign keys, of one column and of several.

use djq_diagnostics::codes;

use super::super::{ModelEntry, RelationEntry};
use super::ways::relation;
use super::{Builder, Owner};
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

    /// The only field of a model's primary key, or a problem.
    pub(super) fn single_key(
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

    pub(super) fn on_delete(
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
}
