use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SELECT_FIRST: Code = Code {
    id: "E0113",
    name: "select-first",
    severity: Severity::Error,
    label: "too early",
    doc: "Clauses stand in the order they happen: rows come `from` somewhere, `where` keeps some of them, `select` makes \
the output. SQL writes `select` first and runs it late. The fix moves it behind the clauses that it reads.",
    example: "query titles() {\n  select title\n  from Entry\n  where rating > 3\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where rating > 3\n  select title\n}\n"),
};
