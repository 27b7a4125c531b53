use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TRAILING_COMMA: Code = Code {
    id: "E0107",
    name: "trailing-comma",
    severity: Severity::Error,
    label: "too much",
    doc: "A comma may trail in `{ }`, `( )` and `[ ]`, where the bracket shows that the list ends. In a clause it \
promises another item.",
    example: "query titles() {\n  from Entry\n  select title, rating,\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title, rating\n}\n"),
};
