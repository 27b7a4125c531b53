use crate::{Code, Severity};

/// See [`Code::doc`].
pub static RECURSIVE_DEFINITION: Code = Code {
    id: "E0210",
    name: "recursive-definition",
    severity: Severity::Error,
    label: "leads back to itself",
    doc: "A definition stands for what is written in it, wherever it is used, so it cannot contain itself, directly or through another. For rows that lead to rows of their own kind there are `ancestors` and `descendants`.",
    example: "def Entry.weight = heft + 1\ndef Entry.heft = weight + 1\n",
    mended: Some("def Entry.weight = word_count + 1\ndef Entry.heft = weight + 1\n"),
};
