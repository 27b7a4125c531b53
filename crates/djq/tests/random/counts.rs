//! What ran, counted.

use crate::judge::Verdict;
use std::collections::BTreeMap;

/// What ran.
#[derive(Default)]
pub(crate) struct Counts {
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
    /// Takes in what another has counted.
    pub(crate) fn merge(&mut self, other: Self) {
        self.same += other.same;
        self.empty += other.empty;
        self.rows += other.rows;
        self.slow += other.slow;
        self.wrong += other.wrong;
        for (what, (times, seed)) in other.misses {
            self.misses.entry(what).or_insert((0, seed)).0 += times;
        }
        for (what, times) in other.refused {
            *self.refused.entry(what).or_default() += times;
        }
    }

    /// How many queries.
    pub(crate) fn all(&self) -> usize {
        self.same + self.slow + self.wrong + self.missed()
    }

    /// How many had another answer somewhere.
    pub(crate) fn wrong(&self) -> usize {
        self.wrong
    }

    fn missed(&self) -> usize {
        self.misses.values().map(|(times, _)| times).sum()
    }

    pub(crate) fn add(&mut self, verdict: &Verdict, seed: u64) {
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
        let missed = self.missed();
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
