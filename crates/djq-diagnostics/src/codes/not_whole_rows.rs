use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_WHOLE_ROWS: Code = Code {
    id: "E0414",
    name: "not-whole-rows",
    severity: Severity::Error,
    label: "not whole rows",
    doc: "`-> Entry` promises whole rows of a model, so that Django can make instances of them: the output is all its fields and nothing else. `select e`, or no `select` at all, gives that.",
    example: "query titles() -> Entry {\n  from Entry as e\n  select e.title\n}\n",
    mended: Some("query titles() -> Entry {\n  from Entry as e\n  select e\n}\n"),
};
