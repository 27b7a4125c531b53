//! The units of `date_trunc`.

use super::{
    Refusal,
    operand::{base, refuse, text_at},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A unit of time, from longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Quarter,
    Month,
    /// From Monday.
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

impl Unit {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

/// The unit of `date_trunc('month', x)`.
pub(super) fn parse(operands: &[Expr]) -> Result<Unit, Refusal> {
    let unit = match text_at(operands, 0) {
        Some("year") => Unit::Year,
        Some("quarter") => Unit::Quarter,
        Some("month") => Unit::Month,
        Some("week") => Unit::Week,
        Some("day") => Unit::Day,
        Some("hour") => Unit::Hour,
        Some("minute") => Unit::Minute,
        Some("second") => Unit::Second,
        _ => {
            return Err(refuse(
                "the unit of `date_trunc` is a literal",
                "one of 'year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'",
            ));
        }
    };
    if base(operands, 1) == &Type::Date && matches!(unit, Unit::Hour | Unit::Minute | Unit::Second)
    {
        return Err(refuse(
            format!("a date has no {}", unit.name()),
            "one of 'year', 'quarter', 'month', 'week', 'day'",
        ));
    }
    Ok(unit)
}
