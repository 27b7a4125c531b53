use crate::{Code, Severity};

/// See [`Code::doc`].
pub static FAN_OUT: Code = Code {
    id: "L0001",
    name: "fan-out",
    severity: Severity::Error,
    label: "counted several times",
    doc: "A join to many repeats the rows of the sources above it, and an aggregate over a repeated source counts its rows several times: the number is wrong, and nothing shows it. Aggregate the relation instead (`sum(a.books.price)`), which is a value of the row that nothing repeats. `min`, `max`, `every`, `some`, `distinct` and `count()` are not concerned.",
    example: "query earned() {\n  from Author as a\n  join a.entries as e\n  join a.books as b\n  group by a\n  select a.name, count() as pairs, sum(b.price) as earned\n}\n",
    mended: Some("query earned() {\n  from Author as a\n  join a.entries as e\n  group by a\n  select a.name, count() as pairs, sum(a.books.price) as earned\n}\n"),
};
