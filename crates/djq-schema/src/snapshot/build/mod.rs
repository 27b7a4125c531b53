//! Building: [`Snapshot`] to [`Schema`]. Every name in it is followed here, and every one that leads nowhere reported.

mod fields;
mod foreign_keys;
mod many_to_many;
mod members;
mod parents;
mod reverse;
mod ways;

use djq_diagnostics::codes;
use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::nearest;
use super::problem::Owner;
use super::{ModelEntry, Place, Snapshot, SnapshotProblem};
use crate::{FieldId, Model, ModelId, ModelKind, RelationId, Schema};

/// How many problems are worth reporting.
const MAX_PROBLEMS: usize = 50;
/// Proxies of proxies and parents of parents stop here; real ones end after three or four.
const MAX_INHERITANCE: usize = 32;

impl Schema {
    /// The schema of a snapshot's text.
    ///
    /// # Errors
    /// What [`Snapshot::parse`] and [`Schema::from_snapshot`] find, with places in `text`.
    ///
    /// ```
    /// let text = r#"{"version": 1, "models": [{"label": "blog.Tag", "table": "blog_tag", "primary_key": ["id"],
    ///     "fields": [{"name": "id", "type": "bigint"}, {"name": "slug", "type": "text"}]}]}"#;
    /// let schema = djq_schema::Schema::from_json(text).unwrap();
    /// assert_eq!(&*schema.models[0].table, "blog_tag");
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Vec<SnapshotProblem>> {
        Self::from_snapshot(&Snapshot::parse(text)?).map_err(|problems| {
            problems
                .into_iter()
                .map(|problem| problem.narrowed(text))
                .collect()
        })
    }

    /// The schema of a snapshot.
    ///
    /// # Errors
    /// Names that lead nowhere, names given twice, types and kinds that there are not: all of them (up to fifty).
    pub fn from_snapshot(snapshot: &Snapshot) -> Result<Self, Vec<SnapshotProblem>> {
        let mut builder = Builder::new(snapshot);
        builder.shells();
        if builder.problems.is_empty() {
            builder.proxies();
            builder.fields();
        }
        // What follows looks at ids that the steps above made.
        if builder.problems.is_empty() {
            builder.forward_relations();
            builder.parents();
        }
        if builder.problems.is_empty() {
            builder.many_to_many_and_generic();
            builder.reverse_relations();
            builder.members();
        }
        builder.problems.truncate(MAX_PROBLEMS);
        if builder.problems.is_empty() {
            Ok(builder.schema)
        } else {
            Err(builder.problems)
        }
    }
}

struct Builder<'s> {
    snapshot: &'s Snapshot,
    /// The entry of each model, by id.
    entries: Vec<&'s ModelEntry>,
    schema: Schema,
    /// Label to model.
    labels: FxHashMap<&'s str, ModelId>,
    /// By model: its own fields by name.
    names: Vec<FxHashMap<&'s str, u32>>,
    /// Forward relations by model and name.
    forward: FxHashMap<(ModelId, &'s str), RelationId>,
    /// Forward relations whose reverse side the snapshot lists.
    listed: FxHashSet<RelationId>,
    problems: Vec<SnapshotProblem>,
}

impl<'s> Builder<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let mut entries: Vec<&ModelEntry> = snapshot.models.iter().collect();
        entries.sort_by(|a, b| a.label.cmp(&b.label));
        Self {
            snapshot,
            entries,
            schema: Schema {
                use_tz: snapshot.use_tz,
                ..Schema::default()
            },
            labels: FxHashMap::default(),
            names: Vec::new(),
            forward: FxHashMap::default(),
            listed: FxHashSet::default(),
            problems: Vec::new(),
        }
    }

    /// The models with their names, still without fields.
    fn shells(&mut self) {
        let mut previous: Option<&ModelEntry> = None;
        for entry in self.entries.clone() {
            let Some((app, name)) = entry
                .label
                .rsplit_once('.')
                .filter(|(app, name)| !app.is_empty() && !name.is_empty())
            else {
                let message = format!("the label `{}` is not of the form `app.Model`", entry.label);
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    message,
                    "label",
                    "write the app's label, a dot, and the model's name",
                );
                continue;
            };
            let id = ModelId(u32::try_from(self.schema.models.len()).unwrap_or(u32::MAX));
            let lower = entry.label.to_lowercase();
            if previous.is_some_and(|previous| previous.label == entry.label)
                || self.schema.labels.contains_key(lower.as_str())
            {
                let message = format!("two models have the label `{}`", entry.label);
                self.problem(
                    &codes::SNAPSHOT_DUPLICATE,
                    entry.at,
                    message,
                    "label",
                    "remove or rename one of them (labels that differ in case only are the same)",
                );
                continue;
            }
            previous = Some(entry);
            let kind = self.kind(entry);
            if kind != ModelKind::Proxy && entry.table.is_empty() {
                let message = format!("model `{}` has no `table`", entry.label);
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    message,
                    "table",
                    "only a proxy has none; add the key `table`",
                );
            }
            if kind == ModelKind::Proxy && !entry.fields.is_empty() {
                let message = format!("the proxy `{}` has fields of its own", entry.label);
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    message,
                    "fields",
                    "a proxy's fields are those of its concrete model; leave `fields` out",
                );
            }
            self.labels.insert(&entry.label, id);
            self.schema.labels.insert(lower.into(), id);
            self.schema
                .names
                .entry(name.to_lowercase().into())
                .or_default()
                .push(id);
            if self.schema.apps.last().is_none_or(|last| **last != *app) {
                self.schema.apps.push(app.into());
            }
            self.schema.models.push(Model {
                label: entry.label.as_str().into(),
                app: app.into(),
                name: name.into(),
                table: entry.table.as_str().into(),
                db_schema: entry.schema.as_deref().map(Into::into),
                kind,
                doc: entry.doc.as_deref().map(Into::into),
                source: entry.source.as_deref().map(Into::into),
                primary_key: Vec::new(),
                unique: Vec::new(),
                indexes: Vec::new(),
                ordering: entry
                    .ordering
                    .iter()
                    .map(|name| name.as_str().into())
                    .collect(),
                fields: Vec::new(),
                relations: Vec::new(),
                parents: Vec::new(),
                proxy_for: None,
                members: FxHashMap::default(),
            });
        }
        self.schema.apps.sort_unstable();
        self.schema.apps.dedup();
    }

    fn kind(&mut self, entry: &ModelEntry) -> ModelKind {
        const KINDS: [(&str, ModelKind); 5] = [
            ("concrete", ModelKind::Concrete),
            ("proxy", ModelKind::Proxy),
            ("unmanaged", ModelKind::Unmanaged),
            ("auto", ModelKind::Auto),
            ("inferred", ModelKind::Inferred),
        ];
        if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == entry.kind) {
            return *kind;
        }
        let message = format!(
            "model `{}` has the unknown kind `{}`",
            entry.label, entry.kind
        );
        self.problem(
            &codes::SNAPSHOT_VALUE,
            entry.at,
            message,
            "kind",
            "a model is concrete, proxy, unmanaged, auto or inferred",
        );
        ModelKind::Concrete
    }

    /// A proxy's concrete model, through proxies of proxies, and its table.
    fn proxies(&mut self) {
        for (id, entry) in self.ids() {
            if self.schema.model(id).kind != ModelKind::Proxy {
                continue;
            }
            let mut at = entry;
            let mut concrete = None;
            for _ in 0..MAX_INHERITANCE {
                let Some(label) = &at.proxy_for else { break };
                let Some(target) = self.model_named(
                    label,
                    at.at,
                    "proxy_for",
                    Owner::of("the proxy", &at.label, ""),
                ) else {
                    break;
                };
                let Some(next) = self.entries.get(target.0 as usize).copied() else {
                    break;
                };
                if self.schema.model(target).kind != ModelKind::Proxy {
                    concrete = Some(target);
                    break;
                }
                at = next;
            }
            match concrete {
                Some(concrete) => {
                    let (table, db_schema) = (
                        self.schema.model(concrete).table.clone(),
                        self.schema.model(concrete).db_schema.clone(),
                    );
                    let model = self.model_mut(id);
                    model.proxy_for = Some(concrete);
                    model.table = table;
                    model.db_schema = db_schema;
                }
                None if self.problems.is_empty() => {
                    let message = format!("the proxy `{}` leads to no concrete model", entry.label);
                    self.problem(
                        &codes::SNAPSHOT_VALUE,
                        entry.at,
                        message,
                        "proxy_for",
                        "name the model whose table it uses",
                    );
                }
                None => {}
            }
        }
    }

    fn ids(&self) -> Vec<(ModelId, &'s ModelEntry)> {
        self.schema
            .model_ids()
            .zip(self.entries.iter().copied())
            .collect()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made from places in `models`, and no model is ever removed"
    )]
    fn model_mut(&mut self, id: ModelId) -> &mut Model {
        &mut self.schema.models[id.0 as usize]
    }

    /// The model's own field of this name or attname; a proxy's are its concrete model's.
    fn own_field(&self, model: ModelId, name: &str) -> Option<FieldId> {
        let model = self.schema.concrete(model);
        let names = self.names.get(model.0 as usize)?;
        let found = |index: &u32| FieldId {
            model,
            index: *index,
        };
        if let Some(index) = names.get(name) {
            return Some(found(index));
        }
        // `author_id` is the foreign key's own value.
        let key = names.get(name.strip_suffix("_id")?).map(found)?;
        (*self.schema.field(key).attname == *name).then_some(key)
    }

    /// The model of this label, or a problem.
    fn model_named(
        &mut self,
        label: &str,
        at: Place,
        key: &'static str,
        owner: Owner<'_>,
    ) -> Option<ModelId> {
        if let Some(id) = self.labels.get(label) {
            return Some(*id);
        }
        let help = match nearest(label, self.labels.keys().copied()) {
            Some(near) => format!("`{near}` was meant?"),
            None => "introspect again, so that the snapshot is whole".into(),
        };
        self.problem(
            &codes::SNAPSHOT_NAME,
            at,
            format!("{owner} names the model `{label}`, which is not in the snapshot"),
            key,
            help,
        );
        None
    }

    /// The model's own field of this name, or a problem.
    fn field_named(
        &mut self,
        model: ModelId,
        name: &str,
        at: Place,
        key: &'static str,
        owner: Owner<'_>,
    ) -> Option<FieldId> {
        let found = self.own_field(model, name);
        if found.is_none() {
            let label = self.schema.model(model).label.clone();
            let concrete = self.schema.concrete(model);
            let known = self
                .schema
                .model(concrete)
                .fields
                .iter()
                .map(|field| &*field.name);
            let help = match nearest(name, known) {
                Some(near) => format!("`{near}` was meant?"),
                None => "introspect again, so that the snapshot is whole".into(),
            };
            self.problem(
                &codes::SNAPSHOT_NAME,
                at,
                format!("{owner} names the field `{name}`, which `{label}` does not have"),
                key,
                help,
            );
        }
        found
    }

    fn problem(
        &mut self,
        code: &'static djq_diagnostics::Code,
        at: Place,
        message: impl Into<String>,
        key: &'static str,
        help: impl Into<String>,
    ) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems
                .push(SnapshotProblem::new(code, at, message).key(key).help(help));
        }
    }
}
