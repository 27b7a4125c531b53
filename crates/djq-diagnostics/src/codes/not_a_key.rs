use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_KEY: Code = Code {
    id: "E0344",
    name: "not-a-key",
    severity: Severity::Error,
    label: "not a key of the group",
    doc: "`grouping(k, …)` says which keys of the group are summed up in a row of `rollup`, `cube` or `grouping sets`. Its \
arguments are keys of the `group by` above it and nothing else.",
    example: "query example() {\n  from Entry\n  group by rollup(status)\n  select status, grouping(title) as summed, count() as entries\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  group by rollup(status)\n  select status, grouping(status) as summed, count() as entries\n}\n",
    ),
};
