use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_LOCK: Code = Code {
    id: "E0435",
    name: "misplaced-lock",
    severity: Severity::Error,
    label: "no rows of a table",
    doc: "`for update` locks the rows that a query gives until its transaction ends; `for share` lets others share \
the lock. It is the last clause of the outermost pipeline: in a subquery or a CTE, databases would lock other rows, or none.\n\n\
It locks the rows of the sources that are written, `of x` those of `x` alone; joins that paths imply are not locked, and of \
a model that inherits, the model's own table. Each row of the output must be one of each locked table: so no `group by`, aggregate, \
`distinct`, `limit … per`, window or set operation, and no source that an outer join may leave without a row.",
    example: "query example() {\n  from Entry\n  group by status\n  select status, count() as entries\n  for update\n}\n",
    mended: Some("query example() {\n  from Entry\n  group by status\n  select status, count() as entries\n}\n"),
};
