use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNUSED_JOIN: Code = Code {
    id: "L0003",
    name: "unused-join",
    severity: Severity::Warning,
    label: "not used",
    doc: "A left join keeps every row, so one whose source nothing uses does nothing, or repeats rows that have several.",
    example: "query titles() {\n  from Entry as e\n  left join e.editor as d\n  select e.title\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  select e.title\n}\n"),
};
