use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DEFINITION_WITHOUT_MODEL: Code = Code {
    id: "E0212",
    name: "definition-without-model",
    severity: Severity::Error,
    label: "of which model?",
    doc: "Scopes, shapes and relations belong to a model, whose name stands before theirs: `def Entry.published = where status = 'published'`. Only functions stand alone.",
    example: "def published = where status = 'published'\n",
    mended: Some("def Entry.published = where status = 'published'\n"),
};
