//! PostgreSQL's binary forms of values; see "COPY binary" and each type's `…_send` in its source.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, ToSpan};
use postgres::types::{FromSql, Kind, Type};

use crate::value::Value;

type Failure = Box<dyn std::error::Error + Sync + Send>;

/// A value of whatever type the column has; of a type that is not known here, its bytes.
pub(super) struct Cell(pub(super) Value);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        value(ty, raw).map(Cell)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn value(ty: &Type, raw: &[u8]) -> Result<Value, Failure> {
    Ok(match *ty {
        Type::BOOL => Value::Bool(bool::from_sql(ty, raw)?),
        Type::INT2 => Value::Int(i16::from_sql(ty, raw)?.into()),
        Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
        Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
        Type::OID | Type::XID | Type::REGCLASS | Type::REGTYPE => {
            Value::Int(u32::from_be_bytes(raw.try_into()?).into())
        }
        // Not `f64::from`: 0.1 in single precision means 0.1, not 0.10000000149.
        Type::FLOAT4 => Value::Float(f32::from_sql(ty, raw)?.to_string().parse()?),
        Type::FLOAT8 => Value::Float(f64::from_sql(ty, raw)?),
        Type::NUMERIC => Value::Decimal(numeric(raw)?),
        Type::TEXT
        | Type::VARCHAR
        | Type::BPCHAR
        | Type::NAME
        | Type::UNKNOWN
        | Type::XML
        | Type::CHAR => text(raw)?,
        Type::BYTEA => Value::Bytes(raw.to_vec()),
        Type::DATE => Value::Date(date(i32::from_sql(&Type::INT4, raw)?)?),
        Type::TIME => Value::Time(Time::midnight().checked_add(SignedDuration::from_micros(
            i64::from_sql(&Type::INT8, raw)?,
        ))?),
        Type::TIMESTAMP | Type::TIMESTAMPTZ => {
            Value::DateTime(moment(i64::from_sql(&Type::INT8, raw)?)?)
        }
        Type::INTERVAL => interval(raw)?,
        Type::UUID => Value::Uuid(u128::from_be_bytes(raw.try_into()?)),
        Type::JSON => Value::Json(serde_json::from_slice(raw)?),
        Type::JSONB => Value::Json(serde_json::from_slice(raw.get(1..).unwrap_or(&[]))?),
        Type::INET | Type::CIDR => {
            Value::Text(address(raw).ok_or("an address that cannot be read")?)
        }
        _ => match ty.kind() {
            Kind::Array(element) => array(element, raw)?,
            Kind::Domain(base) => value(base, raw)?,
            Kind::Range(element) => range(element, raw)?,
            Kind::Enum(_) => text(raw)?,
            _ => match ty.name() {
                "citext" | "ltree" => text(raw)?,
                "hstore" => Value::Json(hstore(raw)?),
                _ => Value::Bytes(raw.to_vec()),
            },
        },
    })
}

fn text(raw: &[u8]) -> Result<Value, Failure> {
    Ok(Value::Text(std::str::from_utf8(raw)?.to_owned()))
}

/// The day that PostgreSQL counts from.
const EPOCH: Date = jiff::civil::date(2000, 1, 1);

fn date(days: i32) -> Result<Date, Failure> {
    EPOCH
        .checked_add(days.days())
        .map_err(|_| "a date before year -9999 or after year 9999, or infinity".into())
}

fn moment(micros: i64) -> Result<DateTime, Failure> {
    let moment = EPOCH
        .to_datetime(Time::midnight())
        .checked_add(SignedDuration::from_micros(micros));
    moment.map_err(|_| "a datetime before year -9999 or after year 9999, or infinity".into())
}

/// Months have no length: an interval with months stays text.
fn interval(raw: &[u8]) -> Result<Value, Failure> {
    let mut bytes = Bytes(raw);
    let (micros, days, months) = (
        i64::from_be_bytes(bytes.take()?),
        i32::from_be_bytes(bytes.take()?),
        i32::from_be_bytes(bytes.take()?),
    );
    if months != 0 {
        return Ok(Value::Text(format!(
            "P{months}M{days}DT{}.{:06}S",
            micros / 1_000_000,
            micros.unsigned_abs() % 1_000_000
        )));
    }
    let micros = i64::from(days)
        .checked_mul(86_400_000_000)
        .and_then(|days| days.checked_add(micros));
    Ok(Value::Duration(
        micros.ok_or("an interval of more than 292,000 years")?,
    ))
}

/// Digits of base 10,000, the first of weight `weight`.
fn numeric(raw: &[u8]) -> Result<String, Failure> {
    let mut bytes = Bytes(raw);
    let count = i16::from_be_bytes(bytes.take()?);
    let weight = i16::from_be_bytes(bytes.take()?);
    let sign = u16::from_be_bytes(bytes.take()?);
    let scale = usize::try_from(i16::from_be_bytes(bytes.take()?))?;
    match sign {
        0xc000 => return Ok("NaN".into()),
        0xd000 => return Ok("Infinity".into()),
        0xf000 => return Ok("-Infinity".into()),
        _ => {}
    }
    let mut digits = Vec::with_capacity(usize::try_from(count)?);
    for _ in 0..count {
        digits.push(i16::from_be_bytes(bytes.take()?));
    }
    let group = |weight_of: i32| {
        usize::try_from(i32::from(weight) - weight_of)
            .ok()
            .and_then(|place| digits.get(place))
            .copied()
            .unwrap_or(0)
    };
    let mut text = String::from(if sign == 0x4000 { "-" } else { "" });
    if weight < 0 {
        text.push('0');
    }
    for place in (0..=i32::from(weight)).rev() {
        match place == i32::from(weight) {
            true => text.push_str(&group(place).to_string()),
            false => text.push_str(&format!("{:04}", group(place))),
        }
    }
    if scale > 0 {
        let groups = i32::try_from(scale.div_ceil(4))?;
        let mut fraction: String = (1..=groups)
            .map(|place| format!("{:04}", group(-place)))
            .collect();
        fraction.truncate(scale);
        text.push('.');
        text.push_str(&fraction);
    }
    Ok(text)
}

/// Family, bits of the mask, whether it is a network, length, address. A mask that covers all is not shown, as in Django.
fn address(raw: &[u8]) -> Option<String> {
    let [_, bits, _, length, address @ ..] = raw else {
        return None;
    };
    let address: std::net::IpAddr = match length {
        4 => <[u8; 4]>::try_from(address).ok()?.into(),
        16 => <[u8; 16]>::try_from(address).ok()?.into(),
        _ => return None,
    };
    Some(if *bits == length * 8 {
        address.to_string()
    } else {
        format!("{address}/{bits}")
    })
}

/// Dimensions, whether there are nulls, the element's type; each dimension's length and first index; the elements.
fn array(element: &Type, raw: &[u8]) -> Result<Value, Failure> {
    let mut bytes = Bytes(raw);
    let dimensions = i32::from_be_bytes(bytes.take()?);
    let _ = (bytes.take::<4>()?, bytes.take::<4>()?);
    let mut lengths = Vec::new();
    for _ in 0..dimensions {
        lengths.push(usize::try_from(i32::from_be_bytes(bytes.take()?))?);
        let _ = bytes.take::<4>()?;
    }
    let mut items = Vec::new();
    if dimensions > 0 {
        while !bytes.0.is_empty() {
            items.push(match bytes.sized()? {
                Some(raw) => value(element, raw)?,
                None => Value::Null,
            });
        }
    }
    // The elements come in one list: fold it by the inner dimensions.
    for length in lengths.iter().skip(1).rev() {
        items = items
            .chunks((*length).max(1))
            .map(|chunk| Value::Array(chunk.to_vec()))
            .collect();
    }
    Ok(Value::Array(items))
}

/// In the notation of PostgreSQL: `[1,5)`, `(,2024-01-01]`, `empty`.
fn range(element: &Type, raw: &[u8]) -> Result<Value, Failure> {
    const EMPTY: u8 = 1;
    const LOWER_IN: u8 = 2;
    const UPPER_IN: u8 = 4;
    const NO_LOWER: u8 = 8;
    const NO_UPPER: u8 = 16;
    let mut bytes = Bytes(raw);
    let [flags] = bytes.take()?;
    if flags & EMPTY != 0 {
        return Ok(Value::Text("empty".into()));
    }
    let mut bound = |none: u8| -> Result<String, Failure> {
        if flags & none != 0 {
            return Ok(String::new());
        }
        Ok(bytes
            .sized()?
            .map(|raw| value(element, raw))
            .transpose()?
            .unwrap_or(Value::Null)
            .to_string())
    };
    let (lower, upper) = (bound(NO_LOWER)?, bound(NO_UPPER)?);
    let (open, close) = (
        if flags & LOWER_IN != 0 { '[' } else { '(' },
        if flags & UPPER_IN != 0 { ']' } else { ')' },
    );
    Ok(Value::Text(format!("{open}{lower},{upper}{close}")))
}

fn hstore(raw: &[u8]) -> Result<serde_json::Value, Failure> {
    let mut bytes = Bytes(raw);
    let count = i32::from_be_bytes(bytes.take()?);
    let mut map = serde_json::Map::new();
    for _ in 0..count {
        let key = std::str::from_utf8(bytes.sized()?.unwrap_or(&[]))?.to_owned();
        let value = bytes.sized()?.map(std::str::from_utf8).transpose()?;
        map.insert(key, value.into());
    }
    Ok(map.into())
}

/// Bytes, taken from the front; too few are an error.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Failure> {
        let (first, rest) = self
            .0
            .split_first_chunk()
            .ok_or("a value that is cut short")?;
        self.0 = rest;
        Ok(*first)
    }

    /// Bytes behind their length; a length of -1 is null.
    fn sized(&mut self) -> Result<Option<&'a [u8]>, Failure> {
        let Ok(length) = usize::try_from(i32::from_be_bytes(self.take()?)) else {
            return Ok(None);
        };
        let (first, rest) = self
            .0
            .split_at_checked(length)
            .ok_or("a value that is cut short")?;
        self.0 = rest;
        Ok(Some(first))
    }
}
