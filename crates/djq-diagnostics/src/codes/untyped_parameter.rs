use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNTYPED_PARAMETER: Code = Code {
    id: "E0314",
    name: "untyped-parameter",
    severity: Severity::Error,
    label: "of which type?",
    doc: "Nothing says what type a parameter has: it is declared without one, and no use compares it with \
anything that has one. Write its type: `value: text`.",
    example: "query example(value) {\n  from Entry\n  select title, $value as value\n}\n",
    mended: Some("query example(value: text) {\n  from Entry\n  select title, $value as value\n}\n"),
};
