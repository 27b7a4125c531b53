use crate::{Code, Severity};

/// See [`Code::doc`].
pub static BAD_CONFIG: Code = Code {
    id: "E0701",
    name: "bad-config",
    severity: Severity::Error,
    label: "not right",
    doc: "The project file `djq.toml` could not be read where the mark stands: it is not TOML there, or it has a \
key or a value that djq does not know. Unknown keys are errors, so that a misspelt one is never passed over; the \
message names the nearest right one.",
    example: "",
    mended: None,
};
