use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_GUARD: Code = Code {
    id: "E1002",
    name: "misplaced-guard",
    severity: Severity::Error,
    label: "always there",
    doc: "`where`, `join`, `order by`, `limit` and `offset`, and the assignments of an `update`, may end in `when` and are left out where it does not hold. The other clauses say what the rows are: without one of them the query would have another output. Write another query for that.",
    example: "query example(q?: text) {\n  from Entry\n  select title when $q\n}\n",
    mended: Some("query example(q?: text) {\n  from Entry\n  where title = $q when $q\n  select title\n}\n"),
};
