use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SQL_ESCAPE: Code = Code {
    id: "E0434",
    name: "sql-escape",
    severity: Severity::Error,
    label: "an escape of SQL",
    doc: "`sql<float>\"…\"` is SQL as you write it, of the type that you say. It has to stay in its place in the statement: \
quotes and parentheses are closed in it, and no semicolon, comment or backslash is in it. What is between braces is djq, and is \
bound where it stands, so it cannot stand between quotes; `{{` is a brace. As a source it says its columns: \
`from sql<id: int, name: text>\"…\" as x`. Where dialects need different texts, each gets its own: \
`sql<float> { postgres \"…\", mysql \"…\" }`.",
    example: "query example(q: text) {\n  from Entry\n  where sql<bool>\"title like '%{$q}%'\"\n  select title\n}\n",
    mended: Some("query example(q: text) {\n  from Entry\n  where sql<bool>\"title like {'%' || $q || '%'}\"\n  select title\n}\n"),
};
