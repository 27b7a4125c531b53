use crate::{Code, Severity};

/// See [`Code::doc`].
pub static WHERE_AFTER_EXISTS: Code = Code {
    id: "L0009",
    name: "where-after-exists",
    severity: Severity::Warning,
    label: "of the outer rows",
    doc: "A `where` behind `where exists a.entries` is a clause of the outer pipeline: it filters the outer rows. Conditions on the relation's rows stand in its parentheses.",
    example: "query names() {\n  from Author as a\n  where exists a.entries\n  where name = 'Ana'\n  select a.name\n}\n",
    mended: Some("query names() {\n  from Author as a\n  where exists a.entries and a.name = 'Ana'\n  select a.name\n}\n"),
};
