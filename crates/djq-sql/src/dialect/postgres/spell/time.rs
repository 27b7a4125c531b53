//! Functions of time on PostgreSQL: all in UTC, whatever the session's time zone.

use crate::dialect::{
    Binding, Form, Options, Refusal,
    constant::quoted,
    operand::{base, duration_at, fill, int_at, text_at},
    zone::{self, Zone},
};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A datetime's reading in UTC.
fn utc(options: &Options, operands: &[Expr], place: usize) -> String {
    match base(operands, place) {
        Type::DateTime if options.use_tz => format!("({{{place}}} AT TIME ZONE 'UTC')"),
        _ => format!("{{{place}}}"),
    }
}

/// The statement's moment.
pub(super) fn now(options: &Options) -> Form {
    Form::atom(if options.use_tz {
        "now()"
    } else {
        "(now() AT TIME ZONE 'UTC')"
    })
}

/// A function of the reading in UTC, which is `@0`.
pub(super) fn of(options: &Options, operands: &[Expr], template: &str) -> Form {
    let reading = utc(options, operands, 0);
    let reading = if template.contains("FROM") {
        // Between FROM and a parenthesis nothing binds.
        reading
            .strip_prefix('(')
            .and_then(|reading| reading.strip_suffix(')'))
            .unwrap_or(&reading)
    } else {
        &reading
    };
    Form::atom(fill(template, &[("@0", reading)]))
}

/// To the beginning of the unit.
pub(super) fn trunc(options: &Options, operands: &[Expr]) -> Result<Form, Refusal> {
    let unit = crate::dialect::unit::parse(operands)?;
    let unit = unit.name();
    Ok(match base(operands, 1) {
        Type::Date => Form::atom(format!("date_trunc('{unit}', {{1}}::timestamp)::date")),
        _ if options.use_tz => Form::atom(format!("date_trunc('{unit}', {{1}}, 'UTC')")),
        _ => Form::atom(format!("date_trunc('{unit}', {{1}})")),
    })
}

/// Null where there is no such day.
const DATE: &str = "CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 AND {2} BETWEEN 1 AND 31 THEN CASE WHEN {2} <= extract(day FROM make_date({0}::integer, {1}::integer, 1) + interval '1 month - 1 day') THEN @made END END";

pub(super) fn make_date() -> Form {
    Form::atom(DATE.replace(
        "@made",
        "make_date({0}::integer, {1}::integer, {2}::integer)",
    ))
}

/// Null where there is no such moment.
pub(super) fn make_datetime(options: &Options, operands: &[Expr]) -> Form {
    let made = fill(
        "CASE WHEN @hour BETWEEN 0 AND 23 AND @minute BETWEEN 0 AND 59 AND @second >= 0 AND @second < 60 THEN @made END",
        &[(
            "@made",
            if options.use_tz {
                "make_timestamp({0}::integer, {1}::integer, {2}::integer, @hour::integer, @minute::integer, @second::double precision) AT TIME ZONE 'UTC'"
            } else {
                "make_timestamp({0}::integer, {1}::integer, {2}::integer, @hour::integer, @minute::integer, @second::double precision)"
            },
        )],
    );
    let part = |place: usize| {
        if place < operands.len() {
            format!("{{{place}}}")
        } else {
            "0".to_owned()
        }
    };
    Form::atom(fill(
        DATE,
        &[
            ("@made", &made),
            ("@hour", &part(3)),
            ("@minute", &part(4)),
            ("@second", &part(5)),
        ],
    ))
}

/// Seconds since 1970.
pub(super) fn from_epoch(options: &Options, operands: &[Expr]) -> Form {
    let seconds = match base(operands, 0) {
        Type::Float => "{0}",
        _ => "{0}::double precision",
    };
    Form::atom(if options.use_tz {
        format!("to_timestamp({seconds})")
    } else {
        format!("(to_timestamp({seconds}) AT TIME ZONE 'UTC')")
    })
}

/// From the first to the second.
pub(super) fn days_between(options: &Options, operands: &[Expr]) -> Form {
    let day = |place: usize| match base(operands, place) {
        Type::DateTime => format!("{}::date", utc(options, operands, place)),
        _ => format!("{{{place}}}"),
    };
    Form::infix(
        format!("{} - {}", day(1), day(0)),
        Binding::Sum,
        Binding::Atom,
    )
}

/// Whole years.
pub(super) fn age(options: &Options, operands: &[Expr]) -> Form {
    let reading = |place: usize| match base(operands, place) {
        Type::DateTime => utc(options, operands, place),
        _ => format!("{{{place}}}::timestamp"),
    };
    Form::atom(format!(
        "extract(year FROM age({}, {}))::integer",
        reading(0),
        reading(1)
    ))
}

/// As text by a pattern.
pub(super) fn to_char(options: &Options, operands: &[Expr]) -> Form {
    Form::atom(format!("to_char({}, {{1}})", utc(options, operands, 0)))
}

/// The reading in a zone, held as a moment that reads so in UTC.
pub(super) fn at_zone(options: &Options, operands: &[Expr]) -> Result<Form, Refusal> {
    match zone::zone(text_at(operands, 1))? {
        Zone::Offset(offset) => Ok(shifted(options, offset)),
        // Its own table of zones knows the rules of those with a name.
        Zone::Named(name) => Ok(Form::atom(if options.use_tz {
            format!(
                "(({{0}} AT TIME ZONE {name}) AT TIME ZONE 'UTC')",
                name = quoted(name)
            )
        } else {
            format!(
                "(({{0}} AT TIME ZONE 'UTC') AT TIME ZONE {name})",
                name = quoted(name)
            )
        })),
    }
}

fn shifted(options: &Options, seconds: i64) -> Form {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    if options.use_tz {
        Form::atom(format!(
            "(({{0}} AT TIME ZONE 'UTC' {sign} interval '{seconds} seconds') AT TIME ZONE 'UTC')"
        ))
    } else {
        Form::infix(
            format!("{{0}} {sign} interval '{seconds} seconds'"),
            Binding::Sum,
            Binding::Sum,
        )
    }
}

/// A day and so many days.
pub(super) fn add_days(operands: &[Expr]) -> Form {
    match (int_at(operands, 1), base(operands, 1)) {
        (Some(days), _) if days < 0 => Form::infix(
            format!("{{0}} - {}", days.unsigned_abs()),
            Binding::Sum,
            Binding::Sum,
        ),
        (None, Type::BigInt) => Form::infix("{0} + {1}::integer", Binding::Sum, Binding::Atom),
        _ => Form::infix("{0} + {1}", Binding::Sum, Binding::Product),
    }
}

/// A moment and a length of time. A literal is written in hours at most; another interval may hold days,
/// which are steps of the calendar, and so has to be added to a reading in UTC.
pub(super) fn add(options: &Options, operands: &[Expr]) -> Form {
    if options.use_tz && duration_at(operands, 1).is_none() {
        return Form::atom("(({0} AT TIME ZONE 'UTC' + {1}) AT TIME ZONE 'UTC')");
    }
    Form::infix("{0} + {1}", Binding::Sum, Binding::Product)
}

/// A moment and so many months, to the month's end at the latest.
pub(super) fn add_months(options: &Options, operands: &[Expr]) -> Form {
    let step = months(operands);
    if options.use_tz {
        Form::atom(format!(
            "(({{0}} AT TIME ZONE 'UTC' + {step}) AT TIME ZONE 'UTC')"
        ))
    } else {
        Form::infix(format!("{{0}} + {step}"), Binding::Sum, Binding::Atom)
    }
}

/// A day and so many months, to the month's end at the latest.
pub(super) fn add_months_to_date(operands: &[Expr]) -> Form {
    Form::infix(
        format!("({{0}} + {})::date", months(operands)),
        Binding::Atom,
        Binding::Atom,
    )
}

fn months(operands: &[Expr]) -> String {
    match (int_at(operands, 1), base(operands, 1)) {
        (Some(months), _) => format!("interval '{months} months'"),
        (None, Type::BigInt) => "make_interval(months => {1}::integer)".to_owned(),
        _ => "make_interval(months => {1})".to_owned(),
    }
}
