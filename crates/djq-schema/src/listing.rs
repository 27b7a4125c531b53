//! Models as people and programs list them: what `djq schema` shows.

use serde::Serialize;

use crate::{Default, Field, Model, ModelId, ModelKind, Relation, RelationKind, Schema};

/// A model's members, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelListing {
    /// `blog.Entry`.
    pub label: String,
    /// Its table.
    pub table: String,
    /// `concrete`, `proxy`, …
    pub kind: &'static str,
    /// The docstring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldListing>,
    /// Its relations to one row and to many.
    pub relations: Vec<RelationListing>,
}

/// A field, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldListing {
    /// The name in queries: a foreign key's raw value goes by its own (`author_id`).
    pub name: String,
    /// The column.
    pub column: String,
    /// Its type, with `?` where it may be null.
    #[serde(rename = "type")]
    pub ty: String,
    /// `primary key`, `unique`, `index`, `default draft`, `choices draft, published`.
    pub notes: Vec<String>,
    /// Help text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
}

/// A relation, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationListing {
    /// The name in queries.
    pub name: String,
    /// The other name it goes by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_name: Option<String>,
    /// `foreign key`, `reverse many to many`, …
    pub kind: &'static str,
    /// The model at its end: `blog.Author`, `blog.Author?` where there may be none, `[blog.Tag]` where there are many.
    pub target: String,
    /// The joins on the way: `author_id = id`.
    pub joins: Vec<String>,
}

impl Schema {
    /// What `djq schema MODEL` shows.
    #[must_use]
    pub fn listing(&self, id: ModelId) -> ModelListing {
        let model = self.model(id);
        ModelListing {
            label: model.label.to_string(),
            table: model.table.to_string(),
            kind: kind(model.kind),
            doc: model.doc.as_deref().map(Into::into),
            source: model.source.as_deref().map(Into::into),
            fields: (0u32..)
                .zip(&model.fields)
                .map(|(index, field)| field_listing(model, index, field))
                .collect(),
            relations: model
                .relations
                .iter()
                .map(|relation| self.relation_listing(relation))
                .collect(),
        }
    }

    fn relation_listing(&self, relation: &Relation) -> RelationListing {
        let target = relation
            .target
            .map_or("any model", |target| &self.model(target).label);
        let joins = relation.hops.iter().map(|hop| {
            let pairs: Vec<String> = hop
                .on
                .iter()
                .map(|(from, to)| {
                    format!(
                        "{}.{} = {}.{}",
                        self.model(from.model).table,
                        self.field(*from).column,
                        self.model(to.model).table,
                        self.field(*to).column
                    )
                })
                .collect();
            let content_type = hop.content_type.map(|(field, model)| {
                format!(
                    " and {}.{} = {}",
                    self.model(field.model).table,
                    self.field(field).column,
                    self.model(model).label
                )
            });
            format!(
                "{}{}",
                pairs.join(" and "),
                content_type.unwrap_or_default()
            )
        });
        RelationListing {
            name: relation.name.to_string(),
            query_name: relation.query_name.as_deref().map(Into::into),
            kind: relation_kind(relation.kind),
            target: match (relation.to_many, relation.nullable) {
                (true, _) => format!("[{target}]"),
                (false, true) => format!("{target}?"),
                (false, false) => target.to_owned(),
            },
            joins: joins.collect(),
        }
    }
}

fn field_listing(model: &Model, index: u32, field: &Field) -> FieldListing {
    let mut notes = Vec::new();
    if model.primary_key.contains(&index) {
        notes.push("primary key".to_owned());
    }
    if model
        .unique
        .iter()
        .any(|unique| unique.fields == [index] && unique.condition.is_none())
    {
        notes.push("unique".to_owned());
    }
    if model
        .indexes
        .iter()
        .any(|key| key.fields.first() == Some(&index))
    {
        notes.push("index".to_owned());
    }
    if field.generated && !model.primary_key.contains(&index) {
        notes.push("generated".to_owned());
    }
    match &field.default {
        Some(Default::Constant(value)) => notes.push(format!("default {value}")),
        Some(Default::Callable(name)) => notes.push(format!("default {name}()")),
        Some(Default::Database(expression)) => notes.push(format!("database default {expression}")),
        None => {}
    }
    if !field.choices.is_empty() {
        let values: Vec<String> = field
            .choices
            .iter()
            .map(|choice| {
                choice
                    .value
                    .as_str()
                    .map_or_else(|| choice.value.to_string(), Into::into)
            })
            .collect();
        notes.push(format!("choices {}", values.join(", ")));
    }
    FieldListing {
        name: field.attname.to_string(),
        column: field.column.to_string(),
        ty: format!("{}{}", field.ty, if field.null { "?" } else { "" }),
        notes,
        doc: field.doc.as_deref().map(Into::into),
    }
}

fn kind(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Concrete => "concrete",
        ModelKind::Proxy => "proxy",
        ModelKind::Unmanaged => "unmanaged",
        ModelKind::Auto => "auto",
        ModelKind::Inferred => "inferred",
    }
}

fn relation_kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::ForeignKey => "foreign key",
        RelationKind::OneToOne => "one to one",
        RelationKind::ReverseForeignKey => "reverse foreign key",
        RelationKind::ReverseOneToOne => "reverse one to one",
        RelationKind::ManyToMany => "many to many",
        RelationKind::ReverseManyToMany => "reverse many to many",
        RelationKind::GenericRelation => "generic relation",
        RelationKind::GenericForeignKey => "generic foreign key",
    }
}
