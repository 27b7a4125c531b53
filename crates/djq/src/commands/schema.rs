//! `djq schema`: models, fields and relations, for people and programs.

use crate::{
    args::{Schema as Args, SchemaFormat},
    failure::Failure,
    output::{self, table},
    project::Project,
};
use djq_diagnostics::nearest;
use djq_schema::{Model, ModelId, ModelLookup, RelationKind, Schema};
use std::fmt::Write;

pub(crate) fn run(project: &Project, args: &Args) -> Result<(), Failure> {
    let schema = project.schema()?;
    let model = args
        .model
        .as_deref()
        .map(|name| find(&schema, name))
        .transpose()?;
    let text = match args.format {
        SchemaFormat::Table => text(&schema, args.model.as_deref())?,
        SchemaFormat::Json => json(project, &schema, model)?,
        SchemaFormat::Mermaid => {
            djq_schema::mermaid(&schema, model.as_ref().map(std::slice::from_ref))
        }
    };
    output::print(&text);
    Ok(())
}

/// For people: all models, or one.
pub(crate) fn text(schema: &Schema, model: Option<&str>) -> Result<String, Failure> {
    Ok(match model {
        None => models(schema),
        Some(name) => one_model(schema, find(schema, name)?),
    })
}

/// The model of a name as it is written in a query.
fn find(schema: &Schema, name: &str) -> Result<ModelId, Failure> {
    let found = match name.split_once('.') {
        Some((app, model)) => schema.find_model(Some(app), model),
        None => schema.find_model(None, name),
    };
    let labels = |ids: &[ModelId]| {
        ids.iter()
            .map(|id| format!("`{}`", schema.model(*id).label))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match found {
        ModelLookup::Found(model) => Ok(model),
        ModelLookup::WrongCase(ids) => Err(Failure::input(format!(
            "there is no model `{name}`, but {}",
            labels(&ids)
        ))),
        ModelLookup::Ambiguous(ids) => Err(Failure::input(format!(
            "several apps have a model `{name}`: {}",
            labels(&ids)
        ))),
        ModelLookup::Unknown => {
            let names = schema
                .models
                .iter()
                .flat_map(|model| [&*model.name, &*model.label]);
            let meant =
                nearest(name, names).map_or(String::new(), |near| format!("; `{near}` is near"));
            Err(Failure::input(format!(
                "the schema has no model `{name}`{meant}; `djq schema` lists them"
            )))
        }
    }
}

fn models(schema: &Schema) -> String {
    let mut rows = table(&["model", "table", "fields", "relations"]);
    for model in &schema.models {
        let counts = [
            model.fields.len().to_string(),
            model.relations.len().to_string(),
        ];
        rows.add_row([&*model.label, &*model.table, &counts[0], &counts[1]]);
    }
    format!("{rows}\n")
}

fn one_model(schema: &Schema, id: ModelId) -> String {
    let model = schema.model(id);
    let mut text = format!("{}, table {}\n", model.label, model.table);
    if let Some(doc) = &model.doc {
        let _ = writeln!(text, "{doc}");
    }
    let mut fields = table(&["field", "type", "null", "column", "Django"]);
    for field in &model.fields {
        let null = if field.null { "null" } else { "" };
        let name = if field.attname == field.name {
            field.name.to_string()
        } else {
            format!("{} ({})", field.name, field.attname)
        };
        let ty = djq_check::Type::from(&field.ty).to_string();
        let key = marks(model, &field.name);
        fields.add_row([
            name,
            ty,
            null.to_owned(),
            field.column.to_string(),
            format!("{}{key}", field.django),
        ]);
    }
    let _ = writeln!(text, "{fields}");
    if !model.relations.is_empty() {
        let mut relations = table(&["relation", "to", "kind"]);
        for relation in &model.relations {
            let name = match &relation.query_name {
                Some(query_name) if *query_name != relation.name => {
                    format!("{} ({query_name})", relation.name)
                }
                _ => relation.name.to_string(),
            };
            let target = relation
                .target
                .map_or("any model", |target| &schema.model(target).label);
            relations.add_row([&name, target, kind(relation.kind)]);
        }
        let _ = writeln!(text, "{relations}");
    }
    text
}

/// What keys a field is in.
fn marks(model: &Model, name: &str) -> &'static str {
    let is = |places: &[u32]| {
        places.len() == 1
            && places
                .iter()
                .any(|place| &*model.fields[*place as usize].name == name)
    };
    if is(&model.primary_key) {
        ", primary key"
    } else if model
        .unique
        .iter()
        .any(|unique| unique.condition.is_none() && is(&unique.fields))
    {
        ", unique"
    } else {
        ""
    }
}

fn kind(kind: RelationKind) -> &'static str {
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

/// The snapshot itself, or one model's part of it.
fn json(project: &Project, schema: &Schema, model: Option<ModelId>) -> Result<String, Failure> {
    let path = project.schema_path()?;
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Failure::call(format!("cannot read `{}`: {error}", path.display())))?;
    let mut snapshot = djq_schema::Snapshot::parse(&text).map_err(|_| Failure::Reported)?;
    if let Some(model) = model {
        let label = &schema.model(model).label;
        snapshot.models.retain(|entry| entry.label == **label);
    }
    Ok(snapshot.to_json())
}
