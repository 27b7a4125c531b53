//! Names of the generated language.

/// A name as a Rust type: `top_authors` is `TopAuthors`.
pub(crate) fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            out.extend(first.to_uppercase());
            out.push_str(letters.as_str());
        }
    }
    if out.starts_with(|letter: char| letter.is_ascii_digit()) || out.is_empty() {
        out.insert(0, 'N');
    }
    out
}

/// A name as a Rust function or field: lower case, hostile letters as `_`, keywords raw.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut before_lower = false;
    for letter in name.chars() {
        if letter.is_uppercase() && before_lower {
            out.push('_');
        }
        before_lower = letter.is_lowercase() || letter.is_ascii_digit();
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase())
        } else {
            out.push('_')
        }
    }
    if out.is_empty() || out.starts_with(|letter: char| letter.is_ascii_digit()) {
        out.insert(0, '_');
    }
    match out.as_str() {
        "self" | "super" | "crate" | "_" => format!("{out}_"),
        word if KEYWORDS.binary_search(&word).is_ok() => format!("r#{out}"),
        _ => out,
    }
}

/// A name as a Rust constant.
pub(crate) fn constant(name: &str) -> String {
    snake(name).trim_start_matches("r#").to_uppercase()
}

/// Rust's keywords, strict and reserved, sorted (The Rust Reference, "Keywords").
const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rusts() {
        assert_eq!(pascal("top_authors"), "TopAuthors");
        assert_eq!(pascal("3 best"), "N3Best");
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("pubDate"), "pub_date");
        assert_eq!(snake("größe"), "größe");
        assert_eq!(snake("2 b"), "_2_b");
        assert_eq!(constant("type"), "TYPE");
        assert!(KEYWORDS.is_sorted());
    }
}
