use crate::{Code, Severity};

/// See [`Code::doc`].
pub static RETURNING_ELSEWHERE: Code = Code {
    id: "E0811",
    name: "returning-elsewhere",
    severity: Severity::Error,
    label: "nothing is returned",
    doc: "`returning` gives what is in the written row itself: its fields, and expressions of them. Other rows, behind a \
path or in a subquery, could be read before or after they change, each database another way. Return the key, and \
read what belongs to it with a second query.",
    example: "query add(author: Author, title: text) {\n  insert Entry { author = $author, title = $title, slug = $title, body = '' }\n  returning author.name\n}\n",
    mended: None,
};
