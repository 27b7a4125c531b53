//! Functions of time on SQLite, whose dates and times are text: `YYYY-MM-DD HH:MM:SS`, and six digits behind where
//! there are microseconds. All that comes out is written so too, since text is how it compares.
//!
//! Its own date functions know milliseconds alone, and round: they are given whole seconds.

use crate::dialect::{
    Binding, Form, Refusal,
    constant::{in_template, quoted},
    operand::{base, duration_at, fill, int_at, text_at},
    unit::{self, Unit},
    zone::{self, Zone},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// Whole years: those of the calendar, and one less where the day of the year has not come yet.
pub(super) fn age(operands: &[Expr]) -> Form {
    let moment = |place: usize| match base(operands, place) {
        Type::Date => format!("({{{place}}} || ' 00:00:00')"),
        _ => format!("{{{place}}}"),
    };
    let (later, earlier) = (moment(0), moment(1));
    let years = |later: &str, earlier: &str| {
        format!(
            "CAST(substr({later}, 1, 4) AS INTEGER) - CAST(substr({earlier}, 1, 4) AS INTEGER) - (substr({later}, 6) < substr({earlier}, 6))"
        )
    };
    Form::atom(format!(
        "CASE WHEN {later} >= {earlier} THEN {} ELSE -({}) END",
        years(&later, &earlier),
        years(&earlier, &later)
    ))
}

/// Two digits of a time of day, which may have a date before it.
pub(super) fn part(operands: &[Expr], start: usize) -> Form {
    let start = if base(operands, 0) == &Type::Time {
        start
    } else {
        start + 11
    };
    Form::atom(format!("CAST(substr({{0}}, {start}, 2) AS INTEGER)"))
}

/// To the beginning of the unit.
pub(super) fn trunc(operands: &[Expr]) -> Result<Form, Refusal> {
    let unit = unit::parse(operands)?;
    let date = base(operands, 1) == &Type::Date;
    let (template, midnight) = match unit {
        Unit::Year => ("substr({1}, 1, 4) || '-01-01", true),
        Unit::Quarter => (
            "substr({1}, 1, 5) || substr('01040710', (CAST(substr({1}, 6, 2) AS INTEGER) - 1) / 3 * 2 + 1, 2) || '-01",
            true,
        ),
        Unit::Month => ("substr({1}, 1, 7) || '-01", true),
        Unit::Week if date => {
            return Ok(Form::atom("date({1}, '-6 days', 'weekday 1')"));
        }
        Unit::Week => (
            "date(substr({1}, 1, 10), '-6 days', 'weekday 1') || '",
            true,
        ),
        Unit::Day if date => return Ok(Form::atom("{1}")),
        Unit::Day => ("substr({1}, 1, 10) || '", true),
        Unit::Hour => ("substr({1}, 1, 13) || ':00:00", false),
        Unit::Minute => ("substr({1}, 1, 16) || ':00", false),
        Unit::Second => return Ok(Form::atom("substr({1}, 1, 19)")),
    };
    let end = if midnight && !date { " 00:00:00'" } else { "'" };
    Ok(Form::infix(
        format!("{template}{end}"),
        Binding::Other,
        Binding::Atom,
    ))
}

/// Null where there is no such day: `date` takes the 31st of any month for one, and says which it is.
pub(super) const MADE_DATE: &str = "CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 AND {2} BETWEEN 1 AND 31 AND \
date(printf('%04d-%02d-%02d', {0}, {1}, {2})) = printf('%04d-%02d-%02d', {0}, {1}, {2}) THEN printf('%04d-%02d-%02d', {0}, {1}, {2}) END";

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
    Form::atom(format!(
        "CASE WHEN {hour} BETWEEN 0 AND 23 AND {minute} BETWEEN 0 AND 59 AND {second} >= 0 AND {second} < 60 THEN \
         {MADE_DATE} || replace(printf(' %02d:%02d:%09.6f', {hour}, {minute}, {second}), '.000000', '') END"
    ))
}

/// A moment's microseconds since 1970.
pub(super) fn microseconds(place: usize) -> String {
    format!(
        "(strftime('%s', substr({{{place}}}, 1, 19)) * 1000000 + CAST(substr({{{place}}} || '.000000', 21, 6) AS INTEGER))"
    )
}

/// The moment of so many microseconds since 1970. Counted from year 1, none is negative, and so division cuts the
/// right way.
pub(super) fn moment(microseconds: &str) -> Form {
    let since_year_1 = format!("({microseconds} + 62135596800000000)");
    Form::atom(fill(
        "replace(strftime('%Y-%m-%d %H:%M:%S.', @since / 1000000 - 62135596800, 'unixepoch') || substr('00000' || (@since % 1000000), -6), '.000000', '')",
        &[("@since", &since_year_1)],
    ))
}

/// Days from one date to another.
pub(super) fn days(later: &str, earlier: &str) -> Form {
    Form::infix(
        format!(
            "CAST(julianday(substr({later}, 1, 10)) - julianday(substr({earlier}, 1, 10)) AS INTEGER)"
        ),
        Binding::Atom,
        Binding::Atom,
    )
}

/// The reading in a zone.
pub(super) fn at_zone(operands: &[Expr]) -> Result<Form, Refusal> {
    Ok(match zone::zone(text_at(operands, 1))? {
        Zone::Offset(offset) => whole_seconds(offset),
        Zone::Named(name) => Form::atom(format!(
            "djq_at_zone({{0}}, {})",
            in_template(&quoted(name))
        ))
        .registering("djq_at_zone"),
    })
}

/// A moment and so many whole seconds: the microseconds stay.
fn whole_seconds(seconds: i64) -> Form {
    let step = if seconds % 86_400 == 0 {
        format!("{:+} days", seconds / 86_400)
    } else {
        format!("{seconds:+} seconds")
    };
    Form::infix(
        format!("datetime(substr({{0}}, 1, 19), '{step}') || substr({{0}}, 20)"),
        Binding::Other,
        Binding::Atom,
    )
}

/// A day and so many days.
pub(super) fn add_days(operands: &[Expr]) -> Form {
    match int_at(operands, 1) {
        Some(days) => Form::atom(format!("date({{0}}, '{days:+} days')")),
        None => Form::infix("date({0}, {1} || ' days')", Binding::Atom, Binding::Atom),
    }
}

/// A moment and a length of time.
pub(super) fn add(operands: &[Expr]) -> Form {
    match duration_at(operands, 1) {
        Some(length) if length % 1_000_000 == 0 => whole_seconds(length / 1_000_000),
        _ => moment(&format!("{} + {{1}}", microseconds(0))),
    }
}

/// So many months on, to the month's end at the latest: what SQLite gives runs into the month behind, and then is
/// later than that end. `rest` is what stands behind the date.
pub(super) fn add_months(rest: &'static str, operands: &[Expr]) -> Form {
    let (months, following) = match int_at(operands, 1) {
        Some(months) => (
            format!("'{months:+} months'"),
            format!("'{:+} months'", months.saturating_add(1)),
        ),
        None => (
            "{1} || ' months'".to_owned(),
            "({1} + 1) || ' months'".to_owned(),
        ),
    };
    let date = if rest.is_empty() {
        "{0}"
    } else {
        "substr({0}, 1, 10)"
    };
    Form::infix(
        format!(
            "min(date({date}, {months}), date({date}, 'start of month', {following}, '-1 day')){rest}"
        ),
        if rest.is_empty() {
            Binding::Atom
        } else {
            Binding::Other
        },
        Binding::Atom,
    )
}
