//! Functions of numbers. Where there is no value, such as the root of -1, it is null.

use rusqlite::{Connection, Result, functions::FunctionFlags, types::ValueRef};

type OfOne = fn(f64) -> f64;
type OfTwo = fn(f64, f64) -> f64;

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    let functions: [(&str, OfOne); 15] = [
        ("sqrt", f64::sqrt),
        ("exp", f64::exp),
        ("ln", logarithm),
        ("log10", |x| if x > 0.0 { x.log10() } else { f64::NAN }),
        ("degrees", f64::to_degrees),
        ("radians", f64::to_radians),
        ("sin", f64::sin),
        ("cos", f64::cos),
        ("tan", f64::tan),
        ("asin", f64::asin),
        ("acos", f64::acos),
        ("atan", f64::atan),
        ("ceiling", f64::ceil),
        ("floor", f64::floor),
        ("trunc", f64::trunc),
    ];
    for (name, function) in functions {
        connection.create_scalar_function(name, 1, flags, move |context| {
            Ok(number(context.get_raw(0)).map(function))
        })?;
    }
    let functions: [(&str, OfTwo); 2] = [("power", f64::powf), ("atan2", f64::atan2)];
    for (name, function) in functions {
        connection.create_scalar_function(name, 2, flags, move |context| {
            let operands = number(context.get_raw(0)).zip(number(context.get_raw(1)));
            Ok(operands.map(|(left, right)| function(left, right)))
        })?;
    }
    Ok(())
}

/// Not infinite at zero, but null, as on the servers.
fn logarithm(x: f64) -> f64 {
    if x > 0.0 { x.ln() } else { f64::NAN }
}

/// A number; SQLite makes null of NaN by itself.
#[expect(
    clippy::cast_precision_loss,
    reason = "the mathematics is that of floats, as on the servers"
)]
pub(super) fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok(),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}
