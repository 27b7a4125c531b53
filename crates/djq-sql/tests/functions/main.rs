//! Every function, operator, lookup, cast and aggregate on the four databases: each has to give the answer that stands
//! in the tables here, of literals and of columns.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod aggregates;
mod case;
mod casts;
mod json;
mod lookups;
mod numbers;
mod operators;
mod servers;
mod sessions;
mod statistics;
mod text;
mod time;
mod value;

use case::{Case, What};
use djq_check::functions::{self, Callable, FunctionId};
use djq_client::Value;
use djq_sql::dialect::{DialectId, Options};
use servers::{Mode, Server};
use std::collections::HashSet;

/// What is different at every call has a test of its own.
const VOLATILE: [FunctionId; 4] = [
    FunctionId::Now,
    FunctionId::Today,
    FunctionId::Random,
    FunctionId::UuidV4,
];

/// Of types that PostgreSQL alone has, whose values no table here holds: `snapshots/types/arrays.djq` runs them.
const COLLECTIONS: [FunctionId; 8] = [
    FunctionId::ArrayMake,
    FunctionId::ArrayGet,
    FunctionId::HStoreGet,
    FunctionId::HStoreHasKey,
    FunctionId::Holds,
    FunctionId::HeldBy,
    FunctionId::Overlaps,
    FunctionId::Adjacent,
];

/// What needs an index or an extension: cases in `snapshots/search`.
const ELSEWHERE: [FunctionId; 4] = [
    FunctionId::Search,
    FunctionId::SearchRank,
    FunctionId::Similarity,
    FunctionId::Headline,
];

fn cases() -> Vec<Case> {
    [
        text::cases(),
        numbers::cases(),
        time::cases(),
        operators::cases(),
        lookups::cases(),
        casts::cases(),
        json::cases(),
        aggregates::cases(),
        statistics::cases(),
    ]
    .concat()
}

fn fails_on(id: DialectId, options: Options, cases: Vec<Case>) -> Vec<String> {
    let mut server = Server::open(id, options);
    let mut failures = Vec::new();
    for case in cases {
        if case.only.as_ref().is_some_and(|only| !only.contains(&id)) {
            continue;
        }
        let nulls = case.operands.iter().any(|value| value.value.is_null());
        let modes: &[Mode] = if case.is_aggregate() {
            &[Mode::Columns]
        } else if nulls {
            // What a bare null is, nobody can say.
            &[Mode::Columns]
        } else if case.operands.len() > 1 {
            &[Mode::Literals, Mode::Columns, Mode::Mixed]
        } else {
            &[Mode::Literals, Mode::Columns]
        };
        for mode in modes {
            let operands: Vec<String> = case
                .rows
                .iter()
                .flatten()
                .map(|value| format!("{:?}", value.literal))
                .collect();
            let about = format!("{:?} {mode:?} of {}", case.what, operands.join(", "));
            match server.answer(&case, *mode) {
                Ok(None) => {}
                Ok(Some((value, _))) if same(&value, &case.expected.value) => {}
                Ok(Some((value, sql))) => failures.push(format!(
                    "{id}: {about}\n    gives {value:?}, expected {:?}\n    {sql}",
                    case.expected.value
                )),
                Err(why) => failures.push(format!(
                    "{id}: {about}\n    expected {:?}: {why}",
                    case.expected.value
                )),
            }
        }
    }
    failures
}

/// Floats differ in the last digits.
fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Float(found), Value::Float(expected)) => {
            (found - expected).abs() <= expected.abs() * 1e-13 + 1e-15
        }
        _ => found == expected,
    }
}

fn check(id: DialectId) {
    let failures = fails_on(id, Options::default(), cases());
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn postgres_gives_the_answers() {
    check(DialectId::Postgres);
}

#[test]
fn mysql_gives_the_answers() {
    check(DialectId::MySql);
}

#[test]
fn mariadb_gives_the_answers() {
    check(DialectId::MariaDb);
}

#[test]
fn sqlite_gives_the_answers() {
    check(DialectId::Sqlite);
}

/// What has cases, of all that there is.
#[test]
fn everything_has_a_case() {
    let covered: HashSet<What> = cases()
        .into_iter()
        .map(|case| match case.what {
            What::Aggregate(function, _) | What::Ordered(function) => {
                What::Aggregate(function, case::Distinct::No)
            }
            what => what,
        })
        .collect();
    for entry in functions::all() {
        let what = match entry.callable {
            Callable::Function(id)
                if VOLATILE.contains(&id)
                    || COLLECTIONS.contains(&id)
                    || ELSEWHERE.contains(&id) =>
            {
                continue;
            }
            Callable::Function(id) => What::Function(id),
            Callable::Aggregate(id) => What::Aggregate(id, case::Distinct::No),
            Callable::Window(_)
            | Callable::Grouping
            | Callable::Iif
            | Callable::Row
            | Callable::ContentType => continue,
        };
        assert!(covered.contains(&what), "{what:?} has no case");
    }
    for what in operators::all().into_iter().chain(lookups::all()) {
        assert!(covered.contains(&what), "{what:?} has no case");
    }
}
