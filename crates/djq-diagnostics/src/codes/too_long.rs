use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TOO_LONG: Code = Code {
    id: "E0804",
    name: "too-long",
    severity: Severity::Error,
    label: "too long",
    doc: "The text has more characters than the field's `max_length`. PostgreSQL, MySQL and MariaDB refuse such a value \
when the statement runs, and SQLite stores it, so djq says so now. Of a text that is not written in the query \
only the database can tell.",
    example: "query rename(id: Tag) {\n  from Tag where pk = $id\n  update { name = 'a name that is much, much too long for a tag of ours' }\n}\n",
    mended: Some("query rename(id: Tag) {\n  from Tag where pk = $id\n  update { name = 'a fitting name' }\n}\n"),
};
