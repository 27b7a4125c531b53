//! `with recursive`: numbers, and ways along a key to the own model.

use super::{
    Maker,
    scope::{Column, Scope},
};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};

impl Maker<'_> {
    /// A CTE that reads itself and ends.
    pub(super) fn recursive(&mut self) -> Option<Tree> {
        let all = if self.dice.chance(60) { " all" } else { "" };
        if self.dice.chance(50) {
            return Some(self.counting(all));
        }
        let ways: Vec<(usize, String)> = self
            .world
            .models
            .iter()
            .enumerate()
            .flat_map(|(place, model)| {
                let own = model
                    .relations
                    .iter()
                    .filter(move |relation| relation.target == place && !relation.to_many);
                own.map(move |relation| (place, relation.name.clone()))
            })
            .collect();
        let (model, key) = self.dice.pick_any(&ways)?.clone();
        let name = self.world.models[model].name;
        let (first, carried) = (self.alias('a'), self.exact_kind());
        let scope = Scope {
            sources: vec![self.of_model(&first, model)],
            plain: true,
            ..Scope::default()
        };
        let (condition, value) = (self.value(&scope, Kind::Bool), self.leaf(&scope, carried));
        let bound = value.bound;
        let step = *self.dice.pick(&[
            "join {m} as n on n.{k}_id = r.at",
            "join {m} as o on o.id = r.at join {m} as n on n.id = o.{k}_id",
        ]);
        let step = step.replace("{m}", name).replace("{k}", &key);
        let text = format!(
            "with recursive walk as (\nfrom {name} as {first}\nwhere {{}}\nselect {first}.id as at, 0 as depth, {{}} as \
             carried\nunion{all} (\nfrom walk as r\n{step}\nwhere r.depth < 3\nselect n.id, r.depth + 1, \
             r.carried))\n"
        );
        self.ctes.push((
            "walk".into(),
            vec![
                column("at", Kind::Int, 100.0),
                column("depth", Kind::Int, 10.0),
                column("carried", carried, bound),
            ],
        ));
        Some(Tree::new(Sort::Optional, text, vec![condition, value]))
    }

    fn counting(&mut self, all: &str) -> Tree {
        let end = self.dice.between(1, 12);
        let start = self.dice.below(4);
        let kind = *self
            .dice
            .pick(&[Kind::Text, Kind::Int, Kind::Decimal, Kind::Bool, Kind::Date]);
        let value = self.constant(kind);
        let grown = match kind {
            Kind::Text => "r.w || 'é'",
            Kind::Int => "r.w % 1000 + r.n",
            Kind::Decimal => "r.w",
            Kind::Date => "r.w + 1 month",
            _ => "not r.w",
        };
        let text = format!(
            "with recursive steps as (select {start} as n, {{}} as w\nunion{all} (from steps as r\nwhere r.n < \
             {end}\nselect r.n + 1, {grown}))\n"
        );
        self.ctes.push((
            "steps".into(),
            vec![
                column("n", Kind::Int, 20.0),
                column("w", kind, 2_147_483_648.0),
            ],
        ));
        Tree::new(Sort::Optional, text, vec![value])
    }
}

fn column(name: &str, kind: Kind, bound: f64) -> Column {
    Column {
        name: name.into(),
        kind,
        bound,
    }
}
