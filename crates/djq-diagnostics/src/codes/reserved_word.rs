use crate::{Code, Severity};

/// See [`Code::doc`].
pub static RESERVED_WORD: Code = Code {
    id: "E0109",
    name: "reserved-word",
    severity: Severity::Error,
    label: "reserved",
    doc: "The word belongs to the language and cannot be a new name as it is. In backticks it can. After a dot, as a \
shape's key, on the left of an assignment and where an operand is expected, a reserved word that cannot mean \
anything else is a name without them.",
    example: "query titles() {\n  from Entry\n  select title as group\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title as `group`\n}\n"),
};
