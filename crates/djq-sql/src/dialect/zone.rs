//! Time zones: those that are an offset, and those with a name.

use super::{Refusal, operand::refuse};

/// A zone that a literal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone<'a> {
    /// The seconds that it is ahead of UTC: `UTC`, `+02:00`, `-05:30`.
    Offset(i64),
    /// A name with rules: `Europe/Paris`.
    Named(&'a str),
}

/// The zone of a literal.
pub(super) fn zone(zone: Option<&str>) -> Result<Zone<'_>, Refusal> {
    let Some(name) = zone else {
        return Err(refuse(
            "a zone is known before the query runs",
            "a literal, as in `at_zone(x, 'Europe/Paris')`",
        ));
    };
    Ok(parse(name).map_or(Zone::Named(name), Zone::Offset))
}

fn parse(zone: &str) -> Option<i64> {
    if matches!(zone, "UTC" | "Z" | "utc") {
        return Some(0);
    }
    let (sign, rest) = match zone.as_bytes().first()? {
        b'+' => (1, zone.get(1..)?),
        b'-' => (-1, zone.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets() {
        assert_eq!(parse("+02:00"), Some(7200));
        assert_eq!(parse("-05:30"), Some(-19800));
        assert_eq!(parse("UTC"), Some(0));
        assert_eq!(parse("Europe/Paris"), None);
        assert_eq!(parse("+2"), None);
        assert_eq!(parse("+é2:00"), None);
    }
}
