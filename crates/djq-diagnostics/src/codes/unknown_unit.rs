use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_UNIT: Code = Code {
    id: "E0324",
    name: "unknown-unit",
    severity: Severity::Error,
    label: "not known",
    doc: "A unit of time, or another word that a function takes as a literal, is not one that it knows. \
`date_trunc` takes `'year'`, `'quarter'`, `'month'`, `'week'`, `'day'`, and of a datetime also \
`'hour'`, `'minute'`, `'second'`. It must be written out: a parameter there would change what the \
function is.",
    example: "query example() {\n  from Entry\n  select date_trunc('mnth', pub_date) as month\n}\n",
    mended: Some("query example() {\n  from Entry\n  select date_trunc('month', pub_date) as month\n}\n"),
};
