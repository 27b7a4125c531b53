//! `delete cascade` leaves the rows that Django's own `delete()` leaves: `tools/deletions.py` recorded those, for rows of every
//! model of the projects, and what is deleted here on each database is compared with the record.

use crate::case::{Project, is_wanted, root};
use crate::databases;
use djq_client::{Access, Connection, Field, Value};
use djq_compiler::{CompiledQuery, Program, Settings};
use djq_sql::dialect::DialectId;
use serde_json::Value as Json;
use std::collections::BTreeMap;

const RECORD: &str = "tests/rules/deletions.json";

/// Of each model, by the key of each row, the rest of the row.
type Tables = BTreeMap<String, BTreeMap<Vec<String>, Vec<Option<String>>>>;

/// A deletion, and what Django did.
struct Deletion<'r> {
    query: CompiledQuery,
    djq: &'r str,
    recorded: &'r Json,
}

pub(crate) fn check() -> Vec<String> {
    let mut wrong = Vec::new();
    let text = std::fs::read_to_string(root().join(RECORD)).unwrap();
    let record: Json = serde_json::from_str(&text).unwrap();
    let mut counts = Counts::default();
    for project in Project::ALL {
        let of = &record[project.name()];
        if of.is_null() || !is_wanted(RECORD) {
            continue;
        }
        let mut deletions = Vec::new();
        for recorded in of["deletions"].as_array().unwrap() {
            let djq = recorded["djq"].as_str().unwrap();
            match compile(project, djq) {
                Ok(query) => deletions.push(Deletion {
                    query,
                    djq,
                    recorded,
                }),
                // `on_delete=SET(…)` is for Django alone, and so is what leads there.
                Err(error) if error.contains("which only Django can carry out") => {
                    counts.refused += 1;
                    if !djq.starts_with("from rules.Owner ") {
                        wrong.push(format!("{djq}: {error}"));
                    }
                }
                Err(error) => wrong.push(format!("{djq}: {error}")),
            }
        }
        let readers = readers(project, &of["models"]);
        let found: Vec<(Counts, Vec<String>)> = std::thread::scope(|scope| {
            let workers = DialectId::ALL.map(|dialect| {
                let (deletions, readers) = (&deletions, &readers);
                scope.spawn(move || on(project, dialect, deletions, readers))
            });
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap())
                .collect()
        });
        for (done, failures) in found {
            counts.same += done.same;
            counts.errors += done.errors;
            wrong.extend(failures);
        }
    }
    let Counts {
        same,
        errors,
        refused,
    } = counts;
    eprintln!(
        "{same} deletions left what Django leaves, {errors} failed as Django's do, {refused} are refused by the compiler"
    );
    if is_wanted(RECORD) && (same < 800 || errors < 40 || refused == 0) {
        wrong.push(format!(
            "{same} deletions left rows, {errors} failed, {refused} were refused: the record has shrunk"
        ));
    }
    wrong
}

#[derive(Default)]
struct Counts {
    same: usize,
    errors: usize,
    refused: usize,
}

/// A query for the rows of each model, and how many of its columns are the key.
fn readers(project: Project, models: &Json) -> Vec<(String, CompiledQuery, usize)> {
    let schema = project.schema();
    let reader = |(label, fields): (&String, &Json)| {
        let model = schema
            .model_ids()
            .map(|id| schema.model(id))
            .find(|model| *model.label == **label)
            .unwrap_or_else(|| panic!("{RECORD}: there is no {label}"));
        let fields: Vec<&str> = fields
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field.as_str().unwrap())
            .collect();
        let text = format!("from {label} select {}", fields.join(", "));
        let query = compile(project, &text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (label.clone(), query, model.primary_key.len())
    };
    models.as_object().unwrap().iter().map(reader).collect()
}

fn compile(project: Project, text: &str) -> Result<CompiledQuery, String> {
    let program = Program::from_text("deletion.djq", &format!("query deletion() {{ {text} }}"));
    let mut files =
        djq_compiler::compile(&program, project.schema(), &Settings::of(DialectId::ALL));
    let mut file = files.pop().ok_or("no file")?;
    match file.diagnostics.iter().find(|found| found.is_error()) {
        Some(error) => Err(error.message.clone()),
        None => file.queries.pop().ok_or_else(|| "no query".into()),
    }
}

fn on(
    project: Project,
    dialect: DialectId,
    deletions: &[Deletion<'_>],
    readers: &[(String, CompiledQuery, usize)],
) -> (Counts, Vec<String>) {
    let mut connection = databases::open_with(project, dialect, Access::Write);
    let (mut counts, mut wrong) = (Counts::default(), Vec::new());
    let before = tables(&mut connection, project, dialect, readers).unwrap();
    for deletion in deletions {
        let Deletion { djq, recorded, .. } = deletion;
        let _alone = databases::write_alone(dialect);
        connection.begin().unwrap();
        let found = carry_out(&mut connection, project, dialect, deletion, readers);
        connection.rollback().unwrap();
        match (found, recorded["error"].as_str()) {
            (Err(_), Some(_)) => counts.errors += 1,
            (Ok(_), Some(error)) => {
                wrong.push(format!("{djq} on {dialect} is done; Django's is {error}"));
            }
            (Err(error), None) => wrong.push(format!("{djq} on {dialect}: {error}")),
            (Ok(after), None) => {
                let change = change(&before, &after);
                let same = ["gone", "changed"]
                    .into_iter()
                    .all(|what| change[what] == recorded[what]);
                if same {
                    counts.same += 1;
                } else {
                    wrong.push(format!(
                        "{djq} on {dialect}:\n    {change}\n  and Django:\n    {recorded}"
                    ));
                }
            }
        }
    }
    (counts, wrong)
}

/// What is there after a deletion, in its transaction.
fn carry_out(
    connection: &mut Connection,
    project: Project,
    dialect: DialectId,
    deletion: &Deletion<'_>,
    readers: &[(String, CompiledQuery, usize)],
) -> Result<Tables, String> {
    let said = |error: djq_client::ClientError| error.to_string();
    let sql = deletion.query.sql(dialect).ok_or("it has no SQL")?;
    djq_client::write(connection, project.schema(), sql, &[]).map_err(said)?;
    // Keys that would be checked when the transaction is committed.
    match dialect {
        DialectId::Postgres => {
            connection
                .execute("SET CONSTRAINTS ALL IMMEDIATE", &[])
                .map_err(said)?;
        }
        DialectId::Sqlite => {
            let broken = connection
                .query("PRAGMA foreign_key_check", &[])
                .map_err(said)?;
            if !broken.rows.is_empty() {
                return Err("a key points to nothing".into());
            }
        }
        DialectId::MySql | DialectId::MariaDb => {}
    }
    tables(connection, project, dialect, readers)
}

fn tables(
    connection: &mut Connection,
    project: Project,
    dialect: DialectId,
    readers: &[(String, CompiledQuery, usize)],
) -> Result<Tables, String> {
    let mut tables = Tables::new();
    for (label, reader, key) in readers {
        let sql = reader.sql(dialect).ok_or("it has no SQL")?;
        let rows = djq_client::run(connection, project.schema(), sql, &[])
            .map_err(|error| error.to_string())?;
        let rows = rows.iter().map(|row| {
            let values: Vec<Option<String>> = row.iter().map(text).collect();
            let (own, rest) = values.split_at(*key);
            let own = own.iter().flatten().cloned().collect();
            (own, rest.to_vec())
        });
        tables.insert(label.clone(), rows.collect());
    }
    Ok(tables)
}

fn text(field: &Field) -> Option<String> {
    match field {
        Field::Value(Value::Null) => None,
        Field::Value(Value::Text(text)) => Some(text.clone()),
        Field::Value(value) => Some(value.to_string()),
        Field::Object(_) | Field::List(_) => None,
    }
}

/// As it is recorded: which rows are gone, and which are others; models and rows without a change are not named.
fn change(before: &Tables, after: &Tables) -> Json {
    let (mut gone, mut changed) = (serde_json::Map::new(), serde_json::Map::new());
    for (label, old) in before {
        let new = &after[label];
        let lost: Vec<&Vec<String>> = old.keys().filter(|key| !new.contains_key(*key)).collect();
        let others = new.iter().filter(|(key, row)| old.get(*key) != Some(row));
        let others: Vec<_> = others.collect();
        if !lost.is_empty() {
            gone.insert(label.clone(), serde_json::json!(lost));
        }
        if !others.is_empty() {
            changed.insert(label.clone(), serde_json::json!(others));
        }
    }
    serde_json::json!({ "gone": gone, "changed": changed })
}
