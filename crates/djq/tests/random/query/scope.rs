//! What the clauses at hand may name.

use crate::{
    kind::Kind,
    schema::{Model, World},
};

/// A name with a value.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) bound: f64,
}

/// A source of rows.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Empty inside a relation, where bare names are its last model's.
    pub(crate) alias: String,
    pub(crate) model: Option<usize>,
    pub(crate) columns: Vec<Column>,
}

/// What is in sight.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) sources: Vec<Source>,
    /// By `let`, `select` or as keys.
    pub(crate) named: Vec<Column>,
    /// Sources of the pipelines around.
    pub(crate) outer: Vec<Source>,
    /// The rows behind the groups, which aggregates are over.
    pub(crate) rows: Option<Box<Scope>>,
    /// How deep the pipelines are nested.
    pub(crate) level: usize,
    /// Where no window may stand.
    pub(crate) plain: bool,
    /// Windows with a name, and whether their order leaves no row's place open.
    pub(crate) windows: Vec<(String, bool)>,
    /// What tells sums of sums apart: `grouping(…)`.
    pub(crate) grouping: Option<String>,
}

impl Source {
    pub(crate) fn of_model(world: &World, alias: &str, model: usize) -> Self {
        let columns = world.models[model]
            .fields
            .iter()
            .map(|field| Column {
                name: field.key_name(),
                kind: field.kind,
                bound: Model::bound(field.kind),
            })
            .collect();
        Self {
            alias: alias.into(),
            model: Some(model),
            columns,
        }
    }

    /// A name of this source's, as it is written.
    pub(crate) fn name(&self, name: &str) -> String {
        if self.alias.is_empty() {
            name.into()
        } else {
            format!("{}.{name}", self.alias)
        }
    }
}

impl Scope {
    /// Inside the parentheses of a relation to a model, whose names are bare.
    pub(crate) fn inside(&self, model: Source) -> Self {
        let mut outer = self.outer.clone();
        outer.extend(
            self.sources
                .iter()
                .filter(|source| !source.alias.is_empty())
                .cloned(),
        );
        Self {
            sources: vec![model],
            outer,
            level: self.level + 1,
            ..Self::default()
        }
    }

    /// For a pipeline inside an expression.
    pub(crate) fn around(&self) -> Self {
        let mut outer = self.outer.clone();
        outer.extend(
            self.sources
                .iter()
                .filter(|source| !source.alias.is_empty())
                .cloned(),
        );
        Self {
            outer,
            level: self.level + 1,
            ..Self::default()
        }
    }

    /// Whether rows can be told apart by values that are the same everywhere.
    pub(crate) fn is_exact(&self) -> bool {
        let columns = self.sources.iter().flat_map(|source| &source.columns);
        let mut columns = columns.chain(&self.named);
        columns.all(|column| !matches!(column.kind, Kind::Approximate | Kind::Json))
    }
}
