//! Querysets of Django's own tests, each as a djq query: on all four databases it gives the rows that Django's gave.
//!
//! `tests/django/README.md` says what is there and how to add to it. A state of the tables is loaded in a transaction,
//! the queries of its cases run, and it is rolled back. The servers are those of the corpus test, with the database
//! `djq_django` that `tools/load_examples` makes; `DJQ_CORPUS=django/lookup` takes a part.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, and says what it counted"
)]

#[path = "../corpus/case.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod case;
mod compare;
#[path = "../corpus/databases.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod databases;
mod expressed;
mod load;
mod recorded;
#[path = "../corpus/rows.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod rows;

use case::Project;
use compare::Table;
use djq_check::RowShape;
use djq_client::{Access, Connection};
use djq_plan::plan::Nesting;
use djq_sql::{Rendered, dialect::DialectId};
use expressed::{Expressed, Steering};
use recorded::{Recorded, Recordings};
use std::collections::{BTreeMap, BTreeSet};

/// How many recorded cases are expressed at least.
const AT_LEAST: usize = 200;

/// A query to run for a recorded case.
struct Job {
    /// File and query.
    label: String,
    case: Expressed,
    steering: Steering,
    ordered: bool,
    shape: RowShape,
    /// As text is compared by default, by the database's collations: run where Django's SQL gave its rows.
    plain: Vec<(DialectId, Rendered)>,
    /// As text is compared exactly: run where it did not.
    exact: Vec<(DialectId, Rendered)>,
    /// With nested rows as JSON, where there are any.
    json: Vec<(DialectId, Rendered)>,
    dialects: Vec<DialectId>,
}

#[test]
fn recorded_querysets_have_the_rows_that_django_gave() {
    let files = case::find(Project::Django);
    let apps: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.path.split('/').nth(2))
        .collect();
    let recordings = Recordings::of(apps);
    let mut wrong = Vec::new();
    let jobs = jobs(&files, &recordings, &mut wrong);
    let on_disk: usize = files
        .iter()
        .map(|file| {
            file.text
                .lines()
                .filter(|line| line.starts_with("query "))
                .count()
        })
        .sum();
    let queries: BTreeSet<&str> = jobs.iter().map(|job| &*job.label).collect();
    if queries.len() != on_disk {
        wrong.push(format!("{} queries are to run of {on_disk}", queries.len()));
    }
    let expected: usize = jobs.iter().map(|job| job.dialects.len()).sum();
    let mut ran = 0;
    std::thread::scope(|scope| {
        let running: Vec<_> = DialectId::ALL
            .iter()
            .map(|dialect| scope.spawn(|| on(*dialect, &jobs, &recordings)))
            .collect();
        for running in running {
            let (count, failures) = running.join().unwrap();
            ran += count;
            wrong.extend(failures);
        }
    });
    if ran != expected {
        wrong.push(format!("{ran} runs of {expected}"));
    }
    let expressed: BTreeSet<u32> = jobs.iter().map(|job| job.case.id).collect();
    eprintln!(
        "{} recorded cases as {} queries, {ran} runs",
        expressed.len(),
        queries.len()
    );
    if std::env::var_os("DJQ_CORPUS").is_none() && expressed.len() < AT_LEAST {
        wrong.push(format!(
            "{} cases are expressed, fewer than {AT_LEAST}",
            expressed.len()
        ));
    }
    assert!(
        wrong.is_empty(),
        "\n{}\n\n{} failures",
        wrong.join("\n\n"),
        wrong.len()
    );
}

fn jobs(files: &[case::Case], recordings: &Recordings, wrong: &mut Vec<String>) -> Vec<Job> {
    let mut jobs = Vec::new();
    let plain = case::compile(files, Project::Django, false);
    let exact = case::compile(files, Project::Django, true);
    let json = case::compile_nested(files, Project::Django, true, Nesting::Json);
    for ((compiled, exact), json) in plain.into_iter().zip(exact).zip(json) {
        wrong.extend(compiled.wrong_diagnostics());
        let mut steering = expressed::of(compiled.case);
        let queries = compiled.file.queries.into_iter().zip(exact.file.queries);
        for ((query, exact), json) in queries.zip(json.file.queries) {
            let name = query.name().to_owned();
            let label = format!("{}:{name}", compiled.case.path);
            let steering = steering.remove(&name).unwrap_or_default();
            if steering.cases.is_empty() {
                wrong.push(format!("{label}: no `# case:` above it"));
            }
            for case in &steering.cases {
                match recordings.cases.get(&case.id) {
                    Some(recorded)
                        if compiled.case.path.split('/').nth(2) == Some(&*recorded.app) => {}
                    _ => {
                        wrong.push(format!("{label}: its app has no case {}", case.id));
                        continue;
                    }
                }
                jobs.push(Job {
                    label: label.clone(),
                    case: case.clone(),
                    steering: steering.clone(),
                    ordered: query
                        .plan
                        .statements
                        .first()
                        .is_some_and(|root| !root.query.order_by.is_empty()),
                    shape: query.hir.interface.row.clone(),
                    plain: query.sql.clone(),
                    exact: exact.sql.clone(),
                    json: match query.plan.statements.len() > 1 {
                        true => json.sql.clone(),
                        false => Vec::new(),
                    },
                    dialects: compiled.case.dialects.clone(),
                });
            }
        }
    }
    jobs
}

/// Runs all on one database: how many ran, and what is wrong.
fn on(dialect: DialectId, jobs: &[Job], recordings: &Recordings) -> (usize, Vec<String>) {
    let mut by_state: BTreeMap<&str, Vec<(&Job, &Recorded)>> = BTreeMap::new();
    for job in jobs.iter().filter(|job| job.dialects.contains(&dialect)) {
        let recorded = recordings.cases.get(&job.case.id).unwrap();
        by_state
            .entry(&recorded.state)
            .or_default()
            .push((job, recorded));
    }
    let mut connection = databases::open_with(Project::Django, dialect, Access::Write);
    load::prepare(&mut connection, dialect);
    let mut wrong = Vec::new();
    let mut ran = 0;
    for (state, jobs) in by_state {
        connection.begin().unwrap();
        load::load(
            &mut connection,
            dialect,
            recordings.states.get(state).unwrap(),
        );
        for (job, recorded) in jobs {
            ran += 1;
            let label = format!("{} (case {}) on {dialect}", job.label, job.case.id);
            let sql = match recorded.agrees(dialect) {
                true => &job.plain,
                false => &job.exact,
            };
            for (how, list) in [("", sql), (", nested as JSON", &job.json)] {
                let Some((_, sql)) = list.iter().find(|(id, _)| *id == dialect) else {
                    if how.is_empty() || !list.is_empty() {
                        wrong.push(format!("{label}{how}: it does not compile"));
                    }
                    continue;
                };
                if let Err(error) = run(&mut connection, job, recorded, sql) {
                    let statements: Vec<String> = sql
                        .statements
                        .iter()
                        .map(|statement| statement.pieces.iter().map(|piece| &*piece.sql).collect())
                        .collect();
                    wrong.push(format!(
                        "{label}{how}: {error}\n{}\n{}",
                        recorded.code,
                        statements.join(";\n")
                    ));
                }
            }
        }
        connection.rollback().unwrap();
    }
    (ran, wrong)
}

fn run(
    connection: &mut Connection,
    job: &Job,
    recorded: &Recorded,
    sql: &Rendered,
) -> Result<(), String> {
    let found = djq_client::run(connection, Project::Django.schema(), sql, &[])
        .map_err(|error| error.to_string())?;
    let mut broken = Vec::new();
    rows::broken_promises(&job.shape, &found, &mut broken);
    if !broken.is_empty() {
        return Err(format!(
            "null where the type has none: {}",
            broken.join(", ")
        ));
    }
    judged(
        job,
        recorded,
        &Table::of(&job.case, recorded, &job.shape, &found)?,
    )
}

fn judged(job: &Job, recorded: &Recorded, table: &Table) -> Result<(), String> {
    // Where one row or none is all there is, no order shows.
    let ordered = recorded.is_ordered() && !job.steering.unordered && recorded.rows.len() > 1;
    let nested = job.case.columns.iter().any(|(_, path)| path.len() > 1);
    if ordered && !job.ordered && !nested {
        return Err("Django's rows are ordered, and these are not".into());
    }
    let same = table.is(recorded, ordered && !nested);
    let found: Vec<String> = table
        .rows
        .iter()
        .map(|row| {
            let values: Vec<String> = row
                .iter()
                .map(|value| value.to_json().to_string())
                .collect();
            values.join(", ")
        })
        .collect();
    match &job.steering.gives {
        Some(_) if same => {
            Err("the rows are Django's, and `# gives:` says that they are not".into())
        }
        Some(wanted) if !table.gives(wanted, job.ordered) => Err(format!(
            "the rows are\n    {}\n  and not those that `# gives:` says",
            found.join("\n    ")
        )),
        None if !same => Err(format!(
            "the rows are\n    {}\n  and Django's ({:?})\n    {}",
            found.join("\n    "),
            recorded.columns,
            recorded
                .rows
                .iter()
                .map(|row| Json(row).to_string())
                .collect::<Vec<_>>()
                .join("\n    "),
        )),
        _ => Ok(()),
    }
}

/// A recorded row on one line.
struct Json<'a>(&'a [serde_json::Value]);

impl std::fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values: Vec<String> = self.0.iter().map(serde_json::Value::to_string).collect();
        f.write_str(&values.join(", "))
    }
}
