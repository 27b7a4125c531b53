//! What a file defines for its query: computed fields, functions, scopes, relations, views.

use super::{
    Maker,
    scope::{Column, Scope, Source},
};
use crate::{
    kind::Kind,
    schema::Relation,
    tree::{Sort, Tree},
};

/// What has been defined.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    fields: Vec<(usize, Column)>,
    scopes: Vec<(usize, String)>,
    relations: Vec<(usize, Relation)>,
    functions: Vec<Function>,
}

/// A function: its parameters' kinds, and the kind of what it gives.
#[derive(Debug, Clone)]
struct Function {
    name: String,
    takes: Vec<Kind>,
    gives: Kind,
    bound: f64,
}

impl Maker<'_> {
    /// A few definitions.
    pub(super) fn definitions(&mut self) -> Vec<Tree> {
        self.bare = true;
        let mut items = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let model = self.dice.below(self.world.models.len());
            let made = match self.dice.below(6) {
                0 | 1 => self.computed_field(model),
                2 => self.function(),
                3 => self.scope(model),
                4 => self.declared_relation(model),
                _ => self.view(),
            };
            items.push(made);
        }
        self.bare = false;
        items
    }

    fn computed_field(&mut self, model: usize) -> Tree {
        let kind = self.exact_kind();
        let value = self.value(&self.fields_of(model), kind);
        let (name, bound) = (self.alias('f'), value.bound);
        let text = format!("def {}.{name} = {{}}\n", self.world.models[model].name);
        let column = Column { name, kind, bound };
        self.definitions.fields.push((model, column));
        Tree::new(Sort::Optional, text, vec![value])
    }

    fn function(&mut self) -> Tree {
        let takes: Vec<Kind> = (0..self.dice.between(1, 2))
            .map(|_| self.exact_kind())
            .collect();
        let named: Vec<Column> = takes
            .iter()
            .map(|kind| Column {
                name: self.alias('y'),
                kind: *kind,
                bound: 40_000.0,
            })
            .collect();
        let gives = self.exact_kind();
        let declared: Vec<String> = named
            .iter()
            .map(|column| format!("{}: {}?", column.name, column.kind.name()))
            .collect();
        let scope = Scope {
            named,
            plain: true,
            level: 2,
            ..Scope::default()
        };
        let value = self.value(&scope, gives);
        let name = self.alias('g');
        let text = format!("def {name}({}) = {{}}\n", declared.join(", "));
        self.definitions.functions.push(Function {
            name,
            takes,
            gives,
            bound: value.bound,
        });
        Tree::new(Sort::Optional, text, vec![value])
    }

    fn scope(&mut self, model: usize) -> Tree {
        let condition = self.value(&self.fields_of(model), Kind::Bool);
        let name = self.alias('q');
        let text = format!(
            "def {}.{name} = where {{}}\n",
            self.world.models[model].name
        );
        self.definitions.scopes.push((model, name));
        Tree::new(Sort::Optional, text, vec![condition])
    }

    /// A relation to many, by equal values and what else there is.
    fn declared_relation(&mut self, model: usize) -> Tree {
        let target = self.dice.below(self.world.models.len());
        let (own, other) = (
            self.world.models[model].name,
            self.world.models[target].name,
        );
        let kind = *self
            .dice
            .pick(&[Kind::Int, Kind::Text, Kind::Int, Kind::Date]);
        let theirs = Scope {
            sources: vec![self.of_model("", target)],
            plain: true,
            ..Scope::default()
        };
        let ours = Scope {
            sources: vec![self.of_model(own, model)],
            plain: true,
            ..Scope::default()
        };
        let (a, b) = (self.leaf(&theirs, kind), self.leaf(&ours, kind));
        let sign = *self.dice.pick(&["=", "=", "<"]);
        let name = self.alias('r');
        self.definitions.relations.push((
            model,
            Relation {
                name: name.clone(),
                target,
                to_many: true,
            },
        ));
        let text = format!("def {own}.{name} = {other} on {{}} {sign} {{}}\n");
        Tree::new(Sort::Optional, text, vec![a, b])
    }

    fn view(&mut self) -> Tree {
        let made = self.pipeline(&Scope::default(), None, false);
        let name = self.alias('u');
        let head = Tree::verbatim(format!("view {name} {{\n"));
        let foot = Tree::verbatim("}\n");
        self.ctes.push((name, made.columns));
        Tree::new(Sort::Optional, "{}{}{}", vec![head, made.tree, foot])
    }

    /// The fields of a model by their names alone.
    fn fields_of(&self, model: usize) -> Scope {
        Scope {
            sources: vec![self.of_model("", model)],
            plain: true,
            ..Scope::default()
        }
    }

    /// A model's rows as a source.
    pub(super) fn of_model(&self, alias: &str, model: usize) -> Source {
        let mut source = Source::of_model(self.world, alias, model);
        let fields = self.definitions.fields.iter();
        source.columns.extend(
            fields
                .filter(|(of, _)| *of == model)
                .map(|(_, column)| column.clone()),
        );
        source
    }

    /// The relations of a model, the declared ones too.
    pub(super) fn relations_of(&self, model: usize) -> impl Iterator<Item = &Relation> {
        let declared = self.definitions.relations.iter();
        let declared = declared.filter(move |(of, _)| *of == model);
        self.world.models[model]
            .relations
            .iter()
            .chain(declared.map(|(_, relation)| relation))
    }

    /// A scope of the model, to stand behind its name or a path to it.
    pub(super) fn scope_of(&mut self, model: usize) -> String {
        let scopes: Vec<&(usize, String)> = self
            .definitions
            .scopes
            .iter()
            .filter(|(of, _)| *of == model)
            .collect();
        match self.dice.pick_any(&scopes) {
            Some((_, name)) if self.dice.chance(50) => format!(".{name}"),
            _ => String::new(),
        }
    }

    /// A call of a function that the file defines.
    pub(super) fn own_call(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let functions: Vec<Function> = self
            .definitions
            .functions
            .iter()
            .filter(|function| function.gives == kind)
            .cloned()
            .collect();
        let function = self.dice.pick_any(&functions)?;
        let arguments: Vec<Tree> = function
            .takes
            .iter()
            .map(|kind| self.value(scope, *kind))
            .collect();
        // What the body does with them is right for numbers of this size.
        if arguments.iter().any(|argument| argument.bound > 40_000.0) {
            return None;
        }
        let holes = vec!["{}"; arguments.len()].join(", ");
        let text = format!("{}({holes})", function.name);
        Some(Tree::value(kind, text, arguments).bounded(function.bound))
    }
}
