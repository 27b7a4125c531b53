use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_SOURCE: Code = Code {
    id: "E0220",
    name: "not-a-source",
    severity: Severity::Error,
    label: "no rows to read",
    doc: "`from` and `join` read rows: of a model, a scope, a CTE, a view, a relation, or a pipeline in parentheses. A function gives a value, not rows.",
    example: "query numbers() {\n  from upper('x') as u\n  select 1 as one\n}\n",
    mended: Some("query numbers() {\n  from Entry as u\n  select 1 as one\n}\n"),
};
