use crate::{Code, Severity};

/// See [`Code::doc`].
pub static WRONG_CASE: Code = Code {
    id: "E0207",
    name: "wrong-case",
    severity: Severity::Error,
    label: "not this case",
    doc: "Model names are Django's, and case matters in them. The fix writes the right one.",
    example: "query titles() {\n  from entry\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n}\n"),
};
