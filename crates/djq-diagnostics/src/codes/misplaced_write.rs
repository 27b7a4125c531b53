use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_WRITE: Code = Code {
    id: "E0810",
    name: "misplaced-write",
    severity: Severity::Error,
    label: "not in this place",
    doc: "A query writes once, as the last thing it does: `insert`, `update` or `delete` ends the outermost pipeline, with \
`on conflict` behind an insert and `returning` behind any of them. Definitions, views and nested pipelines only \
read.",
    example: "query twice() {\n  from Tag where slug = 'old' update { name = 'Old' }\n  where name = 'x'\n}\n",
    mended: Some("query twice() {\n  from Tag where slug = 'old' and name = 'x'\n  update { name = 'Old' }\n}\n"),
};
