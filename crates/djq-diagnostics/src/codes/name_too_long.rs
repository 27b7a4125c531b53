use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NAME_TOO_LONG: Code = Code {
    id: "E0503",
    name: "name-too-long",
    severity: Severity::Error,
    label: "too long a name",
    doc: "PostgreSQL cuts names behind 63 bytes, without an error, and MySQL and MariaDB refuse names of more than 64 \
characters. A column of the output that is longer would be read under another name, or be taken for another column. \
Give it a shorter name with `as`.",
    example: "query titles() {\n  from Entry\n  select upper(title) as the_title_of_the_entry_in_upper_case_letters_as_the_printers_want_to_have_it\n}\n",
    mended: Some("query titles() {\n  from Entry\n  select upper(title) as title_in_capitals\n}\n"),
};
