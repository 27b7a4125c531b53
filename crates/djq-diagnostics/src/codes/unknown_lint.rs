use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_LINT: Code = Code {
    id: "E0218",
    name: "unknown-lint",
    severity: Severity::Error,
    label: "no such lint",
    doc: "An attribute sets the level of lints by their names: `@[allow(unbounded)]`. The levels are `allow`, `warn` and `deny`; `djq explain NAME` tells what a lint is about.",
    example: "@[allow(unbound)]\nquery titles() {\n  from Entry\n  select title\n}\n",
    mended: Some("@[allow(unbounded)]\nquery titles() {\n  from Entry\n  select title\n}\n"),
};
