use crate::{Code, Severity};

/// See [`Code::doc`].
pub static STILL_REFERENCED: Code = Code {
    id: "E0807",
    name: "still-referenced",
    severity: Severity::Error,
    label: "rows that others point to",
    doc: "Rows of other models may point to the rows that are deleted. Django carries out `on_delete` itself, in Python, \
so the database knows nothing of it, and a plain `delete` could only fail or leave keys that lead nowhere. \
`delete cascade` does what the models say: CASCADE, SET_NULL and SET_DEFAULT, with PROTECT and RESTRICT as a \
failure, all in one transaction. `delete restrict` is one statement, which the database refuses where rows still \
point. Django's signals do not run in either case.",
    example: "query purge(slug: text) {\n  from Tag where slug = $slug delete\n}\n",
    mended: Some("query purge(slug: text) {\n  from Tag where slug = $slug delete cascade\n}\n"),
};
