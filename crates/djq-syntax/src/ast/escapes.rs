//! `sql<…>"…"`: SQL with djq in its braces.

use djq_diagnostics::Span;

use super::{Expr, Name, Parameter, TypeExpr};

/// `sql<float>"…"`, `sql<float> { postgres "…", mysql "…" }`.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlEscape {
    /// The type of the value, where it is one.
    pub ty: Option<TypeExpr>,
    /// The columns, where it is a source.
    pub columns: Vec<Parameter>,
    /// One text for all dialects (no name), or one for each.
    pub texts: Vec<(Option<Name>, SqlText)>,
}

/// The text of an escape, cut at its braces.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlText {
    /// SQL and djq by turns.
    pub parts: Vec<SqlPart>,
    /// Quotes included.
    pub span: Span,
}

/// A part of an escape's text.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlPart {
    /// SQL as it is.
    Sql(Box<str>),
    /// A djq expression in braces.
    Expr(Expr),
}
