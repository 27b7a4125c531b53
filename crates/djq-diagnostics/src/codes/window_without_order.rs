use crate::{Code, Severity};

/// See [`Code::doc`].
pub static WINDOW_WITHOUT_ORDER: Code = Code {
    id: "E0343",
    name: "window-without-order",
    severity: Severity::Error,
    label: "in which order?",
    doc: "`rank`, `dense_rank`, `percent_rank` and `cume_dist` compare rows by the order of their window. Without one \
all rows are equal, which is never what is meant.",
    example: "query example() {\n  from Entry\n  select id, rank() over (partition by author) as place\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  select id, rank() over (partition by author order by rating desc) as place\n}\n",
    ),
};
