//! Rows that no table of the database holds.

use super::{Expr, ParamId};
use djq_check::Ty;

/// Literal rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// The columns' names.
    pub names: Vec<Box<str>>,
    /// At least one row, with a value for each column; a column's values are of one type, but perhaps null.
    pub rows: Vec<Vec<Expr>>,
}

/// A function that gives rows, and may use tables on its left wherever it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum TableFunction {
    /// The rows of a list parameter.
    Parameter {
        /// Which.
        parameter: ParamId,
        /// The columns, in the order of the fields.
        columns: Vec<(Box<str>, Ty)>,
    },
    /// SQL of the author's, with its operands.
    Sql(std::sync::Arc<djq_check::hir::SqlTexts>, Vec<Expr>),
    /// Whole numbers: see [`djq_check::hir::RowsKind::Series`].
    Series {
        /// The one column.
        column: Box<str>,
        /// The first value.
        first: Expr,
        /// No value is behind it.
        last: Expr,
        /// From one to the next.
        step: Expr,
    },
    /// The rows that a list of objects has gathered, in no order.
    Gathered {
        /// What an [`ExprKind::JsonList`](super::ExprKind::JsonList) of objects has given.
        list: Expr,
        /// The members' names and types.
        columns: Vec<(Box<str>, Ty)>,
    },
}

impl TableFunction {
    /// The expressions in it.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            TableFunction::Parameter { .. } => Vec::new(),
            TableFunction::Sql(_, operands) => operands.iter().collect(),
            TableFunction::Gathered { list, .. } => vec![list],
            TableFunction::Series {
                first, last, step, ..
            } => vec![first, last, step],
        }
    }
}
