//! Relations to many: counted, added up, asked for.

use super::{Maker, scope::Scope};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};

/// A relation expression, in parentheses where it has clauses.
struct Relation {
    tree: Tree,
    model: usize,
    /// Whether its last step leads to one row: then bare names in an aggregate are not that row's.
    ends_at_one: bool,
}

impl Maker<'_> {
    /// A relation to many of one of the sources.
    fn relation(&mut self, scope: &Scope) -> Option<Relation> {
        let trees = self.trees(scope);
        let tree =
            (!trees.is_empty() && self.dice.chance(8)).then(|| self.dice.pick(&trees).clone());
        let (mut path, mut model) = match tree {
            Some(tree) => tree,
            None => self.relation_path(scope)?,
        };
        let mut ends_at_one = false;
        if self.dice.chance(15) {
            let more: Vec<_> = self.relations_of(model).cloned().collect();
            if let Some(step) = self.dice.pick_any(&more) {
                path = format!("{path}.{}", step.name);
                model = step.target;
                ends_at_one = !step.to_many;
            }
        }
        if !ends_at_one {
            path = format!("{path}{}", self.scope_of(model));
        }
        let path = Tree::new(Sort::Fixed, path, Vec::new());
        if !self.dice.chance(40) || !self.spend() {
            return Some(Relation {
                tree: path,
                model,
                ends_at_one,
            });
        }
        let inside = scope.inside(self.of_model("", model));
        let mut clauses = vec![path, {
            let condition = self.value(&inside, Kind::Bool);
            Tree::new(Sort::Optional, " where {}", vec![condition])
        }];
        if self.dice.chance(25) {
            let order = self.total_order(&inside, &[]);
            let limit = self.page();
            clauses.push(Tree::new(Sort::Optional, " {} {}", vec![order, limit]));
        }
        let text = format!("({})", "{}".repeat(clauses.len()));
        Some(Relation {
            tree: Tree::new(Sort::Fixed, text, clauses),
            model,
            ends_at_one: false,
        })
    }

    /// The path of a relation to many, perhaps over relations to one.
    fn relation_path(&mut self, scope: &Scope) -> Option<(String, usize)> {
        let mut found = Vec::new();
        for source in scope.sources.iter().chain(&scope.outer) {
            let Some(model) = source.model else { continue };
            for relation in self.relations_of(model) {
                let path = source.name(&relation.name);
                if relation.to_many {
                    found.push((path, relation.target));
                    continue;
                }
                for next in &self.world.models[relation.target].relations {
                    if next.to_many {
                        found.push((format!("{path}.{}", next.name), next.target));
                    }
                }
            }
        }
        self.dice.pick_any(&found).cloned()
    }

    /// An expression of each item of a relation: a field, or more.
    fn of_items(&mut self, scope: &Scope, relation: Relation, kind: Kind) -> Tree {
        let mut inside = scope.inside(self.of_model("", relation.model));
        inside.plain = true;
        let fields: Vec<String> = inside.sources[0]
            .columns
            .iter()
            .filter(|column| column.kind == kind)
            .map(|column| column.name.clone())
            .collect();
        match self.dice.pick_any(&fields) {
            Some(field) if self.dice.chance(70) => {
                Tree::new(Sort::Fixed, format!("{{}}.{field}"), vec![relation.tree])
                    .bounded(2_147_483_648.0)
            }
            _ => {
                let value = self.value(&inside, kind);
                let bound = value.bound;
                Tree::new(Sort::Fixed, "{}.({})", vec![relation.tree, value]).bounded(bound)
            }
        }
    }

    /// A condition or a value that asks a relation.
    pub(super) fn of_relation(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        if !self.spend() {
            return None;
        }
        let relation = self.relation(scope)?;
        Some(match kind {
            Kind::Bool => match self.dice.below(6) {
                0 | 1 => Tree::value(kind, "(exists {})", vec![relation.tree]),
                2 => Tree::value(kind, "(not exists {})", vec![relation.tree]),
                3 => {
                    let item = self.exact_kind();
                    let value = self.value(scope, item);
                    let not = if self.dice.chance(50) { "not " } else { "" };
                    let items = self.of_items(scope, relation, item);
                    Tree::value(kind, format!("({{}} {not}in {{}})"), vec![value, items])
                }
                _ => {
                    let function = *self.dice.pick(&["every", "some"]);
                    let items = self.of_items(scope, relation, Kind::Bool);
                    Tree::value(kind, format!("{function}({{}})"), vec![items])
                }
            },
            Kind::Int => match self.dice.below(5) {
                0 | 1 => Tree::value(kind, "count({})", vec![relation.tree]).bounded(1e6),
                2 => {
                    let item = self.exact_kind();
                    let distinct = if self.dice.chance(50) {
                        "distinct "
                    } else {
                        ""
                    };
                    let items = self.of_items(scope, relation, item);
                    Tree::value(kind, format!("count({distinct}{{}})"), vec![items]).bounded(1e6)
                }
                3 => {
                    let items = self.of_items(scope, relation, Kind::Int);
                    let bound = items.bound * 1e4;
                    if bound > 1e17 {
                        return None;
                    }
                    Tree::value(kind, "sum({})", vec![items]).bounded(bound)
                }
                _ => self.extreme(scope, relation, kind),
            },
            Kind::Approximate => {
                let item = *self.dice.pick(&[Kind::Int, Kind::Float]);
                let items = self.of_items(scope, relation, item);
                let function = *self.dice.pick(&["avg", "stddev_pop", "var_samp"]);
                let bound = items.bound * items.bound;
                Tree::value(kind, format!("{function}({{}})"), vec![items]).bounded(bound)
            }
            Kind::Decimal => {
                let items = self.of_items(scope, relation, kind);
                let function = *self.dice.pick(&["sum", "avg", "min", "max"]);
                let bound = items.bound * 1e4;
                Tree::value(kind, format!("{function}({{}})"), vec![items]).bounded(bound)
            }
            Kind::Text if !relation.ends_at_one && self.dice.chance(40) => {
                let inside = scope.inside(self.of_model("", relation.model));
                let mut columns = inside.sources[0].columns.iter();
                let field = &columns.find(|column| column.kind == kind)?.name;
                let text = format!("string_agg({{}}.{field}, ', ' order by {field}, id)");
                Tree::value(kind, text, vec![relation.tree]).bounded(1000.0)
            }
            kind => self.extreme(scope, relation, kind),
        })
    }

    /// The least or the greatest, or that of the first.
    fn extreme(&mut self, scope: &Scope, relation: Relation, kind: Kind) -> Tree {
        let function = *self.dice.pick(&["min", "max"]);
        let items = self.of_items(scope, relation, kind);
        let bound = items.bound;
        // There is no order of truth values and UUIDs that all databases have.
        if matches!(kind, Kind::Bool | Kind::Uuid | Kind::Json) {
            return self.constant(kind);
        }
        Tree::value(kind, format!("{function}({{}})"), vec![items]).bounded(bound)
    }

    /// The paths to one row of the sources in sight.
    fn paths_to_one(&self, scope: &Scope) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for source in &scope.sources {
            let Some(model) = source.model else { continue };
            for relation in &self.world.models[model].relations {
                if !relation.to_many {
                    found.push((source.name(&relation.name), relation.target));
                }
            }
        }
        found
    }

    /// A nested list or object of a relation.
    pub(super) fn nest(&mut self, scope: &Scope, depth: usize) -> Option<Tree> {
        let ones = self.paths_to_one(scope);
        let (tree, model) = match self.dice.pick_any(&ones).cloned() {
            Some((path, model)) if self.dice.chance(25) => (Tree::verbatim(path), model),
            _ => {
                let relation = self.relation(scope)?;
                (relation.tree, relation.model)
            }
        };
        let inside = scope.inside(self.of_model("", model));
        let mut items = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let kind = self.any_kind();
            let value = self.value(&inside, kind);
            let name = self.name();
            items.push(Tree::new(
                Sort::Fixed,
                format!("{{}} as {name}"),
                vec![value],
            ));
        }
        if depth > 0
            && self.dice.chance(30)
            && let Some(nest) = self.nest(&inside, depth - 1)
        {
            let name = self.name();
            items.push(Tree::new(
                Sort::Fixed,
                format!("{{}} as {name}"),
                vec![nest],
            ));
        }
        Some(Tree::new(
            Sort::Fixed,
            "{} { {} }",
            vec![tree, Tree::list(items)],
        ))
    }
}
