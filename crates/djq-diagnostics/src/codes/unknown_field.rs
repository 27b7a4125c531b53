use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_FIELD: Code = Code {
    id: "E0204",
    name: "unknown-field",
    severity: Severity::Error,
    label: "no such field",
    doc: "A model has no field, relation or definition of this name. Fields go by their Django names: \
`author` is the relation, `author_id` its column, `pk` the primary key whatever it is called. Where a name \
is near, the fix writes it; `djq schema MODEL` lists them all.",
    example: "query titles() {\n  from Entry\n  select titel\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n}\n"),
};
