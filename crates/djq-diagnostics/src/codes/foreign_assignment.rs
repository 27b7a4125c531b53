use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_ASSIGNMENT: Code = Code {
    id: "E0118",
    name: "foreign-assignment",
    severity: Severity::Error,
    label: "another language's way",
    doc: "Assignments stand in braces: `update { title = $title }`, after `on conflict (…)` as well. SQL writes `update \
set title = …` and `do update set title = …`.",
    example: "query edit(id: int, title: text) {\n  from Entry\n  where pk = $id\n  update set title = $title\n}\n",
    mended: Some("query edit(id: int, title: text) {\n  from Entry\n  where pk = $id\n  update { title = $title }\n}\n"),
};
