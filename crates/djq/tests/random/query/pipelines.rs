//! Pipelines: sources, clauses, what comes out.

use super::{
    Maker, Parameter,
    scope::{Column, Scope},
};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};
use djq_check::hir::Literal;

/// A pipeline with its output.
pub(super) struct Made {
    pub(super) tree: Tree,
    pub(super) columns: Vec<Column>,
    /// Whether its order leaves no row's place open.
    pub(super) total: bool,
}

/// A pipeline in the making.
pub(super) struct State {
    pub(super) scope: Scope,
    clauses: Vec<Tree>,
    /// What the last `select` gave.
    pub(super) selected: Option<Vec<Column>>,
    pub(super) total: bool,
}

impl Maker<'_> {
    /// A pipeline with outputs of these kinds, or of any. The whole query's may nest.
    pub(super) fn pipeline(&mut self, around: &Scope, want: Option<&[Kind]>, whole: bool) -> Made {
        let mut state = self.from(around);
        for _ in 0..self.dice.below(if whole { 6 } else { 3 }) {
            if !self.spend() {
                break;
            }
            self.clause(&mut state);
        }
        let columns = match (want, &state.selected) {
            (None, Some(columns)) if self.dice.chance(50) => columns.clone(),
            _ => self.select(&mut state, want, whole),
        };
        if whole && state.scope.is_exact() && self.dice.chance(50) {
            let order = self.order(&state);
            if let Some(order) = order {
                state.clauses.push(order);
                state.total = true;
            }
        }
        let text = format!("{{}}{}", "{}".repeat(state.clauses.len() - 1));
        Made {
            tree: Tree::new(Sort::Pipeline, text, state.clauses),
            columns,
            total: state.total,
        }
    }

    /// A pipeline of one column and one row at most.
    pub(super) fn one_row(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let mut state = self.from(&scope.around());
        if self.dice.chance(60) && self.spend() {
            let condition = self.value(&state.scope, Kind::Bool);
            state
                .clauses
                .push(Tree::new(Sort::Optional, "where {}\n", vec![condition]));
        }
        let value = if self.dice.chance(50) {
            let grouped = Scope {
                rows: Some(Box::new(state.scope.clone())),
                outer: state.scope.outer.clone(),
                level: state.scope.level,
                ..Scope::default()
            };
            self.aggregate(&grouped, kind)?
        } else {
            if !state.scope.is_exact() {
                return None;
            }
            let value = self.leaf(&state.scope, kind);
            let order = self.total_order(&state.scope, &[]);
            state
                .clauses
                .push(Tree::new(Sort::Fixed, "{}\nlimit 1\n", vec![order]));
            value
        };
        let bound = value.bound;
        let name = self.name();
        state.clauses.push(Tree::new(
            Sort::Fixed,
            format!("select {{}} as {name}\n"),
            vec![value],
        ));
        let text = "{}".repeat(state.clauses.len());
        Some(Tree::new(Sort::Pipeline, text, state.clauses).bounded(bound))
    }

    fn from(&mut self, around: &Scope) -> State {
        let mut scope = around.clone();
        let (text, source) = self.source(around);
        scope.sources.push(source);
        State {
            scope,
            clauses: vec![text.wrap("from {}\n")],
            selected: None,
            total: false,
        }
    }

    fn clause(&mut self, state: &mut State) {
        match self.dice.below(17) {
            16 => self.guarded(state),
            0..=2 => {
                let condition = self.value(&state.scope, Kind::Bool);
                state.push("where {}\n", vec![condition]);
            }
            3 => {
                let kind = self.exact_kind();
                let value = self.value(&state.scope, kind);
                let (name, bound) = (self.name(), value.bound);
                state.push(&format!("let {name} = {{}}\n"), vec![value]);
                state.scope.named.push(Column { name, kind, bound });
            }
            4 | 5 if state.scope.rows.is_none() && matches!(state.scope.sources.len(), 1 | 2) => {
                self.join(state);
            }
            6 | 7 => self.group(state),
            8 => {
                self.select(state, None, false);
            }
            9 => {
                if let Some(columns) = self.select_exact(state) {
                    state.push("distinct\n", Vec::new());
                    state.only(columns);
                }
            }
            10 => {
                if let Some(columns) = self.select_exact(state) {
                    let operator = *self.dice.pick(&[
                        "union",
                        "union all",
                        "intersect",
                        "except",
                        "intersect all",
                        "except all",
                    ]);
                    let kinds: Vec<Kind> = columns.iter().map(|column| column.kind).collect();
                    let around = Scope {
                        outer: state.scope.outer.clone(),
                        level: state.scope.level + 1,
                        ..Scope::default()
                    };
                    let made = self.pipeline(&around, Some(&kinds), false);
                    state.push(&format!("{operator} (\n{{}})\n"), vec![made.tree]);
                    let columns = columns
                        .into_iter()
                        .zip(made.columns)
                        .map(|(left, right)| Column {
                            bound: left.bound.max(right.bound),
                            ..left
                        })
                        .collect();
                    state.only(columns);
                }
            }
            11 if !state.scope.plain => {
                if let Some((name, window, total)) = self.named_window(&state.scope) {
                    state.push(&format!("window {name} as {{}}\n"), vec![window]);
                    state.scope.windows.push((name, total));
                }
            }
            12 if !state.scope.plain && state.scope.is_exact() => {
                let kind = self.exact_kind();
                if let Some(value) = self.windowed(&state.scope, kind) {
                    let (name, bound) = (self.name(), value.bound);
                    state.push(&format!("let {name} = {{}}\n"), vec![value]);
                    state.scope.named.push(Column { name, kind, bound });
                }
            }
            13 | 14 if state.scope.is_exact() => {
                if let Some(order) = self.order(state) {
                    let page = self.page();
                    state.push("{}{}\n", vec![order, page]);
                    state.total = true;
                }
            }
            _ if state.scope.is_exact() => {
                if let Some(order) = self.order(state) {
                    let keys = (0..self.dice.between(1, 2))
                        .map(|_| {
                            let kind = self.exact_kind();
                            self.leaf(&state.scope, kind)
                        })
                        .collect();
                    let keys = Tree::list(keys);
                    if self.dice.chance(50) {
                        let limit = self.dice.between(1, 3);
                        state.push(&format!("{{}}limit {limit} per {{}}\n"), vec![order, keys]);
                    } else {
                        state.push("{}distinct on ({})\n", vec![order, keys]);
                    }
                    state.total = true;
                }
            }
            _ => {}
        }
    }

    /// A `select` of values that compare alike everywhere.
    fn select_exact(&mut self, state: &mut State) -> Option<Vec<Column>> {
        let kinds: Vec<Kind> = (0..self.dice.between(1, 3))
            .map(|_| self.exact_kind())
            .collect();
        Some(self.select(state, Some(&kinds), false))
    }

    fn select(&mut self, state: &mut State, want: Option<&[Kind]>, whole: bool) -> Vec<Column> {
        let mut columns = Vec::new();
        let mut items = Vec::new();
        let kinds: Vec<Kind> = match want {
            Some(kinds) => kinds.to_vec(),
            None => (0..self.dice.between(1, 4))
                .map(|_| self.any_kind())
                .collect(),
        };
        for kind in kinds {
            let value = self.value(&state.scope, kind);
            let (name, bound) = (self.name(), value.bound);
            items.push(Tree::new(
                Sort::Fixed,
                format!("{{}} as {name}"),
                vec![value],
            ));
            columns.push(Column { name, kind, bound });
        }
        if whole && self.dice.chance(25) {
            for _ in 0..self.dice.between(1, 2) {
                if let Some(nest) = self.nest(&state.scope, 2) {
                    let name = self.name();
                    items.push(Tree::new(
                        Sort::Fixed,
                        format!("{{}} as {name}"),
                        vec![nest],
                    ));
                }
            }
        }
        // What others refer to by place has to stay.
        let list = if want.is_some() {
            Tree::new(Sort::Fixed, vec!["{}"; items.len()].join(", "), items)
        } else {
            Tree::list(items)
        };
        state
            .clauses
            .push(Tree::new(Sort::Fixed, "select {}\n", vec![list]));
        state.scope.named.extend(columns.iter().cloned());
        state.selected = Some(columns.clone());
        columns
    }

    /// An order that leaves no row's place open, if there can be one.
    pub(super) fn order(&mut self, state: &State) -> Option<Tree> {
        let exact = state
            .scope
            .named
            .iter()
            .all(|column| column.kind != Kind::Approximate);
        let identities = match &state.scope.rows {
            Some(_) if state.scope.sources.is_empty() && state.scope.named.is_empty() => {
                return None;
            }
            _ if !exact => return None,
            _ => &state.scope.named,
        };
        Some(self.total_order(&state.scope, identities))
    }

    /// `order by` with random keys, then everything that tells rows apart.
    pub(super) fn total_order(&mut self, scope: &Scope, named: &[Column]) -> Tree {
        let mut keys = Vec::new();
        for _ in 0..self.dice.below(3) {
            let kind = self.ordered();
            let value = self.value(scope, kind);
            let direction = *self.dice.pick(&[
                "",
                "",
                " desc",
                " nulls first",
                " desc nulls first",
                " desc nulls last",
            ]);
            keys.push(Tree::new(
                Sort::Fixed,
                format!("{{}}{direction}"),
                vec![value],
            ));
        }
        let fixed = |text: String| Tree::new(Sort::Fixed, text, Vec::new());
        for source in &scope.sources {
            match source.model {
                Some(_) => keys.push(fixed(source.name("id"))),
                None => keys.extend(
                    source
                        .columns
                        .iter()
                        .map(|column| fixed(source.name(&column.name))),
                ),
            }
        }
        let exact = |column: &&Column| !matches!(column.kind, Kind::Approximate | Kind::Json);
        keys.extend(
            named
                .iter()
                .filter(exact)
                .map(|column| fixed(column.name.clone())),
        );
        keys.extend(scope.grouping.clone().map(fixed));
        if keys.is_empty() {
            keys.push(fixed("1".into()));
        }
        let text = format!("order by {}\n", vec!["{}"; keys.len()].join(", "));
        Tree::new(Sort::Fixed, text, keys)
    }

    fn ordered(&mut self) -> Kind {
        *self.dice.pick(&[
            Kind::Int,
            Kind::Text,
            Kind::Decimal,
            Kind::Date,
            Kind::DateTime,
            Kind::Float,
            Kind::Time,
            Kind::Duration,
        ])
    }

    /// `limit`, perhaps with `offset`, as numbers or parameters.
    pub(super) fn page(&mut self) -> Tree {
        let mut limit = self.dice.below(6).to_string();
        if !self.bare && self.dice.chance(15) {
            let name = format!("p{}", self.parameters.len() + 1);
            let value = Literal::Int(i64::try_from(self.dice.below(6)).unwrap_or(0));
            limit = format!("${name}");
            self.parameters.push(Parameter {
                name,
                kind: Kind::Int,
                value,
                list: None,
                optional: None,
            });
        }
        let offset = if self.dice.chance(30) {
            format!(" offset {}", self.dice.below(3))
        } else {
            String::new()
        };
        Tree::new(Sort::Fixed, format!("limit {limit}{offset}"), Vec::new())
    }
}

impl State {
    pub(super) fn push(&mut self, text: &str, parts: Vec<Tree>) {
        self.clauses.push(Tree::new(Sort::Optional, text, parts));
    }

    /// From here on there are these names alone.
    fn only(&mut self, columns: Vec<Column>) {
        self.scope = Scope {
            named: columns.clone(),
            outer: std::mem::take(&mut self.scope.outer),
            level: self.scope.level,
            ..Scope::default()
        };
        self.selected = Some(columns);
        self.total = false;
    }
}

impl Tree {
    /// This tree inside a text.
    fn wrap(self, text: &str) -> Tree {
        Tree::new(Sort::Fixed, text, vec![self])
    }
}
