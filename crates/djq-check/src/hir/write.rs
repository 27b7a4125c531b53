//! What a query writes. Which rows, and the values they get, are the query's [`body`](super::Query::body), a
//! pipeline that only reads.

use super::{Expr, Pipeline, SourceId};
use djq_diagnostics::Span;
use djq_schema::{FieldId, ModelId};

/// What a query does with the rows of its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The concrete model whose rows are written.
    pub model: ModelId,
    /// What is done.
    pub kind: WriteKind,
    /// What is given of each written row: a pipeline that starts from the model and names its own columns alone.
    pub returning: Option<Pipeline>,
    /// The clause.
    pub span: Span,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a query has at most one of them; a box would cost more than the room"
)]
pub enum WriteKind {
    /// New rows: the columns of the body are their values.
    Insert(Insert),
    /// Changed rows. The first columns of the body are the model's primary key, those behind them the new values.
    Update(Update),
    /// Rows that go. The first columns of the body are the model's primary key.
    Delete(Delete),
}

/// New rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// The fields that the body's columns are for.
    pub fields: Vec<FieldId>,
    /// Whether the body is a row written out, one `SELECT` without a source.
    pub literal: bool,
    /// Of literal rows, those behind the first: pipelines like the body.
    pub more: Vec<Pipeline>,
    /// What happens where a row is already there; an error of the database where nothing is said.
    pub conflict: Option<Conflict>,
    /// The model's multi-table parents, the root first, where a row of each is made too; then there is one row, and `fields` are those
    /// of all of them, but for the links to the parents.
    pub parents: Vec<ModelId>,
}

/// What happens where a new row's unique fields are those of a row that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The fields of one unique constraint or of the primary key.
    pub fields: Vec<FieldId>,
    /// Other unique constraints that a new row may collide with; such a collision is an error.
    pub others: Vec<Vec<FieldId>>,
    /// Whether no two of the new rows have the same values there.
    pub distinct: bool,
    /// The change of the row that is there; none: the new row is left out.
    pub update: Option<ConflictUpdate>,
    /// What is written after `on conflict`.
    pub span: Span,
}

/// The change of the row that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictUpdate {
    /// The row that is there.
    pub row: SourceId,
    /// The row that would have been new.
    pub new: SourceId,
    /// What is set.
    pub fields: Vec<FieldId>,
    /// `from` the row that is there, joined with the new one; its columns are the values, and behind them the condition
    /// if there is one.
    pub body: Pipeline,
    /// Whether the last column is a condition, without which the row stays as it is.
    pub conditional: bool,
}

/// Changed rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The source of the body whose rows change.
    pub target: SourceId,
    /// What is set, in the order of the body's last columns.
    pub fields: Vec<FieldId>,
}

/// Rows that go.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// The source of the body whose rows go.
    pub target: SourceId,
    /// The fields that the body's columns are: the primary key, and what else rows that point hold.
    pub fields: Vec<FieldId>,
    /// Carries out each `on_delete` on the rows that point to them; none where the database is left to refuse.
    pub cascade: Option<Cascade>,
}

/// What else goes, or is set, with rows that go: [`djq_schema::Schema::deletion`] says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// What the fields of a key with SET_DEFAULT are set to.
    pub defaults: Vec<(FieldId, Expr)>,
}
