use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_UTF8: Code = Code {
    id: "E0702",
    name: "not-utf8",
    severity: Severity::Error,
    label: "not text",
    doc: "A query file is text in UTF-8, and this one has a byte that is not. The mark stands where the first such \
byte was found, shown as a replacement character. Save the file as UTF-8 in the editor.",
    example: "",
    mended: None,
};
