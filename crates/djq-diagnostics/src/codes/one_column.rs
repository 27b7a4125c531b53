use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ONE_COLUMN: Code = Code {
    id: "E0407",
    name: "one-column",
    severity: Severity::Error,
    doc: "A pipeline that stands for a value, or for the list behind `in`, has one column, and this one has several (or \
all of a model's, where it has no `select`). Select the one that is meant.",
    example: "query newest() {\n  from Author as a\n  select a.name, (from Entry as e where e.slug = 'x' select e.title, e.slug) as title\n}\n",
    mended: Some("query newest() {\n  from Author as a\n  select a.name, (from Entry as e where e.slug = 'x' select e.title) as title\n}\n"),
};
