use crate::{Code, Severity};

/// See [`Code::doc`].
pub static UNKNOWN_WINDOW: Code = Code {
    id: "E0341",
    name: "unknown-window",
    severity: Severity::Error,
    label: "no such window",
    doc: "`over w` uses a window that a clause `window w as ( … )` above it names; there is none of this name.",
    example: "query example() {\n  from Entry\n  window by_author as (partition by author order by id)\n  select id, row_number() over by_autor as number\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  window by_author as (partition by author order by id)\n  select id, row_number() over by_author as number\n}\n",
    ),
};
