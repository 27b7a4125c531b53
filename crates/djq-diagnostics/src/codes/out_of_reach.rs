use crate::{Code, Severity};

/// See [`Code::doc`].
pub static OUT_OF_REACH: Code = Code {
    id: "E0215",
    name: "out-of-reach",
    severity: Severity::Error,
    label: "out of reach",
    doc: "`distinct` and set operations make rows of the output alone, so what was not selected is gone below them. Add it to the `select`, or move the clause up.",
    example: "query statuses() {\n  from Entry as e\n  select e.status\n  distinct\n  order by e.title\n}\n",
    mended: Some("query statuses() {\n  from Entry as e\n  select e.status\n  distinct\n  order by e.status\n}\n"),
};
