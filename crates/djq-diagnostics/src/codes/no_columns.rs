use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NO_COLUMNS: Code = Code {
    id: "E0413",
    name: "no-columns",
    severity: Severity::Error,
    label: "no columns",
    doc: "Rows without any column say nothing: there is no source whose fields would be the output, and no `select`.",
    example: "query nothing() {\n  where true\n}\n",
    mended: Some("query something() {\n  select 1 as one\n}\n"),
};
