//! Identifiers: bare where no dialect could misread them, else quoted.

use super::keywords::KEYWORDS;

/// Writes an identifier.
pub(super) fn write(sql: &mut String, name: &str, quote: char) {
    if is_plain(name) {
        sql.push_str(name);
        return;
    }
    sql.push(quote);
    for character in name.chars() {
        if character == quote {
            sql.push(quote);
        }
        sql.push(character);
    }
    sql.push(quote);
}

/// Whether every dialect reads it bare, as it stands.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && KEYWORDS.binary_search(&name).is_err()
}
