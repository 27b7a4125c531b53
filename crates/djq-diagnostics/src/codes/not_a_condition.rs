use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_CONDITION: Code = Code {
    id: "E0319",
    name: "not-a-condition",
    severity: Severity::Error,
    label: "not a condition",
    doc: "A condition is needed, and this is a value of another type. Some databases read any number as true \
unless it is zero and any text as the number in front; djq asks to say what is meant: `x is not \
null`, `x != 0`, `x != ''`.",
    example: "query example() {\n  from Entry\n  where rating\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where rating is not null\n  select title\n}\n"),
};
