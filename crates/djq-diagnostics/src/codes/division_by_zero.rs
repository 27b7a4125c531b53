use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DIVISION_BY_ZERO: Code = Code {
    id: "E0318",
    name: "division-by-zero",
    severity: Severity::Error,
    label: "always null",
    doc: "The divisor is the literal zero. Division by zero is null on every database that djq compiles for, \
so this would be null in every row.",
    example: "query example() {\n  from Entry\n  select word_count / 0 as pages\n}\n",
    mended: Some("query example() {\n  from Entry\n  select word_count / 300 as pages\n}\n"),
};
