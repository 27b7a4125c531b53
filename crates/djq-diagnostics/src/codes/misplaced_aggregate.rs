use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_AGGREGATE: Code = Code {
    id: "E0402",
    name: "misplaced-aggregate",
    severity: Severity::Error,
    label: "needs many rows",
    doc: "Clauses run from top to bottom, and an aggregate needs rows to run over: it stands in `select`, or below `group by`. SQL's `having` is a `where` below `group by`. An aggregate of a relation, `count(a.entries)`, is a value of the row and may stand anywhere. `distinct`, `where` and `order by` inside the parentheses are for aggregates only.",
    example: "query busy() {\n  from Entry as e\n  where count() > 3\n  select e.author_id\n}\n",
    mended: Some("query busy() {\n  from Entry as e\n  group by e.author_id\n  where count() > 3\n}\n"),
};
