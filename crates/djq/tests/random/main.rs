//! Random well-typed queries over random models and rows: each compiles, each server runs it, and all four
//! databases give equal rows, as does the plan that follows the clauses one by one.
//!
//! `DJQ_RANDOM_QUERIES` says how many queries (500 unless told), `DJQ_RANDOM_SEED` which ones: the seed of the first,
//! each later one has the next. With `DJQ_RANDOM_SECONDS` a run ends behind so many seconds, and with `DJQ_RANDOM_WORKERS` so
//! many work side by side (as many as there are processors, unless told). `tools/random` makes a long run, optimised. A failure
//! is shrunk and shown with its seed. The servers are those of `DJQ_TEST_POSTGRES_URL`, `DJQ_TEST_MYSQL_URL` and
//! `DJQ_TEST_MARIADB_URL`; each run makes databases of its own there and drops them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it counted"
)]

mod counts;
mod databases;
mod dice;
mod judge;
mod kind;
mod query;
#[path = "../corpus/rows.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod rows;
mod run;
mod schema;
mod shrink;
mod tree;
mod values;

#[test]
fn random_queries_have_one_answer() {
    let run = run::Run::told();
    let (report, failures) = run.all();
    eprintln!("{report}");
    assert!(failures.is_empty(), "{failures:?}");
}
