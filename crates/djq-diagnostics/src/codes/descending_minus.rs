use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DESCENDING_MINUS: Code = Code {
    id: "E0120",
    name: "descending-minus",
    severity: Severity::Error,
    label: "negates a number",
    doc: "Django and PRQL write descending order as `-name`. Here `-` negates a number, and descending order is `name \
desc`. To sort by the negated number, put it in parentheses: `(-rating)`.",
    example: "query titles() {\n  from Entry\n  select title\n  order by -rating\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select title\n  order by rating desc\n}\n"),
};
