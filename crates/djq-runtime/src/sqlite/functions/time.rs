//! Functions of time.

use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
};
use rusqlite::{
    Connection, Error, Result,
    functions::{Context, FunctionFlags},
};

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    connection.create_scalar_function("djq_at_zone", 2, flags, at_zone)
}

/// `djq_at_zone(moment, zone)`: the reading of a clock there. Both are text, `YYYY-MM-DD HH:MM:SS` with perhaps a fraction
/// behind, which stays.
fn at_zone(context: &Context<'_>) -> Result<Option<String>> {
    let (Some(moment), Some(name)) = (
        context.get::<Option<String>>(0)?,
        context.get::<Option<String>>(1)?,
    ) else {
        return Ok(None);
    };
    let failed = |error: jiff::Error| Error::UserFunctionError(error.into());
    let zone = context.get_or_create_aux(1, |_| TimeZone::get(&name))?;
    let whole = moment.get(..19).unwrap_or(&moment);
    let utc: DateTime = whole.parse().map_err(failed)?;
    let instant = Offset::UTC.to_timestamp(utc).map_err(failed)?;
    let there = zone.to_datetime(instant);
    Ok(Some(format!(
        "{}{}",
        there.strftime("%Y-%m-%d %H:%M:%S"),
        moment.get(19..).unwrap_or("")
    )))
}
