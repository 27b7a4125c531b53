//! The information schema of MySQL and MariaDB, for the database that the URL names.

use std::collections::HashMap;

use djq_client::{Connection, Database};

use super::Cells;
use crate::IntrospectError;
use crate::catalog::{Catalog, Column, DjangoRows, ForeignKey, Key, Table};

const TABLES: &str = "
SELECT table_name, CASE WHEN table_type LIKE '%VIEW' THEN 1 ELSE 0 END, table_comment
FROM information_schema.tables WHERE table_schema = database() ORDER BY table_name";

const COLUMNS: &str = "
SELECT c.table_name, c.column_name, c.column_type, CASE WHEN c.is_nullable = 'YES' THEN 1 ELSE 0 END, c.column_default,
       c.generation_expression, CASE WHEN c.extra LIKE '%auto_increment%' THEN 1 ELSE 0 END,
       CASE WHEN c.collation_name <> t.table_collation THEN c.collation_name END, c.column_comment
FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = database() ORDER BY c.table_name, c.ordinal_position";

/// A part of an index that is an expression has no column (MySQL 8.0.13 and later; MariaDB has no such).
const INDEXES: &str = "
SELECT table_name, index_name, CASE WHEN non_unique = 0 THEN 1 ELSE 0 END, column_name, CASE WHEN sub_part IS NULL THEN 1 ELSE 0 END
FROM information_schema.statistics
WHERE table_schema = database() AND index_type IN ('BTREE', 'HASH') ORDER BY table_name, index_name, seq_in_index";

const FOREIGN_KEYS: &str = "
SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
FROM information_schema.key_column_usage
WHERE table_schema = database() AND referenced_table_schema = database()
ORDER BY table_name, constraint_name, ordinal_position";

/// MariaDB's JSON is text that a check holds to it.
const JSON_CHECKS: &str = "
SELECT table_name, check_clause FROM information_schema.check_constraints
WHERE constraint_schema = database() AND check_clause LIKE 'json_valid(%'";

pub(super) fn read(connection: &mut Connection) -> Result<Catalog, IntrospectError> {
    let found = connection.query(TABLES, &[])?;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let mut tables: Vec<Table> = Cells::of(&found)
        .map(|mut row| {
            let (name, is_view, comment) = (row.text(), row.flag(), row.text());
            // A view's comment says only that it is one.
            Table {
                name,
                is_view,
                comment: filled(comment).filter(|_| !is_view),
                ..Table::default()
            }
        })
        .collect();
    let places: HashMap<String, usize> = tables
        .iter()
        .enumerate()
        .map(|(place, table)| (table.name.clone(), place))
        .collect();
    let mut each =
        |sql: &str, take: &mut dyn FnMut(&mut Table, Cells<'_>)| -> Result<(), IntrospectError> {
            let rows = connection.query(sql, &[])?;
            for mut row in Cells::of(&rows) {
                let name = row.text();
                if let Some(table) = places.get(&name).and_then(|place| tables.get_mut(*place)) {
                    take(table, row);
                }
            }
            Ok(())
        };
    each(COLUMNS, &mut |table, mut row| {
        table.columns.push(Column {
            name: row.text(),
            ty: row.text().to_lowercase(),
            null: row.flag(),
            default: row.optional().filter(|default| default != "NULL"),
            generated: row.optional().and_then(filled),
            identity: row.flag(),
            collation: row.optional(),
            comment: row.optional().and_then(filled),
            ..Column::default()
        });
    })?;
    each(INDEXES, &mut |table, mut row| {
        let (name, unique, column, whole) = (row.text(), row.flag(), row.optional(), row.flag());
        // A part that is an expression, or only the start of a column, holds no column alone: an empty name marks the key.
        let column = column.filter(|_| whole).unwrap_or_default();
        if name == "PRIMARY" {
            table.primary_key.push(column);
            return;
        }
        let keys = if unique {
            &mut table.uniques
        } else {
            &mut table.indexes
        };
        match keys.last_mut() {
            Some(last) if last.name == name => last.columns.push(column),
            _ => keys.push(Key {
                name,
                columns: vec![column],
                ..Key::default()
            }),
        }
    })?;
    let mut last_key = (String::new(), String::new());
    each(FOREIGN_KEYS, &mut |table, mut row| {
        let (name, column, target, to) = (row.text(), row.text(), row.text(), row.text());
        let this = (table.name.clone(), name);
        if last_key != this {
            table.foreign_keys.push(ForeignKey {
                table: target,
                ..ForeignKey::default()
            });
            last_key = this;
        }
        if let Some(key) = table.foreign_keys.last_mut() {
            key.columns.push(column);
            key.to_columns.push(to);
        }
    })?;
    let database = connection.database();
    if database == Database::MariaDb {
        let rows = connection.query(JSON_CHECKS, &[])?;
        for mut row in Cells::of(&rows) {
            let (name, clause) = (row.text(), row.text());
            let Some(table) = places.get(&name).and_then(|place| tables.get_mut(*place)) else {
                continue;
            };
            let column = clause
                .trim_start_matches("json_valid(`")
                .trim_end_matches("`)")
                .replace("``", "`");
            table
                .columns
                .iter_mut()
                .filter(|known| known.name == column)
                .for_each(|column| column.is_json = true);
        }
    }
    for table in &mut tables {
        let whole = |key: &Key| key.columns.iter().all(|column| !column.is_empty());
        table.uniques.retain(whole);
        table.indexes.retain(whole);
        if table.is_view {
            table
                .columns
                .iter_mut()
                .for_each(|column| column.null = true);
        }
    }
    Ok(Catalog {
        database,
        tables,
        django: DjangoRows::default(),
        unreadable: Vec::new(),
    })
}
