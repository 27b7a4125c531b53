use crate::{Code, Severity};

/// See [`Code::doc`].
pub static AMBIGUOUS_NAME: Code = Code {
    id: "E0205",
    name: "ambiguous-name",
    severity: Severity::Error,
    label: "which one is meant?",
    doc: "A bare name that several sources have says nothing about which is meant: put the source's name in front. The same holds for a model whose name several apps have.",
    example: "query titles() {\n  from Entry as e\n  join e.comments as c\n  select id\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  join e.comments as c\n  select c.id\n}\n"),
};
