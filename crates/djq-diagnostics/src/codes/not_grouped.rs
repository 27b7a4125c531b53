use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_GROUPED: Code = Code {
    id: "E0403",
    name: "not-grouped",
    severity: Severity::Error,
    label: "which row's value?",
    doc: "After `group by` a row is a whole group: it has its keys and what is aggregated over its rows, and no other field of theirs. Add the field to the keys, or aggregate it. Grouping by a source brings all its fields: `group by a`, then `a.name`.",
    example: "query per_status() {\n  from Entry as e\n  group by e.status\n  select e.status, e.title, count() as entries\n}\n",
    mended: Some("query per_status() {\n  from Entry as e\n  group by e.status\n  select e.status, max(e.title) as title, count() as entries\n}\n"),
};
