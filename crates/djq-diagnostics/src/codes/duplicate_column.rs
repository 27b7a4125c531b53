use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DUPLICATE_COLUMN: Code = Code {
    id: "E0214",
    name: "duplicate-column",
    severity: Severity::Error,
    label: "a second column of this name",
    doc: "The names of the output differ, since callers read columns by name. Two paths may end in the same name: name one of them with `as`.",
    example: "query names() {\n  from Entry as e\n  select e.author.name, e.editor.name\n}\n",
    mended: Some("query names() {\n  from Entry as e\n  select e.author.name, e.editor.name as editor\n}\n"),
};
