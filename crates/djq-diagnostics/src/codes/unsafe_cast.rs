use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNSAFE_CAST: Code = Code {
    id: "E0315",
    name: "unsafe-cast",
    severity: Severity::Error,
    label: "may fail",
    doc: "`x::t` is for conversions that cannot fail, and this one can: not every text is a number or a date, \
not every number fits. Databases disagree about what happens then: an error, zero, the digits in \
front. `try_cast(x as t)` gives null where the value cannot be converted, on every database.",
    example: "query example() {\n  from Entry\n  select title::int as number\n}\n",
    mended: Some("query example() {\n  from Entry\n  select try_cast(title as int) as number\n}\n"),
};
