use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_TARGET: Code = Code {
    id: "E0809",
    name: "not-a-target",
    severity: Severity::Error,
    label: "no rows of a model",
    doc: "`update` and `delete` write to the rows of the model that the pipeline starts from. Behind `group by`, \
`distinct`, a set operation or an aggregate the rows are no longer those of the model, and a CTE, a view or a \
derived table has no rows of its own to write to. Find the keys there and write to the model: `from Entry where \
id in (…) update { … }`.",
    example: "query shorten() {\n  from Entry group by author select count() as entries\n  update { body = '' }\n}\n",
    mended: Some("query shorten() {\n  from Entry\n  where author in (from Entry group by author where count() > 5 select author)\n  update { body = '' }\n}\n"),
};
