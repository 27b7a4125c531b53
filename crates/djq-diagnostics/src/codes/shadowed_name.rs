use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SHADOWED_NAME: Code = Code {
    id: "L0005",
    name: "shadowed-name",
    severity: Severity::Warning,
    label: "hides a field",
    doc: "A `let` or a key with a field's name hides the field from bare names below it. The field is still there behind its source's name.",
    example: "query titles() {\n  from Entry as e\n  let title = upper(e.slug)\n  select e.id, title\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  let loud = upper(e.slug)\n  select e.id, loud\n}\n"),
};
