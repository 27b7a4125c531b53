use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TYPE_MISMATCH: Code = Code {
    id: "E0301",
    name: "type-mismatch",
    severity: Severity::Error,
    label: "these types differ",
    doc: "Two values stand where they must have one type, and have two: the sides of a comparison, the \
branches of a `case`, the columns of a `union`, a value and the place it goes to. The message shows \
both types and where each comes from: a field's definition, a literal, what a function gives. Whole \
numbers, decimals and floats go together by themselves, choices are text (or numbers), and a literal \
is read as what the other side is: `'2024-01-31'` beside a date is a date. Everything else needs a \
conversion that is written: `x::text`, `date(x)`, `try_cast(x as int)`.",
    example: "query example() {\n  from Entry\n  where title = word_count\n  select title\n}\n",
    mended: Some("query example() {\n  from Entry\n  where title = word_count::text\n  select title\n}\n"),
};
