//! The house stands as ARCHITECTURE.md says: its crates, their edges, who imports what.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

/// Every crate folder and its manifest.
fn manifests() -> BTreeMap<String, toml::Table> {
    fs::read_dir(root().join("crates"))
        .unwrap()
        .filter_map(|entry| {
            let entry = entry.unwrap();
            let text = fs::read_to_string(entry.path().join("Cargo.toml")).ok()?;
            Some((
                entry.file_name().into_string().unwrap(),
                text.parse().unwrap(),
            ))
        })
        .collect()
}

/// Every Rust file of the crates' sources, with its path from `crates/`.
fn sources() -> Vec<(String, String)> {
    let crates = root().join("crates");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = manifests()
        .keys()
        .map(|name| crates.join(name).join("src"))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&crates)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The crates of the dependency table, each with what it may use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = architecture();
    let table = text
        .split("## Dependencies")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| djq"));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').split('|');
        let name = cells.next().unwrap().trim().to_owned();
        (
            name,
            cells
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    })
    .collect()
}

#[test]
fn the_table_of_the_house_names_the_crates_there_are() {
    let text = architecture();
    let house = text
        .split("## The house")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let named: BTreeSet<String> = house
        .lines()
        .filter_map(|line| line.strip_prefix("  djq"))
        .map(|rest| {
            format!(
                "djq{}",
                rest.split_whitespace()
                    .next()
                    .filter(|_| rest.starts_with('-'))
                    .unwrap_or("")
            )
        })
        .collect();
    let there: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(named, there);
}

#[test]
fn crates_use_only_what_the_table_allows() {
    let allowed = allowed();
    let manifests = manifests();
    assert_eq!(
        allowed.keys().collect::<Vec<_>>(),
        manifests.keys().collect::<Vec<_>>()
    );
    for (name, manifest) in &manifests {
        let Some(dependencies) = manifest.get("dependencies").and_then(toml::Value::as_table)
        else {
            continue;
        };
        for used in dependencies.keys().filter(|used| used.starts_with("djq")) {
            assert!(
                allowed[name].contains(used),
                "{name} uses {used}, which ARCHITECTURE.md does not allow"
            );
        }
    }
}

#[test]
fn the_edges_are_acyclic() {
    let allowed = allowed();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < allowed.len() {
        let next: Vec<&str> = allowed
            .iter()
            .filter(|(name, uses)| {
                !done.contains(name.as_str())
                    && uses.iter().all(|used| done.contains(used.as_str()))
            })
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(
            !next.is_empty(),
            "a cycle among the crates that are not in {done:?}"
        );
        done.extend(next);
    }
}

/// Fails for every file that mentions `library::` outside the places named.
fn imported_only_in(library: &str, places: &[&str]) {
    let mention = format!("{library}::");
    let mut homes = 0;
    for (name, text) in sources() {
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        if !code.into_iter().any(|line| line.contains(&mention)) {
            continue;
        }
        assert!(
            places.iter().any(|place| name.starts_with(place)),
            "{name} imports {library}, which is for {places:?}"
        );
        homes += 1;
    }
    assert!(
        homes > 0,
        "{library} is imported nowhere: the rule has lost its subject"
    );
}

#[test]
fn chumsky_is_imported_in_the_parser_alone() {
    imported_only_in("chumsky", &["djq-syntax/src/parser"]);
}

#[test]
fn ariadne_is_imported_in_the_terminal_renderer_alone() {
    imported_only_in("ariadne", &["djq-diagnostics/src/terminal"]);
}

#[test]
fn sea_query_is_imported_in_djq_sql_alone() {
    imported_only_in("sea_query", &["djq-sql/src/"]);
}

#[test]
fn stages_read_no_files_clocks_environment_or_network() {
    let stages = [
        "djq-diagnostics",
        "djq-syntax",
        "djq-schema",
        "djq-check",
        "djq-plan",
        "djq-sql",
        "djq-codegen",
        "djq-ide",
    ];
    let deeds = [
        "std::fs",
        "std::env::",
        "std::net::Tcp",
        "SystemTime",
        "Instant::now",
        "std::process",
    ];
    for (name, text) in sources() {
        if !stages
            .iter()
            .any(|stage| name.starts_with(&format!("{stage}/")))
        {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for deed in deeds {
            assert!(
                !code.contains(deed),
                "{name} uses {deed}; a stage is a function of its input"
            );
        }
    }
}

#[test]
fn no_code_outside_the_dialects_asks_which_dialect_it_has() {
    for (name, text) in sources() {
        if !name.starts_with("djq-sql/src/") || name.starts_with("djq-sql/src/dialect/") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for variant in [
            "DialectId::Postgres",
            "DialectId::MySql",
            "DialectId::MariaDb",
            "DialectId::Sqlite",
        ] {
            assert!(
                !code.contains(variant),
                "{name} asks for {variant} by name; ask what the dialect can do"
            );
        }
    }
}

#[test]
fn each_diagnostic_has_a_file_a_number_a_doc_and_an_example() {
    let folder = root().join("crates/djq-diagnostics/src/codes");
    let files = fs::read_dir(folder)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name() != "mod.rs")
        .count();
    let codes = djq_diagnostics::codes::ALL;
    assert_eq!(
        files,
        codes.len(),
        "a file for each code, and a code for each file"
    );
    let mut ids = BTreeSet::new();
    let mut names = BTreeSet::new();
    for code in codes {
        assert!(ids.insert(code.id), "{} is given twice", code.id);
        assert!(names.insert(code.name), "{} is given twice", code.name);
        assert!(
            code.doc.len() > 80,
            "{} says too little of itself",
            code.name
        );
        // What is wrong with a snapshot, a project file or a file's size is not shown by a query.
        let shown_by_file = !["E06", "E07"]
            .iter()
            .any(|family| code.id.starts_with(family))
            && code.name != "too-large";
        assert!(
            !shown_by_file || !code.example.is_empty(),
            "{} has no example",
            code.name
        );
    }
    let sorted: Vec<&str> = ids.into_iter().collect();
    assert_eq!(
        codes.iter().map(|code| code.id).collect::<Vec<_>>(),
        sorted,
        "codes stand by number"
    );
}
