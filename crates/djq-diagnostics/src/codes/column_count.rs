use crate::{Code, Severity};

/// See [`Code::doc`].
pub static COLUMN_COUNT: Code = Code {
    id: "E0409",
    name: "column-count",
    severity: Severity::Error,
    label: "another number of columns",
    doc: "The two sides of `union`, `intersect` and `except` go together by position, so they have the same number of columns; so do a CTE and the names given to its columns.",
    example: "query names() {\n  from Author\n  select name, email\n  union (from Tag select name)\n}\n",
    mended: Some("query names() {\n  from Author\n  select name\n  union (from Tag select name)\n}\n"),
};
