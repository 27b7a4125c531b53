//! SQLite's catalog: its pragmas, and the text of `CREATE TABLE` for what they do not say.

use djq_client::{Connection, Value};

use super::Cells;
use crate::IntrospectError;
use crate::catalog::{Catalog, Column, DjangoRows, ForeignKey, Key, Table};

pub(super) fn read(connection: &mut Connection) -> Result<Catalog, IntrospectError> {
    let found = connection.query(
        "SELECT name, type = 'view', sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        &[],
    )?;
    let mut catalog = Catalog {
        database: connection.database(),
        tables: Vec::new(),
        django: DjangoRows::default(),
        unreadable: Vec::new(),
    };
    for mut row in Cells::of(&found) {
        let (name, is_view, sql) = (row.text(), row.flag(), row.text());
        let mut table = Table {
            name,
            is_view,
            ..Table::default()
        };
        // A view over a table that is gone cannot even be described.
        match fill(connection, &mut table, &sql) {
            Ok(()) => catalog.tables.push(table),
            Err(error) if is_view && !error.is_disconnected() => {
                catalog.unreadable.push((table.name, error.to_string()))
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(catalog)
}

fn fill(
    connection: &mut Connection,
    table: &mut Table,
    sql: &str,
) -> Result<(), djq_client::ClientError> {
    let name = [Value::Text(table.name.clone())];
    let lower = sql.to_lowercase();
    let columns = connection.query("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid", &name)?;
    let mut key = Vec::new();
    for mut row in Cells::of(&columns) {
        let (column, ty, required, default, place, hidden) = (
            row.text(),
            row.text().to_lowercase(),
            row.flag(),
            row.optional(),
            row.int(),
            row.int(),
        );
        if place > 0 {
            key.push((place, column.clone()));
        }
        let quoted = column.to_lowercase();
        let is_json = [
            format!("json_valid(\"{quoted}\")"),
            format!("json_valid({quoted})"),
            format!("json_valid(`{quoted}`)"),
        ]
        .iter()
        .any(|check| lower.contains(check));
        table.columns.push(Column {
            // A primary key of one integer column is the row's number, and never null.
            null: !(required || place > 0 && ty == "integer"),
            // Django counts keys up so, and writes the word wherever it does.
            identity: place > 0 && ty == "integer" && lower.contains("autoincrement"),
            generated: (hidden >= 2).then(|| generated(sql, &column)),
            name: column,
            ty,
            default,
            is_json,
            ..Column::default()
        });
    }
    if table.is_view {
        // SQLite knows nothing of a view's nulls.
        table
            .columns
            .iter_mut()
            .for_each(|column| column.null = true);
        return Ok(());
    }
    key.sort_unstable();
    table.primary_key = key.into_iter().map(|(_, column)| column).collect();
    table.foreign_keys = foreign_keys(connection, &name)?;
    keys(connection, table, &name)
}

fn foreign_keys(
    connection: &mut Connection,
    table: &[Value],
) -> Result<Vec<ForeignKey>, djq_client::ClientError> {
    let found = connection.query("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq", table)?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    for mut row in Cells::of(&found) {
        let (id, target, from, to) = (row.int(), row.text(), row.text(), row.optional());
        if keys.last().is_none_or(|(last, _)| *last != id) {
            // Before 3.26 a renamed table took the keys that point to it along, and Django's rebuilt tables were named so.
            let target = target
                .strip_suffix("__old")
                .map(str::to_owned)
                .unwrap_or(target);
            keys.push((
                id,
                ForeignKey {
                    table: target,
                    ..ForeignKey::default()
                },
            ));
        }
        if let Some((_, key)) = keys.last_mut() {
            key.columns.push(from);
            key.to_columns.extend(to);
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

fn keys(
    connection: &mut Connection,
    table: &mut Table,
    name: &[Value],
) -> Result<(), djq_client::ClientError> {
    let found = connection.query(
        "SELECT l.name, l.\"unique\", l.origin, s.sql, i.name FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i \
         LEFT JOIN sqlite_schema s ON s.type = 'index' AND s.name = l.name ORDER BY l.seq DESC, i.seqno",
        name,
    )?;
    let mut keys: Vec<(bool, Key, bool)> = Vec::new();
    for mut row in Cells::of(&found) {
        let (index, unique, origin, sql, column) = (
            row.text(),
            row.flag(),
            row.text(),
            row.text(),
            row.optional(),
        );
        if origin == "pk" {
            continue;
        }
        if keys.last().is_none_or(|(_, last, _)| last.name != index) {
            keys.push((
                unique,
                Key {
                    name: index,
                    condition: condition(&sql),
                    ..Key::default()
                },
                true,
            ));
        }
        if let Some((_, key, whole)) = keys.last_mut() {
            match column {
                Some(column) => key.columns.push(column),
                None => *whole = false,
            }
        }
    }
    for (unique, key, whole) in keys {
        // An index of an expression holds no column alone.
        if whole && !key.columns.is_empty() {
            if unique {
                table.uniques.push(key)
            } else {
                table.indexes.push(key)
            }
        }
    }
    Ok(())
}

/// What follows the `WHERE` of `CREATE INDEX`, outside quotes and parentheses.
fn condition(sql: &str) -> Option<String> {
    let mut depth = 0usize;
    let mut quote = None;
    let bytes = sql.as_bytes();
    for (at, byte) in sql.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, b'w' | b'W') if depth == 0 => {
                let before = at
                    .checked_sub(1)
                    .and_then(|before| bytes.get(before))
                    .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
                let word = bytes
                    .get(at..at + 5)
                    .is_some_and(|word| word.eq_ignore_ascii_case(b"where"));
                if before && word {
                    return sql.get(at + 5..).map(|rest| rest.trim().to_owned());
                }
            }
            _ => {}
        }
    }
    None
}

/// The expression behind `AS` in a generated column's definition; empty where it is not found.
fn generated(sql: &str, column: &str) -> String {
    let forms = [
        format!("\"{column}\""),
        format!("`{column}`"),
        format!("[{column}]"),
        format!(" {column} "),
    ];
    let Some(start) = forms.iter().find_map(|form| sql.find(form)) else {
        return String::new();
    };
    let definition = sql.get(start..).unwrap_or("");
    let Some(open) = definition.to_lowercase().find(" as (") else {
        return String::new();
    };
    let body = definition.get(open + 5..).unwrap_or("");
    let mut depth = 1usize;
    for (at, character) in body.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return body.get(..at).unwrap_or("").trim().to_owned();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::condition;

    #[test]
    fn a_partial_index_has_its_condition() {
        assert_eq!(
            condition(r#"CREATE UNIQUE INDEX "where" ON "t" ("a") WHERE "b" > (1)"#).as_deref(),
            Some(r#""b" > (1)"#)
        );
        assert_eq!(
            condition(r#"CREATE INDEX i ON "nowhere" (somewhere)"#),
            None
        );
        assert_eq!(condition(""), None);
    }
}
