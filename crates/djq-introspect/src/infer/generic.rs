//! Generic foreign keys: a content type beside the key of a row in its table.

use djq_schema::{FieldEntry, RelationEntry};

use crate::catalog::{Catalog, Table};

/// Tables of Django's that have such columns and no such key.
const NOT_THESE: [&str; 2] = ["django_admin_log", "auth_permission"];

/// The generic keys that the columns of a table look like.
pub(super) fn foreign_keys(
    catalog: &Catalog,
    table: &Table,
    fields: &[FieldEntry],
) -> Vec<RelationEntry> {
    if NOT_THESE.contains(&table.name.as_str())
        || !catalog
            .tables
            .iter()
            .any(|table| table.name == "django_content_type")
    {
        return Vec::new();
    }
    let types = fields
        .iter()
        .filter(|field| field.target.as_deref() == Some("contenttypes.ContentType"));
    let generic = |field: &FieldEntry| {
        let prefix = ["content_type", "contenttype", "ctype", "type", "ct"]
            .iter()
            .find_map(|end| field.name.strip_suffix(end))?;
        let object = ["object_id", "object_pk", "object_uuid", "id", "pk"]
            .iter()
            .find_map(|end| {
                let name = format!("{prefix}{end}");
                fields.iter().find(|other| {
                    other.name == name
                        && other.target.is_none()
                        && !table.primary_key.contains(&other.column)
                })
            })?;
        let name = match prefix.trim_end_matches('_') {
            "" => "content_object".to_owned(),
            prefix => prefix.to_owned(),
        };
        let free = fields.iter().all(|other| other.name != name);
        free.then(|| RelationEntry {
            name,
            kind: "generic_foreign_key".into(),
            fields: vec![field.name.clone(), object.name.clone()],
            inferred: true,
            ..RelationEntry::default()
        })
    };
    types.filter_map(generic).collect()
}
