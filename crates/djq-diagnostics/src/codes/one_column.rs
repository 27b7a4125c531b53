use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ONE_COLUMN: Code = Code {
    id: "E0407",
    name: "one-column",
    severity: Severity::Error,
    label: "one column is needed",
    doc: "A pipeline that stands for a value, or for the list behind `in`, has one column, and this one has several (or \
all of a model's, where it has no `select`). Select the one that is meant. In `select` and in shapes, a pipeline of several \
columns is nested instead.",
    example: "query newest() {\n  from Author as a\n  where a.name = (from Entry as e where e.slug = 'x' select e.title, e.slug)\n  select a.email\n}\n",
    mended: Some("query newest() {\n  from Author as a\n  where a.name = (from Entry as e where e.slug = 'x' select e.title)\n  select a.email\n}\n"),
};
