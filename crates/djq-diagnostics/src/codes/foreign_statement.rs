use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_STATEMENT: Code = Code {
    id: "E0122",
    name: "foreign-statement",
    severity: Severity::Error,
    label: "another language's way",
    doc: "A statement that writes, as SQL has it. Here the rows come first and what happens to them last: `from M where … \
update { a = 1 }`, `from M where … delete restrict`; a new row names each value: `insert M { a = 1 }`, `insert M [{ … }, \
{ … }]`.",
    example: "query rename(id: int) {\n  update Company set name = 'Wedge & Sons' where id = $id\n}\n",
    mended: Some("query rename(id: int) {\n  from Company where id = $id update { name = 'Wedge & Sons' }\n}\n"),
};
