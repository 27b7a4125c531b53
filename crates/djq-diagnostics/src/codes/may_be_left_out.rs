use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MAY_BE_LEFT_OUT: Code = Code {
    id: "E1004",
    name: "may-be-left-out",
    severity: Severity::Error,
    label: "may be missing",
    doc: "A parameter with `?` behind its name may be left out by callers, and then has no value. Its value is used only in clauses that are left out then too: those whose `when` implies that it is given. A default instead of `?` gives it a value in any case.",
    example: "query example(q?: text) {\n  from Entry\n  where title = $q\n  select title\n}\n",
    mended: Some("query example(q?: text) {\n  from Entry\n  where title = $q when $q\n  select title\n}\n"),
};
