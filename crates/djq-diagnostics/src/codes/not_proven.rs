use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_PROVEN: Code = Code {
    id: "E0405",
    name: "not-proven",
    severity: Severity::Error,
    label: "not proven",
    doc: "`one` and `maybe` promise at most one row, and the compiler proves it or refuses: by `=` on all fields of a unique constraint (one with a condition proves nothing), by `limit 1`, or by an aggregate without `group by`. Joins to many undo the proof.",
    example: "query entry(title: text) maybe {\n  from Entry\n  where title = $title\n}\n",
    mended: Some("query entry(slug: text) maybe {\n  from Entry\n  where slug = $slug\n}\n"),
};
