//! Functions of text.

use md5::Digest as _;
use regex::Regex;
use rusqlite::{
    Connection, Error, Result,
    functions::{Context, FunctionFlags},
    types::ValueRef,
};
use std::fmt::Write;

type OfText = fn(&str) -> String;

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    connection.create_scalar_function("regexp", 2, flags, regexp)?;
    connection.create_scalar_function("djq_regexp_replace", 3, flags, regexp_replace)?;
    connection.create_scalar_function("djq_regexp_count", 2, flags, regexp_count)?;
    connection.create_scalar_function("djq_split_part", 3, flags, split_part)?;
    connection.create_scalar_function("djq_float_text", 1, flags, |context| {
        Ok(context.get::<Option<f64>>(0)?.map(float_text))
    })?;
    let functions: [(&str, OfText); 9] = [
        ("djq_lower", lower),
        ("djq_upper", upper),
        ("reverse", |text| text.chars().rev().collect()),
        ("md5", |text| hexadecimal(&md5::Md5::digest(text))),
        ("sha1", |text| {
            use sha1::Digest as _;
            hexadecimal(&sha1::Sha1::digest(text))
        }),
        ("sha224", |text| hexadecimal(&sha2::Sha224::digest(text))),
        ("sha256", |text| hexadecimal(&sha2::Sha256::digest(text))),
        ("sha384", |text| hexadecimal(&sha2::Sha384::digest(text))),
        ("sha512", |text| hexadecimal(&sha2::Sha512::digest(text))),
    ];
    for (name, function) in functions {
        connection.create_scalar_function(name, 1, flags, move |context| {
            Ok(text(context.get_raw(0)).map(|text| function(&text)))
        })?;
    }
    Ok(())
}

/// The fewest digits that read back as the float, as PostgreSQL writes them: with an exponent from 1e15 on and below 1e-4.
fn float_text(x: f64) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{x:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(-4..15) | Err(_) => x.to_string(),
        Ok(exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

/// One character for one, by Unicode's simple mapping, as the servers do it: `ß` stays.
fn upper(text: &str) -> String {
    text.chars()
        .map(|char| {
            let mut upper = char.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) => upper,
                _ => char,
            }
        })
        .collect()
}

/// One character for one; `İ`, whose lower case is two, is the first of them.
fn lower(text: &str) -> String {
    text.chars()
        .map(|char| char.to_lowercase().next().unwrap_or(char))
        .collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `split_part(text, separator, place)`: null before the first place, empty behind the last.
fn split_part(context: &Context<'_>) -> Result<Option<String>> {
    let (Some(whole), Some(separator), ValueRef::Integer(place)) = (
        text(context.get_raw(0)),
        text(context.get_raw(1)),
        context.get_raw(2),
    ) else {
        return Ok(None);
    };
    let Some(before) = usize::try_from(place)
        .ok()
        .and_then(|place| place.checked_sub(1))
    else {
        return Ok(None);
    };
    let part = if separator.is_empty() {
        Some(&*whole).filter(|_| before == 0)
    } else {
        whole.split(&*separator).nth(before)
    };
    Ok(Some(part.unwrap_or_default().to_owned()))
}

/// `x REGEXP pattern`, which SQLite calls as `regexp(pattern, x)`: whether the pattern matches somewhere.
fn regexp(context: &Context<'_>) -> Result<Option<bool>> {
    let Some(text) = text(context.get_raw(1)) else {
        return Ok(None);
    };
    if matches!(context.get_raw(0), ValueRef::Null) {
        return Ok(None);
    }
    Ok(Some(pattern(context, 0)?.is_match(&text)))
}

/// The regular expression that an argument is, made once for a statement.
fn pattern(context: &Context<'_>, place: std::ffi::c_int) -> Result<std::sync::Arc<Regex>> {
    let pattern = context.get_or_create_aux(place, |value| {
        Regex::new(value.as_str()?).map_err(Box::<dyn std::error::Error + Send + Sync>::from)
    });
    pattern.map_err(|error| {
        Error::UserFunctionError(format!("this is no regular expression: {error}").into())
    })
}

/// `djq_regexp_replace(text, pattern, by)`: every match, by what means itself.
fn regexp_replace(context: &Context<'_>) -> Result<Option<String>> {
    let (Some(whole), Some(by)) = (text(context.get_raw(0)), text(context.get_raw(2))) else {
        return Ok(None);
    };
    if matches!(context.get_raw(1), ValueRef::Null) {
        return Ok(None);
    }
    let replaced = pattern(context, 1)?
        .replace_all(&whole, regex::NoExpand(&by))
        .into_owned();
    Ok(Some(replaced))
}

/// `djq_regexp_count(text, pattern)`.
fn regexp_count(context: &Context<'_>) -> Result<Option<i64>> {
    let Some(whole) = text(context.get_raw(0)) else {
        return Ok(None);
    };
    if matches!(context.get_raw(1), ValueRef::Null) {
        return Ok(None);
    }
    let count = pattern(context, 1)?.find_iter(&whole).count();
    Ok(i64::try_from(count).ok())
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
