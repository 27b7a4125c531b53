use crate::{Code, Severity};

/// See [`Code::doc`].
pub static VARYING_LIMIT: Code = Code {
    id: "E0345",
    name: "varying-limit",
    severity: Severity::Error,
    label: "may differ from row to row",
    doc: "`limit` and `offset` count rows before any of them is looked at, so their number is the same for all rows: a \
literal or a parameter. MySQL and MariaDB take nothing else there. To keep another number of rows for each row around them, number \
the rows with a window and compare.",
    example: "query example() {\n  from Entry\n  order by id\n  limit word_count\n}\n",
    mended: Some("query example(n: int) {\n  from Entry\n  order by id\n  limit $n\n}\n"),
};
