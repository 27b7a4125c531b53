//! Foreign keys: those that the database declares, and those that only a column's name tells.

use std::collections::HashMap;

use crate::catalog::{Catalog, Column, Table};

use super::naming::Name;

/// Where a column points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    pub(super) table: String,
    /// The column there; none for the primary key.
    pub(super) to: Option<String>,
    /// Whether the database enforces it.
    pub(super) enforced: bool,
}

/// Where this column points, if anywhere.
pub(super) fn pointer(
    catalog: &Catalog,
    names: &HashMap<String, Name>,
    table: &Table,
    column: &Column,
) -> Option<Pointer> {
    let declared = table
        .foreign_keys
        .iter()
        .find(|key| matches!(key.columns.as_slice(), [one] if *one == column.name));
    if let Some(key) = declared
        && let Some(target) = find(catalog, &key.table)
    {
        let to = key
            .to_columns
            .first()
            .filter(|to| target.primary_key != [(*to).clone()])
            .cloned();
        return Some(Pointer {
            table: target.name.clone(),
            to,
            enforced: true,
        });
    }
    guessed(catalog, names, table, column)
}

fn find<'c>(catalog: &'c Catalog, name: &str) -> Option<&'c Table> {
    catalog
        .tables
        .iter()
        .find(|table| table.name == name)
        .or_else(|| {
            catalog
                .tables
                .iter()
                .find(|table| table.name.eq_ignore_ascii_case(name))
        })
}

/// `entry_id` without a constraint, where a model Entry has a key of that type; Django still makes an index for it.
fn guessed(
    catalog: &Catalog,
    names: &HashMap<String, Name>,
    table: &Table,
    column: &Column,
) -> Option<Pointer> {
    let base = column.name.strip_suffix("_id")?;
    let indexed = table.is_unique(&column.name)
        || table
            .uniques
            .iter()
            .chain(&table.indexes)
            .any(|key| key.columns.first() == Some(&column.name));
    if !indexed && !table.is_view {
        return None;
    }
    let parent = base
        .strip_suffix("_ptr")
        .unwrap_or(base)
        .to_lowercase()
        .replace('_', "");
    let fits = |target: &&Table| {
        let key = match target.primary_key.as_slice() {
            [key] => target.column(key),
            _ => None,
        };
        key.is_some_and(|key| same_type(&key.ty, &column.ty) || (key.identity && whole(&column.ty)))
    };
    let own_app = names.get(&table.name).map(|name| name.app.as_str());
    let candidates: Vec<&Table> = catalog
        .tables
        .iter()
        .filter(|target| {
            names
                .get(&target.name)
                .is_some_and(|name| name.lower == parent)
        })
        .filter(fits)
        .collect();
    let chosen = match candidates.as_slice() {
        [one] => *one,
        several => {
            let here: Vec<&Table> = several
                .iter()
                .copied()
                .filter(|target| names.get(&target.name).map(|name| name.app.as_str()) == own_app)
                .collect();
            match here.as_slice() {
                [one] => *one,
                _ => return None,
            }
        }
    };
    Some(Pointer {
        table: chosen.name.clone(),
        to: None,
        enforced: false,
    })
}

fn whole(ty: &str) -> bool {
    ["int", "integer", "bigint", "smallint"]
        .iter()
        .any(|name| ty.split(['(', ' ']).next() == Some(name))
}

fn same_type(a: &str, b: &str) -> bool {
    a == b || (whole(a) && whole(b))
}
