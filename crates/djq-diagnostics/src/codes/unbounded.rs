use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNBOUNDED: Code = Code {
    id: "L0013",
    name: "unbounded",
    severity: Severity::Note,
    label: "any number of rows",
    doc: "Nothing bounds how many rows the query gives: no `limit`, no condition on a unique field, no aggregate. On a table \
that grows, such a query grows with it. Allowed unless asked for, since many a table is small and stays so.",
    example: "@[warn(unbounded)]\nquery titles() {\n  from Entry\n  select title\n}\n",
    mended: Some("@[warn(unbounded)]\nquery titles() {\n  from Entry\n  select title\n  order by id\n  limit 100\n}\n"),
};
