//! Tables of many-to-many fields, known by their shape: two foreign keys that are unique together, and nothing else.

use crate::catalog::{Catalog, Column, ForeignKey, Table};

use super::digest::{longest, truncated};
use super::words::{plural, split};

/// A many-to-many field and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) table: String,
    /// The table of the model that has the field.
    pub(super) source: String,
    pub(super) target: String,
    pub(super) from_column: String,
    pub(super) to_column: String,
    /// The field's name.
    pub(super) field: String,
    /// Whether the name had to be guessed.
    pub(super) guessed: bool,
}

/// The two foreign keys of a table that has, besides its own key, nothing else.
fn two_keys(table: &Table) -> Option<[(&Column, &ForeignKey); 2]> {
    if table.is_view {
        return None;
    }
    let key_of = |column: &Column| {
        table
            .foreign_keys
            .iter()
            .find(|key| matches!(key.columns.as_slice(), [one] if *one == column.name))
    };
    let rest: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| key_of(column).is_some() || table.primary_key != [column.name.clone()])
        // The place in the order of a field of `django-sortedm2m`.
        .filter(|column| column.name != "sort_value")
        .collect();
    let [first, second] = rest.as_slice() else {
        return None;
    };
    let pair = |columns: &[String]| {
        columns.len() == 2 && columns.contains(&first.name) && columns.contains(&second.name)
    };
    let together = pair(&table.primary_key) || table.uniques.iter().any(|key| pair(&key.columns));
    if !together || first.null || second.null {
        return None;
    }
    Some([(first, key_of(first)?), (second, key_of(second)?)])
}

/// Whether a table has the shape, whatever its name is.
pub(super) fn is_link_table(table: &Table) -> bool {
    two_keys(table).is_some()
}

/// The tables that Django made for many-to-many fields.
pub(super) fn find(catalog: &Catalog) -> Vec<Link> {
    let database = catalog.database;
    // A model of the project's own has a content type; a field's table has none.
    let has_type = |table: &Table| {
        catalog
            .django
            .content_types
            .iter()
            .any(|(_, app, model)| truncated(&format!("{app}_{model}"), database) == table.name)
    };
    catalog
        .tables
        .iter()
        .filter(|table| !has_type(table))
        .filter_map(|table| link(catalog, table))
        .collect()
}

fn link(catalog: &Catalog, table: &Table) -> Option<Link> {
    let [first, second] = two_keys(table)?;
    // Django makes the column of the field's own model first.
    let sides = [(first, second), (second, first)];
    let named = sides.into_iter().find_map(|(from, to)| {
        Some((
            from,
            to,
            suffix(catalog, table, &from.1.table, &to.1.table)?,
        ))
    });
    let (from, to, (field, guessed)) = match named {
        Some(found) => found,
        None if names_its_sides(table, &[first, second]) => (
            first,
            second,
            (
                custom_name(&table.name, &first.1.table, &second.1.table),
                true,
            ),
        ),
        None => return None,
    };
    Some(Link {
        table: table.name.clone(),
        source: from.1.table.clone(),
        target: to.1.table.clone(),
        from_column: from.0.name.clone(),
        to_column: to.0.name.clone(),
        field,
        guessed,
    })
}

/// The field's name from `blog_entry_tags` and `blog_entry`; none where the one does not begin as the other.
fn suffix(catalog: &Catalog, table: &Table, source: &str, target: &str) -> Option<(String, bool)> {
    let whole =
        longest(catalog.database).is_none_or(|longest| table.name.chars().count() < longest);
    let rest = table
        .name
        .strip_prefix(source)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|rest| !rest.is_empty());
    if whole {
        return rest.map(|rest| (rest.to_owned(), false));
    }
    // The name was cut, and four digits of a hash put at its end: they prove the right guess.
    let stem = table.name.get(..table.name.len().checked_sub(4)?)?;
    let words = split(target);
    let candidates = (0..words.len())
        .filter_map(|from| words.get(from..).map(|words| words.join("_")))
        .flat_map(|name| [plural(&name), name]);
    let proven = candidates
        .into_iter()
        .find(|name| truncated(&format!("{source}_{name}"), catalog.database) == table.name);
    if let Some(name) = proven {
        return Some((name, false));
    }
    match rest {
        Some(rest) => Some((
            rest.get(..rest.len().saturating_sub(4))
                .filter(|rest| !rest.is_empty())
                .unwrap_or(rest)
                .trim_end_matches('_')
                .to_owned(),
            true,
        )),
        None if source.starts_with(stem) => Some((plural(words.last()?), true)),
        None => None,
    }
}

/// Whether the columns are called as Django calls them: by the models' names.
fn names_its_sides(table: &Table, sides: &[(&Column, &ForeignKey); 2]) -> bool {
    let [first, second] = sides;
    let own = |(column, key): &(&Column, &ForeignKey)| {
        let base = column.name.strip_suffix("_id").unwrap_or("");
        let base = if first.1.table == second.1.table {
            base.strip_prefix("from_")
                .or_else(|| base.strip_prefix("to_"))
                .unwrap_or(base)
        } else {
            base
        };
        let (base, target) = (split(base).concat(), split(&key.table).concat());
        !base.is_empty() && (target.ends_with(&base) || target.ends_with(&plural(&base)))
    };
    table.columns.len() == 3 && own(first) && own(second)
}

/// The field's name where the table's name was chosen: what it says beyond the source's name, or else the target's plural.
fn custom_name(table: &str, source: &str, target: &str) -> String {
    let (words, source, target) = (split(table), split(source), split(target));
    let said: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            !source
                .iter()
                .any(|known| known == word || plural(known) == **word)
        })
        .collect();
    match (said.is_empty(), target.last()) {
        (true, Some(last)) => plural(last),
        _ => said.join("_"),
    }
}
