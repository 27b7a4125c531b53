use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MALFORMED_LITERAL: Code = Code {
    id: "E0106",
    name: "malformed-literal",
    severity: Severity::Error,
    label: "not a literal",
    doc: "A number, date, time or duration is not well formed. Dates are `@2024-01-31`, times `@12:30` or `@12:30:15.5`, \
both together `@2024-01-31T12:30:00Z` with `Z` or an offset such as `+02:00`. A duration is a number, a space \
and a unit: `30 days`.",
    example: "query titles() {\n  from Entry\n  where date(pub_date) > @2024-1-31\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where date(pub_date) > @2024-01-31\n  select title\n}\n"),
};
