use crate::{Code, Severity};

/// See [`Code::doc`].
pub static COUNTED_CONDITION: Code = Code {
    id: "L0017",
    name: "counted-condition",
    severity: Severity::Warning,
    label: "counted, true or not",
    doc: "`count(x)` counts the rows where `x` is not null, and a condition that is false is not null: `count(rating > 3)` counts every row with a rating. The rows for which it is true are counted by `count(where rating > 3)`.",
    example: "query good() {\n  from Entry as e\n  select count(e.rating > 3) as good\n}\n",
    mended: Some("query good() {\n  from Entry as e\n  select count(where e.rating > 3) as good\n}\n"),
};
