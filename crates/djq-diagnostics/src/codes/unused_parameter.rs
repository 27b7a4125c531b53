use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNUSED_PARAMETER: Code = Code {
    id: "L0002",
    name: "unused-parameter",
    severity: Severity::Warning,
    label: "not used",
    doc: "A declared parameter that nothing uses must still be given by every caller. Use it, or take it out.",
    example: "query titles(since: date) {\n  from Entry\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n}\n"),
};
