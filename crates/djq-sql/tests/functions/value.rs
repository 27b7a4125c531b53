//! Values as cases write them: a literal of djq, its type, and what a database should give for it.

use djq_check::{Type, hir::Literal};
use djq_client::Value;

/// A value with its type.
#[derive(Debug, Clone)]
pub(crate) struct V {
    pub(crate) ty: Type,
    pub(crate) literal: Literal,
    pub(crate) value: Value,
    /// Written as a literal even where the others are columns: units, zones, places.
    pub(crate) fixed: bool,
}

fn v(ty: Type, literal: Literal, value: Value) -> V {
    V {
        ty,
        literal,
        value,
        fixed: false,
    }
}

/// Text.
pub(crate) fn t(text: &str) -> V {
    v(
        Type::Text,
        Literal::Text(text.into()),
        Value::Text(text.into()),
    )
}

/// JSON as text.
pub(crate) fn j(json: &str) -> V {
    v(
        Type::Json,
        Literal::Text(json.into()),
        Value::Json(serde_json::from_str(json).expect("JSON")),
    )
}

/// A truth value.
pub(crate) fn b(value: bool) -> V {
    v(Type::Bool, Literal::Bool(value), Value::Bool(value))
}

/// 32 bits.
pub(crate) fn i(number: i64) -> V {
    v(Type::Int, Literal::Int(number), Value::Int(number))
}

/// 64 bits.
pub(crate) fn big(number: i64) -> V {
    v(Type::BigInt, Literal::Int(number), Value::Int(number))
}

/// A float.
pub(crate) fn f(number: f64) -> V {
    v(Type::Float, Literal::Float(number), Value::Float(number))
}

/// A decimal of the digits written.
pub(crate) fn d(digits: &str) -> V {
    let scale = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    dp(digits, count as u16, scale as u16)
}

/// A decimal of a type.
pub(crate) fn dp(digits: &str, precision: u16, scale: u16) -> V {
    v(
        Type::Decimal(precision, scale),
        Literal::Decimal(digits.into()),
        Value::Decimal(digits.into()),
    )
}

/// `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> V {
    v(
        Type::Date,
        Literal::Date(text.into()),
        Value::Date(text.parse().expect("a date")),
    )
}

/// `HH:MM:SS[.ffffff]`.
pub(crate) fn time(text: &str) -> V {
    v(
        Type::Time,
        Literal::Time(six_digits(text)),
        Value::Time(text.parse().expect("a time")),
    )
}

/// `YYYY-MM-DD HH:MM:SS[.ffffff]`.
pub(crate) fn dt(text: &str) -> V {
    v(
        Type::DateTime,
        Literal::DateTime(six_digits(text)),
        Value::DateTime(text.parse().expect("a datetime")),
    )
}

/// Microseconds.
pub(crate) fn us(microseconds: i64) -> V {
    v(
        Type::Duration,
        Literal::Duration(microseconds),
        Value::Duration(microseconds),
    )
}

/// So many seconds.
pub(crate) fn sec(seconds: i64) -> V {
    us(seconds * 1_000_000)
}

/// A UUID.
pub(crate) fn uuid(id: u128) -> V {
    v(Type::Uuid, Literal::Uuid(id.to_be_bytes()), Value::Uuid(id))
}

/// Null of the type of a value.
pub(crate) fn null(like: V) -> V {
    v(like.ty, Literal::Null, Value::Null)
}

/// A literal in every mode.
pub(crate) fn lit(value: V) -> V {
    V {
        fixed: true,
        ..value
    }
}

/// A fraction has six digits.
fn six_digits(text: &str) -> Box<str> {
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{fraction:0<6}").into(),
        None => text.into(),
    }
}

/// An array of values of one type.
pub(crate) fn array(items: Vec<V>) -> V {
    let ty = items.first().map_or(Type::Null, |item| item.ty.clone());
    let items = items.into_iter().map(|item| item.value).collect();
    v(
        Type::Array(Box::new(ty)),
        Literal::Null,
        Value::Array(items),
    )
}
