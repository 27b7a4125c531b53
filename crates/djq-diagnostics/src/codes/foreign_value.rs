use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_VALUE: Code = Code {
    id: "E0121",
    name: "foreign-value",
    severity: Severity::Error,
    label: "another language's way",
    doc: "A value as another language writes it. `None` is `null`, `True` is `true`; a parameter is `$name`, not `:name`, \
`%s` or `?`; a choice between values is `iif(condition, a, b)` or `case`; texts are joined by `||`, not put into \
each other; a date is `@2024-01-31`.",
    example: "query labels() {\n  from Entry\n  select rating > 3 ? 'good' : 'other' as label\n}\n",
    mended: Some("query labels() {\n  from Entry\n  select iif(rating > 3, 'good', 'other') as label\n}\n"),
};
