use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISSING_FILE: Code = Code {
    id: "E0703",
    name: "missing-file",
    severity: Severity::Error,
    label: "no such file",
    doc: "`use \"other/file.djq\"` imports the definitions and views of another file, whose path is relative to the \
file that the line stands in. There is no such file, or it cannot be read; the message says what the system said.",
    example: "use \"no/such/file.djq\"\n\nquery titles() {\n  from Entry\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n}\n"),
};
