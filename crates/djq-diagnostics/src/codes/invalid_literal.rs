use crate::{Code, Severity};

/// See [`Code::doc`].
pub static INVALID_LITERAL: Code = Code {
    id: "E0309",
    name: "invalid-literal",
    severity: Severity::Error,
    label: "not a value of its type",
    doc: "A literal is not a value of its type: a day that the calendar does not have, a whole number beyond \
64 bits, a text beside a UUID or a date that cannot be read as one. Literals are checked when the \
query is compiled, so that no row is needed to find the slip.",
    example: "query example() {\n  from Entry\n  where date(pub_date) = @2024-02-30\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where date(pub_date) = @2024-02-29\n  select title\n}\n"),
};
