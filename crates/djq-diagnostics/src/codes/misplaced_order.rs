use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_ORDER: Code = Code {
    id: "E0323",
    name: "misplaced-order",
    severity: Severity::Error,
    label: "has no meaning in this call",
    doc: "`order by` inside the parentheses of an aggregate whose result does not depend on the order of its \
rows, or `distinct` where it means nothing. Only `string_agg` and its kin gather values in an order. `limit` stands in an \
aggregate over a relation, whose rows it limits; those of a group are limited in a clause above.",
    example: "query example() {\n  from Entry\n  select sum(word_count order by title) as words\n}\n",
    mended: Some("query example() {\n  from Entry\n  select sum(word_count) as words\n}\n"),
};
