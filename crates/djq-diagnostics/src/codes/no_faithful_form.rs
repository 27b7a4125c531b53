use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NO_FAITHFUL_FORM: Code = Code {
    id: "E0501",
    name: "no-faithful-form",
    severity: Severity::Error,
    label: "no faithful form",
    doc: "A dialect that the project compiles for cannot do this with the same result as the others. A query gives \
one answer everywhere, so djq refuses rather than write SQL that comes close. The label says what the dialect lacks, \
and the help what to write instead. Where the query need not run on that dialect, take it out of `dialects` in \
`djq.toml`.",
    example: "query hashes() {\n  from Entry\n  select sha1(title) as hash\n}\n",
    mended: Some("query hashes() {\n  from Entry\n  select sha256(title) as hash\n}\n"),
};
