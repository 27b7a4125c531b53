//! Values and rows.

use jiff::civil::{Date, DateTime, Time};

/// A value that a database gave, or that is bound to a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number in double precision.
    Float(f64),
    /// An exact number: digits with at most one point and a sign in front, or `NaN`, `Infinity`, `-Infinity`.
    Decimal(String),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A day.
    Date(Date),
    /// A time of day, in microseconds.
    Time(Time),
    /// A moment in UTC (or a local time, where the project has no time zones), in microseconds.
    DateTime(DateTime),
    /// A length of time in microseconds.
    Duration(i64),
    /// A UUID.
    Uuid(u128),
    /// JSON.
    Json(serde_json::Value),
    /// An array of PostgreSQL, or a list that is bound.
    Array(Vec<Value>),
}

/// What a query gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, each with a value for each column.
    pub rows: Vec<Vec<Value>>,
}

impl Value {
    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// Its text, where it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its number, where it is a whole one (true and false are 1 and 0).
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// The value as `--format json` writes it: decimals, dates, UUIDs and integers beyond 2⁵³ as text, datetimes by RFC 3339 in
    /// UTC, durations by ISO 8601, bytes in base64, floats that are not numbers as text.
    ///
    /// ```
    /// use djq_client::Value;
    /// assert_eq!(Value::Duration(90_500_000).to_json(), "PT1M30.5S");
    /// assert_eq!(Value::Decimal("9.90".into()).to_json(), "9.90");
    /// assert_eq!(Value::Int(1 << 60).to_json(), "1152921504606846976");
    /// ```
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        const EXACT: i64 = 1 << 53;
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(number) if (-EXACT..=EXACT).contains(number) => (*number).into(),
            Value::Float(number) if number.is_finite() => (*number).into(),
            Value::Json(value) => value.clone(),
            Value::Array(items) => items.iter().map(Value::to_json).collect(),
            Value::Bytes(bytes) => base64(bytes).into(),
            other => other.to_string().into(),
        }
    }
}

/// As people read it in a table: null is empty, bytes are hexadecimal.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Int(number) => write!(f, "{number}"),
            Value::Float(number) if number.is_nan() => f.write_str("NaN"),
            Value::Float(number) if number.is_infinite() => f.write_str(if *number > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            }),
            Value::Float(number) => write!(f, "{number:?}"),
            Value::Decimal(text) | Value::Text(text) => f.write_str(text),
            Value::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
            Value::Date(date) => write!(f, "{date}"),
            Value::Time(time) => write!(f, "{time}"),
            Value::DateTime(moment) => write!(f, "{moment}Z"),
            Value::Duration(micros) => f.write_str(&iso_duration(*micros)),
            Value::Uuid(id) => f.write_str(&hyphenated(*id)),
            Value::Json(value) => write!(f, "{value}"),
            Value::Array(_) => write!(f, "{}", self.to_json()),
        }
    }
}

/// `8-4-4-4-12` hexadecimal digits.
pub(crate) fn hyphenated(id: u128) -> String {
    let digits = format!("{id:032x}");
    let (a, rest) = digits.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    format!("{a}-{b}-{c}-{d}-{e}")
}

/// ISO 8601 with days, hours, minutes and seconds: `P1DT2H`, `-PT0.5S`, `PT0S`.
fn iso_duration(micros: i64) -> String {
    let total = micros.unsigned_abs();
    let (seconds, fraction) = (total / 1_000_000, total % 1_000_000);
    let (days, hours, minutes, seconds) = (
        seconds / 86_400,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    );
    let mut text = String::from(if micros < 0 { "-P" } else { "P" });
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if total == 0 || hours + minutes + seconds + fraction > 0 {
        text.push('T');
    }
    for (amount, unit) in [(hours, 'H'), (minutes, 'M')] {
        if amount > 0 {
            text.push_str(&format!("{amount}{unit}"));
        }
    }
    if fraction > 0 {
        text.push_str(format!("{seconds}.{fraction:06}").trim_end_matches('0'));
        text.push('S');
    } else if seconds > 0 || total == 0 {
        text.push_str(&format!("{seconds}S"));
    }
    text
}

/// Base64 with padding, RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = ALPHABET
                .get((group >> (18 - 6 * place) & 63) as usize)
                .copied()
                .unwrap_or(b'=');
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_iso_8601() {
        for (micros, text) in [
            (0, "PT0S"),
            (86_400_000_000, "P1D"),
            (-500_000, "-PT0.5S"),
            (93_784_000_001, "P1DT2H3M4.000001S"),
            (3_600_000_000, "PT1H"),
            (i64::MIN, "-P106751991DT4H54.775808S"),
        ] {
            assert_eq!(iso_duration(micros), text);
        }
    }

    #[test]
    fn bytes_are_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[255, 254, 253]), "//79");
    }

    #[test]
    fn numbers_that_json_cannot_hold_are_text() {
        assert_eq!(Value::Float(f64::NAN).to_json(), "NaN");
        assert_eq!(Value::Float(f64::NEG_INFINITY).to_json(), "-Infinity");
        assert_eq!(Value::Float(1.0).to_json(), 1.0);
        assert_eq!(Value::Int((1 << 53) + 1).to_json(), "9007199254740993");
        assert_eq!(
            Value::Uuid(1).to_json(),
            "00000000-0000-0000-0000-000000000001"
        );
    }
}
