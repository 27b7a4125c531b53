//! Many-to-many fields over a model of the project's own, which the database does not tell from any other model.
//!
//! Only one sign is good enough: the model is called by its two sides, as `OrganizationUser`, and they are unique together.

use djq_schema::RelationEntry;

use crate::catalog::Table;

use super::words::{plural, snake};
use super::{Inference, naming::Name};

/// The many-to-many fields of `source` that go over models which are called by both sides.
pub(super) fn fields(inference: &Inference<'_>, source: &Table) -> Vec<RelationEntry> {
    let Some(here) = inference.names.get(&source.name) else {
        return Vec::new();
    };
    let tables = inference.catalog.tables.iter().filter(|table| {
        !table.is_view && inference.links.iter().all(|link| link.table != table.name)
    });
    tables
        .filter_map(|table| field(inference, table, source, here))
        .collect()
}

fn field(
    inference: &Inference<'_>,
    table: &Table,
    source: &Table,
    here: &Name,
) -> Option<RelationEntry> {
    let through = inference.names.get(&table.name)?;
    let last = through
        .model
        .strip_prefix(here.model.as_str())
        .filter(|last| !last.is_empty())?;
    let key_to = |model: &str, table_name: Option<&str>| {
        table.columns.iter().find_map(|column| {
            let pointer = inference.pointer(table, column).filter(|_| !column.null)?;
            let name = inference.names.get(&pointer.table)?;
            (name.model == model && table_name.is_none_or(|wanted| wanted == pointer.table))
                .then(|| (column.name.clone(), pointer.table.clone()))
        })
    };
    let (from, _) = key_to(&here.model, Some(&source.name))?;
    let (to, target) = key_to(last, None)?;
    let pair =
        |columns: &[String]| columns.len() == 2 && columns.contains(&from) && columns.contains(&to);
    if from == to
        || !table
            .uniques
            .iter()
            .any(|key| key.condition.is_none() && pair(&key.columns))
    {
        return None;
    }
    let name = plural(&snake(last));
    source.column(&name).is_none().then(|| RelationEntry {
        name,
        kind: "many_to_many".into(),
        target: Some(inference.label(&target)),
        through: Some(through.label()),
        through_fields: Some((
            inference.field_name(&table.name, &from),
            inference.field_name(&table.name, &to),
        )),
        inferred: true,
        ..RelationEntry::default()
    })
}
