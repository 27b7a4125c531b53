//! Cells on their way from SQLite to Rust types.

use crate::{Error, Query, Result};
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use rusqlite::types::ValueRef;
use rust_decimal::{Decimal, prelude::FromPrimitive};
use uuid::Uuid;

/// A row of the statement that is being read.
#[derive(Debug)]
pub struct Cells<'a> {
    pub(super) query: &'static Query,
    pub(super) row: &'a rusqlite::Row<'a>,
}

impl Cells<'_> {
    /// The value of a column.
    ///
    /// # Errors
    /// Where the database holds something else there.
    pub fn value<T: Read>(&self, column: usize) -> Result<T> {
        let cell = self.cell(column)?;
        T::read(cell).ok_or_else(|| Error::Value {
            query: self.query,
            column,
            found: describe(cell),
        })
    }

    /// A decimal of so many digits behind the point; SQLite holds decimals as floats.
    ///
    /// # Errors
    /// Where the database holds something else there.
    pub fn decimal<T: ReadDecimal>(&self, column: usize, scale: u32) -> Result<T> {
        let cell = self.cell(column)?;
        T::read(cell, scale).ok_or_else(|| Error::Value {
            query: self.query,
            column,
            found: describe(cell),
        })
    }

    /// Whether a column is null.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn is_null(&self, column: usize) -> Result<bool> {
        Ok(self.cell(column)? == ValueRef::Null)
    }

    pub(super) fn cell(&self, column: usize) -> Result<ValueRef<'_>> {
        self.row.get_ref(column).map_err(|error| Error::Driver {
            query: self.query,
            source: Box::new(error),
        })
    }
}

fn describe(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Null => "null, where the schema says that it cannot be".to_owned(),
        ValueRef::Integer(number) => format!("the integer {number}"),
        ValueRef::Real(number) => format!("the float {number}"),
        ValueRef::Text(text) => format!("the text {:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}

/// A type that a cell can be read as; `None` where it holds something else.
pub trait Read: Sized {
    /// Reads a cell.
    fn read(cell: ValueRef<'_>) -> Option<Self>;

    /// Reads a member of a nested row's JSON, where it is what a cell of it would be.
    fn read_json(json: &serde_json::Value) -> Option<Self> {
        use serde_json::Value as Json;
        Self::read(match json {
            Json::Null => ValueRef::Null,
            Json::Bool(is) => ValueRef::Integer(i64::from(*is)),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => ValueRef::Integer(whole),
                None => ValueRef::Real(number.as_f64()?),
            },
            Json::String(text) => ValueRef::Text(text.as_bytes()),
            Json::Array(_) | Json::Object(_) => return None,
        })
    }
}

/// A decimal that a cell can be read as.
pub trait ReadDecimal: Sized {
    /// Reads a cell at a scale.
    fn read(cell: ValueRef<'_>, scale: u32) -> Option<Self>;
}

impl ReadDecimal for Decimal {
    fn read(cell: ValueRef<'_>, scale: u32) -> Option<Self> {
        let mut value = match cell {
            ValueRef::Integer(number) => Decimal::from(number),
            ValueRef::Real(number) => Decimal::from_f64(number)?,
            ValueRef::Text(text) => std::str::from_utf8(text).ok()?.parse().ok()?,
            _ => return None,
        };
        value.rescale(scale.min(28));
        Some(value)
    }
}

impl ReadDecimal for Option<Decimal> {
    fn read(cell: ValueRef<'_>, scale: u32) -> Option<Self> {
        if cell == ValueRef::Null {
            Some(None)
        } else {
            Decimal::read(cell, scale).map(Some)
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        if cell == ValueRef::Null {
            Some(None)
        } else {
            T::read(cell).map(Some)
        }
    }

    fn read_json(json: &serde_json::Value) -> Option<Self> {
        if json.is_null() {
            Some(None)
        } else {
            T::read_json(json).map(Some)
        }
    }
}

impl Read for bool {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_i64().ok().map(|number| number != 0)
    }
}

impl Read for i32 {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        i32::try_from(i64::read(cell)?).ok()
    }
}

impl Read for i64 {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_i64().ok()
    }
}

impl Read for f64 {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Real(number) => Some(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "SQLite stores whole floats as integers where it can"
            )]
            ValueRef::Integer(number) => Some(number as f64),
            _ => None,
        }
    }

    /// As SQLite's `quote` writes it, which reads back as the same float.
    fn read_json(json: &serde_json::Value) -> Option<Self> {
        json.as_str()?.parse().ok()
    }
}

impl Read for String {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok().map(str::to_owned)
    }
}

impl Read for Vec<u8> {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }

    /// As SQLite's `quote` writes them: `X'00FF'`.
    fn read_json(json: &serde_json::Value) -> Option<Self> {
        let digits = json.as_str()?.strip_prefix("X'")?.strip_suffix('\'')?;
        let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        (0..digits.len()).step_by(2).map(pair).collect()
    }
}

impl Read for civil::Date {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok()?.parse().ok()
    }
}

impl Read for civil::Time {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok()?.parse().ok()
    }
}

impl Read for civil::DateTime {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok()?.parse().ok()
    }
}

impl Read for Timestamp {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        civil::DateTime::read(cell)?
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    }
}

impl Read for SignedDuration {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_i64().ok().map(SignedDuration::from_micros)
    }
}

impl Read for Uuid {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok()?.parse().ok()
    }
}

impl Read for serde_json::Value {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        serde_json::from_str(cell.as_str().ok()?).ok()
    }
}

impl Read for std::net::IpAddr {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        cell.as_str().ok()?.parse().ok()
    }
}
