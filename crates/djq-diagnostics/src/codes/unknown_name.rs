use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_NAME: Code = Code {
    id: "E0203",
    name: "unknown-name",
    severity: Severity::Error,
    label: "no such name in reach",
    doc: "Nothing in reach has this name. A bare name is, in this order: the nearest `let`, `select` or key above; a field or relation of the source; a name of the pipeline outside; a `def`; a model. A field of one source among several may need its alias in front.",
    example: "query titles() {\n  from Entry as e\n  join e.author as a\n  where writer = 'Ana'\n  select e.title\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  join e.author as a\n  where a.name = 'Ana'\n  select e.title\n}\n"),
};
