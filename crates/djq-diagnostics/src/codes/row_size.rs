use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ROW_SIZE: Code = Code {
    id: "E0321",
    name: "row-size",
    severity: Severity::Error,
    label: "not of the same size",
    doc: "Rows are compared field by field, and the two sides have different numbers of them. A model with a \
key of several columns counts as a row of these.",
    example: "query example() {\n  from Entry\n  where (title, slug) = ('a', 'b', 'c')\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where (title, slug) = ('a', 'b')\n  select title\n}\n"),
};
