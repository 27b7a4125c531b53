use crate::{Code, Severity};

/// See [`Code::doc`].
pub static COMPARE_WITH_NULL: Code = Code {
    id: "E0306",
    name: "compare-with-null",
    severity: Severity::Error,
    label: "never true",
    doc: "A comparison with `null` is itself null, for every row, so that a `where` would keep none. Whether a \
value is missing is asked by `is null` and `is not null`; `is distinct from` compares two values of \
which either may be missing.",
    example: "query example() {\n  from Entry\n  where rating = null\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where rating is null\n  select title\n}\n"),
};
