use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DUPLICATE_NAME: Code = Code {
    id: "E0206",
    name: "duplicate-name",
    severity: Severity::Error,
    label: "a second of this name",
    doc: "Two things in one place have the same name, so that neither could be meant by it: two sources, two CTEs, two definitions of a model, two parameters.",
    example: "query pairs() {\n  from Entry as e\n  join e.author as e\n  select title\n}\n",
    mended: Some("query pairs() {\n  from Entry as e\n  join e.author as a\n  select title\n}\n"),
};
