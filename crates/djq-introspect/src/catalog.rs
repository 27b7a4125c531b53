//! What a database says of itself, before anything is made of it.

use djq_client::Database;

/// The tables of a database, and what Django has written down in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// Which database.
    pub database: Database,
    /// Tables and views by name.
    pub tables: Vec<Table>,
    /// Rows of Django's own tables.
    pub django: DjangoRows,
    /// Tables that could not be read, and why.
    pub unreadable: Vec<(String, String)>,
}

/// A table or a view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its name, unquoted.
    pub name: String,
    /// Whether it is a view (or a foreign table), which no migration makes.
    pub is_view: bool,
    /// Its comment.
    pub comment: Option<String>,
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// Columns of its primary key.
    pub primary_key: Vec<String>,
    /// Unique constraints and indexes, the primary key not among them.
    pub uniques: Vec<Key>,
    /// Other indexes.
    pub indexes: Vec<Key>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// Its name, unquoted.
    pub name: String,
    /// Its type as the database writes it, in lower case: `character varying(200)`, `int(10) unsigned`.
    pub ty: String,
    /// Whether the type is an enumeration of the database's.
    pub is_enum: bool,
    /// Whether it can be null.
    pub null: bool,
    /// Its default, an SQL expression.
    pub default: Option<String>,
    /// The expression of a generated column.
    pub generated: Option<String>,
    /// Whether the database counts it up.
    pub identity: bool,
    /// Its collation, where it is not the database's own.
    pub collation: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// Whether a check holds its text to JSON.
    pub is_json: bool,
}

/// A unique constraint or an index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The condition of a partial one.
    pub condition: Option<String>,
    /// Whether it takes nulls for equal.
    pub nulls_equal: bool,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignKey {
    /// Its columns.
    pub columns: Vec<String>,
    /// The table it points to.
    pub table: String,
    /// The columns it points to, in the same order; empty for the primary key.
    pub to_columns: Vec<String>,
}

/// Rows of Django's own tables, as far as they are there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DjangoRows {
    /// `django_content_type`: id, app label, model in lower case.
    pub content_types: Vec<(i64, String, String)>,
    /// `auth_permission`: content type, codename, name.
    pub permissions: Vec<(i64, String, String)>,
    /// `django_migrations`: app, name.
    pub migrations: Vec<(String, String)>,
    /// `django_admin_log`: content type, and the text of objects that have Django's own: `BlogEntry object (1)`.
    pub shown: Vec<(i64, String)>,
}

impl Table {
    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether at most one row holds any value of this column (nulls aside).
    #[must_use]
    pub fn is_unique(&self, column: &str) -> bool {
        let alone = |columns: &[String]| matches!(columns, [one] if one == column);
        alone(&self.primary_key)
            || self
                .uniques
                .iter()
                .any(|key| key.condition.is_none() && alone(&key.columns))
    }
}
