use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_YET: Code = Code {
    id: "E0903",
    name: "not-yet",
    severity: Severity::Error,
    doc: "This is part of the language, is read, and has its place in the compiler, but djq does not carry it out \
yet. Nothing is wrong with the query. The message says what is missing; where there is another way to the same \
rows, it says that too.",
    example: "query example() {\n  from Entry\n  select id, string_agg(title, ', ' limit 3) over (order by id) as titles\n}\n",
    mended: None,
};
