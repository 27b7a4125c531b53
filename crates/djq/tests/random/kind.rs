//! The kinds of values that random queries are about.

use djq_check::hir::Literal;

/// A kind of value. Nullability is not tracked here: every operand may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Bool,
    Int,
    /// A float that is the same to the last digit everywhere: it may be compared, grouped and ordered.
    Float,
    /// A float whose last digits the database decides: it is put out, and nothing depends on it.
    Approximate,
    Decimal,
    Text,
    Date,
    DateTime,
    Time,
    Duration,
    Uuid,
    /// It is put out and read from; it does not compare.
    Json,
}

impl Kind {
    /// Those that compare alike everywhere.
    pub(crate) const EXACT: [Self; 10] = [
        Self::Bool,
        Self::Int,
        Self::Float,
        Self::Decimal,
        Self::Text,
        Self::Date,
        Self::DateTime,
        Self::Time,
        Self::Duration,
        Self::Uuid,
    ];

    /// As a parameter's type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float | Self::Approximate => "float",
            Self::Decimal => "decimal(12, 3)",
            Self::Text => "text",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Uuid => "uuid",
            Self::Json => "json",
        }
    }

    pub(crate) fn is_number(self) -> bool {
        matches!(
            self,
            Self::Int | Self::Float | Self::Approximate | Self::Decimal
        )
    }
}

/// A constant as a query spells it, where its text needs no context to be read.
pub(crate) fn spelt(literal: &Literal) -> String {
    match literal {
        Literal::Null | Literal::Calendar(_) => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(number) if *number < 0 => format!("({number})"),
        Literal::Int(number) => number.to_string(),
        Literal::Float(number) if *number < 0.0 => format!("({number:e})"),
        Literal::Float(number) => format!("{number:e}"),
        Literal::Decimal(text) if text.starts_with('-') => format!("({text})"),
        Literal::Decimal(text) => text.to_string(),
        Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::Date(text) | Literal::Time(text) => format!("@{text}"),
        Literal::DateTime(text) => format!("@{}Z", text.replace(' ', "T")),
        Literal::Duration(micros) if *micros < 0 => {
            format!("(-({} microseconds))", micros.unsigned_abs())
        }
        Literal::Duration(micros) => format!("({micros} microseconds)"),
        Literal::Uuid(id) => {
            let digits = format!("{:032x}", u128::from_be_bytes(*id));
            let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
            let parts: Vec<&str> = parts.iter().map(|(from, to)| &digits[*from..*to]).collect();
            format!("('{}'::uuid)", parts.join("-"))
        }
    }
}
