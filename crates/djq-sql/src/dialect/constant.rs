//! A constant in SQL.

use super::Binding;
use std::borrow::Cow;

/// A constant's text, which is complete: nothing in it is a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constant {
    /// The SQL.
    pub sql: Cow<'static, str>,
    /// How tightly it binds: a negative number is `Unary`.
    pub binds: Binding,
}

impl Constant {
    /// A constant that stands anywhere.
    #[must_use]
    pub fn atom(sql: impl Into<Cow<'static, str>>) -> Self {
        Self {
            sql: sql.into(),
            binds: Binding::Atom,
        }
    }

    /// A number, perhaps with a sign.
    #[must_use]
    pub fn number(sql: impl Into<Cow<'static, str>>) -> Self {
        let sql = sql.into();
        Self {
            binds: if sql.starts_with('-') {
                Binding::Unary
            } else {
                Binding::Atom
            },
            sql,
        }
    }
}

/// `text` between single quotes, doubled inside: right where a backslash means itself.
pub(super) fn quoted(text: &str) -> String {
    let mut sql = String::with_capacity(text.len() + 2);
    sql.push('\'');
    for part in text.split_inclusive('\'') {
        sql.push_str(part);
        if part.ends_with('\'') {
            sql.push('\'');
        }
    }
    sql.push('\'');
    sql
}

/// A text with a NUL in it, which no server but MySQL's holds.
pub(super) fn nul() -> super::Refusal {
    super::Refusal {
        why: "databases hold no text with a NUL character in it".into(),
        instead: Some("leave the character out".into()),
    }
}

/// SQL that stands in a template as it is.
pub(super) fn in_template(sql: &str) -> String {
    sql.replace('{', "{{").replace('}', "}}")
}
