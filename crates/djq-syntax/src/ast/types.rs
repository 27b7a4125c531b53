//! Types as written.

use djq_diagnostics::Span;

use super::{Expr, Name, Parameter, Path};

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// All of it.
    pub span: Span,
}

/// What a written type is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeExprKind {
    /// `int`, `decimal(10, 2)`, `Author`, `blog.Author`, `range<int>`.
    Named {
        /// The type's or model's name.
        path: Path,
        /// `(10, 2)`.
        arguments: Vec<Expr>,
        /// `<int>`.
        of: Option<Box<TypeExpr>>,
    },
    /// `T?`.
    Nullable(Box<TypeExpr>),
    /// `[T]`.
    List(Box<TypeExpr>),
    /// `'title' | 'newest'`.
    Union(Vec<Name>),
    /// `{a: int, b: text}`.
    Row(Vec<Parameter>),
    /// Could not be read.
    Error,
}
