use crate::{Code, Severity};

/// See [`Code::doc`].
pub static CONFLICT_FIELDS: Code = Code {
    id: "E0805",
    name: "conflict-fields",
    severity: Severity::Error,
    label: "not a unique key",
    doc: "`on conflict (…)` names the fields of one unique constraint, or of the primary key: they decide which row is \
already there. A constraint with a condition holds for some rows only and does not count.",
    example: "query add(slug: text, name: text) {\n  insert Tag { slug = $slug, name = $name } on conflict (name) do nothing\n}\n",
    mended: Some("query add(slug: text, name: text) {\n  insert Tag { slug = $slug, name = $name } on conflict (slug) do nothing\n}\n"),
};
