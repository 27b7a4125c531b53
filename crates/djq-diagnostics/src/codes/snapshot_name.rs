use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_NAME: Code = Code {
    id: "E0605",
    name: "snapshot-name",
    severity: Severity::Error,
    label: "leads nowhere",
    doc: "The schema snapshot names a model or a field that it does not have: a foreign key's target, a field of a key, the other side \
of a reverse relation. A snapshot must be whole; `djq introspect` writes it anew.",
    example: "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\", \"unique\": [[\"slgu\"]], \"fields\": [{\"name\": \"slug\", \"type\": \"text\"}]}]}\n",
    mended: Some(
        "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\", \"unique\": [[\"slug\"]], \"fields\": [{\"name\": \"slug\", \"type\": \"text\"}]}]}\n",
    ),
};
