use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_OPERATOR: Code = Code {
    id: "E0110",
    name: "foreign-operator",
    severity: Severity::Error,
    doc: "An operator of another language: `==` is `=`, `<>` is `!=`, `!x` is `not x`, and `&&` between conditions is \
`and` (between arrays and ranges it asks whether they overlap).",
    example: "query titles() {\n  from Entry\n  where status == 'published'\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where status = 'published'\n  select title\n}\n"),
};
