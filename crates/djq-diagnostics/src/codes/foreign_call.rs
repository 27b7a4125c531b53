use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_CALL: Code = Code {
    id: "E0114",
    name: "foreign-call",
    severity: Severity::Error,
    label: "another language's way",
    doc: "A call as SQL writes it: `count(*)` is `count()`, `sum(x) filter (where c)` is `sum(x where c)`, `extract(year \
from d)` is `year(d)`, and `cast(x as t)` is `x::t`.",
    example: "query counts() {\n  from Entry\n  select count(*) as entries\n}\n",
    mended: Some("query counts() {\n  from Entry\n  select count() as entries\n}\n"),
};
