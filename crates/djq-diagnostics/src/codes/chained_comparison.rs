use crate::{Code, Severity};

/// See [`Code::doc`].
pub static CHAINED_COMPARISON: Code = Code {
    id: "E0108",
    name: "chained-comparison",
    severity: Severity::Error,
    label: "a second comparison",
    doc: "`a < b < c` means different things in different languages, so it means nothing here. Compare twice and join \
the two by `and`, or write `between`.",
    example: "query titles() {\n  from Entry\n  where 1 < rating < 5\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where 1 < rating and rating < 5\n  select title\n}\n"),
};
