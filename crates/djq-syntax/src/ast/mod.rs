//! The syntax tree: what was written, with a span on everything, nothing resolved.
//!
//! It holds the whole language. What a later stage cannot do yet, that stage says; the parser
//! accepts it. Broken parts are `Error` nodes, which later stages pass over in silence, since
//! their diagnostic has been given.

mod escapes;
mod expressions;
mod items;
mod literals;
mod operators;
mod outputs;
mod pipelines;
mod types;
mod windows;

pub use escapes::{SqlEscape, SqlPart, SqlText};
pub use expressions::{Call, Expr, ExprKind};
pub use items::{Attribute, Def, DefBody, File, Item, ItemKind, Parameter, Query, Use, View};
pub use literals::{DurationUnit, Literal};
pub use operators::{BinaryOperator, IsTest, UnaryOperator};
pub use outputs::{SelectItem, SelectItemKind, Shape};
pub use pipelines::{
    Assignment, Binding, Clause, ClauseKind, Cte, GroupItem, JoinKind, OrderItem, Pipeline,
    SetOperator, Source, SourceKind,
};
pub use types::{TypeExpr, TypeExprKind};
pub use windows::{Frame, FrameBound, Over, WindowSpec};

use djq_diagnostics::Span;

/// A name as written, without backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text; a quoted name's without its backticks.
    pub text: Box<str>,
    /// Where, backticks included.
    pub span: Span,
}

/// `a.b.c`, names only.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// At least one.
    pub names: Vec<Name>,
    /// All of it.
    pub span: Span,
}
