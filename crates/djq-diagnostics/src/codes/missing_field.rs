use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISSING_FIELD: Code = Code {
    id: "E0801",
    name: "missing-field",
    severity: Severity::Error,
    label: "fields are missing",
    doc: "A new row needs a value for every field that cannot be null. djq fills in what the models say by themselves: \
constant defaults, `auto_now`, `auto_now_add`, and what the database makes (automatic keys, `db_default`). A \
default that is a Python function cannot be run here, and an empty text is no default in djq, though Django \
saves one where nothing is given.",
    example: "query add(author: Author) {\n  insert Entry { author = $author, slug = 'new', body = '' }\n}\n",
    mended: Some("query add(author: Author) {\n  insert Entry { author = $author, title = 'New', slug = 'new', body = '' }\n}\n"),
};
