//! What a plan writes. The rows and values are queries that only read; what becomes of them is said here.

use super::Query;
use djq_check::Ty;
use djq_diagnostics::Span;

/// A write.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The table whose rows are written.
    pub target: Target,
    /// What is written first, in the same transaction: the rows of multi-table parents.
    pub before: Vec<Write>,
    /// What is done.
    pub kind: WriteKind,
    /// What is given of each written row: a SELECT from the target's table alone.
    pub returning: Option<Query>,
    /// The clause.
    pub span: Span,
}

/// The table whose rows are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The model: `blog.Entry`.
    pub model: Box<str>,
    /// The database schema, where it is not the default one.
    pub schema: Option<Box<str>>,
    /// The table.
    pub table: Box<str>,
    /// The columns of its primary key.
    pub key: Vec<Box<str>>,
    /// Whether the database makes that key.
    pub automatic: bool,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteKind {
    /// New rows.
    Insert(Insert),
    /// Changed rows.
    Update(Update),
    /// Rows that go.
    Delete(Delete),
}

/// How long a text may be that a column takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The field: `blog.Entry.title`.
    pub field: Box<str>,
    /// In characters.
    pub characters: u32,
}

/// New rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// The columns that get values.
    pub columns: Vec<Box<str>>,
    /// The rows: one query, or one without a source for each row that is written out.
    pub rows: Vec<Query>,
    /// Whether they are written out.
    pub literal: bool,
    /// What happens where a row is already there.
    pub conflict: Option<Conflict>,
}

/// What happens where a row with the same unique columns is already there.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Those columns.
    pub columns: Vec<Box<str>>,
    /// Other unique columns that a new row may collide in.
    pub others: Vec<Vec<Box<str>>>,
    /// Whether no two of the new rows have the same values there.
    pub distinct: bool,
    /// The change of the row that is there; none: the new row is left out.
    pub update: Option<ConflictUpdate>,
    /// What is written after `on conflict`.
    pub span: Span,
    /// The same in two statements, where it has been taken apart for a server that meets rows by any of their keys.
    pub apart: Option<Box<ConflictApart>>,
}

/// What happens where rows are already there, in two statements.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictApart {
    /// The update of the rows that are there; none where they stay as they are.
    pub update: Option<Write>,
    /// The rows that are not there, which are inserted behind it.
    pub rows: Query,
}

/// The change of the row that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictUpdate {
    /// A SELECT of the values from the row that is there (left) cross joined with the new one (right).
    pub values: Query,
    /// The columns that get them.
    pub columns: Vec<Box<str>>,
    /// Whether the last item is a condition, without which the row stays as it is.
    pub conditional: bool,
}

/// Changed rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The rows' keys, and behind them the values.
    pub rows: Query,
    /// The columns that get them.
    pub columns: Vec<Box<str>>,
}

/// Rows that go.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// The rows' keys; with a cascade, the columns of its first set.
    pub rows: Query,
    /// What else goes with them.
    pub cascade: Option<Cascade>,
}

/// What else goes, or is set, with rows that go: read first, set by set, until nothing new is found; then set and removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// The rows that go, a set for each model; the first are those that the query says.
    pub sets: Vec<RowSet>,
    /// Rows that point to rows of a set, and go with them.
    pub follow: Vec<Follow>,
    /// Rows that point to rows of a set, and keep them.
    pub protect: Vec<Protect>,
    /// Keys that are set to something else.
    pub change: Vec<Change>,
    /// What goes, in order.
    pub remove: Vec<Remove>,
}

/// Rows of a model that go.
#[derive(Debug, Clone, PartialEq)]
pub struct RowSet {
    /// The columns that are read: the primary key, and what else is pointed to.
    pub columns: Vec<(Box<str>, Ty)>,
    /// How many of them are the primary key.
    pub key: usize,
}

/// Values of the rows of a set, which a statement is given ([`super::ExprKind::InParent`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// A place in [`Cascade::sets`].
    pub set: usize,
    /// Columns of its rows.
    pub columns: Vec<usize>,
}

/// Rows that go because of others.
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// Those others.
    pub keys: Keys,
    /// The set that they belong to.
    pub into: usize,
    /// Its columns.
    pub rows: Query,
}

/// Rows that keep others.
#[derive(Debug, Clone, PartialEq)]
pub struct Protect {
    /// Those others.
    pub keys: Keys,
    /// Rows of this set do not count (RESTRICT).
    pub except: Option<usize>,
    /// The keys of the rows that point.
    pub rows: Query,
    /// What is said if there are any.
    pub message: Box<str>,
}

/// An update of rows that point to rows that go.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The rows that go.
    pub keys: Keys,
    /// The update.
    pub write: Write,
}

/// A delete of the rows of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Remove {
    /// The rows' keys.
    pub keys: Keys,
    /// The delete.
    pub write: Write,
    /// Whether they may point to each other: those found last go first.
    pub in_turn: bool,
}
