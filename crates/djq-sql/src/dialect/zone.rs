//! Time zones that need no tables.

use super::{Refusal, operand::refuse};

/// The seconds that a zone literal is ahead of UTC: `UTC`, `+02:00`, `-05:30`.
///
/// A zone with a name has rules that change; MySQL and MariaDB answer null for one where nobody has loaded
/// their tables, and SQLite has none, so such a query could not give one answer.
pub(super) fn fixed_offset(zone: Option<&str>) -> Result<i64, Refusal> {
    zone.and_then(parse).ok_or_else(|| {
        refuse(
            "zones with a name have rules that not every database knows",
            "an offset, as in `at_zone(x, '+02:00')`",
        )
    })
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
