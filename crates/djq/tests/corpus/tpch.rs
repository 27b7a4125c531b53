//! The 22 questions of TPC-H on all four databases, against the reference answers: as they stand, and with other literals,
//! in the text and as parameters.

use crate::case::{self, Project, root};
use crate::rows::{self, Cell};
use crate::{arguments, databases};
use djq_client::Value;
use djq_compiler::{CompiledQuery, Program, Settings};
use djq_sql::dialect::DialectId;
use std::time::Instant;

/// The reference is DuckDB's, whose averages and quotients are floats.
const TOLERANCE: f64 = 1e-9;

/// So many variants of each question, with other literals than the stock ones.
const VARIANTS: usize = 3;

/// Its literals are parameters.
const BOUND: usize = 2;

/// A question as it is put to the databases.
struct Question {
    label: String,
    text: String,
    /// Values of the parameters that stand for literals.
    run: String,
    answers: serde_json::Value,
}

pub(crate) fn check() -> Vec<String> {
    let cases: Vec<_> = case::find(Project::Tpch)
        .into_iter()
        .filter(|case| case.path.starts_with("tests/tpch/queries/"))
        .collect();
    let mut wrong = Vec::new();
    let mut compiled = Vec::new();
    for case in &cases {
        for question in questions(&case.path, &case.text) {
            match compile(&question) {
                Ok(query) => compiled.push((question, query)),
                Err(error) => wrong.push(error),
            }
        }
    }
    let mut right = 0;
    for dialect in DialectId::ALL {
        let mut connection = databases::open(Project::Tpch, dialect);
        let started = Instant::now();
        for (question, (query, arguments)) in &compiled {
            let label = format!("{} on {dialect}", question.label);
            let Some(sql) = query.sql(dialect) else {
                wrong.push(format!("{label}: it does not compile"));
                continue;
            };
            match djq_client::run(&mut connection, Project::Tpch.schema(), sql, arguments) {
                Ok(rows) => match difference(&question.answers, &rows::cells(&rows)) {
                    Some(difference) => {
                        wrong.push(format!("{label}: {difference}\n{}", question.text));
                    }
                    None => right += 1,
                },
                Err(error) => wrong.push(format!("{label}: {error}")),
            }
        }
        eprintln!(
            "TPC-H on {dialect}: {:.1} s",
            started.elapsed().as_secs_f64()
        );
    }
    let all = 22 * (1 + VARIANTS) * DialectId::ALL.len();
    eprintln!("{right} of {all} answers of TPC-H are right");
    if case::is_wanted("tests/tpch/queries/") && right != all {
        wrong.push(format!("{right} of {all} answers are right"));
    }
    wrong
}

type Compiled = (CompiledQuery, Vec<Option<Value>>);

fn compile(question: &Question) -> Result<Compiled, String> {
    let schema = Project::Tpch.schema();
    let program = Program::from_text(&question.label, &question.text);
    let mut files = djq_compiler::compile(&program, schema, &Settings::of(DialectId::ALL));
    let file = files.pop().ok_or("no file")?;
    let Some(query) = file.queries.into_iter().next() else {
        return Err(djq_diagnostics::render(
            &file.diagnostics,
            &program.sources,
            false,
        ));
    };
    let arguments = arguments::of(&query.hir.interface, schema, &question.run)
        .map_err(|error| format!("{}: {error}", question.label))?;
    Ok((query, arguments))
}

/// A question as it stands in its file, and its variants.
fn questions(path: &str, text: &str) -> Vec<Question> {
    let mut questions = vec![Question {
        label: path.to_owned(),
        text: text.to_owned(),
        run: String::new(),
        answers: answers(path),
    }];
    for number in 1..=VARIANTS {
        let answers = answers(
            &path
                .replace("/queries/", "/answers/variants/")
                .replace(".djq", &format!("-{number}.json")),
        );
        let swaps: Vec<(&str, &str)> = answers["swaps"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(old, new)| Some((&**old, new.as_str()?)))
            .collect();
        let (text, run) = match number {
            BOUND => bound(text, &swaps),
            _ => (swapped(text, &swaps), String::new()),
        };
        questions.push(Question {
            label: format!("{path}, variant {number}"),
            text,
            run,
            answers,
        });
    }
    questions
}

/// The text with each of these replaced, all at once.
fn swapped(text: &str, swaps: &[(&str, &str)]) -> String {
    let mut rest = text;
    let mut new = String::new();
    let next = |rest: &str| {
        let found = swaps
            .iter()
            .filter_map(|(old, to)| Some((rest.find(old)?, old.len(), *to)));
        found.min()
    };
    while let Some((at, length, to)) = next(rest) {
        new.push_str(&rest[..at]);
        new.push_str(to);
        rest = &rest[at + length..];
    }
    new + rest
}

/// With parameters where whole texts and days are replaced; what is a part of a literal is replaced in the text.
fn bound(text: &str, swaps: &[(&str, &str)]) -> (String, String) {
    let (mut declared, mut run) = (Vec::new(), Vec::new());
    let mut others: Vec<(String, String)> = Vec::new();
    for (place, (old, new)) in swaps.iter().enumerate() {
        let count = |literal: &str| text.matches(literal).count();
        let forms = [(format!("'{old}'"), "text"), (format!("@{old}"), "date")];
        match forms
            .into_iter()
            .find(|(form, _)| count(form) == count(old))
        {
            Some((form, ty)) => {
                others.push((form, format!("$p{place}")));
                declared.push(format!("p{place}: {ty}"));
                run.push(format!("p{place}='{new}'"));
            }
            None => others.push(((*old).to_owned(), (*new).to_owned())),
        }
    }
    let swaps: Vec<(&str, &str)> = others.iter().map(|(old, new)| (&**old, &**new)).collect();
    let text = swapped(text, &swaps).replacen("()", &format!("({})", declared.join(", ")), 1);
    (text, run.join(" "))
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
