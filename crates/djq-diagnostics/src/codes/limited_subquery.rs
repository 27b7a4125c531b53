use crate::{Code, Severity};

/// See [`Code::doc`].
pub static LIMITED_SUBQUERY: Code = Code {
    id: "E0504",
    name: "limited-subquery",
    severity: Severity::Error,
    label: "a limit inside",
    doc: "MariaDB takes no LIMIT in a query on the right of `in`, and finds nothing in one with windows. djq writes it one level deeper, but there it cannot use \
the rows around it. Compare with a query of one row by `=`, or ask with `exists` and a condition that picks the rows.",
    example: "query recent() {\n  from Entry as e\n  where e.id in (from Entry as o where o.author = e.author order by o.pub_date desc, o.id limit 3 select o.id)\n  select e.title\n}\n",
    mended: Some("query recent() {\n  from Entry as e\n  where e.id = (from Entry as o where o.author = e.author order by o.pub_date desc, o.id limit 1 select o.id)\n  select e.title\n}\n"),
};
