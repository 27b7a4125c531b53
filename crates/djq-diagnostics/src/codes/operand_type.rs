use crate::{Code, Severity};

/// See [`Code::doc`].
pub static OPERAND_TYPE: Code = Code {
    id: "E0302",
    name: "operand-type",
    severity: Severity::Error,
    label: "does not take these types",
    doc: "An operator does not take a value of this type: `+` adds numbers and steps of time, `||` joins text, \
`like` and the lookups look into text. The message says what it takes, and the fix, where there is \
one, is the operator or the conversion that was meant.",
    example: "query example() {\n  from Entry\n  select title + '!' as loud\n}\n",
    mended: Some("query example() {\n  from Entry\n  select title || '!' as loud\n}\n"),
};
