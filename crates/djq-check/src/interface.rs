//! What callers of a query see of it: parameters, the shape of its rows, how many there are.

use crate::{Ty, hir::Cardinality};

/// A query from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Interface {
    /// The query's name; empty for a bare pipeline.
    pub name: Box<str>,
    /// Its doc comment.
    pub docs: Option<Box<str>>,
    /// In the order written; inferred ones behind them. Places here are [`crate::hir::ParamId`]s.
    pub parameters: Vec<Parameter>,
    /// How many rows.
    pub cardinality: Cardinality,
    /// What a row is. A query that writes and returns nothing has rows without fields: it gives the number of rows
    /// that it matched.
    pub row: RowShape,
    /// Whether it writes.
    pub writes: bool,
}

/// A parameter from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Without `$`.
    pub name: Box<str>,
    /// Its doc comment.
    pub docs: Option<Box<str>>,
    /// Its type; a list is [`crate::Type::List`].
    pub ty: Ty,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it is when it is left out.
    pub default: Option<crate::hir::Literal>,
    /// Where it is declared (or first used).
    pub span: djq_diagnostics::Span,
}

/// The fields of a row, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct RowShape {
    /// The fields.
    pub fields: Vec<RowField>,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowField {
    /// Its name.
    pub name: Box<str>,
    /// Its doc comment.
    pub docs: Option<Box<str>>,
    /// What it is.
    pub kind: RowFieldKind,
}

/// What a field of a row is.
#[derive(Debug, Clone, PartialEq)]
pub enum RowFieldKind {
    /// A value.
    Value(Ty),
    /// An object, or null.
    Object {
        /// Its fields.
        shape: RowShape,
        /// Whether it may be null.
        nullable: bool,
    },
    /// A list of objects, perhaps empty, never null.
    List(RowShape),
}
