//! What a schema holds: models, their fields, their relations.

use crate::FieldType;
use rustc_hash::FxHashMap;

/// A model of a [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelId(pub u32);

/// A concrete field (one with a column) of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// The model whose table has the column.
    pub model: ModelId,
    /// Its place in [`Model::fields`].
    pub index: u32,
}

/// A relation that starts at a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId {
    /// The model it starts at.
    pub model: ModelId,
    /// Its place in [`Model::relations`].
    pub index: u32,
}

/// Django's models as a database holds them. Made by [`Schema::from_snapshot`], read-only after.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The models, sorted by label; a [`ModelId`] is a place here.
    pub models: Vec<Model>,
    /// Django's `USE_TZ`: whether datetimes are moments in UTC. True unless the snapshot says otherwise.
    pub use_tz: bool,
    /// Lower-case label to model.
    pub(crate) labels: FxHashMap<Box<str>, ModelId>,
    /// Lower-case model name to the models of that name.
    pub(crate) names: FxHashMap<Box<str>, Vec<ModelId>>,
    /// Apps, sorted.
    pub(crate) apps: Vec<Box<str>>,
}

/// What sort of model it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ModelKind {
    /// An ordinary model.
    Concrete,
    /// Another name of its concrete model's table.
    Proxy,
    /// `managed = False`: a view or a table that Django does not make.
    Unmanaged,
    /// A many-to-many field's own table.
    Auto,
    /// Guessed from the database.
    Inferred,
}

/// A Django model.
#[derive(Debug, Clone)]
pub struct Model {
    /// `blog.Entry`.
    pub label: Box<str>,
    /// `blog`.
    pub app: Box<str>,
    /// `Entry`.
    pub name: Box<str>,
    /// `blog_entry`, unquoted.
    pub table: Box<str>,
    /// The database schema the table is in, where it is not the default one.
    pub db_schema: Option<Box<str>>,
    /// What sort of model.
    pub kind: ModelKind,
    /// The model's docstring.
    pub doc: Option<Box<str>>,
    /// `blog/models.py:12`.
    pub source: Option<Box<str>>,
    /// Places in `fields`; more than one for a composite key; empty for a table without one.
    pub primary_key: Vec<u32>,
    /// Sets of columns that are unique together; the primary key is not repeated here.
    pub unique: Vec<Unique>,
    /// Indexes other than those of keys and uniques.
    pub indexes: Vec<Index>,
    /// `Meta.ordering`; never applied, shown to people.
    pub ordering: Vec<Box<str>>,
    /// The fields with a column, in Django's order, parents' not included.
    pub fields: Vec<Field>,
    /// The relations that start here, forward and reverse; parents' not included.
    pub relations: Vec<Relation>,
    /// The to-one relations to multi-table parents (`place_ptr`), places in `relations`.
    pub parents: Vec<u32>,
    /// A proxy's concrete model.
    pub proxy_for: Option<ModelId>,
    /// Every name that reaches a member of this model itself: field names, attnames, relations'
    /// accessors and query names.
    pub(crate) members: FxHashMap<Box<str>, crate::Member>,
}

/// Columns that are unique together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    /// Places in [`Model::fields`].
    pub fields: Vec<u32>,
    /// A partial unique constraint's condition; such a one proves nothing.
    pub condition: Option<Box<str>>,
    /// Whether nulls are equal to each other in it.
    pub nulls_distinct: bool,
}

/// Columns that an index begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Places in [`Model::fields`].
    pub fields: Vec<u32>,
    /// A partial index's condition.
    pub condition: Option<Box<str>>,
}

/// A value of `choices`, with its label for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value in the database, as JSON has it (text or integer).
    pub value: serde_json::Value,
    /// For people.
    pub label: Box<str>,
}

/// Where a value comes from when none is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// A constant, kept by Django outside the database.
    Constant(serde_json::Value),
    /// An expression of the database itself (`db_default`).
    Database(Box<str>),
    /// A Python callable, which djq cannot run.
    Callable(Box<str>),
}

/// A field with a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Django's name: `author` for a foreign key.
    pub name: Box<str>,
    /// The name of its raw value: `author_id` for a foreign key, else `name`.
    pub attname: Box<str>,
    /// The column, unquoted.
    pub column: Box<str>,
    /// Its type (a foreign key's is that of the key it holds).
    pub ty: FieldType,
    /// Django's class: `ForeignKey`, `CharField`.
    pub django: Box<str>,
    /// Whether the column can be null.
    pub null: bool,
    /// `max_length`, in characters.
    pub max_length: Option<u32>,
    /// `choices`, flattened.
    pub choices: Vec<Choice>,
    /// The default.
    pub default: Option<Default>,
    /// `auto_now`.
    pub auto_now: bool,
    /// `auto_now_add`.
    pub auto_now_add: bool,
    /// Made by the database (automatic keys, generated columns).
    pub generated: bool,
    /// The column's own collation.
    pub collation: Option<Box<str>>,
    /// A foreign key's relation, a place in [`Model::relations`].
    pub relation: Option<u32>,
    /// `models.py:14`.
    pub source: Option<Box<str>>,
    /// Help text.
    pub doc: Option<Box<str>>,
}

/// What a relation is in Django.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is Django's relation of its name")]
pub enum RelationKind {
    ForeignKey,
    OneToOne,
    ReverseForeignKey,
    ReverseOneToOne,
    ManyToMany,
    ReverseManyToMany,
    GenericRelation,
    /// To a model only a cast can name: has no hops and no target.
    GenericForeignKey,
}

/// What happens to a row whose target is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is Django's option of its name")]
pub enum OnDelete {
    Cascade,
    Protect,
    Restrict,
    SetNull,
    SetDefault,
    DoNothing,
    /// `SET(…)`, with a value djq does not know.
    Set,
}

/// A way from a row of one model to rows of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The accessor: `author`, `comment_set`, `entries`.
    pub name: Box<str>,
    /// The name in Django's queries, where it differs: `comment`.
    pub query_name: Option<Box<str>>,
    /// What it is in Django.
    pub kind: RelationKind,
    /// The model at its end (a generic foreign key has none).
    pub target: Option<ModelId>,
    /// The joins that lead there: one, or two through a many-to-many's table.
    pub hops: Vec<Hop>,
    /// Whether there may be several rows at its end.
    pub to_many: bool,
    /// Whether there may be none: a nullable key, a reverse side, a key the database does not enforce.
    pub nullable: bool,
    /// Whether the database itself guarantees that the key points to a row.
    pub enforced: bool,
    /// What deleting the target does; of forward relations.
    pub on_delete: Option<OnDelete>,
    /// A generic foreign key's two fields: content type, object id (places in [`Model::fields`]).
    pub generic: Option<(u32, u32)>,
    /// Of a generic foreign key: whether a proxy's rows go by the content type of its concrete model, as Django has it
    /// unless told.
    pub for_concrete_model: bool,
    /// For a reverse relation: the forward one, on the target.
    pub reverse_of: Option<RelationId>,
}

/// One join of a relation.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// The model it leads to.
    pub model: ModelId,
    /// Pairs that are equal: a field of the model it starts from, one of the model it leads to.
    pub on: Vec<(FieldId, FieldId)>,
    /// For a generic relation: this field of the model it leads to holds the content type of that model.
    pub content_type: Option<(FieldId, ModelId)>,
    /// Whether it leads to at most one row.
    pub to_one: bool,
}
