use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TO_MANY_VALUE: Code = Code {
    id: "E0401",
    name: "to-many-value",
    severity: Severity::Error,
    label: "many rows",
    doc: "A path to many rows has no single value. There are three ways to say what is meant: aggregate it (`count(a.entries)`, `max(a.entries.rating)`), join it by name and have a row for each (`join a.entries as e`), or nest it (`a.entries { title }`). One row of many is `(a.entries order by pub_date desc limit 1).title`.",
    example: "query titles() {\n  from Author as a\n  select a.name, a.entries.title\n}\n",
    mended: Some("query titles() {\n  from Author as a\n  select a.name, max(a.entries.title) as title\n}\n"),
};
