//! Whether guards contradict each other: a search over what could make them hold, given up when it takes long.
//!
//! It is sound and not complete: what it proves is so.

use super::{Comparison, Guard, compare};
use crate::hir::Literal;
use std::cmp::Ordering;

/// So many steps are tried.
const STEPS: usize = 4096;

/// A guard, and whether it shall hold.
type Said<'g> = (&'g Guard, bool);

/// Whether no parameters make each guard what is said beside it.
pub(super) fn never(said: &[Said<'_>]) -> bool {
    let mut search = Search {
        known: Vec::new(),
        steps: STEPS,
    };
    search.never(said.to_vec(), Vec::new())
}

struct Search<'g> {
    /// What is said of parameters so far.
    known: Vec<Said<'g>>,
    steps: usize,
}

impl<'g> Search<'g> {
    /// `choices`: one of each must be what is said beside it.
    fn never(&mut self, mut open: Vec<Said<'g>>, mut choices: Vec<(&'g [Guard], bool)>) -> bool {
        let before = self.known.len();
        // Choices wait until all that is certain has been said.
        while let Some((guard, holds)) = open.pop() {
            if self.steps == 0 {
                self.known.truncate(before);
                return false;
            }
            self.steps -= 1;
            match guard {
                Guard::Not(of) => open.push((of, !holds)),
                Guard::All(of) if holds => open.extend(of.iter().map(|guard| (guard, true))),
                Guard::Any(of) if !holds => open.extend(of.iter().map(|guard| (guard, false))),
                Guard::All(of) | Guard::Any(of) => choices.push((of, holds)),
                Guard::Given(_) | Guard::Null(_) | Guard::Compare(..) => {
                    let said = (guard, holds);
                    if self.known.iter().any(|known| contradict(*known, said)) {
                        self.known.truncate(before);
                        return true;
                    }
                    self.known.push(said);
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
        self.known.truncate(before);
        never
    }
}

/// Whether what is said of two parameters, perhaps the same, cannot both be so.
fn contradict((one, holds): Said<'_>, (other, other_holds): Said<'_>) -> bool {
    let (Some(a), Some(b)) = (parameter(one), parameter(other)) else {
        return false;
    };
    if a != b {
        return false;
    }
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

fn parameter(guard: &Guard) -> Option<crate::hir::ParamId> {
    match guard {
        Guard::Given(id) | Guard::Null(id) | Guard::Compare(id, ..) => Some(*id),
        Guard::Not(_) | Guard::All(_) | Guard::Any(_) => None,
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
