//! Groups of several sets of keys: as they are, or as a union of the groups of each.

use super::Legalizer;
use crate::{
    dialect::Form,
    legal::{Body, Expr, Query, Side},
};
use djq_check::hir::SetOperator;
use djq_plan::plan;

/// One of several sets of keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set<'a> {
    /// All keys.
    keys: &'a [plan::Expr],
    /// The places of its own.
    places: &'a [usize],
}

/// What an expression is in groups of one of several sets of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AsKey {
    /// No key.
    None,
    /// A key of the set, as a whole.
    Present,
    /// A key of another set, and so null.
    Absent,
}

impl Set<'_> {
    /// Whether a key is in it.
    pub(super) fn has(self, place: usize) -> bool {
        self.places.contains(&place)
    }
}

impl<'a> Legalizer<'a> {
    /// A SELECT; where it has several sets of keys and the dialect has none, a union of one SELECT for each. Gives
    /// the outputs that an order may name by value, too.
    pub(super) fn select_or_union(
        &mut self,
        select: &'a plan::Select,
        order_by: &'a [plan::OrderKey],
    ) -> (Body<'a>, Option<&'a [plan::Item]>) {
        let outer = self.grouping_set.take();
        let done = match &select.grouping_sets {
            Some(sets) if !self.dialect.has_grouping_sets() => {
                (self.union_of_sets(select, order_by, sets), None)
            }
            _ => (
                Body::Select(Box::new(self.select(select, order_by))),
                Some(select.items.as_slice()),
            ),
        };
        self.grouping_set = outer;
        done
    }

    fn union_of_sets(
        &mut self,
        select: &'a plan::Select,
        order_by: &'a [plan::OrderKey],
        sets: &'a [Vec<usize>],
    ) -> Body<'a> {
        let mut union: Option<Body<'a>> = None;
        let side = |body| Side {
            query: Box::new(Query::bare(body)),
            parentheses: false,
        };
        for set in sets {
            self.grouping_set = Some(Set {
                keys: &select.group_by,
                places: set,
            });
            let (renamed, inlined) = (self.renamed.len(), self.inlined.len());
            let one = Body::Select(Box::new(self.select(select, order_by)));
            self.renamed.truncate(renamed);
            self.inlined.truncate(inlined);
            union = Some(match union {
                None => one,
                Some(before) => Body::SetOperation {
                    operator: SetOperator::Union,
                    all: true,
                    left: side(before),
                    right: side(one),
                },
            });
        }
        self.grouping_set = None;
        union.unwrap_or_else(|| Body::Select(Box::default()))
    }

    /// What an expression is among the keys of the sets around it. In an aggregate it is a value of the rows.
    pub(super) fn as_key(&self, expr: &plan::Expr) -> AsKey {
        if self.aggregating {
            return AsKey::None;
        }
        for set in &self.absent {
            let mut keys = set.keys.iter().enumerate();
            if let Some((place, _)) = keys.find(|(_, key)| super::query::same(key, expr)) {
                return if set.has(place) {
                    AsKey::Present
                } else {
                    AsKey::Absent
                };
            }
        }
        AsKey::None
    }

    /// `grouping(k, …)`.
    pub(super) fn grouping(&mut self, keys: &'a [usize]) -> Expr<'a> {
        if let Some(set) = self.grouping_set {
            let bits = keys
                .iter()
                .fold(0u64, |bits, key| bits << 1 | u64::from(!set.has(*key)));
            return Expr::atom(bits.to_string());
        }
        let all = self.group_keys;
        let operands: Vec<_> = keys
            .iter()
            .filter_map(|key| all.get(*key))
            .map(|key| self.expression(key))
            .collect();
        let holes = crate::dialect::holes(operands.len());
        Expr::form(Form::atom(format!("GROUPING({holes})")), operands)
    }
}

/// What stands behind GROUP BY for several sets of these keys, of each what is written for it.
pub(super) fn native<'a>(keys: Vec<Vec<Expr<'a>>>, sets: &[Vec<usize>]) -> Vec<Expr<'a>> {
    let mut holes: Vec<Vec<String>> = Vec::with_capacity(keys.len());
    let mut operands = Vec::new();
    for written in keys {
        let first = operands.len();
        operands.extend(written);
        let own = first..operands.len();
        holes.push(own.map(|place| format!("{{{place}}}")).collect());
    }
    let list = |places: &[usize]| -> Vec<String> {
        let written = places.iter().filter_map(|place| holes.get(*place));
        written.flatten().cloned().collect()
    };
    let sql = match rolled(sets) {
        Some((always, parts)) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match list(part).as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(", ")),
                })
                .collect();
            let mut all = list(&always);
            all.push(format!("ROLLUP ({})", parts.join(", ")));
            all.join(", ")
        }
        None => {
            let sets: Vec<String> = sets
                .iter()
                .map(|set| format!("({})", list(set).join(", ")))
                .collect();
            format!("GROUPING SETS ({})", sets.join(", "))
        }
    };
    vec![Expr::form(Form::atom(sql), operands)]
}

/// The keys that every set has, and those that one set after the other leaves out, from the right: ROLLUP's.
fn rolled(sets: &[Vec<usize>]) -> Option<(Vec<usize>, Vec<Vec<usize>>)> {
    let (last, _) = sets.split_last()?;
    let mut parts = Vec::new();
    for pair in sets.windows(2) {
        let [more, fewer] = pair else {
            return None;
        };
        if !fewer.iter().all(|place| more.contains(place)) {
            return None;
        }
        let part: Vec<usize> = more
            .iter()
            .filter(|place| !fewer.contains(place))
            .copied()
            .collect();
        if part.is_empty() {
            return None;
        }
        parts.push(part);
    }
    parts.reverse();
    (!parts.is_empty()).then(|| (last.clone(), parts))
}
