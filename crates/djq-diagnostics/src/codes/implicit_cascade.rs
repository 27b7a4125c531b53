use crate::{Code, Severity};

/// See [`Code::doc`].
pub static IMPLICIT_CASCADE: Code = Code {
    id: "L0016",
    name: "implicit-cascade",
    severity: Severity::Note,
    label: "deletes more than it says",
    doc: "`delete cascade` carries out each `on_delete` of the models, so rows of models that the query does not name go too, and rows that point to those. The lint lists them. Where that is more than is meant, `delete restrict` is refused by the database as long as rows still point. Allowed unless asked for.",
    example: "@[warn(implicit-cascade)]\nquery purge(slug: text) {\n  from Tag where slug = $slug delete cascade\n}\n",
    mended: Some("@[warn(implicit-cascade)]\nquery purge(slug: text) {\n  from Tag where slug = $slug delete restrict\n}\n"),
};
