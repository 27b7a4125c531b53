use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_DUPLICATE: Code = Code {
    id: "E0606",
    name: "snapshot-duplicate",
    severity: Severity::Error,
    label: "twice",
    doc: "Two entries of the schema snapshot have the same name where one is all there can be: two models of one label, a field \
and a relation of one name, a key given twice. Two foreign keys to the same model both want the name `entry_set` there: \
give one of them a `related_name`, as Django asks too.",
    example: "{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\"}, {\"label\": \"blog.Tag\", \"table\": \"blog_tags\"}]}\n",
    mended: Some("{\"version\": 1, \"models\": [{\"label\": \"blog.Tag\", \"table\": \"blog_tag\"}]}\n"),
};
