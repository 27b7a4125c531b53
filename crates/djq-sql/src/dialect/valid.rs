//! What text `try_cast` takes for a value, as regular expressions that every server reads alike.
//!
//! No backslashes, since what one means in a literal depends on the server's mode. `(?!.)` after `$` where
//! `$` would match before a last newline is for the dialect to add.

/// A whole number of at most nineteen digits that count, with a sign or without.
pub(super) const INTEGER: &str = "^[+-]?0*[0-9]{1,19}$";

/// A number with or without a point, no exponent.
pub(super) const NUMBER: &str = "^[+-]?([0-9]{1,40}([.][0-9]{0,20})?|[.][0-9]{1,20})$";

/// A UUID, with all hyphens or none.
pub(super) const UUID: &str =
    "^([0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$";

/// A day that there is, from year 1 to 9999.
const DAY: &str = "(?!0000)([0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";

/// A time of day, to the microsecond.
const TIME: &str = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?";

/// A date.
pub(super) fn date() -> String {
    format!("^{DAY}$")
}

/// A time.
pub(super) fn time() -> String {
    format!("^{TIME}$")
}

/// A date and a time, in UTC, which a `Z` may say.
pub(super) fn moment() -> String {
    format!("^{DAY}[ T]{TIME}Z?$")
}
