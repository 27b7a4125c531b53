use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_VALUE: Code = Code {
    id: "E0604",
    name: "snapshot-value",
    severity: Severity::Error,
    label: "not this value",
    doc: "A value in the schema snapshot is missing, of the wrong kind, or none of those that its key can have: text where a list \
belongs, a type that djq does not have, a relation without a target. The message says what belongs there.",
    example: "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\", \"fields\": [{\"name\": \"slug\", \"type\": \"txt\"}]}]}\n",
    mended: Some(
        "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\", \"fields\": [{\"name\": \"slug\", \"type\": \"text\"}]}]}\n",
    ),
};
