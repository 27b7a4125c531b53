//! Patterns of the text lookups, known at compile time: what is data in them is escaped here.

use djq_check::hir::Lookup;

/// A part of a `like` pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `%`.
    Any,
    /// `_`.
    One,
    /// A character that stands for itself.
    Data(char),
}

/// The parts of a pattern as written for `like`: a backslash makes the next character data.
pub(super) fn like(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        parts.push(match char {
            '%' => Part::Any,
            '_' => Part::One,
            '\\' => Part::Data(chars.next().unwrap_or('\\')),
            data => Part::Data(data),
        });
    }
    parts
}

/// The parts of a lookup's pattern, which for all but `like` is data with wildcards around it; none for
/// lookups that no pattern of `like` can say.
pub(super) fn parts(lookup: Lookup, pattern: &str) -> Option<Vec<Part>> {
    let (before, after) = match lookup {
        Lookup::Like | Lookup::ILike => return Some(like(pattern)),
        Lookup::Contains | Lookup::IContains => (true, true),
        Lookup::StartsWith | Lookup::IStartsWith => (false, true),
        Lookup::EndsWith | Lookup::IEndsWith => (true, false),
        Lookup::IExact => (false, false),
        Lookup::Regex | Lookup::IRegex => return None,
    };
    let mut parts = Vec::with_capacity(pattern.len() + 2);
    if before {
        parts.push(Part::Any);
    }
    parts.extend(pattern.chars().map(Part::Data));
    if after {
        parts.push(Part::Any);
    }
    Some(parts)
}

/// The parts, in the lower case that the `i…` lookups compare in.
pub(super) fn lowered(parts: Vec<Part>) -> Vec<Part> {
    parts
        .into_iter()
        .map(|part| match part {
            Part::Data(char) => Part::Data(lower(char)),
            wildcard => wildcard,
        })
        .collect()
}

/// The pattern for SQL's LIKE, and whether it needs `ESCAPE '!'`.
///
/// The backslash is no escape character here, since what one means differs between servers and modes.
pub(super) fn sql_like(parts: &[Part]) -> (String, bool) {
    // A backslash that is data has to be escaped too, or the servers' default would take it for an escape.
    let escapes = parts
        .iter()
        .any(|part| matches!(part, Part::Data('%' | '_' | '\\')));
    let mut pattern = String::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Any => pattern.push('%'),
            Part::One => pattern.push('_'),
            Part::Data(char) => {
                if escapes && matches!(char, '%' | '_' | '!') {
                    pattern.push('!');
                }
                pattern.push(*char);
            }
        }
    }
    (pattern, escapes)
}

/// The pattern for SQLite's GLOB, which is case-sensitive as its LIKE is not.
pub(super) fn glob(parts: &[Part]) -> String {
    let mut pattern = String::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Any => pattern.push('*'),
            Part::One => pattern.push('?'),
            Part::Data(char @ ('*' | '?' | '[')) => {
                pattern.push('[');
                pattern.push(*char);
                pattern.push(']');
            }
            Part::Data(char) => pattern.push(*char),
        }
    }
    pattern
}

/// Lower case, one character for one: Unicode's simple mapping, which the servers use.
fn lower(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_escaped_and_wildcards_are_not() {
        let parts = parts(Lookup::Contains, r"50%_!\").unwrap_or_default();
        assert_eq!(sql_like(&parts), (r"%50!%!_!!\%".to_owned(), true));
        assert_eq!(glob(&parts), r"*50%_!\*");
        assert_eq!(sql_like(&like("a%b_")), ("a%b_".to_owned(), false));
        assert_eq!(sql_like(&like(r"50\%%")), ("50!%%".to_owned(), true));
        assert_eq!(glob(&like("[a]*?%")), "[[]a][*][?]*");
    }

    #[test]
    fn lower_case_keeps_the_length() {
        let lowered: String = "ÀİΣẞ".chars().map(lower).collect();
        assert_eq!(lowered, "àiσß");
    }
}
