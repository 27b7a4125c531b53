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
    let plain = |byte: &u8| PLAIN[usize::from(*byte)];
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|first| !first.is_ascii_digit())
        && bytes.iter().all(plain)
        && !(may_be_reserved(bytes) && RESERVED.contains(name))
}

/// Whether a reserved word begins with the same letter and is as long: most names need no look-up.
fn may_be_reserved(name: &[u8]) -> bool {
    let lengths = name.first().and_then(|first| {
        let letter = first.checked_sub(b'a')?;
        LENGTHS.get(usize::from(letter))
    });
    lengths.is_some_and(|lengths| name.len() < 64 && lengths >> name.len() & 1 == 1)
}

/// Whether a byte may stand in a bare name.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        plain[byte] = letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
        byte += 1;
    }
    plain
};

/// For each first letter, a bit for each length of the reserved words.
static LENGTHS: LazyLock<[u64; 26]> = LazyLock::new(|| {
    let mut lengths = [0; 26];
    for word in KEYWORDS {
        let letter = word
            .bytes()
            .next()
            .and_then(|first| first.checked_sub(b'a'));
        if let Some(of_letter) = letter.and_then(|letter| lengths.get_mut(usize::from(letter))) {
            *of_letter |= 1 << word.len();
        }
    }
    lengths
});

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
