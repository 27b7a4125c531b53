use crate::{Code, Severity};

/// See [`Code::doc`].
pub static IMPOSSIBLE_CAST: Code = Code {
    id: "E0316",
    name: "impossible-cast",
    severity: Severity::Error,
    label: "no such conversion",
    doc: "There is no conversion between these two types. The message names the way there is, if any: \
`epoch(x)` for a datetime as a number, `date(x)` for its day.",
    example: "query example() {\n  from Entry\n  select date(pub_date)::bool as day\n}\n",
    mended: Some("query example() {\n  from Entry\n  select date(pub_date) is not null as day\n}\n"),
};
