use crate::{Code, Severity};

/// See [`Code::doc`].
pub static VOLATILE_OPERAND: Code = Code {
    id: "E0325",
    name: "volatile-operand",
    severity: Severity::Error,
    label: "not in this place",
    doc: "`x between a and b` compares `x` twice, and `case x when …` once for each `when`. A value that is another one each \
time it is asked for, as `random()` is, would be compared as several values. A name in a `let` above makes it once for each row.",
    example: "query example() {\n  from Entry\n  where random() between 0.2 and 0.4\n  select id\n}\n",
    mended: Some(
        "query example() {\n  from Entry\n  let r = random()\n  where r between 0.2 and 0.4\n  select id\n}\n",
    ),
};
