//! Functions of time on MySQL and MariaDB, whose datetimes are naive and in UTC.

use super::operators;
use crate::dialect::{
    Binding, Form, Refusal,
    constant::{in_template, quoted},
    operand::{base, duration_at, int_at, text_at},
    unit::{self, Unit},
    zone::{self, Zone},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// The last moment that MySQL reads in a zone.
pub(super) const LAST: &str = "3001-01-18 23:59:59.999999";

/// To the beginning of the unit.
pub(super) fn trunc(operands: &[Expr]) -> Result<Form, Refusal> {
    let unit = unit::parse(operands)?;
    let date = base(operands, 1) == &Type::Date;
    let (pattern, ty) = match unit {
        Unit::Year => ("%Y-01-01", if date { "DATE" } else { "DATETIME(6)" }),
        Unit::Month => ("%Y-%m-01", if date { "DATE" } else { "DATETIME(6)" }),
        Unit::Day if date => return Ok(Form::atom("{1}")),
        Unit::Day => ("%Y-%m-%d", "DATETIME(6)"),
        Unit::Hour => ("%Y-%m-%d %H:00:00", "DATETIME(6)"),
        Unit::Minute => ("%Y-%m-%d %H:%i:00", "DATETIME(6)"),
        Unit::Second => ("%Y-%m-%d %H:%i:%s", "DATETIME(6)"),
        Unit::Quarter => {
            let day =
                "CAST(date_format({1}, '%Y-01-01') AS @type) + INTERVAL quarter({1}) - 1 QUARTER";
            return Ok(Form::infix(
                day.replace("@type", if date { "DATE" } else { "DATETIME(6)" }),
                Binding::Sum,
                Binding::Unary,
            ));
        }
        Unit::Week if date => {
            return Ok(Form::infix(
                "{1} - INTERVAL weekday({1}) DAY",
                Binding::Sum,
                Binding::Sum,
            ));
        }
        Unit::Week => {
            return Ok(Form::atom(
                "CAST(date({1}) - INTERVAL weekday({1}) DAY AS DATETIME(6))",
            ));
        }
    };
    Ok(Form::atom(format!(
        "CAST(date_format({{1}}, '{pattern}') AS {ty})"
    )))
}

/// The operand with a sign: what is taken away from a column without one must not go below zero, not even in rows of
/// which it is not asked.
fn signed(operands: &[Expr], place: usize) -> String {
    match operands.get(place) {
        Some(operand) => operators::signed(place, operand),
        None => format!("{{{place}}}"),
    }
}

/// The first of the month in the operands, counted in months.
fn month(operands: &[Expr]) -> String {
    format!(
        "DATE '0001-01-01' + INTERVAL ({} - 1) * 12 + {} - 1 MONTH",
        signed(operands, 0),
        signed(operands, 1)
    )
}

/// Null where there is no such day.
fn checked_date(operands: &[Expr], made: &str) -> Form {
    let month = month(operands);
    Form::infix(
        format!(
            "CASE WHEN {{0}} BETWEEN 1 AND 9999 AND {{1}} BETWEEN 1 AND 12 AND {{2}} BETWEEN 1 AND day(last_day({month})) THEN {made} END"
        ),
        Binding::Atom,
        Binding::Unary,
    )
}

pub(super) fn make_date(operands: &[Expr]) -> Form {
    let (month, day) = (month(operands), signed(operands, 2));
    checked_date(operands, &format!("{month} + INTERVAL {day} - 1 DAY"))
}

/// Null where there is no such moment.
pub(super) fn make_datetime(operands: &[Expr]) -> Form {
    let part = |place: usize| {
        if place < operands.len() {
            format!("{{{place}}}")
        } else {
            "0".to_owned()
        }
    };
    let (hour, minute, second) = (part(3), part(4), part(5));
    let (month, day) = (month(operands), signed(operands, 2));
    checked_date(
        operands,
        &format!(
            "CASE WHEN {hour} BETWEEN 0 AND 23 AND {minute} BETWEEN 0 AND 59 AND {second} >= 0 AND {second} < 60 THEN \
         CAST({month} + INTERVAL {day} - 1 DAY AS DATETIME(6)) + INTERVAL round((({hour} * 60 + {minute}) * 60 + {second}) * 1000000) MICROSECOND END"
        ),
    )
}

/// The reading in a zone. The server's function gives null where nobody has loaded the rules of zones, and leaves a moment as
/// it is that is not between 1970 and `last`: both would be wrong in silence, and are made an error.
pub(in crate::dialect) fn at_zone(operands: &[Expr], last: &str) -> Result<Form, Refusal> {
    let seconds = match zone::zone(text_at(operands, 1))? {
        Zone::Offset(seconds) => seconds,
        Zone::Named(name) => {
            return Ok(Form::atom(format!(
                "CASE WHEN {{0}} IS NOT NULL THEN coalesce(CASE WHEN {{0}} BETWEEN '1970-01-01 00:00:01' AND '{last}' THEN \
                 convert_tz({{0}}, '+00:00', {}) END, CAST(exp(710 + second({{0}})) AS DATETIME(6))) END",
                in_template(&quoted(name))
            )));
        }
    };
    let sign = if seconds < 0 { '-' } else { '+' };
    Ok(Form::infix(
        format!("{{0}} {sign} INTERVAL {} SECOND", seconds.abs()),
        Binding::Sum,
        Binding::Sum,
    ))
}

/// So many units on; months end at the month's end at the latest.
pub(super) fn add(unit: &str, operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(count) => literal(count, unit),
        None => Form::infix(
            format!("{{0}} + INTERVAL {{1}} {unit}"),
            Binding::Sum,
            Binding::Sum,
        ),
    }
}

/// A moment and a length of time.
pub(super) fn add_duration(operands: &[Expr]) -> Form {
    const UNITS: [(i64, &str); 5] = [
        (86_400_000_000, "DAY"),
        (3_600_000_000, "HOUR"),
        (60_000_000, "MINUTE"),
        (1_000_000, "SECOND"),
        (1, "MICROSECOND"),
    ];
    if let Some(microseconds) = duration_at(operands, 1) {
        for (length, unit) in UNITS {
            if microseconds % length == 0 {
                return literal(microseconds / length, unit);
            }
        }
    }
    Form::infix("{0} + INTERVAL {1} MICROSECOND", Binding::Sum, Binding::Sum)
}

fn literal(count: i64, unit: &str) -> Form {
    let sign = if count < 0 { '-' } else { '+' };
    Form::infix(
        format!("{{0}} {sign} INTERVAL {} {unit}", count.unsigned_abs()),
        Binding::Sum,
        Binding::Sum,
    )
}
