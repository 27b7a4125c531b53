use crate::{Code, Severity};

/// See [`Code::doc`].
pub static CARTESIAN_JOIN: Code = Code {
    id: "L0004",
    name: "cartesian-join",
    severity: Severity::Warning,
    label: "every pair",
    doc: "A join whose condition does not compare the two sides pairs every row with every row. `cross join` says that this is meant. A condition that names one row (`t.id = 7`) is fine.",
    example: "query pairs() {\n  from Author as a\n  join Tag as t on t.name startswith 'N'\n  select a.name, t.name as tag\n}\n",
    mended: Some("query pairs() {\n  from Author as a\n  cross join Tag as t\n  where t.name startswith 'N'\n  select a.name, t.name as tag\n}\n"),
};
