//! Groups: by keys, by a model, by `rollup`, `cube` and `grouping sets`.

use super::{
    Maker,
    pipelines::State,
    scope::{Column, Scope, Source},
};
use crate::tree::{Sort, Tree};

impl Maker<'_> {
    pub(super) fn group(&mut self, state: &mut State) {
        let rows = if state.scope.rows.is_some() {
            let Some(columns) = state.selected.clone() else {
                return;
            };
            Scope {
                named: columns,
                outer: state.scope.outer.clone(),
                level: state.scope.level,
                ..Scope::default()
            }
        } else {
            state.scope.clone()
        };
        let mut grouped = Scope {
            outer: rows.outer.clone(),
            level: rows.level,
            ..Scope::default()
        };
        let models: Vec<Source> = rows
            .sources
            .iter()
            .filter(|source| source.model.is_some())
            .cloned()
            .collect();
        if self.dice.chance(30)
            && let Some(source) = self.dice.pick_any(&models).cloned()
        {
            state.push(&format!("group by {}\n", source.alias), Vec::new());
            grouped.sources.push(source);
        } else {
            let mut keys = Vec::new();
            let several = self.dice.chance(20);
            for _ in 0..self
                .dice
                .between(if several { 2 } else { 1 }, if several { 3 } else { 2 })
            {
                let kind = self.exact_kind();
                // Not a constant: HAVING on MySQL knows no derived table's column that is one.
                let columns = self.columns(&rows, kind);
                let value = match self.dice.pick_any(&columns) {
                    Some((name, bound)) => {
                        let column =
                            Tree::new(Sort::Fixed, name.clone(), Vec::new()).bounded(*bound);
                        self.around(column, &rows, kind)
                    }
                    None => continue,
                };
                let (name, bound) = (self.name(), value.bound);
                keys.push(Tree::new(
                    Sort::Fixed,
                    format!("{{}} as {name}"),
                    vec![value],
                ));
                grouped.named.push(Column { name, kind, bound });
            }
            if keys.is_empty() {
                return;
            }
            if several {
                grouped.grouping = Some(self.grouping_sets(state, keys, &grouped.named));
            } else {
                state.push("group by {}\n", vec![Tree::list(keys)]);
            }
        }
        grouped.rows = Some(Box::new(rows));
        state.scope = grouped;
        state.selected = None;
        state.total = false;
    }

    /// `rollup`, `cube` or `grouping sets` of the keys; gives what tells the sets apart.
    fn grouping_sets(&mut self, state: &mut State, keys: Vec<Tree>, named: &[Column]) -> String {
        let names: Vec<&str> = named.iter().map(|key| &*key.name).collect();
        match self.dice.below(3) {
            0 => state.push("group by rollup({})\n", vec![Tree::list(keys)]),
            1 => state.push("group by cube({})\n", vec![Tree::list(keys)]),
            _ => {
                // The first set has all keys, and names them.
                let values: Vec<String> = keys.iter().map(|key| key.parts[0].to_string()).collect();
                let all = Tree::new(Sort::Fixed, vec!["{}"; keys.len()].join(", "), keys);
                let mut sets = vec![Tree::new(Sort::Fixed, "({})", vec![all])];
                for _ in 0..self.dice.between(1, 3) {
                    let mut set = values.clone();
                    set.retain(|_| self.dice.chance(45));
                    sets.push(Tree::verbatim(format!("({})", set.join(", "))));
                }
                state.push("group by grouping sets ({})\n", vec![Tree::list(sets)]);
            }
        }
        format!("grouping({})", names.join(", "))
    }
}
