use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DATE_WITH_TIME_STEP: Code = Code {
    id: "E0320",
    name: "date-with-time-step",
    severity: Severity::Error,
    label: "a part of a day",
    doc: "A date is a whole day: days, weeks, months and years can be added to it, and it stays a date. With \
hours or less, or a length that is known only at run time, the result would be a moment. Make it one \
first: `x::datetime` is the day's first moment in UTC.",
    example: "query example() {\n  from Entry\n  where author.joined + 12 hours < now()\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where author.joined::datetime + 12 hours < now()\n  select title\n}\n"),
};
