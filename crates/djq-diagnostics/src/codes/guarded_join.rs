use crate::{Code, Severity};

/// See [`Code::doc`].
pub static GUARDED_JOIN: Code = Code {
    id: "E1005",
    name: "guarded-join",
    severity: Severity::Error,
    label: "may be missing",
    doc: "A join that ends in `when` may be left out, and its rows with it. Its names are used only in clauses that are left out then too: those whose own `when` implies the join's.",
    example: "query example(slug?: text) {\n  from Entry as e\n  join e.tags as t when $slug\n  where t.slug = $slug when $slug\n  order by t.name\n  select e.title\n}\n",
    mended: Some("query example(slug?: text) {\n  from Entry as e\n  join e.tags as t when $slug\n  where t.slug = $slug when $slug\n  order by t.name when $slug\n  select e.title\n}\n"),
};
