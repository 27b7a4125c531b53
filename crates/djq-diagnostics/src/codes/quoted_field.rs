use crate::{Code, Severity};

/// See [`Code::doc`].
pub static QUOTED_FIELD: Code = Code {
    id: "L0007",
    name: "quoted-field",
    severity: Severity::Warning,
    label: "a text",
    doc: "Single and double quotes both make text in djq. A text that is compared with a constant and has a field's name was probably meant as the field; names that need quoting stand in backticks.",
    example: "query titles() {\n  from Entry\n  where \"title\" = 'Hello'\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where title = 'Hello'\n  select title\n}\n"),
};
