use crate::{Code, Severity};

/// See [`Code::doc`].
pub static STRAY_BRACKET: Code = Code {
    id: "E0103",
    name: "stray-bracket",
    severity: Severity::Error,
    label: "closes nothing",
    doc: "A closing bracket has nothing to close. It is passed over, and the rest is read as if it were not there.",
    example: "query titles() {\n  from Entry\n  where rating > 3)\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where rating > 3\n  select title\n}\n"),
};
