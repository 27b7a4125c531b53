//! Rows that no table holds.

use super::{Expr, ParamId};
use crate::Ty;
use djq_schema::RelationId;

/// Rows that no table holds. Expressions name their columns by `Output`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The columns' names and types.
    pub columns: Vec<(Box<str>, Ty)>,
    /// Where they come from.
    pub kind: RowsKind,
}

/// Which rows of a model belong to which along a foreign key to the model itself, and how many steps lie between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tree {
    /// The foreign key.
    pub relation: RelationId,
    /// Towards the root; else away from it.
    pub up: bool,
    /// Each row with itself, too, at depth 0.
    pub own: bool,
}

impl Tree {
    /// The column with the key of the row at the far end; that of the row it starts from goes by the key's field.
    pub const FAR: u32 = 1;
    /// The column with the number of steps: the least, where rows go round in a circle.
    pub const DEPTH: u32 = 2;
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq)]
pub enum RowsKind {
    /// `[{id: 1, name: 'a'}, …]`: at least one row, with a value for each column, of the column's type.
    Literal(Vec<Vec<Expr>>),
    /// SQL of the author's, whose columns these are, with its operands.
    Sql(std::sync::Arc<super::SqlTexts>, Vec<Expr>),
    /// `$rows`: a list of rows whose fields are the columns, in order.
    Parameter(ParamId),
    /// `series(first, last, step)` of whole numbers, in one column: none where an end is null or the step
    /// is null or zero; downwards where the step is negative.
    Series {
        /// The first value.
        first: Box<Expr>,
        /// No value is behind it.
        last: Box<Expr>,
        /// From one to the next.
        step: Box<Expr>,
    },
}

impl Rows {
    /// Whether there is exactly one.
    pub(crate) fn is_one(&self) -> bool {
        matches!(&self.kind, RowsKind::Literal(rows) if rows.len() == 1)
    }
}

impl RowsKind {
    /// The expressions in it.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            RowsKind::Literal(rows) => rows.iter().flatten().collect(),
            RowsKind::Sql(_, operands) => operands.iter().collect(),
            RowsKind::Parameter(_) => Vec::new(),
            RowsKind::Series { first, last, step } => vec![first, last, step],
        }
    }

    /// The expressions in it, to be changed.
    pub(crate) fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            RowsKind::Literal(rows) => rows.iter_mut().flatten().collect(),
            RowsKind::Sql(_, operands) => operands.iter_mut().collect(),
            RowsKind::Parameter(_) => Vec::new(),
            RowsKind::Series { first, last, step } => vec![first, last, step],
        }
    }
}
