use crate::{Code, Severity};

/// See [`Code::doc`].
pub static NOT_A_GUARD: Code = Code {
    id: "E1001",
    name: "not-a-guard",
    severity: Severity::Error,
    label: "not a guard",
    doc: "`when` says whether a clause is there at all, before any row is read. So it asks about parameters alone: `$name` (it is given), `$name = 'literal'` and the other comparisons, `in` a list of literals, `is null`, joined by `and`, `or` and `not`. A condition on rows belongs in `where`.",
    example: "query example(q?: text) {\n  from Entry\n  where title = $q when title != ''\n  select title\n}\n",
    mended: Some("query example(q?: text) {\n  from Entry\n  where title = $q and title != '' when $q\n  select title\n}\n"),
};
