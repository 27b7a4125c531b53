use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ARGUMENT_COUNT: Code = Code {
    id: "E0304",
    name: "argument-count",
    severity: Severity::Error,
    label: "not this number of arguments",
    doc: "A function has fewer or more arguments than it takes. Its signature, in the message, shows those \
that may be left out in brackets.",
    example: "query example() {\n  from Entry\n  select replace(title, ' ') as slug\n}\n",
    mended: Some("query example() {\n  from Entry\n  select replace(title, ' ', '-') as slug\n}\n"),
};
