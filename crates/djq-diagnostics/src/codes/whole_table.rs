use crate::{Code, Severity};

/// See [`Code::doc`].
pub static WHOLE_TABLE: Code = Code {
    id: "E0806",
    name: "whole-table",
    severity: Severity::Error,
    label: "every row",
    doc: "An `update` or `delete` without a `where` changes every row of the model. Where that is meant, the word `all` \
says so; and where it is not, a `where` is missing. A `where` with a guard may be gone at run time, so it does \
not count. With an unguarded `where`, `all` would say the opposite of it.",
    example: "query publish() {\n  from Entry update { status = 'published' }\n}\n",
    mended: Some("query publish() {\n  from Entry update all { status = 'published' }\n}\n"),
};
