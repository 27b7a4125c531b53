use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_PARAMETER: Code = Code {
    id: "E0208",
    name: "unknown-parameter",
    severity: Severity::Error,
    label: "not declared",
    doc: "A query's parameters are declared behind its name: `query by_author(author: Author)`. Only a bare pipeline, as `djq run -e` takes it, declares them by use. A `def` sees no parameters but its own.",
    example: "query titles(author: Author) {\n  from Entry\n  where author = $autor or editor = $author\n  select title\n}\n",
    mended: Some("query titles(author: Author) {\n  from Entry\n  where author = $author or editor = $author\n  select title\n}\n"),
};
