//! Where rows come from: models, CTEs, pipelines, literal rows, series; and what is joined to them.

use super::{
    Maker,
    pipelines::State,
    scope::{Column, Scope, Source},
};
use crate::{
    kind::{Kind, spelt},
    tree::{Sort, Tree},
    values as constants,
};
use djq_check::hir::Literal;

impl Maker<'_> {
    /// A model, a CTE or a pipeline, with its alias.
    pub(super) fn source(&mut self, around: &Scope) -> (Tree, Source) {
        let ctes = self.ctes.clone();
        if around.level < 2 && self.dice.chance(12) && self.spend() {
            let alias = self.alias('d');
            let made = self.pipeline(
                &Scope {
                    level: around.level + 1,
                    ..Scope::default()
                },
                None,
                false,
            );
            let text = format!("(\n{{}}) as {alias}");
            let source = Source {
                alias,
                model: None,
                columns: made.columns,
            };
            return (Tree::new(Sort::Fixed, text, vec![made.tree]), source);
        }
        if self.dice.chance(30)
            && let Some((name, columns)) = self.dice.pick_any(&ctes)
        {
            let alias = self.alias('c');
            let text = Tree::new(Sort::Fixed, format!("{name} as {alias}"), Vec::new());
            let source = Source {
                alias,
                model: None,
                columns: columns.clone(),
            };
            return (text, source);
        }
        if self.dice.chance(7) {
            return self.literal_rows();
        }
        if self.dice.chance(5) {
            return self.series();
        }
        let model = self.dice.below(self.world.models.len());
        let alias = self.alias('a');
        let text = format!(
            "{}{} as {alias}",
            self.world.models[model].name,
            self.scope_of(model)
        );
        (
            Tree::new(Sort::Fixed, text, Vec::new()),
            self.of_model(&alias, model),
        )
    }

    /// `[{n1: 1, n2: 'a'}, …]`.
    fn literal_rows(&mut self) -> (Tree, Source) {
        let alias = self.alias('v');
        let columns: Vec<Column> = (0..self.dice.between(1, 3))
            .map(|_| Column {
                name: self.name(),
                kind: self.exact_kind(),
                bound: 2_147_483_648.0,
            })
            .collect();
        let rows = (0..self.dice.between(1, 4))
            .map(|row| {
                let fields: Vec<String> = columns
                    .iter()
                    .map(|column| {
                        // The first row says the types.
                        let value = if row > 0 && self.dice.chance(25) {
                            Literal::Null
                        } else {
                            constants::constant(&mut self.dice, column.kind).0
                        };
                        format!("{}: {}", column.name, spelt(&value))
                    })
                    .collect();
                let text = format!("{{{}}}", fields.join(", "));
                Tree::verbatim(text)
            })
            .collect();
        let text = format!("[{{}}] as {alias}");
        let source = Source {
            alias,
            model: None,
            columns,
        };
        (Tree::new(Sort::Fixed, text, vec![Tree::list(rows)]), source)
    }

    /// `series(a, b, step)`, whose alias is its value.
    fn series(&mut self) -> (Tree, Source) {
        let name = self.alias('s');
        let (kind, ends, steps): (Kind, [&[&str]; 2], &[&str]) = match self.dice.below(4) {
            0 => (
                Kind::Date,
                [
                    &["@2024-01-31", "@2023-12-31"],
                    &["@2024-02-29", "@2024-03-31", "@2023-01-01"],
                ],
                &["", ", 1 week", ", 1 month", ", -1 month", ", 10 days"],
            ),
            1 => (
                Kind::DateTime,
                [
                    &["@2024-01-31T23:59:59.5Z", "@2023-12-31T00:00:00Z"],
                    &["@2024-02-29T12:00:00Z", "@2024-01-01T00:00:00Z"],
                ],
                &[", 1 week", ", 1 month", ", -1 month", ", 36 hours"],
            ),
            _ => (
                Kind::Int,
                [&["0", "1", "-3"], &["4", "-2", "7"]],
                &["", ", 2", ", -1", ", 3"],
            ),
        };
        let (first, last) = (*self.dice.pick(ends[0]), *self.dice.pick(ends[1]));
        let text = format!("series({first}, {last}{}) as {name}", self.dice.pick(steps));
        let source = Source {
            alias: String::new(),
            model: None,
            columns: vec![Column {
                name,
                kind,
                bound: 10.0,
            }],
        };
        (Tree::verbatim(text), source)
    }

    pub(super) fn join(&mut self, state: &mut State) {
        let kind = *self.dice.pick(&[
            "join",
            "join",
            "left join",
            "left join",
            "right join",
            "full join",
        ]);
        let mut paths = Vec::new();
        for source in &state.scope.sources {
            if let Some(model) = source.model {
                for relation in self.relations_of(model) {
                    paths.push((source.name(&relation.name), relation.target));
                }
            }
        }
        let trees = self.trees(&state.scope);
        if self.dice.chance(10)
            && matches!(kind, "join" | "left join")
            && let Some((tree, model)) = self.dice.pick_any(&trees).cloned()
        {
            let alias = self.alias('t');
            let mut source = self.of_model(&alias, model);
            source.columns.push(Column {
                name: "depth".into(),
                kind: Kind::Int,
                bound: 100.0,
            });
            state.scope.sources.push(source);
            state.push(&format!("{kind} {tree} as {alias}\n"), Vec::new());
        } else if self.dice.chance(65)
            && let Some((path, target)) = self.dice.pick_any(&paths).cloned()
        {
            let alias = self.alias('j');
            state.scope.sources.push(self.of_model(&alias, target));
            if self.dice.chance(25) {
                let on = self.value(&state.scope, Kind::Bool);
                state.push(&format!("{kind} {path} as {alias} on {{}}\n"), vec![on]);
            } else {
                state.push(&format!("{kind} {path} as {alias}\n"), Vec::new());
            }
        } else {
            let (text, source) = self.source(&Scope {
                level: state.scope.level,
                ..Scope::default()
            });
            let left = state.scope.clone();
            state.scope.sources.push(source.clone());
            let of = *self.dice.pick(&[Kind::Int, Kind::Text, Kind::Int]);
            let right = Scope {
                sources: vec![source],
                ..Scope::default()
            };
            // A full join is by equality on every database.
            let (a, b) = if kind == "full join" || self.dice.chance(70) {
                (self.leaf(&left, of), self.leaf(&right, of))
            } else {
                (self.value(&state.scope, of), self.leaf(&right, of))
            };
            let sign = if kind == "full join" {
                "="
            } else {
                *self.dice.pick(&["=", "=", "<"])
            };
            state.push(
                &format!("{kind} {{}} on {{}} {sign} {{}}\n"),
                vec![text, a, b],
            );
        }
        state.scope.windows.clear();
        state.selected = None;
        state.total = false;
    }

    /// `descendants(…)` and `ancestors(…)` of the sources in sight.
    pub(super) fn trees(&mut self, scope: &Scope) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for source in scope.sources.iter().chain(&scope.outer) {
            let Some(model) = source.model else { continue };
            for relation in &self.world.models[model].relations {
                if relation.target == model && !relation.to_many {
                    let key = source.name(&relation.name);
                    let function = *self.dice.pick(&["ancestors", "descendants"]);
                    let with = if self.dice.chance(30) { ", self" } else { "" };
                    found.push((format!("{function}({key}{with})"), model));
                }
            }
        }
        found
    }
}
