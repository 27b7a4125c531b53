use crate::{Code, Severity};

/// See [`Code::doc`].
pub static RECURSIVE_CTE: Code = Code {
    id: "E0431",
    name: "recursive-cte",
    severity: Severity::Error,
    label: "does not end so",
    doc: "A CTE of `with recursive` has a first part, then `union all` (or `union`, which leaves out rows that are \
already there, and so ends on cycles) with a part that reads the CTE: in each step it sees the rows of the step before.\n\n\
That part reads the CTE once, by its own `from` or `join`, and makes rows one by one: no aggregate, `group by`, `distinct`, \
`order by`, `limit` or outer join that may leave out its rows. Whatever else is wanted is written where the CTE is read. \
The types of the columns are those of both parts; where each step would make a wider one, a cast says which it is.",
    example: "query example() {\n  with recursive thread as (\n    from Comment where parent is null select id, 0 as depth\n    union all (\n      from thread as t join Comment as c on c.parent = t.id\n      group by c.id, t.depth select c.id, t.depth + 1 as depth\n    )\n  )\n  from thread group by depth select depth, count() as comments\n}\n",
    mended: Some("query example() {\n  with recursive thread as (\n    from Comment where parent is null select id, 0 as depth\n    union all (\n      from thread as t join Comment as c on c.parent = t.id\n      select c.id, t.depth + 1 as depth\n    )\n  )\n  from thread group by depth select depth, count() as comments\n}\n"),
};
