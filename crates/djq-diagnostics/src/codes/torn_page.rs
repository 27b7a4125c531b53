use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TORN_PAGE: Code = Code {
    id: "E1006",
    name: "torn-page",
    severity: Severity::Error,
    label: "half a page",
    doc: "`limit` and `offset` side by side are one page, and the offset counts first; with another clause between them the offset skips rows of what the limit left. Where only clauses with `when` stand between them, it would be the one or the other, as the parameters say. Write the two side by side, or put the first into `from ( … )`.",
    example: "query example(q?: text) {\n  from Entry\n  order by id\n  limit 10\n  where title = $q when $q\n  offset 5\n  select title\n}\n",
    mended: Some("query example(q?: text) {\n  from (from Entry order by id limit 10) as e\n  where title = $q when $q\n  order by id\n  offset 5\n  select title\n}\n"),
};
