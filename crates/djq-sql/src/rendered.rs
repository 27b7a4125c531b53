//! The SQL of one query for one dialect, ready to run.

use crate::dialect::Placeholders;
use djq_check::{
    Ty,
    hir::{Guard, ParamId},
};
use djq_plan::plan::{Keys, Output, Parent};
use std::{borrow::Cow, fmt::Write};

/// The SQL of one query for one dialect.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The root, then nested statements, parents before children. Of a query that writes, what runs one after the
    /// other in one transaction.
    pub statements: Vec<Statement>,
    /// What the fields of a row are made of; as in the plan.
    pub row: Vec<Output>,
    /// Functions that a plain connection lacks and the runtime has to register (SQLite alone).
    pub functions: Vec<&'static str>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its text, cut where guards begin and end: one piece where there are none. [`Statement::text`] puts
    /// together those that hold.
    pub pieces: Vec<Piece>,
    /// How its placeholders are written.
    pub placeholders: Placeholders,
    /// The names and types of its columns, in order.
    pub columns: Vec<(Box<str>, Ty)>,
    /// How its rows belong to those of an earlier statement.
    pub parent: Option<Parent>,
    /// What it is for.
    pub does: Does,
}

/// What a statement is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// It gives rows that are there.
    Read,
    /// It writes, and gives the rows that it wrote: the query's rows.
    Return,
    /// It writes, and the number of rows that it matched is what the query gives.
    Count,
    /// It writes, and the number of rows that it matched is added to that of the statements behind it.
    Add,
    /// It writes, and so many rows are what the query gives, whatever the server counts.
    Rows(usize),
    /// It writes the rows of a query, and their number is what the query gives, whatever the server counts for those
    /// that it changed: MySQL and MariaDB say it beside (`Records: 3`).
    Records,
    /// It writes one row, and the key that the database made for it is the query's one column.
    Key,
    /// If it gives a row, the query has failed, and this says why.
    Refuse(Box<str>),
    /// It gives rows that go: those that are not in the set yet are added to it. With `keys` it is run for the rows of
    /// another set, and again for those that have come to it since, until no set has new ones.
    Collect {
        /// The set.
        into: usize,
        /// How many of its columns, the first, tell its rows apart.
        key: usize,
        /// What it is given.
        keys: Option<Keys>,
    },
    /// If it gives the key of a row that is not in `except`, the query has failed.
    Protect {
        /// What it is given.
        keys: Keys,
        /// A set whose rows do not count.
        except: Option<usize>,
        /// Why it has failed.
        why: Box<str>,
    },
    /// It changes what points to rows of a set.
    Change(Keys),
    /// It deletes the rows of a set. What the query gives is how many the first set had in the beginning.
    Remove {
        /// What it is given.
        keys: Keys,
        /// Whether rows found by a later pass go first, in a statement of their own.
        in_turn: bool,
    },
}

/// A constant piece of a statement's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// When it is there; none where it always is.
    pub guard: Option<Guard>,
    /// The SQL, laid out. A statement's only piece has the driver's placeholders (`$1`, `?1`, `?`) in it; where there
    /// are several, their numbers depend on which hold, and [`Piece::places`] says where they stand.
    pub sql: Box<str>,
    /// What is bound. Of a statement's only piece, in the order that the driver takes it: `$n` and `?n` are each here
    /// once, by number; a plain `?` each time it stands in the text. Of one of several, one for each of `places`.
    pub slots: Vec<Slot>,
    /// Where in `sql` the placeholders belong, in bytes; none for a statement's only piece.
    pub places: Vec<usize>,
}

/// A statement as it is sent: the pieces that hold, one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<'a> {
    /// The SQL with its placeholders.
    pub sql: Cow<'a, str>,
    /// What is bound, in the order that the driver takes it.
    pub slots: Cow<'a, [Slot]>,
}

impl Statement {
    /// Whether its text depends on the parameters.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        self.pieces.len() != 1
    }

    /// The text of the pieces whose guards hold, its placeholders numbered as they stand in it.
    pub fn text(&self, holds: &mut dyn FnMut(&Guard) -> bool) -> Text<'_> {
        if let [piece] = self.pieces.as_slice() {
            return Text {
                sql: Cow::Borrowed(&piece.sql),
                slots: Cow::Borrowed(&piece.slots),
            };
        }
        let mut sql = String::with_capacity(self.pieces.iter().map(|piece| piece.sql.len()).sum());
        let mut bound: Vec<Slot> = Vec::new();
        for piece in &self.pieces {
            if !piece.guard.as_ref().is_none_or(&mut *holds) {
                continue;
            }
            self.write(piece, &mut bound, &mut sql);
        }
        Text {
            sql: Cow::Owned(sql),
            slots: Cow::Owned(bound),
        }
    }

    /// Writes one of several pieces behind those that bind `bound`.
    pub fn write(&self, piece: &Piece, bound: &mut Vec<Slot>, sql: &mut String) {
        let mut from = 0;
        for (place, slot) in piece.places.iter().zip(&piece.slots) {
            sql.push_str(piece.sql.get(from..*place).unwrap_or(""));
            from = *place;
            self.bind(slot, bound, sql);
        }
        sql.push_str(piece.sql.get(from..).unwrap_or(""));
    }

    fn bind(&self, slot: &Slot, bound: &mut Vec<Slot>, sql: &mut String) {
        match self.placeholders {
            Placeholders::Positional => {
                bound.push(slot.clone());
                sql.push('?');
            }
            Placeholders::Numbered(mark) => {
                let known = bound.iter().position(|known| known == slot);
                let number = known.unwrap_or_else(|| {
                    bound.push(slot.clone());
                    bound.len() - 1
                });
                sql.push(mark);
                let _ = write!(sql, "{}", number + 1);
            }
        }
    }
}

/// Something bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where the value comes from.
    pub value: SlotValue,
    /// Its type in djq; how a value of it is written for the driver is the runtime's to know.
    pub ty: Ty,
    /// Whether it is a list: bound as an array on PostgreSQL, as the text of a JSON array elsewhere. A list of rows is the
    /// text of a JSON array of arrays everywhere, with each row's values in the order of its fields: on PostgreSQL as the
    /// texts that their types read, elsewhere as Django stores them, but decimals as text and bytes as hexadecimal digits.
    pub list: bool,
    /// Whether it says how many rows: what is negative is refused before it is sent, since some servers would take it for
    /// no limit, and others fail in words of their own.
    pub counts: bool,
}

/// Where a bound value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum SlotValue {
    /// A parameter of the query.
    Param(ParamId),
    /// The moment at which the query runs, in UTC; for a slot of a date or a time, that part of it.
    Now,
    /// The distinct keys, none null, that the parent statement found: of this one of its
    /// [`Parent::parent_columns`] (all together, as rows, where there are several).
    ParentKeys,
}

impl Does {
    /// What it is for, in words for people who read the SQL; none where the statement says it.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let given = |keys: &Keys| format!("given set {}", keys.set + 1);
        Some(match self {
            Self::Read | Self::Return | Self::Count | Self::Rows(_) | Self::Records => return None,
            Self::Add => "its rows count with those of the next".into(),
            Self::Key => "the new key is what the driver says".into(),
            Self::Refuse(why) => format!("fails where there is a row: {why}"),
            Self::Collect {
                into, keys: None, ..
            } => format!("set {}: the rows that go", into + 1),
            Self::Collect {
                into,
                keys: Some(keys),
                ..
            } => format!("set {}, {}, until nothing is new", into + 1, given(keys)),
            Self::Protect { keys, except, why } => {
                let except = except.map_or(String::new(), |set| {
                    format!(" that is not in set {}", set + 1)
                });
                format!("{}, fails where there is a row{except}: {why}", given(keys))
            }
            Self::Change(keys) => given(keys),
            Self::Remove { keys, in_turn } => {
                let turn = if *in_turn {
                    ", those found last first"
                } else {
                    ""
                };
                format!("{}{turn}", given(keys))
            }
        })
    }
}
