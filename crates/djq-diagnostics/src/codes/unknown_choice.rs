use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_CHOICE: Code = Code {
    id: "E0310",
    name: "unknown-choice",
    severity: Severity::Error,
    label: "not a choice",
    doc: "A field with `choices` is compared with a value that is none of them, so the comparison can never be \
true. The message lists the choices. The value in the database is meant, not the label that people \
read: `'draft'`, not `'Draft'`.",
    example: "query example() {\n  from Entry\n  where status = 'publshed'\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where status = 'published'\n  select title\n}\n"),
};
