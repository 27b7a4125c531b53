//! Literals as read.

/// A literal as read.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// `42`, `1_000`; digits only. Larger than 64 bits is for the checker to refuse.
    Int(Box<str>),
    /// `9.99`: digits and one point.
    Decimal(Box<str>),
    /// `1e-3`.
    Float(Box<str>),
    /// `'it''s'`, without quotes, doubled quotes undone.
    Text(Box<str>),
    /// `@2024-01-31`, `@2024-01-31T12:00:00Z`, `@12:30`, without the `@`; validated by the checker.
    Moment(Box<str>),
    /// `30 days`, `1.5 hours`: the number as written and the unit.
    Duration {
        /// Digits, perhaps with a point.
        amount: Box<str>,
        /// Which unit; singular and plural are read.
        unit: DurationUnit,
    },
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// A calendar step.
    Year,
    /// A calendar step.
    Month,
    /// Seven days.
    Week,
    /// Twenty-four hours.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A millionth of a second.
    Microsecond,
}
