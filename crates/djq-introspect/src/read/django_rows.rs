//! The rows of Django's own tables that tell of models.

use djq_client::{Connection, Rows};

use super::Cells;
use crate::Catalog;
use crate::catalog::DjangoRows;

/// Reads what there is; a table that is missing, or has other columns than Django's, tells nothing.
pub(super) fn read(connection: &mut Connection, catalog: &Catalog) -> DjangoRows {
    let mut ask = |table: &str, columns: &[&str], sql: &str| -> Rows {
        let there = catalog.tables.iter().find(|there| there.name == table);
        match there.is_some_and(|there| columns.iter().all(|column| there.column(column).is_some()))
        {
            true => connection.query(sql, &[]).unwrap_or_default(),
            false => Rows::default(),
        }
    };
    let types = ask(
        "django_content_type",
        &["id", "app_label", "model"],
        "SELECT id, app_label, model FROM django_content_type ORDER BY app_label, model",
    );
    let permissions = ask(
        "auth_permission",
        &["content_type_id", "codename", "name"],
        "SELECT content_type_id, codename, name FROM auth_permission ORDER BY content_type_id, codename",
    );
    let migrations = ask(
        "django_migrations",
        &["id", "app", "name"],
        "SELECT app, name FROM django_migrations ORDER BY id",
    );
    let shown = ask(
        "django_admin_log",
        &["content_type_id", "object_repr"],
        "SELECT content_type_id, min(object_repr) FROM django_admin_log WHERE object_repr LIKE '% object (%)' GROUP BY content_type_id",
    );
    DjangoRows {
        content_types: Cells::of(&types)
            .map(|mut row| (row.int(), row.text(), row.text()))
            .collect(),
        permissions: Cells::of(&permissions)
            .map(|mut row| (row.int(), row.text(), row.text()))
            .collect(),
        migrations: Cells::of(&migrations)
            .map(|mut row| (row.text(), row.text()))
            .collect(),
        shown: Cells::of(&shown)
            .map(|mut row| (row.int(), row.text()))
            .collect(),
    }
}
