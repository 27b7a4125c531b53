//! Django's models from a bare database.
//!
//! A database holds less than Django knows. What is certain is taken, what is likely is taken and marked
//! `inferred`, and what is neither (most `related_name`s, choices, on_delete) is left to Django's defaults.

mod digest;
mod generic;
mod keys;
mod links;
mod naming;
mod reverse;
mod through;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use djq_client::Database;
use djq_schema::{FieldEntry, KeyEntry, ModelEntry, RelationEntry, Snapshot};

use crate::catalog::{Catalog, Column, Key, Table};

use keys::Pointer;
use links::Link;
use naming::Name;

/// The models that the tables of a database are most likely those of.
///
/// ```
/// use djq_client::{Access, Connection};
/// let mut database = Connection::open_with("sqlite::memory:", Access::Write).unwrap();
/// database.batch("
///     create table blog_author (id integer primary key, name varchar(100) not null);
///     create table blog_entry (id integer primary key, author_id integer not null references blog_author (id));
/// ").unwrap();
/// let snapshot = djq_introspect::infer(&djq_introspect::read_catalog(&mut database).unwrap());
/// assert_eq!(snapshot.models[1].label, "blog.Entry");
/// assert_eq!(snapshot.models[1].fields[1].target.as_deref(), Some("blog.Author"));
/// ```
#[must_use]
pub fn infer(catalog: &Catalog) -> Snapshot {
    let links = links::find(catalog);
    let link_tables: BTreeSet<&str> = links.iter().map(|link| link.table.as_str()).collect();
    let mut names = naming::name_tables(catalog, &link_tables);
    for link in &links {
        let Some(source) = names.get(&link.source).cloned() else {
            continue;
        };
        let model = format!("{}_{}", source.model, link.field);
        names.insert(
            link.table.clone(),
            Name {
                lower: model.to_lowercase(),
                model,
                ..source
            },
        );
    }
    let inference = Inference {
        catalog,
        names,
        links,
        counters: BTreeMap::new(),
    };
    inference.snapshot()
}

struct Inference<'c> {
    catalog: &'c Catalog,
    names: HashMap<String, Name>,
    links: Vec<Link>,
    /// By table of SQLite: the type of its counted key, which the file does not say.
    counters: BTreeMap<String, &'static str>,
}

impl<'c> Inference<'c> {
    fn snapshot(mut self) -> Snapshot {
        if self.catalog.database == Database::Sqlite {
            self.count_keys();
        }
        let tables: Vec<&Table> = self
            .catalog
            .tables
            .iter()
            .filter(|table| self.names.contains_key(&table.name))
            .collect();
        let mut models: Vec<ModelEntry> = tables
            .into_iter()
            .filter(|table| !table.columns.is_empty())
            .map(|table| self.model(table))
            .collect();
        models.sort_by(|a, b| a.label.cmp(&b.label));
        reverse::name_other_sides(&mut models);
        Snapshot {
            source: "database".into(),
            models,
            ..Snapshot::default()
        }
    }

    fn pointer(&self, table: &Table, column: &Column) -> Option<Pointer> {
        keys::pointer(self.catalog, &self.names, table, column)
            .filter(|pointer| self.names.contains_key(&pointer.table))
    }

    /// SQLite calls every counted key `integer`; the columns that point to it have its real type, and an app has one sort of key.
    fn count_keys(&mut self) {
        let mut votes: BTreeMap<&str, &'static str> = BTreeMap::new();
        for table in &self.catalog.tables {
            for key in &table.foreign_keys {
                let [column] = key.columns.as_slice() else {
                    continue;
                };
                let ty = table.column(column).map_or("", |column| column.ty.as_str());
                let ty = match ty {
                    "bigint" => "bigint",
                    "integer" | "int" => "int",
                    _ => continue,
                };
                // A file may have columns from before its keys grew.
                let vote = votes.entry(&key.table).or_insert(ty);
                *vote = if ty == "bigint" { ty } else { *vote };
            }
        }
        let app = |table: &str| self.names.get(table).map(|name| name.app.as_str());
        let most = |votes: &[&'static str]| {
            if votes.iter().filter(|ty| **ty == "bigint").count() * 2 >= votes.len() {
                "bigint"
            } else {
                "int"
            }
        };
        let mut counters = BTreeMap::new();
        for table in &self.catalog.tables {
            // Django's own apps keep the key they always had.
            let own = [
                "auth",
                "admin",
                "contenttypes",
                "sites",
                "flatpages",
                "redirects",
            ];
            let kept = app(&table.name).is_some_and(|app| own.contains(&app));
            let near: Vec<&'static str> = votes
                .iter()
                .filter(|(other, _)| app(other) == app(&table.name))
                .map(|(_, ty)| *ty)
                .collect();
            let project: Vec<&'static str> = votes
                .iter()
                .filter(|(other, _)| app(other).is_none_or(|app| !own.contains(&app)))
                .map(|(_, ty)| *ty)
                .collect();
            let ty = match votes.get(table.name.as_str()) {
                Some(ty) => ty,
                None if kept => "int",
                None if near.is_empty() => most(&project),
                None => most(&near),
            };
            counters.insert(table.name.clone(), ty);
        }
        self.counters = counters;
    }

    fn label(&self, table: &str) -> String {
        self.names.get(table).map(Name::label).unwrap_or_default()
    }

    fn model(&self, table: &Table) -> ModelEntry {
        let name = self.names.get(&table.name);
        let guessed = name.is_some_and(|name| name.guessed);
        let link = self.links.iter().find(|link| link.table == table.name);
        let kind = match (link, table.is_view, guessed) {
            (Some(_), _, _) => "auto",
            (_, true, _) => "unmanaged",
            (_, _, true) => "inferred",
            _ => "concrete",
        };
        let fields: Vec<FieldEntry> = table
            .columns
            .iter()
            .map(|column| self.field(table, column))
            .collect();
        let name_of = |column: &String| {
            fields
                .iter()
                .find(|field| field.column == *column)
                .map(|field| field.name.clone())
        };
        let key = |key: &Key| {
            let fields: Option<Vec<String>> = key.columns.iter().map(name_of).collect();
            Some(KeyEntry {
                condition: key.condition.clone(),
                nulls_distinct: !key.nulls_equal,
                ..KeyEntry::of(fields?)
            })
        };
        let once = |keys: &[Key]| {
            let mut found: Vec<KeyEntry> = Vec::new();
            for key in keys.iter().filter_map(key) {
                if !found.contains(&key) {
                    found.push(key);
                }
            }
            found
        };
        let mut relations = self.many_to_many(table);
        for relation in through::fields(self, table) {
            if relations.iter().all(|known| known.name != relation.name) {
                relations.push(relation);
            }
        }
        relations.extend(generic::foreign_keys(self.catalog, table, &fields));
        relations.extend(self.composite_keys(table, &name_of));
        let mut primary_key: Vec<String> = table.primary_key.iter().filter_map(name_of).collect();
        if table.is_view && fields.iter().any(|field| field.name == "id") {
            // A model over a view needs a key, and by Django's rules it is `id`.
            primary_key = vec!["id".into()];
        }
        ModelEntry {
            label: self.label(&table.name),
            table: table.name.clone(),
            kind: kind.into(),
            doc: table.comment.clone(),
            parents: fields
                .iter()
                .filter(|field| field.parent_link)
                .filter_map(|field| field.target.clone())
                .collect(),
            primary_key,
            unique: once(&table.uniques),
            indexes: once(&table.indexes),
            inferred: guessed,
            fields,
            relations,
            ..ModelEntry::default()
        }
    }

    fn field(&self, table: &Table, column: &Column) -> FieldEntry {
        let mut field = FieldEntry {
            name: column.name.clone(),
            column: column.name.clone(),
            null: column.null,
            generated: column.generated.clone(),
            collation: column.collation.clone(),
            doc: column.comment.clone(),
            db_default: column.default.clone(),
            ..FieldEntry::default()
        };
        types::fill(&mut field, column, self.catalog.database);
        if let Some(ty) = self.counters.get(&table.name).filter(|_| column.identity) {
            (field.ty, field.django) = (
                (*ty).into(),
                if *ty == "int" {
                    "AutoField"
                } else {
                    "BigAutoField"
                }
                .into(),
            );
        }
        let Some(pointer) = self.pointer(table, column) else {
            return field;
        };
        let bare = column
            .name
            .strip_suffix("_id")
            .filter(|bare| !bare.is_empty() && table.column(bare).is_none());
        field.name = bare.unwrap_or(&column.name).to_owned();
        field.target = Some(self.label(&pointer.table));
        if let Some(ty) = self
            .counters
            .get(&pointer.table)
            .filter(|_| pointer.to.is_none() && matches!(field.ty.as_str(), "int" | "bigint"))
        {
            field.ty = (*ty).into();
        }
        let key = table.primary_key == [column.name.clone()];
        field.one_to_one = false;
        field.django = if table.is_unique(&column.name) {
            "OneToOneField"
        } else {
            "ForeignKey"
        }
        .into();
        field.parent_link = key && field.name.ends_with("_ptr");
        field.constraint = pointer.enforced;
        field.inferred = !pointer.enforced;
        field.to_field = pointer.to.map(|to| self.field_name(&pointer.table, &to));
        field
    }

    /// The field of a column of another table.
    fn field_name(&self, table: &str, column: &str) -> String {
        let table = self.catalog.tables.iter().find(|known| known.name == table);
        let found = table.and_then(|table| Some((table, table.column(column)?)));
        let points = found.is_some_and(|(table, column)| self.pointer(table, column).is_some());
        let bare = column.strip_suffix("_id").filter(|bare| {
            points && !bare.is_empty() && table.is_some_and(|table| table.column(bare).is_none())
        });
        bare.unwrap_or(column).to_owned()
    }

    fn many_to_many(&self, table: &Table) -> Vec<RelationEntry> {
        let links = self
            .links
            .iter()
            .filter(|link| link.source == table.name && self.names.contains_key(&link.target));
        let entry = |link: &Link| RelationEntry {
            name: link.field.clone(),
            kind: "many_to_many".into(),
            target: Some(self.label(&link.target)),
            through: Some(self.label(&link.table)),
            through_fields: Some((
                self.field_name(&link.table, &link.from_column),
                self.field_name(&link.table, &link.to_column),
            )),
            // Django's own default for a model's relation to itself.
            symmetrical: link.source == link.target,
            inferred: link.guessed,
            ..RelationEntry::default()
        };
        links.map(entry).collect()
    }

    /// Foreign keys of several columns, which Django does not make.
    fn composite_keys(
        &self,
        table: &Table,
        name_of: &impl Fn(&String) -> Option<String>,
    ) -> Vec<RelationEntry> {
        let several = table
            .foreign_keys
            .iter()
            .filter(|key| key.columns.len() > 1 && key.columns.len() == key.to_columns.len());
        let entry = |key: &crate::ForeignKey| {
            let target =
                self.catalog.tables.iter().find(|target| {
                    target.name == key.table && self.names.contains_key(&target.name)
                })?;
            let from_fields: Vec<String> =
                key.columns.iter().map(name_of).collect::<Option<_>>()?;
            Some(RelationEntry {
                name: split_name(&target.name),
                kind: "foreign_key".into(),
                target: Some(self.label(&target.name)),
                from_fields,
                to_fields: key
                    .to_columns
                    .iter()
                    .map(|column| self.field_name(&target.name, column))
                    .collect(),
                null: key
                    .columns
                    .iter()
                    .any(|column| table.column(column).is_some_and(|column| column.null)),
                inferred: true,
                ..RelationEntry::default()
            })
        };
        let mut found: Vec<RelationEntry> = several.filter_map(entry).collect();
        for index in 1..found.len() {
            let (before, after) = found.split_at_mut(index);
            if let Some(relation) = after.first_mut() {
                while before.iter().any(|other| other.name == relation.name)
                    || table.column(&relation.name).is_some()
                {
                    relation.name.push('_');
                }
            }
        }
        found
    }
}

/// A relation's name from its target's table.
fn split_name(table: &str) -> String {
    words::split(table).join("_")
}
