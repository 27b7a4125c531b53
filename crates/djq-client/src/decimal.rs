//! Decimals as text: rounding to a scale without going through floating point.

/// Precision and scale that stand for a decimal without bounds; its values keep the digits they have.
const UNBOUNDED_SCALE: u16 = 30;

/// The number with exactly `scale` digits behind the point, rounded half away from zero. Text that is
/// no plain decimal number (`NaN`, `1e5` is read, `x` is not) gives nothing.
pub(crate) fn rounded(text: &str, scale: u16) -> Option<String> {
    if matches!(text, "NaN" | "Infinity" | "-Infinity") {
        return Some(text.into());
    }
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent
                .parse::<i32>()
                .ok()
                .filter(|exponent| exponent.abs() < 400)?,
        ),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if (whole.is_empty() && fraction.is_empty())
        || !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let mut digits: Vec<u8> = whole
        .bytes()
        .chain(fraction.bytes())
        .map(|byte| byte - b'0')
        .collect();
    // How many of the digits stand before the point.
    let mut point = i32::try_from(whole.len()).ok()? + exponent;
    while point < 0 {
        digits.insert(0, 0);
        point += 1;
    }
    let mut point = usize::try_from(point).ok()?;
    if digits.len() < point {
        digits.resize(point, 0);
    }
    if scale >= UNBOUNDED_SCALE {
        while digits.len() > point && digits.last() == Some(&0) {
            digits.pop();
        }
    } else {
        let keep = point + usize::from(scale);
        let up = digits.get(keep).is_some_and(|digit| *digit >= 5);
        digits.resize(keep, 0);
        if up && !carried(&mut digits) {
            digits.insert(0, 1);
            point += 1;
        }
    }
    let (whole, fraction) = digits.split_at(point);
    let first = whole
        .iter()
        .position(|digit| *digit != 0)
        .unwrap_or(whole.len());
    let zero = digits.iter().all(|digit| *digit == 0);
    let mut out = String::from(if negative && !zero { "-" } else { "" });
    let write = |out: &mut String, digits: &[u8]| {
        out.extend(digits.iter().map(|digit| char::from(b'0' + digit)))
    };
    write(&mut out, whole.get(first..).unwrap_or(&[]));
    if first == whole.len() {
        out.push('0');
    }
    if !fraction.is_empty() {
        out.push('.');
        write(&mut out, fraction);
    }
    Some(out)
}

/// Adds one to the last digit; false where the carry falls out at the front.
fn carried(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return true;
        }
        *digit = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn rounding_is_half_away_from_zero_and_exact() {
        for (text, scale, wanted) in [
            ("9.995", 2, "10.00"),
            ("-0.005", 2, "-0.01"),
            ("-0.004", 2, "0.00"),
            ("12", 2, "12.00"),
            ("1e3", 1, "1000.0"),
            ("1.5e-3", 4, "0.0015"),
            ("2.5", 0, "3"),
            ("00012.10", 1, "12.1"),
            (".5", 1, "0.5"),
            (
                "12345678901234567890.123456789",
                3,
                "12345678901234567890.123",
            ),
            ("1.2300", 30, "1.23"),
            ("100", 30, "100"),
            ("NaN", 2, "NaN"),
        ] {
            assert_eq!(rounded(text, scale).as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "-", "x", "1.2.3", "1e999999", "٣"] {
            assert_eq!(rounded(text, 2), None, "{text}");
        }
    }
}
