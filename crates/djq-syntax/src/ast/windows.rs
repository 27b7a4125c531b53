//! Windows and their frames.

use djq_diagnostics::Span;

use super::{Expr, Name, OrderItem};

/// Behind `over`.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "it lies in a boxed call")]
pub enum Over {
    /// `over w`.
    Name(Name),
    /// `over ( … )`.
    Spec(WindowSpec),
}

/// `( [base] partition by … order by … frame )`.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowSpec {
    /// A named window that it starts from.
    pub base: Option<Name>,
    /// `partition by`.
    pub partition_by: Vec<Expr>,
    /// `order by`.
    pub order_by: Vec<OrderItem>,
    /// `rows between … and …`.
    pub frame: Option<Frame>,
    /// All of it.
    pub span: Span,
}

/// A window's frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// `rows`, `range` or `groups`.
    pub unit: Name,
    /// Its start.
    pub start: FrameBound,
    /// Its end, where `between` is written.
    pub end: Option<FrameBound>,
    /// `exclude current row`, `group`, `ties`, `no others`: the words after `exclude`.
    pub exclude: Option<Name>,
}

/// An end of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    /// `unbounded preceding`.
    UnboundedPreceding,
    /// `n preceding`.
    Preceding(Expr),
    /// `current row`.
    CurrentRow,
    /// `n following`.
    Following(Expr),
    /// `unbounded following`.
    UnboundedFollowing,
}
