//! Expressions: all but the operators and literals.

use djq_diagnostics::Span;

use super::{
    BinaryOperator, IsTest, Literal, Name, OrderItem, Over, Pipeline, Shape, SqlEscape, TypeExpr,
    UnaryOperator,
};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// All of it, parentheses excluded.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `$name`, without the `$`.
    Parameter(Name),
    /// A bare name.
    Name(Name),
    /// `base.name`.
    Field {
        /// Before the dot.
        base: Box<Expr>,
        /// After it.
        name: Name,
    },
    /// `base.(expr)`: an expression of each item.
    Each {
        /// The relation.
        base: Box<Expr>,
        /// The expression.
        value: Box<Expr>,
    },
    /// `base[index]`: JSON, arrays, HStore.
    Index {
        /// Before the bracket.
        base: Box<Expr>,
        /// Inside.
        index: Box<Expr>,
    },
    /// `f(…)`, `base.f(…)`, with what aggregates and windows take.
    Call(Box<Call>),
    /// `(expr)`: kept, since the formatter keeps it and `loose-coalesce` asks.
    Paren(Box<Expr>),
    /// `( [from] … )`: a pipeline or a relation expression.
    Pipeline(Box<Pipeline>),
    /// `relation { … }`.
    Nest {
        /// The relation.
        base: Box<Expr>,
        /// What each item becomes.
        shape: Shape,
    },
    /// `-x`, `not x`, `exists x`.
    Unary {
        /// Which.
        operator: UnaryOperator,
        /// The operator's own words.
        operator_span: Span,
        /// Behind it.
        operand: Box<Expr>,
    },
    /// `a + b` and all others between two operands; `not` in front of a lookup, `like` or `in` is a flag.
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// `not like`, `not in`, `not contains`, `is not distinct from`.
        negated: bool,
        /// The operator's own words.
        operator_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `x is [not] null|true|false`.
    Is {
        /// Before `is`.
        operand: Box<Expr>,
        /// `not`.
        negated: bool,
        /// `null`, `true` or `false`.
        what: IsTest,
    },
    /// `x [not] between a and b`.
    Between {
        /// Before it.
        operand: Box<Expr>,
        /// `not`.
        negated: bool,
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
    },
    /// `case [e] when … then … [else …] end`.
    Case {
        /// Between `case` and `when`.
        operand: Option<Box<Expr>>,
        /// The branches.
        branches: Vec<(Expr, Expr)>,
        /// After `else`.
        otherwise: Option<Box<Expr>>,
    },
    /// `x::t`.
    Cast {
        /// What is cast.
        operand: Box<Expr>,
        /// To what: a type, or a model for a generic key.
        ty: Box<TypeExpr>,
    },
    /// `try_cast(x as t)`.
    TryCast {
        /// What is cast.
        operand: Box<Expr>,
        /// To what.
        ty: Box<TypeExpr>,
    },
    /// `(a, b)`, also the right side of `in (1, 2)`.
    Row(Vec<Expr>),
    /// `[1, 2]`.
    List(Vec<Expr>),
    /// `{id: 1, name: 'a'}`, in literal rows.
    Record(Vec<(Name, Expr)>),
    /// `sql<float>"…"`.
    Sql(Box<SqlEscape>),
    /// Could not be read; its diagnostic has been given.
    Error,
}

/// A call with all that may stand in its parentheses and behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Before the dot, in `base.f(…)`.
    pub base: Option<Expr>,
    /// The function.
    pub name: Name,
    /// `distinct`: the word's span.
    pub distinct: Option<Span>,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// `where c` inside the parentheses.
    pub condition: Option<Expr>,
    /// `order by …` inside the parentheses.
    pub order_by: Vec<OrderItem>,
    /// `limit n` inside the parentheses (of a relation).
    pub limit: Option<Expr>,
    /// `over (…)` or `over w`.
    pub over: Option<Over>,
}
