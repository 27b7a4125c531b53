use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NO_LATERAL: Code = Code {
    id: "E0502",
    name: "no-lateral-join",
    severity: Severity::Error,
    doc: "A joined query uses the rows on its left, which SQL calls a lateral join. MariaDB and SQLite have none. Where \
the query only filters and names columns, djq writes an ordinary join with the same rows; a query that limits, groups or \
orders for each row of the left has no such form there. Take single values by a query in `select`, or nest the rows.",
    example: "query newest() {\n  from Author as a\n  join (from Entry where author = a order by pub_date desc, id limit 2) as e on true\n  select a.name, e.title\n}\n",
    mended: Some("query newest() {\n  from Author as a\n  select a.name, (a.entries order by pub_date desc, id limit 2) { title } as newest\n}\n"),
};
