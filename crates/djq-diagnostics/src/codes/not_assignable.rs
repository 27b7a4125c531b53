use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_ASSIGNABLE: Code = Code {
    id: "E0803",
    name: "not-assignable",
    severity: Severity::Error,
    label: "cannot be set",
    doc: "Only a field with a column of the model's own table takes a value. A relation to many has rows of its own: write \
to the model that holds them (`blog.Entry_tags` for a many-to-many field). An automatic key and a generated \
column are made by the database: a key that is given by hand would be handed out a second time on some databases \
and not on others. Fields of a multi-table parent are in the parent's table, so write to the parent. A field is \
set once.",
    example: "query retag(tag: Tag) {\n  from Entry where id = 1 update { tags = $tag }\n}\n",
    mended: Some("query retag(tag: Tag) {\n  insert blog.Entry_tags { entry = 1, tag = $tag }\n}\n"),
};
