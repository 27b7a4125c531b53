use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_VERSION: Code = Code {
    id: "E0602",
    name: "snapshot-version",
    severity: Severity::Error,
    label: "another version",
    doc: "The schema snapshot has a version that this djq does not read. A newer djq wrote it: update djq, so that all who \
work on the project have the same; or write it anew with `djq introspect`.",
    example: "{\"version\": 9, \"models\": []}\n",
    mended: Some("{\"version\": 1, \"models\": []}\n"),
};
