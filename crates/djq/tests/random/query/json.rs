//! JSON: made of values, read from, asked about.

use super::{Maker, scope::Scope};
use crate::{kind::Kind, tree::Tree};

impl Maker<'_> {
    /// A JSON value.
    pub(super) fn json(&mut self, scope: &Scope) -> Option<Tree> {
        if !self.spend() {
            return None;
        }
        let kind = Kind::Json;
        Some(match self.dice.below(5) {
            0 | 1 => {
                let values = self.json_items(scope);
                let holes = vec!["{}"; values.len()].join(", ");
                Tree::value(kind, format!("json_array({holes})"), values)
            }
            2 | 3 => {
                let values = self.json_items(scope);
                let keys = ["'a'", "'b'", "'a b'", "'ключ'"];
                let entries: Vec<String> = values
                    .iter()
                    .zip(keys)
                    .map(|(_, key)| format!("{key}, {{}}"))
                    .collect();
                Tree::value(kind, format!("json_object({})", entries.join(", ")), values)
            }
            _ => {
                let inner = self.json_leaf(scope);
                let text =
                    *self
                        .dice
                        .pick(&["{}['a']", "{}[0]", "{}['b'][0]", "{}[-1]", "json_keys({})"]);
                Tree::value(kind, text, vec![inner])
            }
        })
    }

    fn json_items(&mut self, scope: &Scope) -> Vec<Tree> {
        let kinds = [
            Kind::Bool,
            Kind::Int,
            Kind::Text,
            Kind::Date,
            Kind::Uuid,
            Kind::Json,
        ];
        (0..self.dice.below(4))
            .map(|_| {
                let kind = *self.dice.pick(&kinds);
                if kind == Kind::Json {
                    self.json_leaf(scope)
                } else {
                    self.leaf(scope, kind)
                }
            })
            .collect()
    }

    /// A column with JSON, or JSON made of values.
    fn json_leaf(&mut self, scope: &Scope) -> Tree {
        let columns = self.columns(scope, Kind::Json);
        if self.dice.chance(60)
            && let Some((name, _)) = self.dice.pick_any(&columns)
        {
            return Tree::value(Kind::Json, name.clone(), Vec::new());
        }
        self.json(scope)
            .unwrap_or_else(|| Tree::value(Kind::Json, "json_array()", Vec::new()))
    }

    /// What JSON holds, as a value of this kind; or what it is.
    pub(super) fn taken_from_json(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        if !self.spend() {
            return None;
        }
        let json = self.json_leaf(scope);
        let step = *self.dice.pick(&["", "['a']", "[0]", "['b']['a']", "[-1]"]);
        let (text, bound) = match (kind, self.dice.below(3)) {
            (Kind::Int, 0) => (format!("json_length({{}}{step})"), 100.0),
            (Kind::Text, 0) => (format!("json_type({{}}{step})"), 10.0),
            (Kind::Bool, 0) => {
                let key = *self.dice.pick(&["'a'", "'b'", "'ключ'", "''"]);
                (format!("has_key({{}}{step}, {key})"), 0.0)
            }
            (Kind::Bool, 1) => {
                let of = *self.dice.pick(&[Kind::Int, Kind::Text, Kind::Bool]);
                let item = self.leaf(scope, of);
                return Some(Tree::value(
                    kind,
                    format!("json_contains({{}}{step}, {{}})"),
                    vec![json, item],
                ));
            }
            (Kind::Int, _) => (format!("{{}}{step}::int"), 2_147_483_648.0),
            (Kind::Text, _) => (format!("{{}}{step}::text"), 200.0),
            (Kind::Bool | Kind::Date | Kind::Uuid, _) => {
                (format!("{{}}{step}::{}", kind.name()), 0.0)
            }
            (Kind::Decimal, _) => (format!("{{}}{step}::decimal(12, 3)"), 1e9),
            (Kind::Approximate, _) => (format!("{{}}{step}::float"), 1e9),
            (Kind::Json, _) => return Some(json),
            _ => return None,
        };
        Some(Tree::value(kind, text, vec![json]).bounded(bound))
    }
}
