//! What the tests of the checker share: text in, the checker's answer out.
#![allow(
    clippy::panic,
    reason = "a test that cannot read its schema has failed"
)]

#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) mod told;

use djq_check::{Checked, Context, RowFieldKind, RowShape, check};
use djq_diagnostics::{Diagnostic, SourceMap};
use djq_schema::{Schema, Snapshot};
use std::sync::OnceLock;

/// The blog example's schema.
pub(crate) fn blog() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| load(include_str!("../../../../examples/blog/schema.json")))
}

/// The shop example's schema.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn shop() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| load(include_str!("../../../../examples/shop/schema.json")))
}

/// A schema out of a snapshot's text.
pub(crate) fn load(text: &str) -> Schema {
    let snapshot = Snapshot::parse(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    Schema::from_snapshot(&snapshot).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Checks a text; syntax diagnostics come first.
pub(crate) fn run(text: &str, schema: &Schema) -> (Checked, Vec<Diagnostic>, SourceMap) {
    let mut files = SourceMap::default();
    let file = files.add("test.djq", text);
    let parsed = djq_syntax::parse(file, text);
    let context = Context {
        text,
        ..Context::default()
    };
    let checked = check(&parsed.ast, schema, &context);
    let mut all = parsed.diagnostics;
    all.extend(checked.diagnostics.iter().cloned());
    (checked, all, files)
}

/// The names of the codes that a text raises, in order.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn codes(text: &str) -> Vec<&'static str> {
    run(text, blog())
        .1
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect()
}

/// The diagnostics as people see them.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn rendered(text: &str) -> String {
    let (_, diagnostics, files) = run(text, blog());
    djq_diagnostics::render(&diagnostics, &files, false)
}

/// What callers see of each query of a text that has no error.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn interface(text: &str) -> String {
    let (checked, diagnostics, files) = run(text, blog());
    if diagnostics.iter().any(Diagnostic::is_error) {
        return djq_diagnostics::render(&diagnostics, &files, false);
    }
    let mut out = String::new();
    for query in &checked.queries {
        let interface = &query.interface;
        let parameters: Vec<String> = interface
            .parameters
            .iter()
            .map(|parameter| {
                let default = if parameter.default.is_some() {
                    " = …"
                } else {
                    ""
                };
                format!("{}: {}{default}", parameter.name, parameter.ty)
            })
            .collect();
        out.push_str(&format!(
            "{}({}) {:?} {{ {} }}\n",
            interface.name,
            parameters.join(", "),
            interface.cardinality,
            shape(&interface.row)
        ));
    }
    out
}

fn shape(row: &RowShape) -> String {
    let fields: Vec<String> = row
        .fields
        .iter()
        .map(|field| match &field.kind {
            RowFieldKind::Value(ty) => format!("{}: {ty}", field.name),
            RowFieldKind::Object {
                shape: inner,
                nullable,
            } => format!(
                "{}: {{ {} }}{}",
                field.name,
                shape(inner),
                if *nullable { "?" } else { "" }
            ),
            RowFieldKind::List(inner) => format!("{}: [{{ {} }}]", field.name, shape(inner)),
        })
        .collect();
    fields.join(", ")
}
