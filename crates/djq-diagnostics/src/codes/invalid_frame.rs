use crate::{Code, Severity};

/// See [`Code::doc`].
pub static INVALID_FRAME: Code = Code {
    id: "E0342",
    name: "invalid-frame",
    severity: Severity::Error,
    label: "not a frame",
    doc: "The frame of a window, or a window made from another, that cannot be. A frame starts before it ends, and its \
bounds are the same for all rows: literals or parameters, zero or more. `groups`, and `range` with a distance, \
are counted along the window's order; `range` needs one key for that, a number, a date, a datetime or a duration.",
    example: "query example() {\n  from Entry\n  select id, sum(word_count) over (order by title range between 2 preceding and current row) as words\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  select id, sum(word_count) over (order by title rows between 2 preceding and current row) as words\n}\n",
    ),
};
