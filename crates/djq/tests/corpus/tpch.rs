//! The 22 questions of TPC-H on all four databases, against the reference answers.

use crate::case::{self, Project, root};
use crate::rows::{self, Cell};
use crate::{arguments, databases};
use djq_sql::dialect::DialectId;
use std::time::Instant;

/// The reference is DuckDB's, whose averages and quotients are floats.
const TOLERANCE: f64 = 1e-9;

pub(crate) fn check() -> Vec<String> {
    let cases: Vec<_> = case::find(Project::Tpch)
        .into_iter()
        .filter(|case| case.path.starts_with("tests/tpch/queries/"))
        .collect();
    let compiled = case::compile(&cases, Project::Tpch, false);
    let mut wrong = Vec::new();
    let mut right = 0;
    for dialect in DialectId::ALL {
        let mut connection = databases::open(Project::Tpch, dialect);
        let started = Instant::now();
        for compiled in &compiled {
            let answers = answers(&compiled.case.path);
            for query in &compiled.file.queries {
                let label = format!("{} on {dialect}", compiled.case.path);
                let arguments =
                    match arguments::of(&query.hir.interface, Project::Tpch.schema(), "") {
                        Ok(arguments) => arguments,
                        Err(error) => {
                            wrong.push(format!("{label}: {error}"));
                            continue;
                        }
                    };
                let Some(sql) = query.sql(dialect) else {
                    wrong.push(format!(
                        "{label}: it does not compile\n{}",
                        compiled.rendered
                    ));
                    continue;
                };
                match djq_client::run(&mut connection, Project::Tpch.schema(), sql, &arguments) {
                    Ok(rows) => match difference(&answers, &rows::cells(&rows)) {
                        Some(difference) => wrong.push(format!("{label}: {difference}")),
                        None => right += 1,
                    },
                    Err(error) => wrong.push(format!("{label}: {error}")),
                }
            }
        }
        eprintln!(
            "TPC-H on {dialect}: {:.1} s",
            started.elapsed().as_secs_f64()
        );
    }
    eprintln!("{right} of 88 answers of TPC-H are right");
    if case::is_wanted("tests/tpch/queries/") && right != 88 {
        wrong.push(format!("{right} of 88 answers are right"));
    }
    wrong
}

fn answers(path: &str) -> serde_json::Value {
    let path = path
        .replace("/queries/", "/answers/")
        .replace(".djq", ".json");
    let text = std::fs::read_to_string(root().join(&path))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The first difference from the reference rows, which are in the order asked for.
fn difference(answers: &serde_json::Value, found: &[Vec<Cell>]) -> Option<String> {
    let wanted = answers["rows"].as_array()?;
    for (number, (wanted, found)) in wanted.iter().zip(found).enumerate() {
        let wanted = wanted.as_array()?;
        let same = wanted.len() == found.len()
            && wanted
                .iter()
                .zip(found)
                .all(|(wanted, found)| same(wanted, found));
        if !same {
            return Some(format!(
                "row {} is\n    {}\n  instead of\n    {wanted:?}",
                number + 1,
                rows::shown(found)
            ));
        }
    }
    (wanted.len() != found.len())
        .then(|| format!("{} rows instead of {}", found.len(), wanted.len()))
}

fn same(wanted: &serde_json::Value, found: &Cell) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    let close = |a: Option<f64>, b: Option<f64>| matches!((a, b), (Some(a), Some(b)) if rows::close(a, b, TOLERANCE));
    match (wanted, found) {
        (serde_json::Value::Null, Cell::Exact(text)) => text == "null",
        (serde_json::Value::Number(wanted), Cell::Float(found)) => {
            close(wanted.as_f64(), Some(*found))
        }
        (serde_json::Value::Number(wanted), Cell::Decimal(found) | Cell::Exact(found)) => {
            close(wanted.as_f64(), number(found))
        }
        (serde_json::Value::String(wanted), Cell::Decimal(found)) => {
            close(number(wanted), number(found))
        }
        (serde_json::Value::String(wanted), Cell::Float(found)) => {
            close(number(wanted), Some(*found))
        }
        (serde_json::Value::String(wanted), Cell::Exact(found)) => {
            format!("{wanted:?}") == *found || wanted == found
        }
        _ => false,
    }
}
