//! Relations seen from their other side: those that are listed, and those that Django's rules give.

use djq_diagnostics::codes;

use super::super::{ModelEntry, RelationEntry};
use super::ways::relation;
use super::{Builder, Owner, nearest};
use crate::{ModelId, ModelKind, Relation, RelationId, RelationKind};

impl<'s> Builder<'s> {
    pub(super) fn reverse_relations(&mut self) {
        for (id, entry) in self.ids() {
            for relation in entry
                .relations
                .iter()
                .filter(|relation| relation.kind.starts_with("reverse_"))
            {
                self.listed_reverse(id, entry, relation);
            }
        }
        if self.snapshot.source != "django" && self.problems.is_empty() {
            for (id, entry) in self.ids() {
                self.derived_reverses(id, entry);
            }
        }
    }

    fn listed_reverse(&mut self, id: ModelId, model: &'s ModelEntry, entry: &'s RelationEntry) {
        let owner = Owner::of("relation", &entry.name, &model.label);
        let Some(target) = self.target(entry, owner) else {
            return;
        };
        let Some(name) = entry.field.as_deref() else {
            let message = format!("{owner} has no `field`");
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                message,
                "kind",
                "name the field of the target that points here",
            );
            return;
        };
        let start = self.schema.concrete(target);
        let found = self
            .forward
            .get(&(start, name))
            .or_else(|| self.forward.get(&(target, name)))
            .copied();
        let wanted: &[RelationKind] = match entry.kind.as_str() {
            "reverse_foreign_key" => &[RelationKind::ForeignKey],
            "reverse_one_to_one" => &[RelationKind::OneToOne],
            "reverse_many_to_many" => &[RelationKind::ManyToMany],
            kind => {
                let message = format!("{owner} has the unknown kind `{kind}`");
                self.problem(&codes::SNAPSHOT_VALUE, entry.at, message, "kind", "the kinds are reverse_foreign_key, reverse_one_to_one and reverse_many_to_many");
                return;
            }
        };
        let Some(forward) =
            found.filter(|found| wanted.contains(&self.schema.relation(*found).kind))
        else {
            let label = self.schema.model(target).label.clone();
            let kind = entry.kind.trim_start_matches("reverse_").replace('_', " ");
            let known = self
                .schema
                .model(start)
                .relations
                .iter()
                .map(|relation| &*relation.name);
            let help = match nearest(name, known).filter(|near| *near != name) {
                Some(near) => format!("`{near}` was meant?"),
                None => "introspect again, so that the snapshot is whole".into(),
            };
            let message =
                format!("{owner} is the other side of `{name}`, which is no {kind} of `{label}`");
            self.problem(&codes::SNAPSHOT_NAME, entry.at, message, "field", help);
            return;
        };
        self.listed.insert(forward);
        self.add_reverse(
            id,
            target,
            forward,
            &entry.name,
            entry.query_name.as_deref(),
            entry,
            owner,
        );
    }

    /// The other sides that are not listed, of what this model declares.
    fn derived_reverses(&mut self, id: ModelId, entry: &'s ModelEntry) {
        // Django hides the reverse sides of its own many-to-many tables.
        if self.schema.model(id).kind == ModelKind::Auto {
            return;
        }
        for field in entry.fields.iter().filter(|field| field.target.is_some()) {
            let names = (
                field.related_name.as_deref(),
                field.related_query_name.as_deref(),
            );
            self.derived_reverse(id, entry, &field.name, names, field.at);
        }
        for relation in entry
            .relations
            .iter()
            .filter(|relation| !relation.symmetrical)
        {
            if matches!(
                relation.kind.as_str(),
                "many_to_many" | "foreign_key" | "one_to_one"
            ) {
                let names = (
                    relation.related_name.as_deref(),
                    relation.related_query_name.as_deref(),
                );
                self.derived_reverse(id, entry, &relation.name, names, relation.at);
            }
        }
    }

    fn derived_reverse(
        &mut self,
        id: ModelId,
        entry: &'s ModelEntry,
        name: &'s str,
        names: (Option<&str>, Option<&str>),
        at: super::Place,
    ) {
        let Some(forward) = self.forward.get(&(id, name)).copied() else {
            return;
        };
        let (related_name, related_query_name) = (
            names.0.map(|name| expanded(name, entry)),
            names.1.map(|name| expanded(name, entry)),
        );
        if self.listed.contains(&forward)
            || related_name
                .as_deref()
                .is_some_and(|name| name.ends_with('+'))
        {
            return;
        }
        let Relation {
            kind,
            target: Some(target),
            ..
        } = *self.schema.relation(forward)
        else {
            return;
        };
        let model = self.schema.model(id).name.to_lowercase();
        let accessor = match &related_name {
            Some(name) => name.clone(),
            None if kind == RelationKind::OneToOne => model.clone(),
            None => format!("{model}_set"),
        };
        let query_name = related_query_name.or(related_name).unwrap_or(model);
        let target = self.schema.concrete(target);
        let owner = Owner::of("the other side of", name, &entry.label);
        let place = RelationEntry {
            at,
            ..RelationEntry::default()
        };
        self.add_reverse(
            target,
            id,
            forward,
            &accessor,
            Some(&query_name),
            &place,
            owner,
        );
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a relation's own parts, and where to report it"
    )]
    fn add_reverse(
        &mut self,
        id: ModelId,
        target: ModelId,
        forward: RelationId,
        name: &str,
        query_name: Option<&str>,
        entry: &RelationEntry,
        owner: Owner<'_>,
    ) {
        let from = self.schema.relation(forward).clone();
        let (kind, hops) = match from.kind {
            RelationKind::ManyToMany => {
                // Back over the table between, from its second foreign key to its first.
                let Some(mut hops) = from.target.and_then(|end| self.hops_up(id, end)) else {
                    let message = format!("{owner} is of a many-to-many that does not lead here");
                    self.problem(
                        &codes::SNAPSHOT_VALUE,
                        entry.at,
                        message,
                        "field",
                        "introspect again, so that the snapshot is whole",
                    );
                    return;
                };
                let start = self.schema.concrete(forward.model);
                let mut back = self.reversed(start, &from.hops, true);
                // Towards the table between there are many rows; from there on each step has one.
                if let Some(first) = back.first_mut() {
                    first.to_one = false;
                }
                hops.extend(back);
                (RelationKind::ReverseManyToMany, hops)
            }
            forward_kind => {
                let Some(hops) = self.way_back(id, forward, entry, owner) else {
                    return;
                };
                let kind = if forward_kind == RelationKind::OneToOne {
                    RelationKind::ReverseOneToOne
                } else {
                    RelationKind::ReverseForeignKey
                };
                (kind, hops)
            }
        };
        let to_many = hops.iter().any(|hop| !hop.to_one);
        let query_name = query_name
            .filter(|query_name| *query_name != name)
            .map(Into::into);
        self.add(
            id,
            Relation {
                query_name,
                target: Some(target),
                hops,
                to_many,
                nullable: true,
                reverse_of: Some(forward),
                ..relation(name, kind)
            },
        );
    }
}

/// Django's placeholders in `related_name`.
fn expanded(name: &str, entry: &ModelEntry) -> String {
    if !name.contains('%') {
        return name.into();
    }
    let (app, model) = entry.label.rsplit_once('.').unwrap_or(("", &entry.label));
    let model = model.to_lowercase();
    name.replace("%(class)s", &model)
        .replace("%(model_name)s", &model)
        .replace("%(app_label)s", &app.to_lowercase())
}
