//! The READMEs of the examples: between two marks, every query with its SQLite SQL and its rows.

use crate::case::{self, Case, Project, root};
use crate::{arguments, databases, snapshot};
use djq_check::{Interface, RowFieldKind, RowShape};
use djq_client::{Connection, Field};
use djq_sql::dialect::DialectId;
use std::fmt::Write;

const BEGIN: &str =
    "<!-- queries: written by `INSTA_UPDATE=always cargo test -p djq --test corpus readmes` -->";
const END: &str = "<!-- end of queries -->";
/// How many rows of a query are shown.
const ROWS: usize = 10;

pub(crate) fn check() -> Vec<String> {
    // A part of the queries would make a part of each README.
    if std::env::var_os("DJQ_CORPUS").is_some() {
        return Vec::new();
    }
    [
        (Project::Blog, "examples/blog/"),
        (Project::Shop, "examples/shop/"),
    ]
    .into_iter()
    // A README shows all queries of its folder, or is left alone.
    .filter(|(_, folder)| case::is_wanted(folder))
    .filter_map(|(project, folder)| one(project, folder).err())
    .collect()
}

fn one(project: Project, folder: &str) -> Result<(), String> {
    let path = format!("{folder}README.md");
    let text =
        std::fs::read_to_string(root().join(&path)).map_err(|error| format!("{path}: {error}"))?;
    let parts = text
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        return Err(format!("{path} lacks the marks\n{BEGIN}\n{END}"));
    };
    let new = format!("{before}{BEGIN}\n{}{END}{after}", queries(project, folder)?);
    if snapshot::update() {
        std::fs::write(root().join(&path), new).map_err(|error| error.to_string())
    } else if new == text {
        Ok(())
    } else {
        Err(format!("{path} is stale; its mark says what writes it"))
    }
}

fn queries(project: Project, folder: &str) -> Result<String, String> {
    let cases: Vec<Case> = case::find(project)
        .into_iter()
        .filter(|case| case.path.starts_with(folder))
        .collect();
    let mut connection = databases::open(project, DialectId::Sqlite);
    let mut text = String::new();
    for compiled in case::compile(&cases, project, false) {
        if let Some(wrong) = compiled.wrong_diagnostics() {
            return Err(wrong);
        }
        let name = compiled.case.path.strip_prefix(folder).unwrap_or_default();
        let source: Vec<&str> = compiled
            .case
            .text
            .lines()
            .filter(|line| !line.starts_with("# run:"))
            .collect();
        let _ = write!(
            text,
            "\n### [{name}]({name})\n\n```djq\n{}\n```\n",
            source.join("\n").trim_end()
        );
        for query in &compiled.file.queries {
            let sql = query
                .sql(DialectId::Sqlite)
                .ok_or_else(|| format!("{name} does not compile for SQLite"))?;
            let _ = write!(text, "\nIts SQL for SQLite:\n\n```sql\n");
            text.push_str(&djq_compiler::pieces::statements(sql, &query.hir.interface));
            text.push_str("```\n");
            let run = compiled
                .case
                .steering(query.name())
                .runs
                .first()
                .cloned()
                .unwrap_or_default();
            text.push_str(&table(query, sql, &run, project, &mut connection)?);
        }
    }
    text.push('\n');
    Ok(text)
}

fn table(
    query: &djq_compiler::CompiledQuery,
    sql: &djq_sql::Rendered,
    run: &str,
    project: Project,
    connection: &mut Connection,
) -> Result<String, String> {
    let interface: &Interface = &query.hir.interface;
    // Only read is what a README shows.
    if interface.writes {
        return Ok(String::new());
    }
    let arguments = arguments::of(interface, project.schema(), run)?;
    let rows = djq_client::run(connection, project.schema(), sql, &arguments)
        .map_err(|error| format!("{}: {error}", query.name()))?;
    let with = if run.is_empty() {
        String::new()
    } else {
        format!(" with `{run}`")
    };
    let count = match rows.len() {
        1 => "Its one row".to_owned(),
        count if count <= ROWS => format!("Its {count} rows"),
        count => format!("The first {ROWS} of its {count} rows"),
    };
    let names: Vec<String> = interface
        .row
        .fields
        .iter()
        .map(|field| field.name.to_string())
        .collect();
    let mut text = format!(
        "\n{count}{with}:\n\n| {} |\n|{}\n",
        names.join(" | "),
        " --- |".repeat(names.len())
    );
    for row in rows.iter().take(ROWS) {
        let cells: Vec<String> = interface
            .row
            .fields
            .iter()
            .zip(row)
            .map(|(field, value)| shown(&field.kind, value))
            .collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    Ok(text)
}

/// A field in a cell of a Markdown table.
fn shown(kind: &RowFieldKind, field: &Field) -> String {
    match (kind, field) {
        (_, Field::Value(value)) if value.is_null() => "*null*".into(),
        (_, Field::Value(value)) => value
            .to_string()
            .replace('\\', "\\\\")
            .replace('|', "\\|")
            .replace(['\n', '\t'], " ")
            .replace('*', "\\*")
            .replace('_', "\\_")
            .replace('<', "&lt;"),
        (_, Field::Object(None)) => "*null*".into(),
        (RowFieldKind::Object { shape, .. }, Field::Object(Some(fields))) => object(shape, fields),
        (RowFieldKind::List(_), Field::List(rows)) if rows.is_empty() => "*none*".into(),
        (RowFieldKind::List(shape), Field::List(rows)) => rows
            .iter()
            .map(|row| object(shape, row))
            .collect::<Vec<_>>()
            .join("<br>"),
        _ => String::new(),
    }
}

fn object(shape: &RowShape, fields: &[Field]) -> String {
    shape
        .fields
        .iter()
        .zip(fields)
        .map(|(field, value)| format!("{}: {}", field.name, shown(&field.kind, value)))
        .collect::<Vec<_>>()
        .join(", ")
}
