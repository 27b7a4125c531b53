use crate::{Code, Severity};

/// See [`Code::doc`].
pub static ARGUMENT_TYPE: Code = Code {
    id: "E0303",
    name: "argument-type",
    severity: Severity::Error,
    label: "does not fit",
    doc: "A function's argument has a type that the function does not take. The message shows the function's \
signature and where the argument's type comes from. `djq explain` and the editor's hover show the \
catalogue's entry with an example.",
    example: "query example() {\n  from Entry\n  select lower(word_count) as words\n}\n",
    mended: Some("query example() {\n  from Entry\n  select lower(word_count::text) as words\n}\n"),
};
