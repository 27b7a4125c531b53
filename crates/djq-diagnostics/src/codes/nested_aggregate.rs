use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NESTED_AGGREGATE: Code = Code {
    id: "E0404",
    name: "nested-aggregate",
    severity: Severity::Error,
    label: "the inner aggregate",
    doc: "An aggregate runs over rows, and inside it each row is looked at by itself. To aggregate aggregates, make the first ones columns of a pipeline, and aggregate its rows. An aggregate over a relation is a value of the row, and may stand inside.",
    example: "query mean() {\n  from Entry as e\n  group by e.author_id\n  select avg(count()) as mean\n}\n",
    mended: Some("query mean() {\n  from (from Entry as e group by e.author_id select count() as entries) as x\n  select avg(x.entries) as mean\n}\n"),
};
