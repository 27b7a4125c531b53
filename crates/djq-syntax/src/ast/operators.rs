//! Operators between, before and behind operands.

/// What `is` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IsTest {
    /// `is null`.
    Null,
    /// `is true`.
    True,
    /// `is false`.
    False,
}

/// An operator in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-`.
    Negate,
    /// `not`.
    Not,
    /// `exists`.
    Exists,
}

/// An operator between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the operator of its name")]
pub enum BinaryOperator {
    Or,
    Xor,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    DistinctFrom,
    In,
    Like,
    ILike,
    Contains,
    IContains,
    StartsWith,
    IStartsWith,
    EndsWith,
    IEndsWith,
    IExact,
    Regex,
    IRegex,
    /// `??`.
    Coalesce,
    /// `||`.
    Concat,
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `//`.
    FloorDivide,
    /// `%`.
    Modulo,
    /// `@>`.
    Holds,
    /// `<@`.
    HeldBy,
    /// `&&` on arrays and ranges.
    Overlaps,
    /// `-|-`.
    Adjacent,
}
