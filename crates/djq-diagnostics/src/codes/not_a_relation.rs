use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_RELATION: Code = Code {
    id: "E0410",
    name: "not-a-relation",
    severity: Severity::Error,
    label: "not a relation",
    doc: "`exists`, `in`, `{ … }` and `.( … )` are about the rows of a relation or pipeline, and this is a value. For a value ask `is not null`, or compare it.",
    example: "query titles() {\n  from Entry as e\n  where exists e.rating\n  select e.title\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  where e.rating is not null\n  select e.title\n}\n"),
};
