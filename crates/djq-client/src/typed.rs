//! From what a database gives to what a Django field of a type holds.
//!
//! Django stores some types differently on each database: UUIDs as `char(32)`, durations as microseconds,
//! datetimes as text, decimals as floats. Whatever form a value has here says enough to read it.

use djq_schema::FieldType;
use jiff::civil::{Date, DateTime, Time};

use crate::decimal::rounded;
use crate::value::Value;

/// A value that is not of the type asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeError {
    /// What it should have been.
    pub wanted: String,
    /// What it is, shortened.
    pub found: String,
}

impl std::fmt::Display for TypeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the database holds `{}` where a value of type {} belongs",
            self.found, self.wanted
        )
    }
}

impl std::error::Error for TypeError {}

impl Value {
    /// The value as one of type `ty`. Null stays null; a type that djq does not know leaves the value as it is.
    ///
    /// ```
    /// use djq_client::Value;
    /// use djq_schema::FieldType;
    /// // SQLite keeps booleans as integers and decimals as floats.
    /// assert_eq!(Value::Int(1).typed(&FieldType::Bool).unwrap(), Value::Bool(true));
    /// assert_eq!(Value::Float(9.9).typed(&FieldType::Decimal(8, 2)).unwrap(), Value::Decimal("9.90".into()));
    /// ```
    ///
    /// # Errors
    /// A value that no field of this type can hold (SQLite lets any column hold anything).
    pub fn typed(self, ty: &FieldType) -> Result<Value, TypeError> {
        if self.is_null() {
            return Ok(Value::Null);
        }
        let found = match ty {
            FieldType::Bool => boolean(&self),
            FieldType::Int | FieldType::BigInt => integer(&self).map(Value::Int),
            FieldType::Float => float(&self).map(Value::Float),
            FieldType::Decimal(_, scale) => decimal(&self, *scale).map(Value::Decimal),
            FieldType::Text | FieldType::Inet => text(self.clone()),
            FieldType::Bytes => bytes(self.clone()),
            FieldType::Date => date(&self).map(Value::Date),
            FieldType::Time => time(&self).map(Value::Time),
            FieldType::DateTime => moment(&self).map(Value::DateTime),
            FieldType::Duration => duration(&self).map(Value::Duration),
            FieldType::Uuid => uuid(&self).map(Value::Uuid),
            FieldType::Json | FieldType::HStore => json(self.clone()).map(Value::Json),
            FieldType::Array(element) => return array(self, element),
            FieldType::Range(_) | FieldType::SearchVector | FieldType::Unknown(_) => {
                return Ok(self);
            }
        };
        found.ok_or_else(|| refused(&self, ty))
    }
}

fn refused(value: &Value, ty: &FieldType) -> TypeError {
    let mut found: String = value.to_string();
    if found.chars().count() > 40 {
        found = found.chars().take(40).chain(['…']).collect();
    }
    TypeError {
        wanted: ty.to_string(),
        found,
    }
}

fn boolean(value: &Value) -> Option<Value> {
    Some(Value::Bool(match value {
        Value::Bool(value) => *value,
        Value::Int(number) => *number != 0,
        // MySQL's bit(1).
        Value::Bytes(bytes) => *<&[u8; 1]>::try_from(bytes.as_slice()).ok()? != [0],
        Value::Json(serde_json::Value::Bool(value)) => *value,
        _ => return None,
    }))
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Bool(value) => Some(i64::from(*value)),
        // Sums of integers are decimals on MySQL and PostgreSQL.
        Value::Decimal(text) => rounded(text, 0)
            .filter(|_| !text.contains('.') || text.trim_end_matches('0').ends_with('.'))?
            .parse()
            .ok(),
        #[expect(clippy::cast_possible_truncation, reason = "in range and whole")]
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9.0e18 => {
            Some(*number as i64)
        }
        Value::Json(value) => value.as_i64(),
        _ => None,
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "a float is what was asked for")]
        Value::Int(number) => Some(*number as f64),
        Value::Decimal(text) => text.parse().ok(),
        Value::Json(value) => value.as_f64(),
        _ => None,
    }
}

fn decimal(value: &Value, scale: u16) -> Option<String> {
    match value {
        Value::Decimal(text) => rounded(text, scale),
        Value::Int(number) => rounded(&number.to_string(), scale),
        // The shortest text that reads back as this float is the decimal that was stored.
        Value::Float(number) if number.is_finite() => rounded(&format!("{number:?}"), scale),
        Value::Text(text) => rounded(text, scale),
        Value::Json(serde_json::Value::Number(number)) => rounded(&number.to_string(), scale),
        Value::Json(serde_json::Value::String(text)) => rounded(text, scale),
        _ => None,
    }
}

fn text(value: Value) -> Option<Value> {
    Some(Value::Text(match value {
        Value::Text(text) => text,
        Value::Bytes(bytes) => String::from_utf8(bytes).ok()?,
        Value::Json(serde_json::Value::String(text)) => text,
        // A text column of SQLite may hold numbers, and a choice may be one.
        other => other.to_string(),
    }))
}

fn bytes(value: Value) -> Option<Value> {
    match value {
        Value::Bytes(bytes) => Some(Value::Bytes(bytes)),
        Value::Text(text) => Some(Value::Bytes(text.into_bytes())),
        _ => None,
    }
}

fn date(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(moment) => Some(moment.date()),
        Value::Text(text) | Value::Json(serde_json::Value::String(text)) if text.len() == 10 => {
            text.parse().ok()
        }
        Value::Text(text) | Value::Json(serde_json::Value::String(text)) => {
            Some(moment_of(text)?.date())
        }
        _ => None,
    }
}

fn time(value: &Value) -> Option<Time> {
    match value {
        Value::Time(time) => Some(*time),
        Value::Text(text) | Value::Json(serde_json::Value::String(text)) => text.parse().ok(),
        // MySQL's TIME is a length of time too.
        Value::Duration(micros) => Time::midnight()
            .checked_add(jiff::SignedDuration::from_micros(*micros))
            .ok()
            .filter(|_| *micros >= 0),
        _ => None,
    }
}

fn moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::DateTime(moment) => Some(*moment),
        Value::Date(date) => Some(date.to_datetime(Time::midnight())),
        Value::Text(text) | Value::Json(serde_json::Value::String(text)) => moment_of(text),
        _ => None,
    }
}

/// `2024-01-31 12:00:00.5`, with a `T` or a blank, and with or without an offset (then in UTC).
fn moment_of(text: &str) -> Option<DateTime> {
    let clock = text.get(10..)?;
    if clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']) {
        let stamp: jiff::Timestamp = text.parse().ok()?;
        return Some(jiff::tz::Offset::UTC.to_datetime(stamp));
    }
    text.parse().ok()
}

fn duration(value: &Value) -> Option<i64> {
    match value {
        Value::Duration(micros) | Value::Int(micros) => Some(*micros),
        Value::Decimal(_) | Value::Float(_) => rounded(&decimal(value, 0)?, 0)?.parse().ok(),
        Value::Time(time) => i64::try_from(time.duration_since(Time::midnight()).as_micros()).ok(),
        _ => None,
    }
}

fn uuid(value: &Value) -> Option<u128> {
    match value {
        Value::Uuid(id) => Some(*id),
        Value::Bytes(bytes) => match <[u8; 16]>::try_from(bytes.as_slice()) {
            Ok(bytes) => Some(u128::from_be_bytes(bytes)),
            Err(_) => hexadecimal(std::str::from_utf8(bytes).ok()?),
        },
        Value::Text(text) | Value::Json(serde_json::Value::String(text)) => hexadecimal(text),
        _ => None,
    }
}

fn hexadecimal(text: &str) -> Option<u128> {
    let digits: String = text.chars().filter(|character| *character != '-').collect();
    let hexadecimal = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hexadecimal {
        u128::from_str_radix(&digits, 16).ok()
    } else {
        None
    }
}

fn json(value: Value) -> Option<serde_json::Value> {
    match value {
        Value::Json(value) => Some(value),
        Value::Text(text) => serde_json::from_str(&text).ok(),
        Value::Bytes(bytes) => serde_json::from_slice(&bytes).ok(),
        Value::Bool(value) => Some(value.into()),
        Value::Int(number) => Some(number.into()),
        Value::Float(number) => Some(number.into()),
        _ => None,
    }
}

fn array(value: Value, element: &FieldType) -> Result<Value, TypeError> {
    let items = match value {
        Value::Array(items) => items,
        other => match json(other.clone()) {
            Some(serde_json::Value::Array(items)) => items.into_iter().map(from_json).collect(),
            _ => {
                return Err(refused(
                    &other,
                    &FieldType::Array(Box::new(element.clone())),
                ));
            }
        },
    };
    Ok(Value::Array(
        items
            .into_iter()
            .map(|item| item.typed(element))
            .collect::<Result<_, _>>()?,
    ))
}

fn from_json(value: serde_json::Value) -> Value {
    if value.is_null() {
        Value::Null
    } else {
        Value::Json(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Value, ty: &str, shown: &str) {
        let ty = FieldType::parse(ty).unwrap();
        let got = match value.typed(&ty) {
            Ok(value) => value.to_string(),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(got, shown);
    }

    fn written(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn what_sqlite_and_mysql_store_is_read_back() {
        check(
            written("a0eebc999c0b4ef8bb6d6bb9bd380a11"),
            "uuid",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        );
        check(
            Value::Bytes(b"a0eebc999c0b4ef8bb6d6bb9bd380a11".to_vec()),
            "uuid",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        );
        check(
            written("2024-02-29 23:59:59.5"),
            "datetime",
            "2024-02-29T23:59:59.5Z",
        );
        check(
            written("2024-02-29T23:59:59+02:00"),
            "datetime",
            "2024-02-29T21:59:59Z",
        );
        check(written("2024-02-29 00:00:00"), "date", "2024-02-29");
        check(written("23:59:59.000001"), "time", "23:59:59.000001");
        check(Value::Int(-1_500_000), "duration", "-PT1.5S");
        check(Value::Float(0.285), "decimal(8, 2)", "0.29");
        check(Value::Int(7), "decimal(8, 2)", "7.00");
        check(
            Value::Decimal("36893488147419103232".into()),
            "bigint",
            "error: the database holds `36893488147419103232` where a value of type bigint belongs",
        );
        check(Value::Decimal("12.00".into()), "bigint", "12");
        check(
            Value::Decimal("12.5".into()),
            "int",
            "error: the database holds `12.5` where a value of type int belongs",
        );
        check(Value::Int(0), "bool", "false");
        check(written("{\"a\": [1]}"), "json", "{\"a\":[1]}");
        check(
            written("[\"2024-01-01\", null]"),
            "[date]",
            "[\"2024-01-01\",null]",
        );
        check(Value::Null, "int", "");
    }

    #[test]
    fn what_does_not_belong_is_an_error_with_the_value() {
        check(
            written("soon"),
            "datetime",
            "error: the database holds `soon` where a value of type datetime belongs",
        );
        check(
            written("2024-02-30"),
            "date",
            "error: the database holds `2024-02-30` where a value of type date belongs",
        );
        check(
            written("é"),
            "uuid",
            "error: the database holds `é` where a value of type uuid belongs",
        );
        check(
            written("12abc"),
            "int",
            "error: the database holds `12abc` where a value of type int belongs",
        );
        check(
            written(&"9".repeat(90)),
            "bool",
            &format!(
                "error: the database holds `{}…` where a value of type bool belongs",
                "9".repeat(40)
            ),
        );
    }
}
