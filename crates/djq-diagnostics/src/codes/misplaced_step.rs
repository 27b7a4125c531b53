use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_STEP: Code = Code {
    id: "E0322",
    name: "misplaced-step",
    severity: Severity::Error,
    label: "not a fixed length",
    doc: "Months and years have no fixed length, so a calendar step is not a value: it can only be added to a \
date or a datetime, or taken from one. A length of time for other uses is written in days or smaller \
units.",
    example: "query example() {\n  from Entry\n  select 1 month as step\n}\n",
    mended: Some("query example() {\n  from Entry\n  select 30 days as step\n}\n"),
};
