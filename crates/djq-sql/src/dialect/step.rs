//! Steps into JSON, as `x['a'][0]` writes them.

use super::operand::{int, text};
use djq_check::Type;
use djq_plan::plan::Expr;

/// A step into JSON: a key of an object, an index of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// A key known when the query is compiled.
    Key(&'a str),
    /// A key that is the operand at this place.
    KeyAt(usize),
    /// An index known when the query is compiled; a negative one counts from the end.
    Index(i64),
    /// An index that is the operand at this place.
    IndexAt(usize),
}

/// The steps among the operands of a call, which stand behind the value.
pub(super) fn steps(operands: &[Expr]) -> impl Iterator<Item = Step<'_>> {
    operands.iter().enumerate().skip(1).map(|(place, operand)| {
        match (text(operand), int(operand), operand.ty.kind.base()) {
            (Some(key), ..) => Step::Key(key),
            (_, Some(index), _) => Step::Index(index),
            (_, _, Type::Int | Type::BigInt) => Step::IndexAt(place),
            _ => Step::KeyAt(place),
        }
    })
}

/// A key between double quotes, as a JSON path has it.
pub(super) fn quoted_key(key: &str) -> String {
    let mut path = String::with_capacity(key.len() + 2);
    path.push('"');
    for char in key.chars() {
        match char {
            '"' | '\\' => path.extend(['\\', char]),
            '\n' => path.push_str("\\n"),
            '\r' => path.push_str("\\r"),
            '\t' => path.push_str("\\t"),
            '\u{8}' => path.push_str("\\b"),
            '\u{c}' => path.push_str("\\f"),
            control if control < ' ' => path.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => path.push(other),
        }
    }
    path.push('"');
    path
}

/// Whether JSON writes the key as it is, whoever wrote it: no character may stand there as an escape.
pub(super) fn is_plain(key: &str) -> bool {
    key.bytes()
        .all(|byte| (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\\'))
}

/// A key in double quotes, what is not ASCII as an escape, as Django's JSON has it.
pub(super) fn escaped_key(key: &str) -> String {
    let mut escaped = String::with_capacity(key.len() * 2);
    let mut units = [0; 2];
    for char in quoted_key(key).chars() {
        if (' '..='~').contains(&char) {
            escaped.push(char);
        } else {
            for unit in char.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_as_json_writes_them() {
        assert_eq!(quoted_key("a.b"), r#""a.b""#);
        assert_eq!(quoted_key("a\"\\\n\u{1}é"), "\"a\\\"\\\\\\n\\u0001é\"");
        assert_eq!(escaped_key("é😀"), r#""\u00e9\ud83d\ude00""#);
        assert!(is_plain("it's [0] $.*"));
        assert!(!is_plain("é") && !is_plain("\"") && !is_plain("\u{7f}"));
    }
}
