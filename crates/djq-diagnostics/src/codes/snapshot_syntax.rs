use crate::{Code, Severity};

/// See [`Code::doc`].
pub static SNAPSHOT_SYNTAX: Code = Code {
    id: "E0601",
    name: "snapshot-syntax",
    severity: Severity::Error,
    label: "not JSON",
    doc: "The schema snapshot is not JSON: it was cut off, edited by hand with a slip, or is another file. The mark \
stands where reading stopped. `djq introspect` writes it anew; in a merge conflict take either side and \
introspect again.",
    example: "{\n  \"version\": 1,\n  \"models\": [\n    {\"label\": \"blog.Tag\", \"table\": \"blog_tag\"\n  ]\n}\n",
    mended: Some("{\n  \"version\": 1,\n  \"models\": [\n    {\"label\": \"blog.Tag\", \"table\": \"blog_tag\"}\n  ]\n}\n"),
};
