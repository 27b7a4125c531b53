use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SELECT_STAR: Code = Code {
    id: "L0011",
    name: "select-star",
    severity: Severity::Note,
    label: "changes with the model",
    doc: "What `*` gives changes with the model, and with it the generated types. Names say what is needed. Allowed unless asked for.",
    example: "@[warn(select-star)]\nquery entries() {\n  from Entry\n  select *\n}\n",
    mended: Some("@[warn(select-star)]\nquery entries() {\n  from Entry\n  select id, title\n}\n"),
};
