use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNCLOSED_TEXT: Code = Code {
    id: "E0104",
    name: "unclosed-text",
    severity: Severity::Error,
    label: "not closed",
    doc: "A text, or a name in backticks, has no end. It is taken to end with its line. Inside a text its own quote is \
doubled (`'it''s'`); there are no backslash escapes, so that regular expressions read as they are.",
    example: "query titles() {\n  from Entry\n  where title = 'hello\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where title = 'hello'\n  select title\n}\n"),
};
