use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_CLAUSE: Code = Code {
    id: "E0112",
    name: "foreign-clause",
    severity: Severity::Error,
    label: "another language's way",
    doc: "A clause as SQL or PRQL writes it. `having` and `filter` are `where`, which sees what the clauses above it \
made; `sort` is `order by`, `derive` is `let`, `take` is `limit`; `inner join` is `join`; `distinct` is a \
clause of its own; the right side of `union` stands in parentheses.",
    example: "query counts() {\n  from Entry\n  group by author_id\n  select author_id, count() as entries\n  having entries > 1\n}\n",
    mended: Some("query counts() {\n  from Entry\n  group by author_id\n  select author_id, count() as entries\n  where entries > 1\n}\n"),
};
