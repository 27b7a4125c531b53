use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_FUNCTION: Code = Code {
    id: "E0305",
    name: "unknown-function",
    severity: Severity::Error,
    label: "no such function",
    doc: "There is no function of this name. Names are SQL's, in PostgreSQL's spelling where SQL has none; a \
name from another database, from Django or Python is answered with the one that does the same here.",
    example: "query example() {\n  from Entry\n  select char_length(title) as letters\n}\n",
    mended: Some("query example() {\n  from Entry\n  select length(title) as letters\n}\n"),
};
