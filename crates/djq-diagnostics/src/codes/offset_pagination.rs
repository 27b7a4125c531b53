use crate::{Code, Severity};

/// See [`Code::doc`].
pub static OFFSET_PAGINATION: Code = Code {
    id: "L0012",
    name: "offset-pagination",
    severity: Severity::Note,
    label: "rows read for nothing",
    doc: "With `offset` the database reads all rows before the page and drops them, and pages shift when rows come and go. Compare with the last row of the page before instead. Allowed unless asked for.",
    example: "@[warn(offset-pagination)]\nquery page(n: int) {\n  from Entry\n  select id, title\n  order by id\n  limit 20\n  offset $n\n}\n",
    mended: Some("@[warn(offset-pagination)]\nquery page(last: int) {\n  from Entry\n  where id > $last\n  select id, title\n  order by id\n  limit 20\n}\n"),
};
