//! Several sources made one: Django's word goes before the database's, and the project file's before what was inferred.

use std::collections::BTreeMap;

use djq_client::Database;
use djq_schema::{FieldEntry, ModelEntry, Snapshot};

/// What `[models]` of `djq.toml` says of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Override {
    /// The label: `blog.Entry`.
    pub label: Option<String>,
    /// `related_name`, by column.
    pub related_names: BTreeMap<String, String>,
    /// Not a model.
    pub ignore: bool,
}

/// Where Django and the database do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// `blog.Entry`, `blog.Entry.title`, or a table's name.
    pub path: String,
    /// A sentence, and what it may come from.
    pub message: String,
}

impl std::fmt::Display for Disagreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Changes what was inferred to what the project file says, by table. Names of tables that are not there are given back.
pub fn apply_overrides(
    snapshot: &mut Snapshot,
    overrides: &BTreeMap<String, Override>,
) -> Vec<String> {
    let mut unknown = Vec::new();
    for (table, wanted) in overrides {
        let Some(place) = snapshot
            .models
            .iter()
            .position(|model| model.table == *table)
        else {
            unknown.push(table.clone());
            continue;
        };
        if wanted.ignore {
            let gone = snapshot.models.remove(place);
            forget(snapshot, &gone.label);
            continue;
        }
        let Some(model) = snapshot.models.get_mut(place) else {
            continue;
        };
        for (column, name) in &wanted.related_names {
            for field in model
                .fields
                .iter_mut()
                .filter(|field| field.column == *column || field.name == *column)
            {
                field.related_name = Some(name.clone());
            }
            for relation in model
                .relations
                .iter_mut()
                .filter(|relation| relation.name == *column)
            {
                relation.related_name = Some(name.clone());
            }
        }
        if let Some(label) = &wanted.label {
            model.inferred = false;
            if model.kind == "inferred" {
                model.kind = "concrete".into();
            }
            let before = std::mem::replace(&mut model.label, label.clone());
            rename(snapshot, &before, label);
        }
    }
    unknown
}

/// Every label that a model's entry names, to be changed in place.
fn labels(model: &mut ModelEntry) -> impl Iterator<Item = &mut String> {
    let fields = model
        .fields
        .iter_mut()
        .filter_map(|field| field.target.as_mut());
    let relations = model
        .relations
        .iter_mut()
        .flat_map(|relation| relation.target.iter_mut().chain(relation.through.as_mut()));
    model
        .parents
        .iter_mut()
        .chain(model.proxy_for.as_mut())
        .chain(fields)
        .chain(relations)
}

fn rename(snapshot: &mut Snapshot, before: &str, now: &str) {
    for label in snapshot
        .models
        .iter_mut()
        .flat_map(labels)
        .filter(|label| *label == before)
    {
        now.clone_into(label);
    }
}

/// Takes out what leads to a model that is ignored; foreign keys stay as plain fields.
fn forget(snapshot: &mut Snapshot, label: &str) {
    let is = |name: &Option<String>| name.as_deref() == Some(label);
    for model in &mut snapshot.models {
        model.parents.retain(|parent| parent != label);
        model
            .relations
            .retain(|relation| !is(&relation.target) && !is(&relation.through));
        for field in model.fields.iter_mut().filter(|field| is(&field.target)) {
            // `author` of `author_id` is a number now.
            let renamed = std::mem::replace(&mut field.name, field.column.clone());
            for name in model.primary_key.iter_mut().chain(
                model
                    .unique
                    .iter_mut()
                    .chain(&mut model.indexes)
                    .flat_map(|key| &mut key.fields),
            ) {
                if *name == renamed {
                    field.column.clone_into(name);
                }
            }
            *field = FieldEntry {
                target: None,
                to_field: None,
                one_to_one: false,
                parent_link: false,
                on_delete: None,
                constraint: true,
                related_name: None,
                related_query_name: None,
                django: String::new(),
                ..field.clone()
            };
        }
    }
}

/// Where a database is not what Django's models say: a migration is missing, or one that never ran.
#[must_use]
pub fn disagreements(
    django: &Snapshot,
    database: &Snapshot,
    server: Database,
) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let mut say = |path: String, message: String| found.push(Disagreement { path, message });
    for model in django.models.iter().filter(|model| model.kind != "proxy") {
        let Some(there) = database
            .models
            .iter()
            .find(|there| there.table == model.table)
        else {
            // Who makes an unmanaged model's table is not Django's business.
            say(
                model.label.clone(),
                format!(
                    "the database has no table `{}`; has its migration run?",
                    model.table
                ),
            );
            continue;
        };
        for field in &model.fields {
            let path = format!("{}.{}", model.label, field.name);
            match there
                .fields
                .iter()
                .find(|column| column.column == field.column)
            {
                None => say(
                    path,
                    format!(
                        "the table `{}` has no column `{}`; has its migration run?",
                        model.table, field.column
                    ),
                ),
                // The key of a many-to-many's table has the type of the project's default, whatever the app's own is.
                Some(_) if model.kind == "auto" && field.django.contains("AutoField") => {}
                Some(column) => differences(
                    field,
                    column,
                    server,
                    there.kind == "unmanaged",
                    &mut |message| say(path.clone(), message),
                ),
            }
        }
        for column in there.fields.iter().filter(|column| {
            model
                .fields
                .iter()
                .all(|field| field.column != column.column)
        }) {
            say(
                model.label.clone(),
                format!(
                    "the table `{}` has the column `{}`, which the model does not; is a migration missing?",
                    model.table, column.column
                ),
            );
        }
    }
    for there in database
        .models
        .iter()
        .filter(|there| django.models.iter().all(|model| model.table != there.table))
    {
        say(there.table.clone(), "this table belongs to no model of the project; name it in `[models]` of djq.toml to query it".into());
    }
    found
}

fn differences(
    field: &FieldEntry,
    column: &FieldEntry,
    server: Database,
    is_view: bool,
    say: &mut dyn FnMut(String),
) {
    if !is_view && field.null != column.null {
        let words = |null: bool| {
            if null {
                "can be null"
            } else {
                "cannot be null"
            }
        };
        say(format!(
            "the field {}, the column {}; is a migration missing?",
            words(field.null),
            words(column.null)
        ));
    }
    if !same_type(field, column, server) {
        say(format!(
            "the field is of type {}, the column of type {}; is a migration missing?",
            field.ty, column.ty
        ));
    }
    if let (Some(length), Some(there)) = (field.max_length, column.max_length)
        && length != there
    {
        say(format!(
            "the field holds {length} characters, the column {there}; is a migration missing?"
        ));
    }
    if let (Some(bounds), Some(there)) = (field.decimal, column.decimal)
        && bounds != there
    {
        say(format!(
            "the field is decimal({}, {}), the column decimal({}, {}); is a migration missing?",
            bounds.0, bounds.1, there.0, there.1
        ));
    }
}

/// Whether a column of that type can hold such a field, by what Django makes there.
fn same_type(field: &FieldEntry, column: &FieldEntry, server: Database) -> bool {
    let whole = |ty: &str| matches!(ty, "int" | "bigint");
    if field.ty == column.ty
        || field.ty == "unknown"
        || column.ty == "unknown"
        || field.generated.is_some()
    {
        return true;
    }
    match (field.ty.as_str(), column.ty.as_str()) {
        // Where the database has no such type.
        ("duration", "bigint") => server != Database::Postgres,
        ("json" | "hstore" | "array" | "range" | "tsvector", "text" | "json") => true,
        // SQLite calls every counted key `integer`, and what points to it was guessed by that.
        (a, b) if whole(a) && whole(b) => {
            server == Database::Sqlite
                && (field.django.contains("AutoField") || field.target.is_some())
        }
        _ => false,
    }
}
