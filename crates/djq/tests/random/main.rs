//! Random well-typed queries over random models and rows: each compiles, each server runs it, and all four
//! databases give equal rows, as does the plan that follows the clauses one by one.
//!
//! `DJQ_RANDOM_QUERIES` says how many queries (500 unless told), `DJQ_RANDOM_SEED` which ones: the seed of the first,
//! each later one has the next. A failure is shrunk and shown with its seed and its models' seed. The servers are those of
//! `DJQ_TEST_POSTGRES_URL`, `DJQ_TEST_MYSQL_URL` and `DJQ_TEST_MARIADB_URL`; each run makes databases of its own there and
//! drops them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, and says what it counted"
)]

mod databases;
mod dice;
mod judge;
mod kind;
mod query;
#[path = "../corpus/rows.rs"]
#[allow(dead_code, reason = "the corpus uses the rest")]
mod rows;
mod schema;
mod shrink;
mod tree;
mod values;

use databases::Databases;
use dice::Dice;
use judge::{Judge, Spent, Verdict};
use query::{Functions, Maker};
use schema::World;
use std::collections::BTreeMap;
use std::time::Instant;

/// Queries over the same models and rows.
const QUERIES_PER_WORLD: u64 = 250;
/// Failures after which a run stops.
const ENOUGH: usize = 40;
/// Failures of one sort that are made small and shown.
const OF_A_SORT: usize = 4;

fn number(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is no number: {text}")),
        Err(_) => otherwise,
    }
}

#[test]
fn random_queries_have_one_answer() {
    let queries = number("DJQ_RANDOM_QUERIES", 500);
    let first = number("DJQ_RANDOM_SEED", 1);
    let functions = Functions::new();
    let mut databases = Databases::open();
    let mut counts = Counts::default();
    let mut spent = Spent::default();
    let mut failures: Vec<(String, u64)> = Vec::new();
    let started = Instant::now();
    let mut seed = first;
    while seed < first + queries && failures.len() < ENOUGH {
        let world_seed = seed / QUERIES_PER_WORLD;
        let world = World::new(&mut Dice::new(world_seed ^ 0x5eed), world_seed);
        databases.fill(&world);
        let end = ((world_seed + 1) * QUERIES_PER_WORLD).min(first + queries);
        let mut judge = Judge::new(&world, &mut databases, &mut spent);
        while seed < end && failures.len() < ENOUGH {
            let query = Maker::query(seed, &world, &functions);
            if queries == 1 {
                eprintln!("{}", query.text().0);
            }
            let verdict = judge.judge(&query);
            counts.add(&verdict, seed);
            if let Verdict::Wrong { signature, .. } = verdict {
                if failures.iter().filter(|(of, _)| *of == signature).count() < OF_A_SORT {
                    let (small, story) = shrink::shrink(&query, &signature, &mut judge);
                    let (text, parameters) = small.text();
                    let values: Vec<String> = parameters
                        .iter()
                        .map(|of| format!("{}={:?} {:?}", of.name, of.value, of.optional))
                        .collect();
                    eprintln!("seed {seed}\n{text}{}\n{story}\n", values.join(" "));
                }
                failures.push((signature, seed));
            }
            seed += 1;
        }
        databases.empty(&world);
    }
    eprintln!(
        "{counts} in {:.0} s ({spent:.1?}), seeds {first} to {}",
        started.elapsed().as_secs_f64(),
        seed - 1
    );
    assert!(failures.is_empty(), "{failures:?}");
}

/// What ran.
#[derive(Default)]
struct Counts {
    same: usize,
    empty: usize,
    rows: usize,
    slow: usize,
    wrong: usize,
    /// What the checker refused, by its words, with the first seed of each.
    misses: BTreeMap<String, (usize, u64)>,
    /// By code and dialect.
    refused: BTreeMap<String, usize>,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict, seed: u64) {
        match verdict {
            Verdict::Same { rows, refused } => {
                self.same += 1;
                self.rows += rows;
                self.empty += usize::from(*rows == 0);
                for what in refused {
                    *self.refused.entry(what.clone()).or_default() += 1;
                }
            }
            Verdict::Slow => self.slow += 1,
            Verdict::Miss(what) => self.misses.entry(what.clone()).or_insert((0, seed)).0 += 1,
            Verdict::Wrong { .. } => self.wrong += 1,
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let missed: usize = self.misses.values().map(|(times, _)| times).sum();
        writeln!(
            f,
            "{} random queries the same everywhere ({} rows, {} without rows), {} different, {} too slow or large, {missed} not \
             valid; refused: {:?}",
            self.same, self.rows, self.empty, self.wrong, self.slow, self.refused
        )?;
        let mut misses: Vec<_> = self.misses.iter().collect();
        misses.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
        for (what, (times, seed)) in misses.into_iter().take(40) {
            writeln!(f, "  not valid: {times} times (seed {seed}) {what}")?;
        }
        Ok(())
    }
}
