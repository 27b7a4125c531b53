use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNINDEXED_FILTER: Code = Code {
    id: "L0014",
    name: "unindexed-filter",
    severity: Severity::Note,
    label: "no index serves this",
    doc: "No condition of these `where`s is one that an index of the model can serve, so the database reads every row of its table. An index serves `=`, `in`, `<`, `between` and `is null` of its first field, and `startswith` of it; not a function of it, and no other lookup. Add an index to the model (`db_index=True`, `Meta.indexes`), or filter by a field that has one. For a small table it does not matter: allowed unless asked for.",
    example: "@[warn(unindexed-filter)]\nquery long() {\n  from Entry\n  where word_count > 1000\n  select title\n}\n",
    mended: Some("@[warn(unindexed-filter)]\nquery long(author: Author) {\n  from Entry\n  where author = $author and word_count > 1000\n  select title\n}\n"),
};
