use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DATETIME_WITHOUT_ZONE: Code = Code {
    id: "E0308",
    name: "datetime-without-zone",
    severity: Severity::Error,
    label: "which zone?",
    doc: "A datetime literal names no time zone, and the project keeps datetimes as moments in UTC (`USE_TZ`), \
so it would depend on the reader which moment it is. Write `Z` for UTC or an offset such as \
`+02:00`. In a project with `USE_TZ = False` datetimes have no zone and literals have none either.",
    example: "query example() {\n  from Entry\n  where pub_date >= @2024-01-31T12:00:00\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where pub_date >= @2024-01-31T12:00:00Z\n  select title\n}\n"),
};
