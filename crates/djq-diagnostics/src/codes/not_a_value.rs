use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_VALUE: Code = Code {
    id: "E0219",
    name: "not-a-value",
    severity: Severity::Error,
    label: "not a value",
    doc: "A value is needed here, and this is something else: a model, a scope, the rows of a relation, a row without a key. A generic foreign key is a value only once it is cast to a model: `(c.content_object::blog.Entry).title`.",
    example: "query sums() {\n  from Author as a\n  select sum(a.books) as earned\n}\n",
    mended: Some("query sums() {\n  from Author as a\n  select sum(a.books.price) as earned\n}\n"),
};
