use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ALWAYS_GIVEN: Code = Code {
    id: "E1003",
    name: "always-given",
    severity: Severity::Error,
    label: "always given",
    doc: "`$name` in a guard asks whether callers gave the parameter, whatever its value; of one that must be given, or that has a default, the answer is always yes. A parameter that may be left out is declared with `?` behind its name; whether a truth value is true is asked by `$name = true`, whether a value is missing by `is not null`.",
    example: "query example(drafts: bool) {\n  from Entry\n  where status = 'draft' when $drafts\n  select title\n}\n",
    mended: Some("query example(drafts: bool) {\n  from Entry\n  where status = 'draft' when $drafts = true\n  select title\n}\n"),
};
