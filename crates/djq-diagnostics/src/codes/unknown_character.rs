use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_CHARACTER: Code = Code {
    id: "E0105",
    name: "unknown-character",
    severity: Severity::Error,
    label: "means nothing",
    doc: "A character that the language does not use outside texts, comments and backticks. Names are made of the \
letters a to z in either case, digits and `_`; any other name stands in backticks.",
    example: "query titles() {\n  from Entry\n  where rating > 3 §\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where rating > 3\n  select title\n}\n"),
};
