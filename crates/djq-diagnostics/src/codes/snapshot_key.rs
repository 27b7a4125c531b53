use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_KEY: Code = Code {
    id: "E0603",
    name: "snapshot-key",
    severity: Severity::Error,
    label: "not a key",
    doc: "An entry of the schema snapshot has a key that its kind of entry does not know. Such a key is an error and not \
ignored, so that a slip in a snapshot written by hand cannot change what queries mean. The message names \
the nearest key there is.",
    example: "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"tabel\": \"blog_tag\", \"table\": \"blog_tag\"}]}\n",
    mended: Some("{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\"}]}\n"),
};
