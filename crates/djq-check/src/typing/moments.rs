//! Reading dates, times, datetimes and durations from literals.

use djq_syntax::ast::DurationUnit;
use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time},
};

/// A moment that a literal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time, with an offset that has been taken off: in UTC.
    Zoned(DateTime),
    /// A day and a time without a zone.
    Local(DateTime),
}

/// Reads `2024-01-31`, `12:30[:00[.5]]`, `2024-01-31T12:30Z`, also with a space for the `T`; or says what is wrong.
pub(super) fn moment(text: &str) -> Result<Moment, &'static str> {
    if text.get(2..3) == Some(":") {
        return time(text).map(Moment::Time);
    }
    let (day, rest) = match text.find(['T', 't', ' ']) {
        Some(place) => (
            text.get(..place).unwrap_or(""),
            text.get(place + 1..).unwrap_or(""),
        ),
        None => return date(text).map(Moment::Date),
    };
    let day = date(day)?;
    let (clock, offset) = zone(rest)?;
    let local = DateTime::from_parts(day, time(clock)?);
    let Some(seconds) = offset else {
        return Ok(Moment::Local(local));
    };
    local
        .checked_sub(SignedDuration::from_secs(seconds))
        .ok()
        .filter(|moment| (1..=9999).contains(&moment.year()))
        .map(Moment::Zoned)
        .ok_or("years are from 1 to 9999, in UTC")
}

/// Cuts the zone off a time of day: `Z`, `+02:00`, `+0200`, `+02`. The offset is in seconds.
fn zone(text: &str) -> Result<(&str, Option<i64>), &'static str> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Ok((clock, Some(0)));
    }
    let Some(place) = text.find(['+', '-']) else {
        return Ok((text, None));
    };
    let (clock, offset) = text.split_at(place);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits), Some(0)),
        4 => (
            digits.get(..2).and_then(number),
            digits.get(2..).and_then(number),
        ),
        _ => (None, None),
    };
    match (hours, minutes) {
        (Some(hours @ 0..=18), Some(minutes @ 0..=59)) => Ok((
            clock,
            Some(sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60)),
        )),
        _ => Err("an offset is written `+02:00`"),
    }
}

/// Whether it is an offset from UTC: `+02:00`.
pub(super) fn is_offset(text: &str) -> bool {
    text.starts_with(['+', '-']) && matches!(zone(text), Ok(("", Some(_))))
}

fn date(text: &str) -> Result<Date, &'static str> {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("a date is written `2024-01-31`");
    };
    let (4, 2, 2) = (year.len(), month.len(), day.len()) else {
        return Err("a date is written `2024-01-31`, with four digits and twice two");
    };
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return Err("a date is written `2024-01-31`");
    };
    if year == 0 {
        return Err("years are from 1 to 9999");
    }
    let part = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(year, part(month), part(day)).map_err(|_| {
        if (1..=12).contains(&month) {
            "the month has no such day"
        } else {
            "months are from 01 to 12"
        }
    })
}

fn time(text: &str) -> Result<Time, &'static str> {
    const FORM: &str = "a time of day is written `12:30` or `12:30:15.5`";
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':');
    let (Some(hour), Some(minute)) = (parts.next(), parts.next()) else {
        return Err(FORM);
    };
    let second = parts.next();
    if parts.next().is_some()
        || hour.len() != 2
        || minute.len() != 2
        || second.is_some_and(|second| second.len() != 2)
        || (second.is_none() && text.contains('.'))
        || text.ends_with('.')
    {
        return Err(FORM);
    }
    let (Some(hour), Some(minute), Some(second)) =
        (number(hour), number(minute), number(second.unwrap_or("00")))
    else {
        return Err(FORM);
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FORM);
    }
    if fraction.bytes().skip(6).any(|byte| byte != b'0') {
        return Err("times are kept to the microsecond");
    }
    let micros = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(6)
        .fold(0i32, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    let part = |n: i16| i8::try_from(n).unwrap_or(-1);
    if second == 60 {
        return Err("there is no second 60");
    }
    Time::new(part(hour), part(minute), part(second), micros * 1000)
        .map_err(|_| "hours are from 00 to 23, minutes and seconds from 00 to 59")
}

/// Up to four digits.
fn number(digits: &str) -> Option<i16> {
    (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// `YYYY-MM-DD`.
pub(super) fn date_text(date: Date) -> Box<str> {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()).into()
}

/// `HH:MM:SS[.ffffff]`.
pub(super) fn time_text(time: Time) -> Box<str> {
    let micros = time.subsec_nanosecond() / 1000;
    let clock = format!(
        "{:02}:{:02}:{:02}",
        time.hour(),
        time.minute(),
        time.second()
    );
    if micros == 0 {
        clock.into()
    } else {
        format!("{clock}.{micros:06}").into()
    }
}

/// `YYYY-MM-DD HH:MM:SS[.ffffff]`.
pub(super) fn datetime_text(moment: DateTime) -> Box<str> {
    format!("{} {}", date_text(moment.date()), time_text(moment.time())).into()
}

/// What `30 days` and `1 month` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Microseconds.
    Duration(i64),
    /// Months.
    Calendar(i64),
}

/// Microseconds in a day.
pub(super) const DAY: i64 = 86_400_000_000;

/// Reads the amount of a duration or calendar step; or says what is wrong.
pub(super) fn step(amount: &str, unit: DurationUnit) -> Result<Step, &'static str> {
    const TOO_LONG: &str = "this is longer than 64 bits of microseconds";
    let micros = match unit {
        DurationUnit::Year | DurationUnit::Month => {
            let months = if unit == DurationUnit::Year { 12 } else { 1 };
            if amount.contains('.') {
                return Err("months and years are added whole");
            }
            return digits(amount)
                .and_then(|amount| amount.checked_mul(months))
                .filter(|months| *months <= 12 * 10_000)
                .map(Step::Calendar)
                .ok_or("this is longer than all the years there are");
        }
        DurationUnit::Week => 7 * DAY,
        DurationUnit::Day => DAY,
        DurationUnit::Hour => 3_600_000_000,
        DurationUnit::Minute => 60_000_000,
        DurationUnit::Second => 1_000_000,
        DurationUnit::Microsecond => 1,
    };
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let fraction: String = fraction.chars().filter(|c| *c != '_').collect();
    let fraction = fraction.trim_end_matches('0');
    let whole = digits(whole)
        .and_then(|whole| whole.checked_mul(micros))
        .ok_or(TOO_LONG)?;
    let part = if fraction.is_empty() {
        0
    } else {
        let scale = u32::try_from(fraction.len())
            .ok()
            .and_then(|places| 10i128.checked_pow(places));
        let value = fraction.parse::<i128>().ok().zip(scale);
        match value.and_then(|(value, scale)| Some((value.checked_mul(i128::from(micros))?, scale)))
        {
            Some((product, scale)) if product % scale == 0 => {
                i64::try_from(product / scale).map_err(|_| TOO_LONG)?
            }
            _ => return Err("durations are kept to the microsecond"),
        }
    };
    whole.checked_add(part).map(Step::Duration).ok_or(TOO_LONG)
}

fn digits(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| *c != '_').collect();
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match moment(text) {
            Ok(Moment::Date(date)) => date_text(date).into(),
            Ok(Moment::Time(time)) => time_text(time).into(),
            Ok(Moment::Zoned(moment)) => format!("{}Z", datetime_text(moment)),
            Ok(Moment::Local(moment)) => datetime_text(moment).into(),
            Err(why) => format!("! {why}"),
        }
    }

    #[test]
    fn moments_are_read_or_refused() {
        for (text, expected) in [
            ("2024-01-31", "2024-01-31"),
            ("2024-02-29", "2024-02-29"),
            ("2023-02-29", "! the month has no such day"),
            ("2024-13-01", "! months are from 01 to 12"),
            ("0000-01-01", "! years are from 1 to 9999"),
            (
                "2024-1-31",
                "! a date is written `2024-01-31`, with four digits and twice two",
            ),
            ("12:30", "12:30:00"),
            ("12:30:15.5", "12:30:15.500000"),
            (
                "24:00",
                "! hours are from 00 to 23, minutes and seconds from 00 to 59",
            ),
            ("12:30:60", "! there is no second 60"),
            ("12:30:00.1234567", "! times are kept to the microsecond"),
            ("12:30:00.1234560", "12:30:00.123456"),
            ("2024-01-31T12:00", "2024-01-31 12:00:00"),
            ("2024-01-31T12:00:00Z", "2024-01-31 12:00:00Z"),
            ("2024-01-31 00:30:00+02:00", "2024-01-30 22:30:00Z"),
            ("2023-12-31T23:30:00-0130", "2024-01-01 01:00:00Z"),
            ("2024-01-31T12:00:00+2", "! an offset is written `+02:00`"),
            (
                "0001-01-01T00:00:00+01:00",
                "! years are from 1 to 9999, in UTC",
            ),
            (
                "2024-01-31T",
                "! a time of day is written `12:30` or `12:30:15.5`",
            ),
            ("", "! a date is written `2024-01-31`"),
            ("é2:30", "! a date is written `2024-01-31`"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn durations_are_exact() {
        use DurationUnit::{Day, Hour, Microsecond, Month, Second, Week, Year};
        for (amount, unit, expected) in [
            ("30", Day, Ok(Step::Duration(30 * DAY))),
            ("2", Week, Ok(Step::Duration(14 * DAY))),
            ("1.5", Hour, Ok(Step::Duration(5_400_000_000))),
            ("1_000", Microsecond, Ok(Step::Duration(1000))),
            ("0.000001", Second, Ok(Step::Duration(1))),
            (
                "0.0000001",
                Second,
                Err("durations are kept to the microsecond"),
            ),
            ("1.0", Microsecond, Ok(Step::Duration(1))),
            ("2", Year, Ok(Step::Calendar(24))),
            ("1.5", Month, Err("months and years are added whole")),
            (
                "99999999",
                Year,
                Err("this is longer than all the years there are"),
            ),
            (
                "999999999",
                Day,
                Err("this is longer than 64 bits of microseconds"),
            ),
        ] {
            assert_eq!(step(amount, unit), expected, "{amount} {unit:?}");
        }
    }
}
