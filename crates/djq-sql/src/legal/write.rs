//! Statements that write.

use super::{Expr, Item, Name, Query};
use crate::rendered::{Does, Slot};
use djq_check::Ty;

/// A statement of a query that writes.
#[derive(Debug)]
pub(crate) struct WriteStatement<'a> {
    pub(crate) write: Write<'a>,
    pub(crate) slots: Vec<Slot>,
    /// Whether there is a guard in it.
    pub(crate) guarded: bool,
    pub(crate) columns: Vec<(Box<str>, Ty)>,
    pub(crate) does: Does,
    /// What the server is told with it.
    pub(crate) setting: crate::dialect::Setting,
}

#[derive(Debug)]
pub(crate) enum Write<'a> {
    Insert(Insert<'a>),
    Update(Update<'a>),
    Delete(Delete<'a>),
    /// What is read on the way.
    Read(Query<'a>),
}

/// The table that is written.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    pub(crate) schema: Option<&'a str>,
    pub(crate) table: &'a str,
    /// None where it goes by its own name.
    pub(crate) alias: Option<Name<'a>>,
}

#[derive(Debug)]
pub(crate) struct Insert<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) columns: Vec<&'a str>,
    pub(crate) rows: Rows<'a>,
    /// `AS new` behind VALUES.
    pub(crate) row_alias: Option<&'static str>,
    pub(crate) conflict: Option<Conflict<'a>>,
    pub(crate) returning: Vec<Item<'a>>,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a statement has one of them")]
pub(crate) enum Rows<'a> {
    Values(Vec<Vec<Expr<'a>>>),
    /// One row that the database makes alone.
    Empty(&'static str),
    Query(Query<'a>),
}

#[derive(Debug)]
pub(crate) enum Conflict<'a> {
    /// `ON CONFLICT (…) DO NOTHING`, or `DO UPDATE SET …`.
    On {
        columns: Vec<&'a str>,
        sets: Option<Vec<(&'a str, Expr<'a>)>>,
        filter: Option<Expr<'a>>,
    },
    /// `ON DUPLICATE KEY UPDATE …`.
    Duplicate(Vec<(&'a str, Expr<'a>)>),
}

#[derive(Debug)]
pub(crate) struct Update<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) sets: Vec<(&'a str, Expr<'a>)>,
    pub(crate) joined: Option<Joined<'a>>,
    pub(crate) filter: Option<Expr<'a>>,
    pub(crate) returning: Vec<Item<'a>>,
}

#[derive(Debug)]
pub(crate) struct Delete<'a> {
    pub(crate) target: Target<'a>,
    /// As `DELETE t FROM t JOIN (…)`.
    pub(crate) joined: Option<Joined<'a>>,
    pub(crate) filter: Option<Expr<'a>>,
    pub(crate) returning: Vec<Item<'a>>,
}

/// The rows that are written, as a derived table.
#[derive(Debug)]
pub(crate) struct Joined<'a> {
    pub(crate) query: Query<'a>,
    pub(crate) alias: Name<'a>,
    /// Their keys are the target's.
    pub(crate) on: Expr<'a>,
    /// `JOIN … ON …` behind the target; else `FROM …`, with the condition in WHERE.
    pub(crate) as_join: bool,
}
