use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NO_LATERAL: Code = Code {
    id: "E0502",
    name: "no-lateral-join",
    severity: Severity::Error,
    label: "reads the rows beside it",
    doc: "A joined query uses the rows on its left, which SQL calls a lateral join. MariaDB and SQLite have none. Where \
the same rows come out, djq writes an ordinary join instead: of a query that only filters, of one that is pinned to the \
left by `=` and limits or groups, of one row of aggregates. A query that compares with the left in other ways and \
limits has no such form. Take single values by a query in `select`, or nest the rows.",
    example: "query following() {\n  from Entry as e\n  join (from Entry as o where o.pub_date > e.pub_date order by o.pub_date, o.id limit 1) as n on true\n  select e.title, n.title as following\n}\n",
    mended: Some("query following() {\n  from Entry as e\n  select e.title, (from Entry as o where o.pub_date > e.pub_date order by o.pub_date, o.id limit 1 select o.title) as following\n}\n"),
};
