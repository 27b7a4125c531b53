//! What fuzzing starts from: every query of the repository, each with the items of its file that it may need.

use super::{Project, project};
use djq_diagnostics::FileId;
use djq_syntax::{
    TokenKind,
    ast::{Item, ItemKind},
};
use std::fmt::Write;
use std::path::PathBuf;

/// The `.djq` files of `snapshots`, `tests`, `examples` and `benches`, cut into texts of one query, with the names of
/// their files; each says which project it is about.
#[must_use]
pub fn seeds() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in files() {
        let text = project::read(&path);
        let name = path
            .strip_prefix(project::root())
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let project = Project::named(&text).unwrap_or(match name.as_str() {
            name if name.starts_with("tests/tpch/") => Project::Tpch,
            name if name.starts_with("tests/types/") => Project::Types,
            name if name.starts_with("examples/shop/") || name.starts_with("benches/") => {
                Project::Shop
            }
            _ => Project::Blog,
        });
        let parsed = djq_syntax::parse(FileId(0), &text);
        let slice = |item: &Item| text.get(item.span.range()).unwrap_or("");
        let is_query = |item: &&Item| matches!(item.kind, ItemKind::Query(_));
        let needed: Vec<&str> = parsed
            .ast
            .items
            .iter()
            .filter(|item| !is_query(item))
            .map(slice)
            .collect();
        for query in parsed.ast.items.iter().filter(is_query) {
            let mut seed = format!("# schema: {}\n", project.name());
            for text in needed.iter().copied().chain([slice(query)]) {
                seed.push_str(text);
                seed.push('\n');
            }
            found.push((name.clone(), seed));
        }
    }
    found
}

fn files() -> Vec<PathBuf> {
    let root = project::root();
    let mut folders: Vec<PathBuf> = ["snapshots", "tests", "examples", "benches"]
        .iter()
        .map(|folder| root.join(folder))
        .collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "djq") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The dictionary as libFuzzer reads it.
#[must_use]
pub fn dictionary() -> String {
    let mut text = String::from(
        "# Made by the test `the_dictionary_is_up_to_date` from the grammar and the catalogue.\n",
    );
    for word in words(None) {
        let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(text, "\"{escaped}\"");
    }
    text
}

/// The words and signs of the language, the functions, and the names of a project's models, fields and relations.
#[must_use]
pub fn words(project: Option<Project>) -> Vec<String> {
    let mut words: Vec<String> = TokenKind::RESERVED
        .iter()
        .map(|word| (*word).into())
        .collect();
    let grammar = project::read(&project::root().join("grammar/djq.ebnf"));
    // What stands in quotes in the grammar is written so in a query.
    let mut rest = grammar.as_str();
    while let Some((_, behind)) = rest.split_once('"') {
        let Some((word, next)) = behind.split_once('"') else {
            break;
        };
        if !word.contains(['\n', '\\']) && !word.is_empty() {
            words.push(word.into());
        }
        rest = next;
    }
    words.extend(djq_check::functions::all().map(|entry| entry.name.to_owned()));
    if let Some(schema) = project.map(Project::schema) {
        for model in schema.model_ids().map(|id| schema.model(id)) {
            words.push(model.name.to_string());
            words.extend(model.fields.iter().map(|field| field.name.to_string()));
            words.extend(
                model
                    .relations
                    .iter()
                    .map(|relation| relation.name.to_string()),
            );
        }
    }
    words.sort();
    words.dedup();
    words
}
