//! The schema snapshot: the JSON file that describes a project's models.
//!
//! [`Snapshot`] is the file as data, [`Snapshot::parse`] reads it, [`Snapshot::to_json`] writes it, and
//! [`Schema::from_snapshot`](crate::Schema::from_snapshot) makes of it what the compiler uses. Names in it
//! are Django's: `unique`, `indexes` and `primary_key` list fields, not columns.
//!
//! # Format
//!
//! Every key that is not listed here is an error. Lists and switches that are empty or false may be left out.
//!
//! - The file: `version` (1), `source` (`django`, `migrations`, `database`, or by hand), `use_tz` (true), `models`.
//! - A model: `label`, `table`, `kind` (`concrete`), `schema`, `source`, `doc`, `proxy_for`, `parents` (labels of
//!   multi-table parents), `primary_key`, `unique`, `indexes`, `ordering`, `fields`, `relations`, `inferred`.
//!   An item of `unique` or `indexes` is a list of fields, or `{"fields": […], "condition": "…", "nulls_distinct": false}`.
//!   A proxy has neither `table` nor `fields`.
//! - A field: `name`, `column` (the name, if left out), `type`, `django`, `null`, `max_length`, `decimal` (`[precision, scale]`),
//!   `base` (of an `array` or `range`, in djq's words: `decimal(8, 2)`, `[int]`), `db_type` (of type `unknown`), `choices` (`[[value, label], …]`),
//!   `default` (a constant), `default_callable` (a Python name), `db_default` (an SQL expression), `auto_now`,
//!   `auto_now_add`, `generated` (an expression), `collation`, `doc`, `source`, `inferred`. A foreign key has `target`, `to_field` (the
//!   primary key, if left out), `one_to_one` (where `django` is not `OneToOneField`), `parent_link`, `on_delete`, `constraint` (true), `related_name`, `related_query_name`.
//! - A relation: `name`, `query_name` (where it differs), `kind`, `target`, `inferred`, and
//!   for a reverse foreign key or one-to-one `field` (the foreign key on the target);
//!   for a many-to-many `through`, `through_fields` (the two foreign keys of `through`: to this model, to the target),
//!   `symmetrical`, `related_name`, `related_query_name`; for a reverse many-to-many `field` (the field on the target);
//!   `for_concrete_model` (true) of the generic kinds;
//!   for a generic foreign key `fields` (content type, object id, of this model); for a generic relation the same two
//!   of the target; for a foreign key of several columns `from_fields`, `to_fields`, `null`, `constraint`, `on_delete`.
//!
//! Reverse relations that are not listed are derived by Django's rules (`entry_set` and `entry`, or the
//! forward side's `related_name`; none for `+`), except in a snapshot of `source` `django`, where the list is whole.

mod build;
mod json;
mod keys;
mod problem;
mod read;
mod write;

pub use problem::SnapshotProblem;

use serde::Serialize;
use serde_json::Value;

/// The version of the format that this library reads and writes.
pub const SNAPSHOT_VERSION: u32 = 1;

fn is_false(value: &bool) -> bool {
    !*value
}

fn is_true(value: &bool) -> bool {
    *value
}

/// Bytes `start..end` of the file that an entry was read from; `0..0` for one that was not read.
pub type Place = (u32, u32);

/// A snapshot as data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Snapshot {
    /// [`SNAPSHOT_VERSION`].
    pub version: u32,
    /// Where it comes from: `django`, `migrations`, `database`, or anything else by hand.
    pub source: String,
    /// Django's `USE_TZ`.
    pub use_tz: bool,
    /// The models; written in order of label.
    pub models: Vec<ModelEntry>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self {
            version: SNAPSHOT_VERSION,
            source: String::new(),
            use_tz: true,
            models: Vec::new(),
        }
    }
}

/// One model of a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ModelEntry {
    /// `blog.Entry`.
    pub label: String,
    /// The table, unquoted; empty for a proxy.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// The database schema, where it is not the default one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// `concrete`, `proxy`, `unmanaged`, `auto` or `inferred`.
    pub kind: String,
    /// The docstring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// `blog/models.py:12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// A proxy's concrete model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_for: Option<String>,
    /// Labels of multi-table parents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// Fields of the primary key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub primary_key: Vec<String>,
    /// Sets of fields that are unique together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unique: Vec<KeyEntry>,
    /// Indexes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<KeyEntry>,
    /// `Meta.ordering`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ordering: Vec<String>,
    /// Whether the label was guessed from the database.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// The fields with a column.
    pub fields: Vec<FieldEntry>,
    /// The relations that no field of this model holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationEntry>,
    /// Where it was read.
    #[serde(skip)]
    pub at: Place,
}

/// A unique constraint or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// Names of fields.
    pub fields: Vec<String>,
    /// The condition of a partial one.
    pub condition: Option<String>,
    /// False where the constraint takes nulls for equal.
    pub nulls_distinct: bool,
    /// Where it was read.
    pub at: Place,
}

impl KeyEntry {
    /// One over these fields, with no condition.
    #[must_use]
    pub fn of(fields: Vec<String>) -> Self {
        Self {
            fields,
            condition: None,
            nulls_distinct: true,
            at: (0, 0),
        }
    }
}

/// One field of a [`ModelEntry`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldEntry {
    /// Django's name.
    pub name: String,
    /// The column, unquoted.
    pub column: String,
    /// djq's type, without its arguments: `decimal`, `array`.
    #[serde(rename = "type")]
    pub ty: String,
    /// Django's class.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub django: String,
    /// Whether the column can be null.
    pub null: bool,
    /// The element's type of an `array` or `range`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// `max_length`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Precision and scale of a `decimal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<(u16, u16)>,
    /// The database's name of an `unknown` type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub db_type: Option<String>,
    /// The column's own collation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// Values and labels, flattened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<(Value, String)>,
    /// A constant default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// A default that Python computes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_callable: Option<String>,
    /// A default of the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub db_default: Option<String>,
    /// A generated column's expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// `auto_now`.
    #[serde(skip_serializing_if = "is_false")]
    pub auto_now: bool,
    /// `auto_now_add`.
    #[serde(skip_serializing_if = "is_false")]
    pub auto_now_add: bool,
    /// Label of the model that a foreign key points to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The field it points to, where that is not the primary key (or is: both are right).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_field: Option<String>,
    /// `CASCADE`, `PROTECT`, `RESTRICT`, `SET_NULL`, `SET_DEFAULT`, `DO_NOTHING`, `SET`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<String>,
    /// Whether the database enforces the foreign key.
    #[serde(skip_serializing_if = "is_true")]
    pub constraint: bool,
    /// Whether it is the link to a multi-table parent.
    #[serde(skip_serializing_if = "is_false")]
    pub parent_link: bool,
    /// Whether it is one-to-one, where `django` is not `OneToOneField` itself.
    #[serde(skip_serializing_if = "is_false")]
    pub one_to_one: bool,
    /// The accessor on the target; `+` for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_name: Option<String>,
    /// The name in queries from the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_query_name: Option<String>,
    /// Help text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// `blog/models.py:14`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether its name or type was guessed from the database.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Where it was read.
    #[serde(skip)]
    pub at: Place,
}

impl Default for FieldEntry {
    fn default() -> Self {
        Self {
            name: String::new(),
            column: String::new(),
            ty: String::new(),
            decimal: None,
            base: None,
            db_type: None,
            django: String::new(),
            null: false,
            max_length: None,
            choices: Vec::new(),
            default: None,
            default_callable: None,
            db_default: None,
            auto_now: false,
            auto_now_add: false,
            generated: None,
            collation: None,
            target: None,
            to_field: None,
            one_to_one: false,
            parent_link: false,
            on_delete: None,
            constraint: true,
            related_name: None,
            related_query_name: None,
            source: None,
            doc: None,
            inferred: false,
            at: (0, 0),
        }
    }
}

/// One relation of a [`ModelEntry`] that no field of it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationEntry {
    /// The accessor.
    pub name: String,
    /// The name in Django's queries, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_name: Option<String>,
    /// `many_to_many`, `reverse_foreign_key`, …
    pub kind: String,
    /// Label of the model at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Of a reverse relation: the forward one's name, on the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The model between the two of a many-to-many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Its foreign keys to this model and to the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through_fields: Option<(String, String)>,
    /// A generic key's two fields: content type, object id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The fields of a foreign key of several columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from_fields: Vec<String>,
    /// What the columns of a foreign key of several point to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_fields: Vec<String>,
    /// A many-to-many to the own model that always holds both ways, and so has no reverse.
    #[serde(skip_serializing_if = "is_false")]
    pub symmetrical: bool,
    /// Whether a foreign key of several columns can be null.
    #[serde(skip_serializing_if = "is_false")]
    pub null: bool,
    /// As a field's, of a foreign key of several columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<String>,
    /// Whether the database enforces a foreign key of several columns.
    #[serde(skip_serializing_if = "is_true")]
    pub constraint: bool,
    /// False for a generic key or relation that tells proxies from their concrete models.
    #[serde(skip_serializing_if = "is_true")]
    pub for_concrete_model: bool,
    /// As a field's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_name: Option<String>,
    /// As a field's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_query_name: Option<String>,
    /// Whether its name was guessed from the database.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Where it was read.
    #[serde(skip)]
    pub at: Place,
}

impl Default for RelationEntry {
    fn default() -> Self {
        Self {
            name: String::new(),
            query_name: None,
            kind: String::new(),
            target: None,
            field: None,
            through: None,
            through_fields: None,
            fields: Vec::new(),
            from_fields: Vec::new(),
            to_fields: Vec::new(),
            symmetrical: false,
            null: false,
            constraint: true,
            for_concrete_model: true,
            on_delete: None,
            related_name: None,
            related_query_name: None,
            inferred: false,
            at: (0, 0),
        }
    }
}
