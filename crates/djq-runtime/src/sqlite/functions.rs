//! The functions that djq's SQL uses and a plain SQLite connection lacks: full Unicode case, regular expressions,
//! hashes, mathematics (which not every build of SQLite has), statistics.
//!
//! A compiled query lists those that it uses. Django's own connection has many under the same names.

mod aggregates;
mod math;
mod statistics;
mod text;
mod time;

use rusqlite::{Connection, Result, functions::FunctionFlags};

/// The names of all, in order.
pub const FUNCTIONS: [&str; 45] = [
    "acos",
    "asin",
    "atan",
    "atan2",
    "bit_and",
    "bit_or",
    "bit_xor",
    "ceiling",
    "corr",
    "cos",
    "covar_pop",
    "covar_samp",
    "degrees",
    "djq_at_zone",
    "djq_float_text",
    "djq_lower",
    "djq_regexp_count",
    "djq_regexp_replace",
    "djq_split_part",
    "djq_upper",
    "exp",
    "floor",
    "ln",
    "log10",
    "md5",
    "mode",
    "percentile_cont",
    "percentile_disc",
    "power",
    "radians",
    "regexp",
    "reverse",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sin",
    "sqrt",
    "stddev_pop",
    "stddev_samp",
    "tan",
    "trunc",
    "var_pop",
    "var_samp",
];

/// Makes all of them known to a connection.
///
/// # Errors
/// What SQLite says, which has no reason to refuse.
pub fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    text::register(connection, flags)?;
    time::register(connection, flags)?;
    math::register(connection, flags)?;
    aggregates::register(connection, flags)?;
    statistics::register(connection, flags)
}
