use crate::{Code, Severity};

/// See [`Code::doc`].
pub static JOIN_WITHOUT_CONDITION: Code = Code {
    id: "E0408",
    name: "join-without-condition",
    severity: Severity::Error,
    label: "which rows belong together?",
    doc: "A join along a relation (`join a.entries as e`) knows its condition; any other needs `on`. Every pair of rows is `cross join`, which takes none.",
    example: "query pairs() {\n  from Author as a\n  join Book as b\n  select a.name, b.title\n}\n",
    mended: Some("query pairs() {\n  from Author as a\n  join Book as b on b.author = a\n  select a.name, b.title\n}\n"),
};
