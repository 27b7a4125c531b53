use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NULL_FOR_REQUIRED: Code = Code {
    id: "E0802",
    name: "null-for-required",
    severity: Severity::Error,
    label: "may be null",
    doc: "The field's column cannot be null, and the value may be. The database would refuse the whole statement on the \
first row where it is. Give the value a fallback with `??`, keep the rows where it is null out with `where`, or \
declare the parameter without `?`.",
    example: "query copy_rating() {\n  from Entry update all { word_count = rating }\n}\n",
    mended: Some("query copy_rating() {\n  from Entry update all { word_count = rating ?? 0 }\n}\n"),
};
