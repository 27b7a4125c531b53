use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_INTERVAL: Code = Code {
    id: "E0117",
    name: "foreign-interval",
    severity: Severity::Error,
    label: "another language's way",
    doc: "A duration is written as a number and a unit: `30 days`, `1 hour`, `2 weeks`; `1 month` and `2 years` are \
steps of the calendar. Longer ones are sums of these.",
    example: "query titles() {\n  from Entry\n  where pub_date > now() - interval '30 days'\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where pub_date > now() - 30 days\n  select title\n}\n"),
};
