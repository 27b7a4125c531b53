//! Whether guards contradict each other: a search over what could make them hold, given up when it takes long.
//!
//! It is sound and not complete: what it proves is so.

use super::{Comparison, Guard, compare};
use crate::hir::{Literal, ParamId};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// So many steps are tried.
const STEPS: usize = 4096;

/// A guard, and whether it shall hold.
type Said<'g> = (&'g Guard, bool);

/// Whether no parameters make each guard what is said beside it.
pub(super) fn never(said: &[Said<'_>]) -> bool {
    let mut search = Search {
        known: FxHashMap::default(),
        trail: Vec::new(),
        steps: STEPS,
    };
    search.never(said.to_vec(), Vec::new())
}

struct Search<'g> {
    /// What is said of each parameter so far.
    known: FxHashMap<ParamId, Vec<Said<'g>>>,
    /// Of which, in order.
    trail: Vec<ParamId>,
    steps: usize,
}

impl<'g> Search<'g> {
    /// `choices`: one of each must be what is said beside it.
    fn never(&mut self, mut open: Vec<Said<'g>>, mut choices: Vec<(&'g [Guard], bool)>) -> bool {
        let before = self.trail.len();
        // Choices wait until all that is certain has been said.
        while let Some((guard, holds)) = open.pop() {
            if self.steps == 0 {
                self.forget(before);
                return false;
            }
            self.steps -= 1;
            match guard {
                Guard::Not(of) => open.push((of, !holds)),
                Guard::All(of) if holds => open.extend(of.iter().map(|guard| (guard, true))),
                Guard::Any(of) if !holds => open.extend(of.iter().map(|guard| (guard, false))),
                Guard::All(of) | Guard::Any(of) => choices.push((of, holds)),
                Guard::Given(id) | Guard::Null(id) | Guard::Compare(id, ..) => {
                    let said = (guard, holds);
                    let known = self.known.entry(*id).or_default();
                    if known.iter().any(|known| contradict(*known, said)) {
                        self.forget(before);
                        return true;
                    }
                    known.push(said);
                    self.trail.push(*id);
                }
            }
        }
        let never = choices.pop().is_some_and(|(of, holds)| {
            of.iter().all(|guard| {
                stacker::maybe_grow(32 * 1024, 1024 * 1024, || {
                    self.never(vec![(guard, holds)], choices.clone())
                })
            })
        });
        self.forget(before);
        never
    }

    fn forget(&mut self, before: usize) {
        for id in self.trail.drain(before..) {
            if let Some(known) = self.known.get_mut(&id) {
                known.pop();
            }
        }
    }
}

/// Whether what is said of one parameter cannot both be so.
fn contradict((one, holds): Said<'_>, (other, other_holds): Said<'_>) -> bool {
    match ((one, holds), (other, other_holds)) {
        ((Guard::Compare(_, op, value), true), (Guard::Compare(_, other, bound), holds)) => {
            let other = if holds { *other } else { other.opposite() };
            disjoint((*op, value), (other, bound))
        }
        ((Guard::Compare(_, op, value), false), (Guard::Compare(_, other, bound), true)) => {
            disjoint((op.opposite(), value), (*other, bound))
        }
        ((Guard::Null(_), true), (Guard::Compare(..), true))
        | ((Guard::Compare(..), true), (Guard::Null(_), true)) => true,
        ((Guard::Given(_), false), (_, true)) | ((_, true), (Guard::Given(_), false)) => true,
        _ => one == other && holds != other_holds,
    }
}

/// Whether surely no value compares so with both constants.
fn disjoint((op, value): (Comparison, &Literal), (other, bound): (Comparison, &Literal)) -> bool {
    use Comparison as C;
    let Some(ordering) = compare(value, bound) else {
        return false;
    };
    match (op, other) {
        (C::Equal, other) => !other.accepts(ordering),
        (op, C::Equal) => !op.accepts(ordering.reverse()),
        (C::Less | C::LessEqual, C::Greater | C::GreaterEqual) => {
            ordering == Ordering::Less
                || ordering == Ordering::Equal && (op, other) != (C::LessEqual, C::GreaterEqual)
        }
        (C::Greater | C::GreaterEqual, C::Less | C::LessEqual) => {
            ordering == Ordering::Greater
                || ordering == Ordering::Equal && (op, other) != (C::GreaterEqual, C::LessEqual)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(id: u32) -> Guard {
        Guard::Given(ParamId(id))
    }

    fn compare(comparison: Comparison, value: i64) -> Guard {
        Guard::Compare(ParamId(0), comparison, Literal::Int(value))
    }

    #[test]
    fn a_comparison_implies_that_the_parameter_is_given() {
        assert!(compare(Comparison::Equal, 1).implies(&given(0)));
        assert!(!given(0).implies(&compare(Comparison::Equal, 1)));
        assert!(!compare(Comparison::Equal, 1).negated().implies(&given(0)));
    }

    #[test]
    fn connectives_are_seen_through() {
        let (a, b, c) = (given(0), given(1), given(2));
        let either = Guard::Any(vec![a.clone(), b.clone()]);
        assert!(a.clone().and(c.clone()).implies(&a));
        assert!(a.implies(&either));
        assert!(!either.implies(&a));
        assert!(either.clone().and(b.clone().negated()).implies(&a));
        assert!(Guard::Any(vec![a.clone(), a.clone().negated()]).is_always());
        assert!(a.clone().and(a.clone().negated()).is_never());
        let split = Guard::Any(vec![a.clone().and(b.clone()), a.clone().and(b.negated())]);
        assert!(split.implies(&a) && a.implies(&split));
    }

    #[test]
    fn comparisons_exclude_each_other() {
        use Comparison as C;
        assert!(compare(C::Equal, 1).excludes(&compare(C::Equal, 2)));
        assert!(compare(C::Less, 1).excludes(&compare(C::GreaterEqual, 1)));
        assert!(!compare(C::LessEqual, 1).excludes(&compare(C::GreaterEqual, 1)));
        assert!(compare(C::Greater, 3).implies(&compare(C::Greater, 2)));
        assert!(!compare(C::Greater, 2).implies(&compare(C::Greater, 3)));
        assert!(compare(C::Equal, 3).implies(&compare(C::NotEqual, 4)));
        assert!(Guard::Null(ParamId(0)).excludes(&compare(C::Less, 9)));
        assert!(!compare(C::NotEqual, 1).implies(&compare(C::Greater, 1)));
    }

    /// Against every assignment of two parameters: what is proven is so.
    #[test]
    fn what_is_proven_is_so() {
        let mut dice = 7_u64;
        let mut below = |count: u64| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice % count
        };
        fn draw(below: &mut dyn FnMut(u64) -> u64, depth: u32) -> Guard {
            let id = ParamId(u32::from(below(2) == 1));
            match below(if depth == 0 { 3 } else { 6 }) {
                0 => Guard::Given(id),
                1 => Guard::Null(id),
                2 => {
                    let comparisons = [
                        Comparison::Equal,
                        Comparison::NotEqual,
                        Comparison::Less,
                        Comparison::GreaterEqual,
                    ];
                    let place = usize::try_from(below(4)).unwrap_or(0);
                    let value = i64::try_from(below(3)).unwrap_or(0);
                    Guard::Compare(id, comparisons[place], Literal::Int(value))
                }
                3 => draw(below, depth - 1).negated(),
                4 => Guard::All(vec![draw(below, depth - 1), draw(below, depth - 1)]),
                _ => Guard::Any(vec![draw(below, depth - 1), draw(below, depth - 1)]),
            }
        }
        // Left out, null, or a value around the constants.
        let values = [
            None,
            Some(None),
            Some(Some(-1)),
            Some(Some(0)),
            Some(Some(1)),
            Some(Some(2)),
            Some(Some(3)),
        ];
        let holds = |guard: &Guard, given: [Option<Option<i64>>; 2]| {
            guard.holds(&mut |atom| match atom {
                Guard::Given(id) => given[id.0 as usize].is_some(),
                Guard::Null(id) => given[id.0 as usize] == Some(None),
                Guard::Compare(id, comparison, Literal::Int(bound)) => given[id.0 as usize]
                    .flatten()
                    .is_some_and(|value: i64| comparison.accepts(value.cmp(bound))),
                _ => false,
            })
        };
        let (mut proven, mut refuted) = (0, 0);
        for _ in 0..4000 {
            let (a, b) = (draw(&mut below, 3), draw(&mut below, 3));
            let mut all = values.iter().flat_map(|n| values.iter().map(|m| [*n, *m]));
            let counter = all.find(|given| holds(&a, *given) && !holds(&b, *given));
            if a.implies(&b) {
                proven += 1;
                assert_eq!(counter, None, "{a:?} does not imply {b:?}");
            } else if counter.is_some() {
                refuted += 1;
            }
        }
        assert!(
            proven > 200 && refuted > 2000,
            "{proven} proven, {refuted} refuted"
        );
    }
}
