use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NULL_ORDER: Code = Code {
    id: "L0015",
    name: "null-order",
    severity: Severity::Note,
    label: "not the index's order",
    doc: "Nulls sort last in both directions unless the query says otherwise, so that every database gives the same rows. A database's index has one order of its own: PostgreSQL keeps nulls behind all values (in front when it is read backwards), MySQL and MariaDB keep them in front (behind, read backwards). Where the order asked for is not the index's, the database sorts instead of reading the index in order. Leave the nulls out (`where rating is not null`), or say where they go as the index has them. Allowed unless asked for.",
    example: "@[warn(null-order)]\nquery newest() {\n  from Entry\n  order by pub_date, id\n  limit 10\n  select title\n}\n",
    mended: Some("@[warn(null-order)]\nquery newest() {\n  from Entry\n  order by id\n  limit 10\n  select title\n}\n"),
};
