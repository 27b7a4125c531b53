//! A compiled query as generated code holds it: constant.

use std::borrow::Cow;

/// A compiled query.
#[derive(Debug)]
pub struct Query {
    /// Its name in the `.djq` file.
    pub name: &'static str,
    /// The `.djq` file and line, for errors.
    pub source: &'static str,
    /// The root, then nested statements, parents before children.
    pub statements: &'static [Statement],
}

/// One statement of a query.
#[derive(Debug)]
pub struct Statement {
    /// Its text, with the driver's placeholders; empty where it is made of pieces.
    pub sql: &'static str,
    /// What is bound, in the driver's order.
    pub slots: &'static [Slot],
    /// What it is made of, where guards say which of it is there.
    pub pieces: &'static [Piece],
    /// How its rows belong to those of an earlier statement.
    pub parent: Option<Parent>,
}

/// A piece of a statement whose text depends on guards.
#[derive(Debug)]
pub struct Piece {
    /// Which of the query's guards says whether it is there; none: it always is.
    pub guard: Option<usize>,
    /// Its text, without placeholders.
    pub sql: &'static str,
    /// Where the placeholders belong, in bytes.
    pub places: &'static [usize],
    /// What is bound at each of these places.
    pub slots: &'static [Slot],
}

impl Statement {
    /// The text and what is bound in it, where `holds` says of each guard whether it holds. Placeholders are numbered
    /// `?1`, `?2`… as they stand in the text, the same value with the same number.
    ///
    /// ```
    /// use djq_runtime::{Piece, Slot, Statement};
    /// static ENTRIES: Statement = Statement {
    ///     sql: "",
    ///     slots: &[],
    ///     pieces: &[
    ///         Piece { guard: None, sql: "SELECT id FROM entry", places: &[], slots: &[] },
    ///         Piece { guard: Some(0), sql: " WHERE title = ", places: &[15], slots: &[Slot::Parameter(0)] },
    ///     ],
    ///     parent: None,
    /// };
    /// assert_eq!(ENTRIES.text(&[true]).0, "SELECT id FROM entry WHERE title = ?1");
    /// assert_eq!(ENTRIES.text(&[false]).0, "SELECT id FROM entry");
    /// ```
    #[must_use]
    pub fn text(&self, holds: &[bool]) -> (Cow<'static, str>, Cow<'static, [Slot]>) {
        if self.pieces.is_empty() {
            return (Cow::Borrowed(self.sql), Cow::Borrowed(self.slots));
        }
        let mut sql = String::with_capacity(self.pieces.iter().map(|piece| piece.sql.len()).sum());
        let mut bound: Vec<Slot> = Vec::new();
        let is_there = |piece: &&Piece| {
            let guard = piece.guard.map(|guard| holds.get(guard).copied());
            guard.is_none_or(|holds| holds.unwrap_or(false))
        };
        for piece in self.pieces.iter().filter(is_there) {
            let mut from = 0;
            for (place, slot) in piece.places.iter().zip(piece.slots) {
                sql.push_str(piece.sql.get(from..*place).unwrap_or(""));
                from = *place;
                let known = bound.iter().position(|known| known == slot);
                let number = known.unwrap_or_else(|| {
                    bound.push(*slot);
                    bound.len() - 1
                });
                sql.push('?');
                sql.push_str(&(number + 1).to_string());
            }
            sql.push_str(piece.sql.get(from..).unwrap_or(""));
        }
        (Cow::Owned(sql), Cow::Owned(bound))
    }

    /// Whether it is given the keys that its parent found.
    #[must_use]
    pub fn takes_keys(&self) -> bool {
        let pieces = self.pieces.iter().flat_map(|piece| piece.slots);
        self.slots
            .iter()
            .chain(pieces)
            .any(|slot| *slot == Slot::ParentKeys)
    }
}

/// Something bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The parameter at this place of the function's arguments.
    Parameter(usize),
    /// The parameter at this place, which says how many rows: what is negative is refused ([`crate::Error::Negative`]).
    Count(usize),
    /// The distinct keys that the parent statement found.
    ParentKeys,
    /// The moment at which the query runs, in UTC.
    Now(Moment),
}

/// A part of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the type of its name")]
pub enum Moment {
    Date,
    Time,
    DateTime,
}

/// How a nested statement's rows belong to its parent's.
#[derive(Debug)]
pub struct Parent {
    /// The parent, a place in [`Query::statements`].
    pub statement: usize,
    /// Columns of the parent's rows…
    pub parent_columns: &'static [usize],
    /// …that equal these of this statement's.
    pub own_columns: &'static [usize],
}

/// A compiled query that writes.
#[derive(Debug)]
pub struct Write {
    /// Its statements, in the order in which they run, all in one transaction.
    pub query: Query,
    /// What each of them is for.
    pub steps: &'static [Step],
}

/// What a statement of a query that writes is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It writes, and the number of rows that it matched is what the query gives.
    Count,
    /// It writes, and the number of rows that it matched is added to that of the statements behind it.
    Add,
    /// It writes, and gives the rows that it wrote.
    Return,
    /// If it gives a row, the query has failed, and this says why.
    Refuse(&'static str),
    /// It gives rows that go, to be added to a set: those of the query, or what points to rows of another set.
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
        why: &'static str,
    },
    /// It changes what points to rows of a set.
    Change(Keys),
    /// It deletes the rows of a set.
    Remove {
        /// What it is given.
        keys: Keys,
        /// Whether rows that were found later go first.
        in_turn: bool,
    },
}

/// Values of the rows of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// The set.
    pub set: usize,
    /// Columns of its rows.
    pub columns: &'static [usize],
    /// How they are compared.
    pub form: KeyForm,
}

/// How keys are compared: a generic key holds any key as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// As they are.
    Own,
    /// As text.
    Text,
    /// UUIDs as text with hyphens; the database holds them without.
    UuidText,
}
