use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MANY_ROWS: Code = Code {
    id: "E0406",
    name: "many-rows",
    severity: Severity::Error,
    label: "several rows",
    doc: "A pipeline in parentheses is a value only if it gives at most one row for certain, since databases differ in what they do with more. Unique fields compared with `=`, `limit 1`, or an aggregate prove it.",
    example: "query newest() {\n  from Author as a\n  select a.name, (from Entry as e where e.author = a select e.title) as title\n}\n",
    mended: Some("query newest() {\n  from Author as a\n  select a.name, (from Entry as e where e.author = a order by e.id desc limit 1 select e.title) as title\n}\n"),
};
