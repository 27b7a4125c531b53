//! Random queries, well-typed by the way they are made.

mod casts;
mod definitions;
mod functions;
mod gathered;
mod groups;
mod guards;
mod json;
mod pipelines;
mod recursion;
mod relations;
mod scope;
mod sources;
mod values;
mod windows;
mod writes;

use crate::{
    dice::Dice,
    kind::{Kind, spelt},
    schema::World,
    tree::{Sort, Tree},
    values as constants,
};
use definitions::Definitions;
use djq_check::hir::Literal;
use scope::{Column, Scope};

pub(crate) use functions::Functions;

/// A random query.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    /// The definitions in front of it, then itself.
    pub(crate) tree: Tree,
    pub(crate) parameters: Vec<Parameter>,
    /// Whether its order leaves no row's place open.
    pub(crate) total: bool,
    /// Whether it writes.
    pub(crate) writes: bool,
    /// Whether its nested rows come as JSON.
    pub(crate) json: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) value: Literal,
    /// The values of a list, which it is then.
    pub(crate) list: Option<Vec<Literal>>,
    /// Whether it may be left out, and then whether it is given.
    pub(crate) optional: Option<bool>,
}

impl Query {
    /// Its text, and the parameters that it has.
    pub(crate) fn text(&self) -> (String, Vec<&Parameter>) {
        let (items, body) = (
            self.tree.parts[0].to_string(),
            self.tree.parts[1].to_string(),
        );
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
                let optional = if parameter.optional.is_some() {
                    "?"
                } else {
                    ""
                };
                let kind = match &parameter.list {
                    Some(_) => format!("[{}]", parameter.kind.name()),
                    None => format!("{}{null}", parameter.kind.name()),
                };
                format!("{}{optional}: {kind}", parameter.name)
            })
            .collect();
        let lines: Vec<&str> = body
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        (
            format!(
                "{items}query q({}) {{\n  {}\n}}\n",
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
    /// CTEs and views.
    ctes: Vec<(String, Vec<Column>)>,
    definitions: Definitions,
    aliases: usize,
    names: usize,
    /// How many parts may still be made; then only the simplest are.
    fuel: usize,
    /// Where no parameter may stand.
    bare: bool,
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
            definitions: Definitions::default(),
            aliases: 0,
            names: 0,
            fuel,
            bare: false,
        };
        let items = if maker.dice.chance(12) {
            maker.definitions()
        } else {
            Vec::new()
        };
        let items = Tree::new(Sort::Fixed, "{}".repeat(items.len()), items);
        let writes = maker.dice.chance(6);
        let (body, total) = if writes {
            (maker.write(), true)
        } else {
            let mut parts = Vec::new();
            if maker.dice.chance(15) {
                parts.push(maker.with());
            }
            let made = maker.pipeline(&Scope::default(), None, true);
            parts.push(made.tree);
            let text = "{}".repeat(parts.len());
            (Tree::new(Sort::Fixed, text, parts), made.total)
        };
        Query {
            tree: Tree::new(Sort::Fixed, "{}{}", vec![items, body]),
            parameters: maker.parameters,
            total,
            writes,
            json: maker.dice.chance(40),
        }
    }

    /// `with …`, for what follows.
    fn with(&mut self) -> Tree {
        if self.dice.chance(25)
            && let Some(recursive) = self.recursive()
        {
            return recursive;
        }
        let mut ctes = Vec::new();
        for number in 1..=self.dice.between(1, 2) {
            let name = format!("cte{number}");
            let made = self.pipeline(&Scope::default(), None, false);
            ctes.push(Tree::new(
                Sort::Fixed,
                format!("{name} as (\n{{}})"),
                vec![made.tree],
            ));
            self.ctes.push((name, made.columns));
        }
        Tree::new(Sort::Optional, "with {}\n", vec![Tree::list(ctes)])
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
        if kind == Kind::Json {
            return Tree::value(kind, "json_array()", Vec::new());
        }
        let (value, bound) = constants::constant(&mut self.dice, kind);
        let text = if !self.bare && self.dice.chance(20) {
            let name = format!("p{}", self.parameters.len() + 1);
            let value = if self.dice.chance(10) {
                Literal::Null
            } else {
                value
            };
            let text = format!("${name}");
            self.parameters.push(Parameter {
                name,
                kind,
                value,
                list: None,
                optional: None,
            });
            text
        } else {
            spelt(&value)
        };
        Tree::value(kind, text, Vec::new()).bounded(bound)
    }

    /// A constant that is never null.
    fn known(&mut self, kind: Kind) -> Tree {
        let (value, bound) = constants::constant(&mut self.dice, kind);
        Tree::value(kind, spelt(&value), Vec::new()).bounded(bound)
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
        } else if self.dice.chance(5) {
            Kind::Json
        } else {
            self.exact_kind()
        }
    }
}
