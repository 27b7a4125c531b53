//! The SQL of one query for one dialect, ready to run.

use djq_check::{Ty, hir::ParamId};
use djq_plan::plan::{Output, Parent};

/// The SQL of one query for one dialect.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The root, then nested statements, parents before children.
    pub statements: Vec<Statement>,
    /// What the fields of a row are made of; as in the plan.
    pub row: Vec<Output>,
    /// Functions that a plain connection lacks and the runtime has to register (SQLite alone).
    pub functions: Vec<&'static str>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its text, cut where guards begin and end: one piece where there are none.
    pub pieces: Vec<Piece>,
    /// The names and types of its columns, in order.
    pub columns: Vec<(Box<str>, Ty)>,
    /// How its rows belong to those of an earlier statement.
    pub parent: Option<Parent>,
}

/// A constant piece of a statement's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The SQL, laid out, with the driver's placeholders (`$1`, `?1`, `?`).
    pub sql: Box<str>,
    /// What is bound, in the order that the driver takes it. `$n` and `?n` are each here once, by
    /// number; a plain `?` each time it stands in the text.
    pub slots: Vec<Slot>,
}

/// Something bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where the value comes from.
    pub value: SlotValue,
    /// Its type in djq; how a value of it is written for the driver is the runtime's to know.
    pub ty: Ty,
    /// Whether it is a list: bound as an array on PostgreSQL, as the text of a JSON array elsewhere.
    pub list: bool,
}

/// Where a bound value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum SlotValue {
    /// A parameter of the query.
    Param(ParamId),
    /// The distinct keys, none null, that the parent statement found: of this one of its
    /// [`Parent::parent_columns`] (all together, as rows, where there are several).
    ParentKeys,
}
