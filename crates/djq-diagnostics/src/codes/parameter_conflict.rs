use crate::{Code, Severity};

/// See [`Code::doc`].
pub static PARAMETER_CONFLICT: Code = Code {
    id: "E0313",
    name: "parameter-conflict",
    severity: Severity::Error,
    label: "another type",
    doc: "A parameter without a declared type takes that of its first use, and a later use needs another. The \
message shows both places. Declare the type that is meant, and convert where it is used as something \
else.",
    example: "query example(value) {\n  from Entry\n  where title = $value and word_count = $value\n  select title\n}\n",
    mended: Some("query example(value) {\n  from Entry\n  where title = $value and word_count::text = $value\n  select title\n}\n"),
};
