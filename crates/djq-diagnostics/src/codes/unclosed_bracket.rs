use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNCLOSED_BRACKET: Code = Code {
    id: "E0102",
    name: "unclosed-bracket",
    severity: Severity::Error,
    label: "not closed",
    doc: "A bracket is opened and never closed, or closed by another kind. The mark stands where it opens, since only \
the author knows where it should end. A bracket cannot stay open past the next item at the left margin, so one \
forgotten bracket spoils one query.",
    example: "query titles() {\n  from Entry\n  where (rating > 3\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where (rating > 3)\n  select title\n}\n"),
};
