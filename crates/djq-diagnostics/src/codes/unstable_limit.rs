use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNSTABLE_LIMIT: Code = Code {
    id: "L0010",
    name: "unstable-limit",
    severity: Severity::Warning,
    label: "in no order",
    doc: "Without `order by`, the rows that `limit` keeps are those that the database happens to find first, on each run perhaps others.",
    example: "query some() {\n  from Entry\n  select title\n  limit 10\n}\n",
    mended: Some("query some() {\n  from Entry\n  select title\n  order by id\n  limit 10\n}\n"),
};
