use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_NEST: Code = Code {
    id: "E0411",
    name: "misplaced-nest",
    severity: Severity::Error,
    label: "nested rows have no place here",
    doc: "Nested rows are for whoever receives the result: they stand in the outermost `select`, or in another nested relation. They are not values, not columns of a CTE, and not compared by `distinct` or set operations. `..shape` spreads a shape inside braces.",
    example: "query titles() {\n  from Author as a\n  where a.entries { title } is not null\n  select a.name\n}\n",
    mended: Some("query titles() {\n  from Author as a\n  select a.name, a.entries { title }\n}\n"),
};
