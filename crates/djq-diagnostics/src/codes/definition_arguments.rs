use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DEFINITION_ARGUMENTS: Code = Code {
    id: "E0211",
    name: "definition-arguments",
    severity: Severity::Error,
    label: "these arguments do not fit",
    doc: "A call of a defined function gives as many arguments as it has parameters, each of the declared type. A parameter of a model's type takes a row: a source's name, or a path to one.",
    example: "def shout(word: text) = upper(word) || '!'\nquery titles() {\n  from Entry\n  select shout() as title\n}\n",
    mended: Some("def shout(word: text) = upper(word) || '!'\nquery titles() {\n  from Entry\n  select shout(title) as title\n}\n"),
};
