use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NULLABLE_DEFINITION: Code = Code {
    id: "E0216",
    name: "nullable-definition",
    severity: Severity::Error,
    label: "may be null",
    doc: "A `def` with a written type promises it to whoever uses it. A value that may be null needs `?` behind the type, or a `??` that replaces the null.",
    example: "def Entry.stars: int = rating\n",
    mended: Some("def Entry.stars: int? = rating\n"),
};
