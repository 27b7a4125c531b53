use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DEFINITION_CLASH: Code = Code {
    id: "E0209",
    name: "definition-clash",
    severity: Severity::Error,
    label: "would hide a field",
    doc: "A `def` of a model stands beside its fields and relations, so it cannot have the name of one: `e.title` would mean two things.",
    example: "def Entry.title = upper(slug)\n",
    mended: Some("def Entry.loud_title = upper(slug)\n"),
};
