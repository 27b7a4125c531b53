//! The schema snapshot: any file is read or has a problem, and a schema that was read can be used.

use super::compiler::settings;
use djq_compiler::Program;
use djq_diagnostics::SourceMap;
use djq_plan::plan::Nesting;
use djq_schema::{Schema, Snapshot, diff, mermaid};
use djq_syntax::TokenKind;
use std::fmt::Write;

/// No panic; each problem has a place; what was read is written and read again as the same; lists and diagrams of it
/// can be made, and queries over each model compile or have diagnostics.
pub fn schema(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut files = SourceMap::default();
    let file = files.add("schema.json", text);
    let schema = match Schema::from_json(text) {
        Ok(schema) => schema,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused, and nothing said");
            let diagnostics: Vec<_> = problems.iter().map(|one| one.diagnostic(file)).collect();
            super::parser::presentable(&diagnostics, &files);
            return;
        }
    };
    let Ok(snapshot) = Snapshot::parse(text) else {
        panic!("a schema, and no snapshot");
    };
    let written = snapshot.to_json();
    let again = Snapshot::parse(&written)
        .unwrap_or_else(|problems| panic!("written, it is not read: {problems:?}\n{written}"));
    assert_eq!(
        written,
        again.to_json(),
        "written otherwise the second time"
    );
    let changes = diff(&snapshot, &again);
    assert!(changes.is_empty(), "changed by writing: {changes:?}");
    let _ = mermaid(&schema, None);
    let mut queries = String::new();
    for (number, id) in schema.model_ids().enumerate().take(8) {
        let _ = schema.listing(id);
        let _ = schema.deletion(id).order();
        let model = schema.model(id);
        if !is_name(&model.app) || !is_name(&model.name) {
            continue;
        }
        let label = format!("`{}`.`{}`", model.app, model.name);
        let _ = writeln!(
            queries,
            "query all{number} {{ from {label} }} query delete{number} {{ from {label} where pk = $pk delete cascade }}"
        );
        for (place, relation) in model.relations.iter().enumerate().take(8) {
            if is_name(&relation.name) {
                let _ = writeln!(
                    queries,
                    "query nest{number}_{place} {{ from {label} as m select m.`{name}` {{ pk }} as x }} \
                     query join{number}_{place} {{ from {label} as m join m.`{name}` as n select n.pk }}",
                    name = relation.name
                );
            }
        }
    }
    let program = Program::from_text("q.djq", &queries);
    for file in djq_compiler::compile(&program, &schema, &settings(Nesting::Levels, false)) {
        super::parser::presentable(&file.diagnostics, &program.sources);
    }
}

/// Whether it can be written between backticks.
fn is_name(text: &str) -> bool {
    let quoted = format!("`{text}`");
    let mut tokens = djq_syntax::tokens(&quoted);
    tokens.next() == Some((TokenKind::QuotedName, 0..quoted.len()))
}
