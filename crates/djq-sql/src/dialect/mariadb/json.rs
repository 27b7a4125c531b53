//! Nested rows as JSON on MariaDB, where JSON is text.

use crate::dialect::{Form, JsonList};

/// The server stops at 32, with a null.
pub(super) const DEPTH: usize = 30;

pub(super) use crate::dialect::mysql::json::{object, value};

/// The server knows its own functions' results for JSON, and no query's.
pub(super) fn within() -> Form {
    Form::atom("json_compact({0})")
}

/// The client raises `group_concat_max_len`, which cuts JSON_ARRAYAGG short, too.
pub(super) fn list(ordered: bool) -> JsonList {
    JsonList::Aggregate(Form::atom(if ordered {
        "concat('[', coalesce(group_concat({0} ORDER BY {1} SEPARATOR ','), ''), ']')"
    } else {
        "concat('[', coalesce(group_concat({0} SEPARATOR ','), ''), ']')"
    }))
}
