//! Every `.djq` file of the repository, compiled for four dialects, and run on four databases.
//!
//! - A file in `snapshots/` or `tests/tpch/queries/` has a `.snap` beside it: source, diagnostics, interface, SQL.
//!   `INSTA_UPDATE=always` writes it; a stale or missing one fails.
//! - Every statement is prepared and run on every server that it compiles for. The rows of the four databases
//!   are compared with each other, and with what plain SQL written by hand gives (`case.sql` beside `case.djq`).
//! - No value is null whose type says that it never is, and each reason for which the checker lets one be null is seen
//!   to make one on every database that has it. What is proven to have one row at most never has more.
//! - Comments steer: `# schema: shop`, `# errors: 2`, `# dialects: postgres`, `# collation: database` anywhere in a file; above a query
//!   `# run: name=value …` once for each run, and `# ties` where its order leaves the place of some rows open.
//!
//! The servers are those of `DJQ_TEST_POSTGRES_URL`, `DJQ_TEST_MYSQL_URL` and `DJQ_TEST_MARIADB_URL`, with the example
//! databases that `tools/load_examples` makes. `DJQ_CORPUS=join/` takes the files with that in their path alone.
//! `DJQ_GUARDS=1000` draws more queries with guards, `DJQ_SEED=7` others.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it counted"
)]

mod arguments;
mod case;
mod databases;
mod deletions;
mod documents;
mod functions;
mod guards;
mod null_arguments;
mod nulls;
mod oracle;
mod readme;
mod rows;
mod running;
mod snapshot;
mod tpch;

use case::{Case, Project};

/// Fails with all that was found wrong.
fn expect_none(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "\n{}\n\n{} failures",
        failures.join("\n\n"),
        failures.len()
    );
}

#[test]
fn guarded_queries_are_the_queries_without_what_is_left_out() {
    let (done, failures) = guards::check();
    eprintln!("{done}");
    expect_none(&failures);
}

#[test]
fn snapshots_are_up_to_date() {
    let mut failures = Vec::new();
    let mut counted = 0;
    for project in Project::ALL {
        let cases: Vec<Case> = case::find(project)
            .into_iter()
            .filter(|case| case.has_snapshot)
            .collect();
        for compiled in case::compile(&cases, project, false) {
            counted += 1;
            failures.extend(compiled.wrong_diagnostics());
            failures.extend(snapshot::check(&compiled));
        }
    }
    failures.extend(snapshot::orphans());
    eprintln!("{counted} snapshots");
    expect_none(&failures);
}

#[test]
fn rows_are_the_same_on_all_databases() {
    let mut failures = Vec::new();
    let mut total = running::Counts::default();
    let mut seen = nulls::Seen::new();
    for project in Project::ALL {
        let cases = case::find(project);
        if cases.is_empty() {
            continue;
        }
        let compiled = running::Compiled::of(&cases, project);
        let (counts, wrong) = running::run(project, &compiled, &mut seen);
        failures.extend(wrong);
        total += counts;
    }
    eprintln!("{total}");
    if std::env::var_os("DJQ_CORPUS").is_none() {
        failures.extend(nulls::unseen(&seen));
    }
    failures.extend(total.too_few());
    expect_none(&failures);
}

#[test]
fn cascades_leave_what_django_leaves() {
    expect_none(&deletions::check());
}

#[test]
fn tpch_answers_are_right() {
    expect_none(&tpch::check());
}

#[test]
fn code_in_documents_compiles() {
    expect_none(&documents::check());
}

#[test]
fn functions_of_the_catalogue() {
    expect_none(&functions::check());
}

#[test]
fn null_in_each_argument_of_each_function() {
    expect_none(&null_arguments::check());
}

#[test]
fn readmes_of_the_examples_show_their_queries() {
    expect_none(&readme::check());
}
