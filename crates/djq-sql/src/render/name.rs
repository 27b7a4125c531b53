//! Identifiers: bare where no dialect could misread them, else quoted.

use super::keywords::KEYWORDS;
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
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !is_keyword(name)
}

/// Where the keywords of each letter start: names are many, and most share only their first letter with any.
static LETTERS: LazyLock<[usize; 27]> = LazyLock::new(|| {
    let mut starts = [0; 27];
    for (letter, start) in (b'a'..).zip(&mut starts) {
        *start = KEYWORDS.partition_point(|word| word.as_bytes().first() < Some(&letter));
    }
    starts
});

fn is_keyword(name: &str) -> bool {
    let Some(letter) = name
        .bytes()
        .next()
        .and_then(|first| first.checked_sub(b'a'))
    else {
        return false;
    };
    let letter = usize::from(letter);
    let range = LETTERS.get(letter).zip(LETTERS.get(letter + 1));
    range
        .and_then(|(start, end)| KEYWORDS.get(*start..*end))
        .is_some_and(|words| {
            words
                .iter()
                .any(|word| word.len() == name.len() && **word == *name)
        })
}

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
