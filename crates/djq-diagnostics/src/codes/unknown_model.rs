use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_MODEL: Code = Code {
    id: "E0201",
    name: "unknown-model",
    severity: Severity::Error,
    label: "no model of this name",
    doc: "There is no model, app, view or CTE of this name. A model goes by `app.Model`, or by its name alone where one app has it or `use app` says which is meant. `djq schema` lists the models.",
    example: "query names() {\n  from Authr\n  select name\n}\n",
    mended: Some("query names() {\n  from Author\n  select name\n}\n"),
};
