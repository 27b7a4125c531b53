use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DATE_WITH_DATETIME: Code = Code {
    id: "E0307",
    name: "date-with-datetime",
    severity: Severity::Error,
    label: "a day on one side, a moment on the other",
    doc: "A date is compared with a datetime. Databases would read the date as its first moment, in a time \
zone of their own choosing, so that `pub_date = @2024-01-31` finds only what happened at midnight. \
Say which is meant: `date(pub_date) = @2024-01-31` compares days in UTC, and a datetime literal \
compares moments.",
    example: "query example() {\n  from Entry\n  where pub_date >= @2024-01-31\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where date(pub_date) >= @2024-01-31\n  select title\n}\n"),
};
