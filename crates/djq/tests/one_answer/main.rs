//! What the same answer takes, rule by rule: each case is run on the four databases and gives what it says there. The
//! page `docs/one-answer.md` is made of the same rules; a stale page fails, and `INSTA_UPDATE=always` writes it.
//!
//! The servers are those of the corpus test, with its example databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../corpus/case.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod case;
#[path = "../corpus/databases.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod databases;
mod page;
#[path = "../corpus/rows.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod rows;
mod rules;

use case::Project;
use djq_client::{Connection, Value};
use djq_compiler::{CompiledQuery, LintLevel, Program, Settings};
use djq_sql::dialect::DialectId;
use rules::{RULES, Rule};

/// A case, compiled.
struct Compiled {
    rule: &'static Rule,
    /// As the page shows it.
    shown: &'static str,
    expected: &'static str,
    query: CompiledQuery,
}

/// The query of a case: a whole pipeline, or an expression.
fn text(case: &str) -> String {
    if case.starts_with("from ") {
        format!("query q() {{ {case} }}")
    } else {
        format!("query q() {{ select {case} as value }}")
    }
}

fn compile(rule: &'static Rule, shown: &'static str, expected: &'static str) -> Compiled {
    let lints = djq_diagnostics::codes::ALL
        .iter()
        .map(|code| (code.name.to_owned(), LintLevel::Allow))
        .collect();
    let settings = Settings {
        exact_collation: true,
        lints,
        ..Settings::of(DialectId::ALL)
    };
    let program = Program::from_text("q.djq", &text(shown));
    let mut file = djq_compiler::compile(&program, Project::Blog.schema(), &settings).remove(0);
    let errors = djq_diagnostics::render(&file.diagnostics, &program.sources, false);
    let query = file.queries.pop().unwrap_or_else(|| panic!("{errors}"));
    assert_eq!(query.sql.len(), DialectId::ALL.len(), "{errors}");
    Compiled {
        rule,
        shown,
        expected,
        query,
    }
}

fn all() -> Vec<Compiled> {
    RULES
        .iter()
        .flat_map(|rule| {
            rule.cases
                .iter()
                .map(move |(shown, expected)| compile(rule, shown, expected))
        })
        .collect()
}

#[test]
fn each_rule_holds_on_each_database() {
    let cases = all();
    let mut wrong = Vec::new();
    for dialect in DialectId::ALL {
        let mut connection = databases::open(Project::Blog, dialect);
        for case in &cases {
            let found = answer(&mut connection, dialect, case);
            if found != case.expected {
                wrong.push(format!(
                    "{}: `{}` on {dialect} is\n    {found}\n  instead of\n    {}",
                    case.rule.title, case.shown, case.expected
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The rows on one line. Floats are read to twelve digits: their last ones are the database's.
fn answer(connection: &mut Connection, dialect: DialectId, case: &Compiled) -> String {
    let sql = case.query.sql(dialect).unwrap();
    match djq_client::run(connection, Project::Blog.schema(), sql, &[]) {
        Err(error) => error.to_string(),
        Ok(found) => {
            let rows = rows::cells(&found);
            let row = |row: &Vec<rows::Cell>| {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| match cell {
                        rows::Cell::Float(number) => {
                            format!("{:?}", (number * 1e12).round() / 1e12)
                        }
                        other => other.to_string(),
                    })
                    .collect();
                cells.join(" ")
            };
            rows.iter().map(row).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn a_negative_page_fails() {
    for clause in ["limit $n", "limit 3 offset $n"] {
        let text = format!("query q(n: bigint) {{ from Author order by id {clause} select id }}");
        let program = Program::from_text("q.djq", &text);
        let schema = Project::Blog.schema();
        let mut files = djq_compiler::compile(&program, schema, &Settings::of(DialectId::ALL));
        let query = files.remove(0).queries.remove(0);
        // MariaDB reads the number that is bound as an unsigned one, and takes no expression there.
        for dialect in [DialectId::Postgres, DialectId::MySql, DialectId::Sqlite] {
            let mut connection = databases::open(Project::Blog, dialect);
            let sql = query.sql(dialect).unwrap();
            let mut run = |n| djq_client::run(&mut connection, schema, sql, &[Some(Value::Int(n))]);
            let rows = run(2).unwrap_or_else(|error| panic!("{clause} on {dialect}: {error}"));
            assert!(!rows.is_empty(), "{clause} on {dialect}");
            let negative = run(-1);
            assert!(negative.is_err(), "{clause} on {dialect}: {negative:?}");
        }
    }
}

#[test]
fn the_page_shows_the_rules() {
    let path = case::root().join("docs/one-answer.md");
    let new = page::page(&all());
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(path, new).unwrap();
        return;
    }
    let old = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        old == new,
        "docs/one-answer.md is stale; `INSTA_UPDATE=always cargo test -p djq --test one_answer` writes it"
    );
}
