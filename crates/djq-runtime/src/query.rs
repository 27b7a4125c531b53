//! A compiled query as generated code holds it: constant.

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
    /// Its text, with the driver's placeholders.
    pub sql: &'static str,
    /// What is bound, in the driver's order.
    pub slots: &'static [Slot],
    /// How its rows belong to those of an earlier statement.
    pub parent: Option<Parent>,
}

/// Something bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The parameter at this place of the function's arguments.
    Parameter(usize),
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
