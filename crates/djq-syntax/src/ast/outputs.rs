//! What `select`, `returning` and shapes list.

use djq_diagnostics::Span;

use super::{Expr, Name};

/// An item of `select`, `returning` or a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectItem {
    /// The `##` lines above it (in a shape).
    pub docs: Option<Name>,
    /// What it is.
    pub kind: SelectItemKind,
    /// All of it.
    pub span: Span,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum SelectItemKind {
    /// `expr [as name]`.
    Expr {
        /// The value.
        value: Expr,
        /// After `as`.
        alias: Option<Name>,
    },
    /// `*`, `e.*`, `e.* except (body)`, `e.author.* as author_*`.
    Star {
        /// Before `.*`.
        of: Option<Expr>,
        /// After `except`.
        except: Vec<Name>,
        /// The text before `*` in `as author_*`.
        prefix: Option<Name>,
    },
    /// `..card`: a shape's items (in a shape).
    Spread(Name),
    /// Could not be read.
    Error,
}

/// `{ … }` behind a relation, or a `def`'s.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The items.
    pub items: Vec<SelectItem>,
    /// Braces included.
    pub span: Span,
}
