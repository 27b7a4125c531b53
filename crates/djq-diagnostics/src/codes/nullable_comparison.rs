use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NULLABLE_COMPARISON: Code = Code {
    id: "L0008",
    name: "nullable-comparison",
    severity: Severity::Warning,
    label: "null where the parameter is",
    doc: "`x = $p` with a parameter that may be null is SQL's comparison: where `$p` is null it is null and \
keeps no row, also none in which `x` is null. If null should find null, write `x is not distinct \
from $p`; if null should mean that the clause does not apply, write `where x = $p when $p` with `p?: \
text`.",
    example: "query example(title: text?) {\n  from Entry\n  where title = $title\n  select slug\n}\n",
    mended: Some("query example(title: text?) {\n  from Entry\n  where title is not distinct from $title\n  select slug\n}\n"),
};
