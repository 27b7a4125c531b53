use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_OPERATOR: Code = Code {
    id: "E0110",
    name: "foreign-operator",
    severity: Severity::Error,
    label: "another language's way",
    doc: "An operator of another language: `==` is `=`, `<>` is `!=`, `=>` is `>=`, `!x` and `~x` are `not x`, `x ~ y` is \
`x regex y`; between conditions `||` and `|` are `or`, `&&` and `&` are `and` (`||` joins texts, `&&` asks whether \
arrays or ranges overlap).",
    example: "query titles() {\n  from Entry\n  where status == 'published'\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where status = 'published'\n  select title\n}\n"),
};
