use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FOREIGN_COMMENT: Code = Code {
    id: "E0111",
    name: "foreign-comment",
    severity: Severity::Error,
    label: "another language's way",
    doc: "Comments begin with `#` and end with the line. `--` and `/* … */` are SQL's and are read as comments, so \
nothing else goes wrong because of them.",
    example: "query titles() {\n  from Entry -- all of them\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry # all of them\n  select title\n}\n"),
};
