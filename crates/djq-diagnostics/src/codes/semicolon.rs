use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SEMICOLON: Code = Code {
    id: "E0119",
    name: "semicolon",
    severity: Severity::Error,
    label: "not needed",
    doc: "Nothing ends with a semicolon: a clause ends where the next begins, a query with its brace.",
    example: "query titles() {\n  from Entry\n  select title;\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n}\n"),
};
