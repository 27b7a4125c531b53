use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SYNTAX_ERROR: Code = Code {
    id: "E0101",
    name: "syntax-error",
    severity: Severity::Error,
    label: "not expected",
    doc: "The text is not djq where the mark stands. The message says what was found and what could \
stand there instead. The rest of the file is still read, so other mistakes are reported in the same run.",
    example: "query titles() {\n  from Entry\n  where rating >\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where rating > 3\n  select title\n}\n"),
};
