use crate::{Code, Severity};

/// See [`Code::doc`].
pub static MISPLACED_WINDOW: Code = Code {
    id: "E0340",
    name: "misplaced-window",
    severity: Severity::Error,
    label: "a window has no place here",
    doc: "A window (`f(…) over (…)`) looks at all the rows there are at its clause. It may stand wherever a value \
may, but not inside an aggregate, inside another window, or in the condition of a join, which see one row at a \
time: there it is named first, by `let`. The other way round, a function such as `row_number` is nothing without \
`over`, and `over` means nothing behind a function of one row.",
    example: "query example() {\n  from Entry\n  group by author\n  select author, max(row_number() over (order by id)) as last\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  let number = row_number() over (order by id)\n  group by author\n  select author, max(number) as last\n}\n",
    ),
};
