//! PostgreSQL's catalog, for the schemas in the search path.

use djq_client::Connection;

use super::Cells;
use crate::IntrospectError;
use crate::catalog::{Catalog, Column, DjangoRows, ForeignKey, Key, Table};

/// Tables, views, materialised views, foreign and partitioned tables; not the partitions. Those hidden behind
/// a table of the same name earlier in the path, and those of extensions, are not there.
const TABLES: &str = "
SELECT c.oid, c.relname, c.relkind IN ('v', 'm', 'f'), obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND pg_catalog.pg_table_is_visible(c.oid)
  AND c.relnamespace IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ANY (pg_catalog.current_schemas(false)))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname";

const COLUMNS: &str = "
SELECT a.attrelid, a.attname,
       pg_catalog.format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END,
                              CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END),
       (t.typtype = 'e')::int, (NOT (a.attnotnull OR t.typnotnull))::int,
       CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
       CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
       (a.attidentity <> '')::int,
       (SELECT co.collname FROM pg_catalog.pg_collation co WHERE co.oid = a.attcollation AND a.attcollation <> t.typcollation),
       pg_catalog.col_description(a.attrelid, a.attnum)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = ANY ($1::oid[])
ORDER BY a.attrelid, a.attnum";

/// Indexes with all their columns in order; a column that is an expression is null. Those with another class of operators
/// than their column's usual one (Django's `_like` indexes) serve patterns alone.
const INDEXES: &str = "
SELECT i.indrelid, c.relname, i.indisprimary::int, i.indisunique::int,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid),
       (pg_catalog.pg_get_indexdef(i.indexrelid) LIKE '%NULLS NOT DISTINCT%')::int,
       (SELECT array_agg(a.attname::text ORDER BY k.place)
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0
        WHERE k.place <= i.indnkeyatts)
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = c.relam
WHERE i.indisvalid AND m.amname IN ('btree', 'hash') AND i.indrelid = ANY ($1::oid[])
  AND NOT EXISTS (SELECT FROM unnest(i.indclass::oid[]) o(oid) JOIN pg_catalog.pg_opclass oc ON oc.oid = o.oid WHERE NOT oc.opcdefault)
ORDER BY i.indrelid, c.relname";

const FOREIGN_KEYS: &str = "
SELECT f.conrelid, t.relname,
       (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(f.conkey) WITH ORDINALITY k(number, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number),
       (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(f.confkey) WITH ORDINALITY k(number, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number)
FROM pg_catalog.pg_constraint f
JOIN pg_catalog.pg_class t ON t.oid = f.confrelid
WHERE f.contype = 'f' AND f.conparentid = 0 AND f.conrelid = ANY ($1::oid[])
ORDER BY f.conrelid, f.conname";

pub(super) fn read(connection: &mut Connection) -> Result<Catalog, IntrospectError> {
    let found = connection.query(TABLES, &[])?;
    let mut ids = Vec::new();
    let mut tables = Vec::new();
    for mut row in Cells::of(&found) {
        ids.push(row.value().clone());
        tables.push(Table {
            name: row.text(),
            is_view: row.flag(),
            comment: row.optional(),
            ..Table::default()
        });
    }
    let all = [djq_client::Value::Array(ids.clone())];
    let place = |id: &djq_client::Value| ids.iter().position(|known| known == id);
    // The rows of one table stand together, so that the last place found is nearly always the next one.
    let mut each =
        |sql: &str, take: &mut dyn FnMut(&mut Table, Cells<'_>)| -> Result<(), IntrospectError> {
            let rows = connection.query(sql, &all)?;
            let mut last = None;
            for mut row in Cells::of(&rows) {
                let id = row.value();
                let index = match &last {
                    Some((known, index)) if *known == id => Some(*index),
                    _ => place(id),
                };
                if let Some((index, table)) =
                    index.and_then(|index| Some((index, tables.get_mut(index)?)))
                {
                    last = Some((id, index));
                    take(table, row);
                }
            }
            Ok(())
        };
    each(COLUMNS, &mut |table, mut row| {
        table.columns.push(Column {
            name: row.text(),
            ty: row.text().to_lowercase(),
            is_enum: row.flag(),
            null: row.flag() || table.is_view,
            default: row.optional(),
            generated: row.optional(),
            identity: row.flag(),
            collation: row.optional(),
            comment: row.optional(),
            is_json: false,
        });
    })?;
    each(INDEXES, &mut |table, mut row| {
        let (name, primary, unique, condition, nulls_equal) = (
            row.text(),
            row.flag(),
            row.flag(),
            row.optional(),
            row.flag(),
        );
        let columns: Option<Vec<String>> = row.texts().into_iter().collect();
        let Some(columns) = columns.filter(|columns| !columns.is_empty()) else {
            return;
        };
        let key = Key {
            name,
            columns,
            condition,
            nulls_equal,
        };
        match (primary, unique) {
            (true, _) => table.primary_key = key.columns,
            (_, true) => table.uniques.push(key),
            _ => table.indexes.push(key),
        }
    })?;
    each(FOREIGN_KEYS, &mut |table, mut row| {
        let target = row.text();
        let (columns, to_columns) = (
            row.texts().into_iter().flatten().collect(),
            row.texts().into_iter().flatten().collect(),
        );
        table.foreign_keys.push(ForeignKey {
            columns,
            table: target,
            to_columns,
        });
    })?;
    for table in &mut tables {
        for column in &mut table.columns {
            let counted = column
                .default
                .as_deref()
                .is_some_and(|default| default.starts_with("nextval("));
            if counted {
                column.identity = true;
                column.default = None;
            }
        }
    }
    Ok(Catalog {
        database: connection.database(),
        tables,
        django: DjangoRows::default(),
        unreadable: Vec::new(),
    })
}
