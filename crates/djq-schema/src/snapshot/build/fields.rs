//! Fields, keys and indexes.

use djq_diagnostics::codes;
use rustc_hash::FxHashMap;

use super::super::{FieldEntry, KeyEntry, ModelEntry};
use super::{Builder, Owner, nearest};
use crate::{Choice, Default, Field, FieldType, Index, ModelId, Unique};

impl Builder<'_> {
    pub(super) fn fields(&mut self) {
        for (id, entry) in self.ids() {
            let mut names: FxHashMap<&str, u32> = FxHashMap::default();
            names.reserve(entry.fields.len());
            let mut fields = Vec::with_capacity(entry.fields.len());
            for (index, field) in (0u32..).zip(&entry.fields) {
                let owner = Owner::of("field", &field.name, &entry.label);
                if field.name.is_empty() {
                    self.problem(
                        &codes::SNAPSHOT_VALUE,
                        field.at,
                        format!("a field of `{}` has an empty name", entry.label),
                        "name",
                        "give it Django's name",
                    );
                }
                if names.insert(field.name.as_str(), index).is_some() {
                    let message = format!(
                        "`{}` has two fields of the name `{}`",
                        entry.label, field.name
                    );
                    self.problem(
                        &codes::SNAPSHOT_DUPLICATE,
                        field.at,
                        message,
                        "name",
                        "rename or remove one of them",
                    );
                }
                fields.push(self.field(field, owner));
            }
            self.names.push(names);
            self.model_mut(id).fields = fields;
            self.keys(id, entry);
        }
    }

    fn field(&mut self, entry: &FieldEntry, owner: Owner<'_>) -> Field {
        let attname = if entry.target.is_some() {
            format!("{}_id", entry.name)
        } else {
            entry.name.clone()
        };
        let default = match (&entry.default, &entry.default_callable, &entry.db_default) {
            (Some(value), _, _) => Some(Default::Constant(value.clone())),
            (_, Some(name), _) => Some(Default::Callable(name.as_str().into())),
            (_, _, Some(expression)) => Some(Default::Database(expression.as_str().into())),
            _ => None,
        };
        Field {
            name: entry.name.as_str().into(),
            attname: attname.into(),
            column: entry.column.as_str().into(),
            ty: self.field_type(entry, owner),
            django: entry.django.as_str().into(),
            null: entry.null,
            max_length: entry.max_length,
            choices: entry
                .choices
                .iter()
                .map(|(value, label)| Choice {
                    value: value.clone(),
                    label: label.as_str().into(),
                })
                .collect(),
            default,
            auto_now: entry.auto_now,
            auto_now_add: entry.auto_now_add,
            generated: entry.generated.is_some() || entry.django.contains("AutoField"),
            collation: entry.collation.as_deref().map(Into::into),
            relation: None,
            source: entry.source.as_deref().map(Into::into),
            doc: entry.doc.as_deref().map(Into::into),
        }
    }

    fn field_type(&mut self, entry: &FieldEntry, owner: Owner<'_>) -> FieldType {
        let unknown = || FieldType::Unknown(entry.db_type.as_deref().unwrap_or(&entry.ty).into());
        match entry.ty.as_str() {
            // A custom field may not say of what it is an array.
            "array" | "range" if entry.base.is_none() => unknown(),
            "array" => FieldType::Array(self.base(entry, owner)),
            "range" => FieldType::Range(self.base(entry, owner)),
            "unknown" => unknown(),
            "decimal" if entry.decimal.is_some() => {
                entry.decimal.map_or_else(unknown, |(precision, scale)| {
                    FieldType::Decimal(precision, scale)
                })
            }
            words => FieldType::parse(words).unwrap_or_else(|| {
                let help = match nearest(words, FieldType::names()) {
                    Some(near) => format!("`{near}` was meant?"),
                    None => format!(
                        "the types are {}",
                        FieldType::names().collect::<Vec<_>>().join(", ")
                    ),
                };
                self.problem(
                    &codes::SNAPSHOT_VALUE,
                    entry.at,
                    format!("{owner} has the unknown type `{words}`"),
                    "type",
                    help,
                );
                FieldType::Text
            }),
        }
    }

    fn base(&mut self, entry: &FieldEntry, owner: Owner<'_>) -> Box<FieldType> {
        let words = entry.base.as_deref().unwrap_or("");
        let base = FieldType::parse(words);
        if base.is_none() {
            let help = "name the type of its elements, as `int`, `decimal(8, 2)` or `[text]`";
            self.problem(
                &codes::SNAPSHOT_VALUE,
                entry.at,
                format!("{owner} has the unknown base type `{words}`"),
                "base",
                help,
            );
        }
        Box::new(base.unwrap_or(FieldType::Text))
    }

    /// The primary key, unique sets and indexes.
    fn keys(&mut self, id: ModelId, entry: &ModelEntry) {
        let label = &entry.label;
        let primary_key = self.places(
            id,
            &entry.primary_key,
            entry.at,
            "primary_key",
            Owner::of("the primary key", "", label),
        );
        let mut unique = Vec::with_capacity(entry.unique.len());
        for key in &entry.unique {
            let fields = self.key_places(id, key, Owner::of("a unique set", "", label));
            unique.push(Unique {
                fields,
                condition: key.condition.as_deref().map(Into::into),
                nulls_distinct: key.nulls_distinct,
            });
        }
        let mut indexes = Vec::with_capacity(entry.indexes.len());
        for key in &entry.indexes {
            let fields = self.key_places(id, key, Owner::of("an index", "", label));
            indexes.push(Index {
                fields,
                condition: key.condition.as_deref().map(Into::into),
            });
        }
        let model = self.model_mut(id);
        (model.primary_key, model.unique, model.indexes) = (primary_key, unique, indexes);
    }

    fn key_places(&mut self, id: ModelId, key: &KeyEntry, owner: Owner<'_>) -> Vec<u32> {
        if key.fields.is_empty() {
            self.problem(
                &codes::SNAPSHOT_VALUE,
                key.at,
                format!("{owner} names no field"),
                "fields",
                "name its fields, or remove it",
            );
        }
        self.places(id, &key.fields, key.at, "fields", owner)
    }

    fn places(
        &mut self,
        id: ModelId,
        names: &[String],
        at: super::Place,
        key: &'static str,
        owner: Owner<'_>,
    ) -> Vec<u32> {
        names
            .iter()
            .filter_map(|name| self.field_named(id, name, at, key, owner))
            .map(|field| field.index)
            .collect()
    }
}
