use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_FILE: Code = Code {
    id: "E0217",
    name: "unknown-file",
    severity: Severity::Error,
    label: "no such file",
    doc: "`use \"…\"` names a file by its path relative to the file it stands in, and there is none.",
    example: "use \"missing.djq\"\n",
    mended: None,
};
