use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_TYPE: Code = Code {
    id: "E0317",
    name: "unknown-type",
    severity: Severity::Error,
    label: "no such type",
    doc: "There is no type of this name. Types are `bool int bigint float decimal(p, s) text bytes date time \
datetime duration uuid json inet`, lists `[t]`, unions of texts `'a' | 'b'`, rows `{a: int}`, and \
models, which stand for their keys. `t?` may be null.",
    example: "query example(title: varchar) {\n  from Entry\n  where title = $title\n  select slug\n}\n",
    mended: Some("query example(title: text) {\n  from Entry\n  where title = $title\n  select slug\n}\n"),
};
