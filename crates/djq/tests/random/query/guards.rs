//! Clauses that parameters switch on, and parameters that may be left out.

use super::{Maker, Parameter, pipelines::State};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
    values as constants,
};
use djq_check::hir::Literal;

impl Maker<'_> {
    /// A guard over a parameter of its own.
    pub(super) fn guard(&mut self) -> String {
        let name = format!("p{}", self.parameters.len() + 1);
        let (kind, text) = match self.dice.below(4) {
            0 => (Kind::Bool, format!("${name} = true")),
            1 => (Kind::Int, format!("${name} > 2")),
            2 => (Kind::Int, format!("not (${name} < 3 or ${name} = 5)")),
            _ => (Kind::Text, format!("${name} in ('a', 'A', 'á')")),
        };
        let value = match kind {
            Kind::Bool => Literal::Bool(self.dice.chance(50)),
            Kind::Int => Literal::Int(i64::try_from(self.dice.below(7)).unwrap_or(0)),
            _ => constants::constant(&mut self.dice, kind).0,
        };
        self.parameters.push(Parameter {
            name,
            kind,
            value,
            list: None,
            optional: None,
        });
        text
    }

    /// A clause that stands under a guard.
    pub(super) fn guarded(&mut self, state: &mut State) {
        if self.bare {
            return;
        }
        match self.dice.below(4) {
            0 => {
                let condition = self.value(&state.scope, Kind::Bool);
                let guard = self.guard();
                state.push(&format!("where {{}} when {guard}\n"), vec![condition]);
            }
            1 if state.scope.is_exact() => {
                if let Some(order) = self.order(state) {
                    let (guard, page) = (self.guard(), self.page());
                    // Where the first does not hold there is still an order; where the page does not there is none.
                    let first = self.total_order(&state.scope, &state.scope.named.clone());
                    let text = format!("{{}}{{}} when {guard}\n{{}} when {guard}\n");
                    state.push(&text, vec![first, order, page]);
                    state.total = true;
                }
            }
            _ => {
                let name = format!("p{}", self.parameters.len() + 1);
                let kind = self.exact_kind();
                let value = constants::constant(&mut self.dice, kind).0;
                let given = self.dice.chance(55);
                self.parameters.push(Parameter {
                    name: name.clone(),
                    kind,
                    value,
                    list: None,
                    optional: Some(given),
                });
                let (left, sign) = (self.value(&state.scope, kind), {
                    let signs = if matches!(kind, Kind::Bool | Kind::Uuid) {
                        &["=", "!="][..]
                    } else {
                        &["=", "!=", "<", ">="]
                    };
                    *self.dice.pick(signs)
                });
                let other = self.value(&state.scope, Kind::Bool);
                let joined = *self.dice.pick(&["or", "and"]);
                let condition = Tree::new(
                    Sort::Fixed,
                    format!("({{}} {sign} ${name}) {joined} {{}}"),
                    vec![left, other],
                );
                state.push(&format!("where {{}} when ${name}\n"), vec![condition]);
            }
        }
    }
}
