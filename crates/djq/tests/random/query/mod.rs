//! Random queries, well-typed by the way they are made.

mod functions;
mod pipelines;
mod relations;
mod scope;
mod values;

use crate::{
    dice::Dice,
    kind::{Kind, spelt},
    schema::World,
    tree::{Sort, Tree},
    values as constants,
};
use djq_check::hir::Literal;
use scope::{Column, Scope};

pub(crate) use functions::Functions;

/// A random query.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) tree: Tree,
    pub(crate) parameters: Vec<Parameter>,
    /// Whether its order leaves no row's place open.
    pub(crate) total: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) value: Literal,
}

impl Query {
    /// Its text, and the parameters that it has.
    pub(crate) fn text(&self) -> (String, Vec<&Parameter>) {
        let body = self.tree.to_string();
        let used: Vec<&Parameter> = self
            .parameters
            .iter()
            .filter(|parameter| {
                body.match_indices(&format!("${}", parameter.name))
                    .any(|(place, name)| {
                        !body[place + name.len()..].starts_with(|next: char| next.is_alphanumeric())
                    })
            })
            .collect();
        let declared: Vec<String> = used
            .iter()
            .map(|parameter| {
                let null = if parameter.value == Literal::Null {
                    "?"
                } else {
                    ""
                };
                format!("{}: {}{null}", parameter.name, parameter.kind.name())
            })
            .collect();
        let lines: Vec<&str> = body
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        (
            format!(
                "query q({}) {{\n  {}\n}}\n",
                declared.join(", "),
                lines.join("\n  ")
            ),
            used,
        )
    }
}

/// What makes a query.
pub(crate) struct Maker<'w> {
    dice: Dice,
    world: &'w World,
    functions: &'w Functions,
    parameters: Vec<Parameter>,
    ctes: Vec<(String, Vec<Column>)>,
    aliases: usize,
    names: usize,
    /// How many parts may still be made; then only the simplest are.
    fuel: usize,
}

impl<'w> Maker<'w> {
    /// A query of a seed.
    pub(crate) fn query(seed: u64, world: &'w World, functions: &'w Functions) -> Query {
        let mut dice = Dice::new(seed);
        let fuel = dice.between(10, 60);
        let mut maker = Self {
            dice,
            world,
            functions,
            parameters: Vec::new(),
            ctes: Vec::new(),
            aliases: 0,
            names: 0,
            fuel,
        };
        let mut parts = Vec::new();
        if maker.dice.chance(15) {
            let mut ctes = Vec::new();
            for number in 1..=maker.dice.between(1, 2) {
                let name = format!("cte{number}");
                let made = maker.pipeline(&Scope::default(), None, false);
                ctes.push(Tree::new(
                    Sort::Fixed,
                    format!("{name} as (\n{{}})"),
                    vec![made.tree],
                ));
                maker.ctes.push((name, made.columns));
            }
            parts.push(Tree::new(
                Sort::Optional,
                "with {}\n",
                vec![Tree::list(ctes)],
            ));
        }
        let made = maker.pipeline(&Scope::default(), None, true);
        parts.push(made.tree);
        Query {
            tree: Tree::new(Sort::Fixed, "{}".repeat(parts.len()), parts),
            parameters: maker.parameters,
            total: made.total,
        }
    }

    fn spend(&mut self) -> bool {
        self.fuel = self.fuel.saturating_sub(1);
        self.fuel > 0
    }

    fn alias(&mut self, letter: char) -> String {
        self.aliases += 1;
        format!("{letter}{}", self.aliases)
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    /// A constant, or a parameter with it.
    fn constant(&mut self, kind: Kind) -> Tree {
        let (value, bound) = constants::constant(&mut self.dice, kind);
        let text = if self.dice.chance(20) {
            let name = format!("p{}", self.parameters.len() + 1);
            let value = if self.dice.chance(10) {
                Literal::Null
            } else {
                value
            };
            let text = format!("${name}");
            self.parameters.push(Parameter { name, kind, value });
            text
        } else {
            spelt(&value)
        };
        Tree::value(kind, text, Vec::new()).bounded(bound)
    }

    fn exact_kind(&mut self) -> Kind {
        if self.dice.chance(50) {
            *self.dice.pick(&[Kind::Int, Kind::Text, Kind::Bool])
        } else {
            *self.dice.pick(&Kind::EXACT)
        }
    }

    fn any_kind(&mut self) -> Kind {
        if self.dice.chance(10) {
            Kind::Approximate
        } else {
            self.exact_kind()
        }
    }
}
