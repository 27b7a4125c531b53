//! The functions that djq's SQL uses and a plain SQLite connection lacks.
//!
//! Django's own connection has functions of these names too. Each is listed once in [`register`].

use regex::Regex;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

/// Makes them known to a connection.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("regexp", 2, flags, regexp)
}

/// `x REGEXP pattern`, which SQLite calls as `regexp(pattern, x)`: whether the pattern matches somewhere.
fn regexp(context: &Context<'_>) -> Result<Option<bool>> {
    let Some(text) = text(context.get_raw(1)) else {
        return Ok(None);
    };
    if matches!(context.get_raw(0), ValueRef::Null) {
        return Ok(None);
    }
    let pattern = context.get_or_create_aux(0, |value| {
        Regex::new(value.as_str()?).map_err(Box::<dyn std::error::Error + Send + Sync>::from)
    });
    let pattern = pattern.map_err(|error| {
        Error::UserFunctionError(format!("this is no regular expression: {error}").into())
    })?;
    Ok(Some(pattern.is_match(&text)))
}

/// A value as text, as a comparison with text sees it; null stays null.
fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
    }
}
