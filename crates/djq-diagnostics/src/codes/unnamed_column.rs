use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNNAMED_COLUMN: Code = Code {
    id: "E0213",
    name: "unnamed-column",
    severity: Severity::Error,
    label: "has no name",
    doc: "Each column of the output has a name. A path gives its last name, a call its function's; any other expression needs `as`.",
    example: "query lengths() {\n  from Entry\n  select word_count * 2\n}\n",
    mended: Some("query lengths() {\n  from Entry\n  select word_count * 2 as doubled\n}\n"),
};
