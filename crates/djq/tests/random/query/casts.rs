//! Casts, and choices by a value.

use super::{Maker, Parameter, scope::Scope};
use crate::{kind::Kind, tree::Tree};
use djq_check::hir::Literal;

impl Maker<'_> {
    /// A value of this kind made of one of another.
    pub(super) fn cast(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let tried = |ty: &str| format!("try_cast({{}} as {ty})");
        let (from, text, bound) = match kind {
            Kind::Int => (Kind::Text, tried("int"), 2_147_483_648.0),
            Kind::Decimal if self.dice.chance(50) => {
                (Kind::Text, tried("decimal(12, 3)"), 1_000_000_000.0)
            }
            Kind::Decimal => (Kind::Int, tried("decimal(12, 3)"), 1_000_000_000.0),
            Kind::Date => (Kind::Text, tried("date"), 0.0),
            Kind::Float => (Kind::Int, "({}::float)".into(), 0.0),
            _ => return None,
        };
        let value = self.value(scope, from);
        let bound = match kind {
            Kind::Float if value.bound > 1e15 => return None,
            Kind::Float => value.bound,
            _ => bound,
        };
        Some(Tree::value(kind, text, vec![value]).bounded(bound))
    }

    /// `case x when … then … else … end`.
    pub(super) fn case_of(&mut self, scope: &Scope, kind: Kind) -> Tree {
        let of = self.exact_kind();
        let (value, first, second) = (
            self.value(scope, of),
            self.value(scope, of),
            self.value(scope, of),
        );
        let (a, b, c) = (
            self.value(scope, kind),
            self.value(scope, kind),
            self.value(scope, kind),
        );
        let bound = a.bound.max(b.bound).max(c.bound);
        let parts = vec![value, first, a, second, b, c];
        Tree::value(
            kind,
            "(case {} when {} then {} when {} then {} else {} end)",
            parts,
        )
        .bounded(bound)
    }

    /// `x in $list`.
    pub(super) fn among_bound(&mut self, value: Tree, of: Kind, not: &str) -> Tree {
        let count = self.dice.below(4);
        let list = (0..count)
            .map(|_| crate::values::constant(&mut self.dice, of).0)
            .collect();
        let name = format!("p{}", self.parameters.len() + 1);
        let text = format!("({{}} {not}in ${name})");
        self.parameters.push(Parameter {
            name,
            kind: of,
            value: Literal::Bool(true),
            list: Some(list),
            optional: None,
        });
        Tree::value(Kind::Bool, text, vec![value])
    }
}
