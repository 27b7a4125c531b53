use crate::{Code, Severity};

/// See [`Code::doc`].
pub static INVALID_REGEX: Code = Code {
    id: "E0312",
    name: "invalid-regex",
    severity: Severity::Error,
    label: "not a regular expression",
    doc: "A regular expression is run by the database server, and each has an engine of its own; so a literal \
one is checked when the query is compiled, against what all of them read alike: characters, `.`, \
classes in brackets, `\\d \\w \\s`, groups, `|`, `* + ? {n,m}`, `^` and `$`. What only some engines \
have (look-around, back references, `\\b`, flags, named groups) is refused. `iregex` ignores case, and \
takes no letter whose other case is not one letter (`ß`); a pattern given as a parameter is not checked.",
    example: "query example() {\n  from Entry\n  where title regex '(draft'\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where title regex '(draft)'\n  select title\n}\n"),
};
