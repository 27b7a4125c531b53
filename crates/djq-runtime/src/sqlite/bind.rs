//! Parameters on their way to SQLite, in the forms in which Django stores them there.

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use rusqlite::types::Value;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use uuid::Uuid;

/// A value that can be bound.
pub trait Bind {
    /// The value as SQLite holds it.
    fn bind(&self) -> Value;
}

impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value {
        (**self).bind()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Value {
        self.as_ref().map_or(Value::Null, Bind::bind)
    }
}

impl Bind for bool {
    fn bind(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
}

impl Bind for i32 {
    fn bind(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
}

impl Bind for i64 {
    fn bind(&self) -> Value {
        Value::Integer(*self)
    }
}

impl Bind for f64 {
    fn bind(&self) -> Value {
        Value::Real(*self)
    }
}

impl Bind for str {
    fn bind(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Bind for String {
    fn bind(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Bind for [u8] {
    fn bind(&self) -> Value {
        Value::Blob(self.to_vec())
    }
}

/// Decimals are floats on SQLite, as Django's columns hold them.
impl Bind for Decimal {
    fn bind(&self) -> Value {
        self.to_f64().map_or(Value::Null, Value::Real)
    }
}

impl Bind for civil::Date {
    fn bind(&self) -> Value {
        Value::Text(self.strftime("%Y-%m-%d").to_string())
    }
}

impl Bind for civil::Time {
    fn bind(&self) -> Value {
        Value::Text(clock(
            self.hour(),
            self.minute(),
            self.second(),
            self.subsec_nanosecond(),
        ))
    }
}

impl Bind for civil::DateTime {
    fn bind(&self) -> Value {
        let clock = clock(
            self.hour(),
            self.minute(),
            self.second(),
            self.subsec_nanosecond(),
        );
        Value::Text(format!("{} {clock}", self.date().strftime("%Y-%m-%d")))
    }
}

impl Bind for Timestamp {
    fn bind(&self) -> Value {
        self.to_zoned(TimeZone::UTC).datetime().bind()
    }
}

/// Microseconds.
impl Bind for SignedDuration {
    fn bind(&self) -> Value {
        Value::Integer(
            i64::try_from(self.as_micros()).unwrap_or(if self.is_negative() {
                i64::MIN
            } else {
                i64::MAX
            }),
        )
    }
}

/// Thirty-two hexadecimal digits.
impl Bind for Uuid {
    fn bind(&self) -> Value {
        Value::Text(self.simple().to_string())
    }
}

/// As Django writes them: IPv6 in its short form.
impl Bind for std::net::IpAddr {
    fn bind(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Bind for serde_json::Value {
    fn bind(&self) -> Value {
        Value::Text(self.to_string())
    }
}

/// `HH:MM:SS`, and six digits of a fraction where there is one: Django's form.
fn clock(hour: i8, minute: i8, second: i8, nanosecond: i32) -> String {
    let micros = nanosecond / 1000;
    if micros == 0 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}.{micros:06}")
    }
}

/// A list as the JSON text that the compiled SQL unpacks.
#[must_use]
pub fn json_list<T: Bind>(values: &[T]) -> String {
    serde_json::Value::Array(values.iter().map(|value| json(&value.bind())).collect()).to_string()
}

/// A list of rows as the JSON text that the compiled SQL unpacks; `values` gives a row's values in the order of its fields.
#[must_use]
pub fn json_rows<T>(rows: &[T], values: impl Fn(&T) -> Vec<Value>) -> String {
    let row = |row| serde_json::Value::Array(values(row).iter().map(json).collect());
    serde_json::Value::Array(rows.iter().map(row).collect()).to_string()
}

/// A value as JSON; bytes as hexadecimal digits, since JSON has none.
pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Blob(bytes) => bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_djangos_forms() {
        let text = |value: Value| match value {
            Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(text(civil::date(2024, 2, 29).bind()), "2024-02-29");
        assert_eq!(
            text(civil::date(2024, 2, 29).at(0, 0, 0, 0).bind()),
            "2024-02-29 00:00:00"
        );
        assert_eq!(
            text(
                "2024-12-31T23:59:59.000001Z"
                    .parse::<Timestamp>()
                    .unwrap()
                    .bind()
            ),
            "2024-12-31 23:59:59.000001"
        );
        assert_eq!(
            SignedDuration::from_millis(-1500).bind(),
            Value::Integer(-1_500_000)
        );
        assert_eq!(
            text(Uuid::from_u128(1).bind()),
            "00000000000000000000000000000001"
        );
        assert_eq!(json_list(&[1_i64, 2]), "[1,2]");
        let rows = [(1_i64, Some("a")), (2, None)];
        assert_eq!(
            json_rows(&rows, |row| vec![row.0.bind(), row.1.bind()]),
            "[[1,\"a\"],[2,null]]"
        );
    }
}
