//! A run: workers side by side, each with databases of its own, that take one world of models and rows after the other.

use crate::{
    counts::Counts,
    databases::Databases,
    dice::Dice,
    judge::{Judge, Spent, Verdict},
    query::{Functions, Maker},
    schema::World,
    shrink,
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Queries over the same models and rows.
const QUERIES_PER_WORLD: u64 = 250;
/// Failures after which a run stops.
const ENOUGH: usize = 40;
/// Failures of one sort that are made small and shown.
const OF_A_SORT: usize = 4;
/// What a failure says that leaves no connection.
const LOST: &str = "connection was lost";
/// How often a long run says how far it is.
const REPORT_EVERY: Duration = Duration::from_secs(60);

/// Which queries, and for how long.
pub(crate) struct Run {
    first: u64,
    queries: u64,
    workers: usize,
    started: Instant,
    end: Option<Instant>,
}

/// What the workers share.
struct Shared {
    /// The seed that nobody has taken yet.
    next: u64,
    counts: Counts,
    spent: Spent,
    failures: Vec<(String, u64)>,
    reported: Instant,
}

impl Run {
    /// As the environment says.
    pub(crate) fn told() -> Self {
        let started = Instant::now();
        let seconds = number("DJQ_RANDOM_SECONDS");
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let queries = number("DJQ_RANDOM_QUERIES");
        Self {
            first: number("DJQ_RANDOM_SEED").unwrap_or(1),
            queries: queries.unwrap_or(if seconds.is_some() { u64::MAX / 2 } else { 500 }),
            workers: number("DJQ_RANDOM_WORKERS")
                .map_or(processors, |workers| usize::try_from(workers).unwrap())
                .max(1),
            started,
            end: seconds.map(|seconds| started + Duration::from_secs(seconds)),
        }
    }

    /// Runs all, and gives what to say and what failed.
    pub(crate) fn all(&self) -> (String, Vec<(String, u64)>) {
        let functions = Functions::new();
        let shared = Mutex::new(Shared {
            next: self.first,
            counts: Counts::default(),
            spent: Spent::default(),
            failures: Vec::new(),
            reported: self.started,
        });
        let worlds = self.queries.div_ceil(QUERIES_PER_WORLD);
        let workers = self
            .workers
            .min(usize::try_from(worlds).unwrap_or(usize::MAX));
        std::thread::scope(|scope| {
            for worker in 0..workers {
                let (shared, functions) = (&shared, &functions);
                scope.spawn(move || self.work(worker, shared, functions));
            }
        });
        let shared = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
        let seconds = self.started.elapsed().as_secs_f64();
        let report = format!(
            "{} in {seconds:.0} s, {:.1} each second by {workers} ({:.1?}), seeds {} to {}",
            shared.counts,
            shared.counts.all() as f64 / seconds,
            shared.spent,
            self.first,
            shared.next - 1
        );
        (report, shared.failures)
    }

    /// What one worker does: world after world.
    fn work(&self, worker: usize, shared: &Mutex<Shared>, functions: &Functions) {
        let mut databases = Databases::open(worker);
        while let Some((first, end)) = self.take(shared) {
            let number = first / QUERIES_PER_WORLD;
            let world = World::new(&mut Dice::new(number ^ 0x5eed), number);
            databases.fill(&world);
            let mut counts = Counts::default();
            let mut spent = Spent::default();
            let mut judge = Judge::new(&world, &mut databases, &mut spent);
            let mut lost = false;
            for seed in first..end {
                if self.is_over(&lock(shared)) {
                    break;
                }
                let query = Maker::query(seed, &world, functions);
                if self.queries == 1 {
                    eprintln!("{}", query.text().0);
                }
                let verdict = judge.judge(&query);
                counts.add(&verdict, seed);
                if let Verdict::Wrong { signature, .. } = verdict {
                    let of_this_sort = {
                        let mut shared = lock(shared);
                        shared.failures.push((signature.clone(), seed));
                        let all = shared.failures.iter();
                        all.filter(|(of, _)| *of == signature).count()
                    };
                    // What breaks a connection leaves nothing to make it small with.
                    lost = signature.contains(LOST);
                    if lost {
                        eprintln!("seed {seed}\n{}\n{signature}\n", query.text().0);
                        break;
                    }
                    if of_this_sort <= OF_A_SORT {
                        let (small, story) = shrink::shrink(&query, &signature, &mut judge);
                        let (text, parameters) = small.text();
                        let values: Vec<String> = parameters
                            .iter()
                            .map(|of| {
                                format!(
                                    "{}={:?} {:?} {:?}",
                                    of.name, of.value, of.list, of.optional
                                )
                            })
                            .collect();
                        eprintln!("seed {seed}\n{text}{}\n{story}\n", values.join(" "));
                    }
                }
            }
            if lost {
                drop(databases);
                databases = Databases::open(worker);
            } else {
                databases.empty(&world);
            }
            self.report(&mut lock(shared), counts, spent);
        }
    }

    /// The seeds of the next world that nobody works on.
    fn take(&self, shared: &Mutex<Shared>) -> Option<(u64, u64)> {
        let mut shared = lock(shared);
        let last = self.first + self.queries;
        if shared.next >= last || self.is_over(&shared) {
            return None;
        }
        let first = shared.next;
        shared.next = last.min((first / QUERIES_PER_WORLD + 1) * QUERIES_PER_WORLD);
        Some((first, shared.next))
    }

    fn is_over(&self, shared: &Shared) -> bool {
        shared.failures.len() >= ENOUGH || self.end.is_some_and(|end| Instant::now() >= end)
    }

    fn report(&self, shared: &mut Shared, counts: Counts, spent: Spent) {
        shared.counts.merge(counts);
        shared.spent.merge(spent);
        if shared.reported.elapsed() >= REPORT_EVERY {
            shared.reported = Instant::now();
            eprintln!(
                "{} queries, {} different, {:.1} each second, seed {}",
                shared.counts.all(),
                shared.counts.wrong(),
                shared.counts.all() as f64 / self.started.elapsed().as_secs_f64(),
                shared.next
            );
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => panic!("{variable} is no number: {text}"),
    }
}
