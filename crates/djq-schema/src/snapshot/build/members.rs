//! The map from every name of a model to what it stands for.

use djq_diagnostics::codes;
use rustc_hash::FxHashMap;

use super::super::ModelEntry;
use super::Builder;
use crate::{FieldId, Member, ModelId, RelationId};

impl Builder<'_> {
    /// Names go before one another in this order: fields and relations by name, attnames, query names.
    pub(super) fn members(&mut self) {
        for (id, entry) in self.ids() {
            let members = self.members_of(id, entry);
            self.model_mut(id).members = members;
        }
    }

    fn members_of(&mut self, id: ModelId, entry: &ModelEntry) -> FxHashMap<Box<str>, Member> {
        let model = self.schema.model(id);
        let mut members = FxHashMap::with_capacity_and_hasher(
            model.fields.len() * 2 + model.relations.len() * 2,
            rustc_hash::FxBuildHasher,
        );
        for (index, field) in (0u32..).zip(&model.fields) {
            let member = match field.relation {
                Some(relation) => Member::Relation(RelationId {
                    model: id,
                    index: relation,
                }),
                None => Member::Field(FieldId { model: id, index }),
            };
            members.insert(field.name.clone(), member);
        }
        let mut clashes = Vec::new();
        for (index, relation) in (0u32..).zip(&model.relations) {
            let member = Member::Relation(RelationId { model: id, index });
            let taken = *members.entry(relation.name.clone()).or_insert(member);
            if taken != member {
                clashes.push((relation.name.clone(), relation.reverse_of));
            }
        }
        let keys = (0u32..)
            .zip(&model.fields)
            .filter(|(_, field)| field.attname != field.name);
        for (index, field) in keys {
            members
                .entry(field.attname.clone())
                .or_insert(Member::Field(FieldId { model: id, index }));
        }
        for (index, relation) in (0u32..).zip(&model.relations) {
            if let Some(name) = &relation.query_name {
                members
                    .entry(name.clone())
                    .or_insert(Member::Relation(RelationId { model: id, index }));
            }
        }
        // Django itself refuses such models, unless it is told not to look: then the field is what is meant.
        if self.snapshot.source != "django" {
            for (name, reverse_of) in clashes {
                self.clash(id, entry, &name, reverse_of);
            }
        }
        members
    }

    fn clash(
        &mut self,
        id: ModelId,
        entry: &ModelEntry,
        name: &str,
        reverse_of: Option<RelationId>,
    ) {
        let Some(forward) = reverse_of else {
            let message = format!("two members of `{}` have the name `{name}`", entry.label);
            self.problem(
                &codes::SNAPSHOT_DUPLICATE,
                entry.at,
                message,
                "relations",
                "rename one of them",
            );
            return;
        };
        let (from, field) = (
            self.schema.model(forward.model).label.clone(),
            self.schema.relation(forward).name.clone(),
        );
        let target = self.schema.model(id).label.clone();
        let source = self.entries.get(forward.model.0 as usize).copied();
        let at = source.and_then(|source| {
            let fields = source
                .fields
                .iter()
                .find(|entry| *entry.name == *field)
                .map(|entry| entry.at);
            fields.or_else(|| {
                source
                    .relations
                    .iter()
                    .find(|entry| *entry.name == *field)
                    .map(|entry| entry.at)
            })
        });
        let message = format!(
            "`{from}.{field}` would be `{name}` on `{target}`, where another member has that name"
        );
        let help = format!("give `{field}` a `related_name` of its own, or `+` for none");
        self.problem(
            &codes::SNAPSHOT_DUPLICATE,
            at.unwrap_or(entry.at),
            message,
            "related_name",
            help,
        );
    }
}
