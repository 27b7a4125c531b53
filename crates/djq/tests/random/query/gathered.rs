//! Aggregates that gather values in an order, or bit by bit: of rows in groups.

use super::{Maker, scope::Scope};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};

impl Maker<'_> {
    /// Such an aggregate over these rows, if one gives this kind.
    pub(super) fn gathered(&mut self, rows: &Scope, kind: Kind) -> Option<Tree> {
        match kind {
            Kind::Text => {
                let value = self.leaf(rows, kind);
                if value.bound > 200.0 {
                    return None;
                }
                let distinct = if self.dice.chance(40) {
                    "distinct "
                } else {
                    ""
                };
                let direction = *self.dice.pick(&["", " desc", " nulls first"]);
                // The same text in both places, so that what is equal has no order that shows.
                let text =
                    format!("string_agg({distinct}{value}, '-' order by {value}{direction})");
                Some(Tree::new(Sort::Value(kind), "{}", vec![Tree::verbatim(text)]).bounded(1e4))
            }
            Kind::Int if self.dice.chance(40) => {
                let function = *self.dice.pick(&["bit_and", "bit_or", "bit_xor"]);
                let value = self.value(rows, kind);
                let bound = value.bound * 2.0 + 1.0;
                if bound > 4e18 {
                    return None;
                }
                let (condition, parts) = self.filter(rows, value);
                Some(
                    Tree::value(kind, format!("{function}({{}}{condition})"), parts).bounded(bound),
                )
            }
            Kind::Int if self.dice.chance(40) => {
                let (one, other) = (self.exact_kind(), self.exact_kind());
                let parts = vec![self.leaf(rows, one), self.leaf(rows, other)];
                Some(Tree::value(kind, "count(distinct {}, {})", parts).bounded(1e6))
            }
            Kind::Int | Kind::Decimal | Kind::Date | Kind::DateTime => {
                let place = *self.dice.pick(&["0", "0.25", "0.5", "1"]);
                let value = self.value(rows, kind);
                let bound = value.bound;
                let (condition, mut parts) = self.filter(rows, value);
                parts.insert(1, Tree::verbatim(place));
                let text = format!("percentile_disc({{}}, {{}}{condition})");
                Some(Tree::value(kind, text, parts).bounded(bound))
            }
            Kind::Approximate => {
                let of = *self.dice.pick(&[Kind::Int, Kind::Float]);
                let value = self.value(rows, of);
                let bound = value.bound;
                let text = *self.dice.pick(&["median({})", "percentile_cont({}, 0.75)"]);
                Some(Tree::value(kind, text, vec![value]).bounded(bound))
            }
            _ => None,
        }
    }
}
