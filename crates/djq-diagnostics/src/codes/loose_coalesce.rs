use crate::{Code, Severity};

/// See [`Code::doc`].
pub static LOOSE_COALESCE: Code = Code {
    id: "L0006",
    name: "loose-coalesce",
    severity: Severity::Warning,
    label: "looser than it looks",
    doc: "`??` is looser than arithmetic: `a ?? b + 1` is `a ?? (b + 1)`. Parentheses show which is meant.",
    example: "query stars() {\n  from Entry as e\n  select e.rating ?? 0 + 1 as stars\n}\n",
    mended: Some("query stars() {\n  from Entry as e\n  select (e.rating ?? 0) + 1 as stars\n}\n"),
};
