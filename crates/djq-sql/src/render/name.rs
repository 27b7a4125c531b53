//! Identifiers: bare where no dialect could misread them, else quoted.

use super::keywords::KEYWORDS;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

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
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    name.bytes().all(plain)
        && name.starts_with(|first: char| !first.is_ascii_digit())
        && !RESERVED.contains(name)
}

static RESERVED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| KEYWORDS.iter().copied().collect());

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, is_plain};

    #[test]
    fn keywords_are_sorted_and_none_is_plain() {
        assert!(KEYWORDS.is_sorted());
        assert!(KEYWORDS.iter().all(|word| !is_plain(word)));
        for name in ["id", "e", "author_id", "z", "_x", "zone2", "names"] {
            assert!(is_plain(name), "{name}");
        }
    }
}
