//! Queries that write: update, delete, insert, and what an insert does where a row is there.

use super::{Maker, scope::Scope};
use crate::{
    kind::Kind,
    schema::Field,
    tree::{Sort, Tree},
};

impl Maker<'_> {
    /// A query that writes.
    pub(super) fn write(&mut self) -> Tree {
        let model = self.dice.below(self.world.models.len());
        match self.dice.below(6) {
            0..=2 => self.update(model),
            3 => self.delete(model),
            _ if !self.world.models[model].has_own_key() => self.update(model),
            4 => self.insert(model),
            _ => self.insert_rows_of(model),
        }
    }

    /// `from M as a where …`, and perhaps a page of it.
    fn rows_to_write(&mut self, model: usize) -> (Tree, Scope) {
        let alias = self.alias('a');
        let scope = Scope {
            sources: vec![self.of_model(&alias, model)],
            plain: true,
            ..Scope::default()
        };
        let mut parts = vec![self.value(&scope, Kind::Bool)];
        if self.dice.chance(20) {
            let order = self.total_order(&scope, &[]);
            let limit = self.dice.between(1, 5);
            parts.push(Tree::new(
                Sort::Optional,
                format!("{{}}limit {limit}\n"),
                vec![order],
            ));
        }
        let more = "{}".repeat(parts.len() - 1);
        let text = format!(
            "from {} as {alias}\nwhere {{}}\n{more}",
            self.world.models[model].name
        );
        (Tree::new(Sort::Fixed, text, parts), scope)
    }

    fn update(&mut self, model: usize) -> Tree {
        let (rows, scope) = self.rows_to_write(model);
        let fields = self.world.models[model].fields.clone();
        let mut assignments = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let Some(field) = self.dice.pick_any(&fields[1..]) else {
                break;
            };
            if field.is_unique() || assignments.iter().any(|(name, _)| *name == field.name) {
                continue;
            }
            let value = self.fitting(&scope, field);
            let guard = if self.dice.chance(8) {
                format!(" when {}", self.guard())
            } else {
                String::new()
            };
            let text = format!("{} = {{}}{guard}", field.name);
            assignments.push((
                field.name.clone(),
                Tree::new(Sort::Fixed, text, vec![value]),
            ));
        }
        if assignments.is_empty() {
            return self.delete(model);
        }
        let assignments = assignments.into_iter().map(|(_, made)| made).collect();
        let update = braced("update ", Tree::list(assignments));
        let returning = self.returning(model, 10);
        Tree::new(Sort::Fixed, "{}{}{}", vec![rows, update, returning])
    }

    fn delete(&mut self, model: usize) -> Tree {
        let (rows, _) = self.rows_to_write(model);
        let how = *self
            .dice
            .pick(&["delete cascade", "delete cascade", "delete restrict"]);
        Tree::new(Sort::Fixed, format!("{{}}{how}\n"), vec![rows])
    }

    /// A key that no row has, or one that a row may have.
    fn new_key(&mut self, number: usize) -> String {
        if self.dice.chance(40) {
            self.dice.between(1, 14).to_string()
        } else {
            (1000 + number).to_string()
        }
    }

    fn insert(&mut self, model: usize) -> Tree {
        let scope = Scope {
            plain: true,
            level: 1,
            ..Scope::default()
        };
        let fields = self.world.models[model].fields.clone();
        let several = self.dice.between(1, 3);
        let mut keys: Vec<String> = (0..several).map(|number| self.new_key(number)).collect();
        keys.sort();
        keys.dedup();
        let rows: Vec<Tree> = keys
            .into_iter()
            .map(|key| {
                let mut values = vec![Tree::verbatim(format!("id = {key}"))];
                values.extend(self.assignments(&scope, &fields));
                braced("", Tree::list(values))
            })
            .collect();
        let name = self.world.models[model].name;
        let insert = Tree::new(
            Sort::Fixed,
            format!("insert {name} [{{}}]\n"),
            vec![Tree::list(rows)],
        );
        let conflict = self.conflict(model, &fields);
        Tree::new(Sort::Fixed, "{}{}", vec![insert, conflict])
    }

    fn insert_rows_of(&mut self, model: usize) -> Tree {
        let from = self.dice.below(self.world.models.len());
        let (rows, scope) = self.rows_to_write(from);
        let fields = self.world.models[model].fields.clone();
        let shift = *self.dice.pick(&[0, 3, 1000]);
        let key = format!("id = {} + {shift}", scope.sources[0].name("id"));
        let mut values = vec![Tree::verbatim(key)];
        values.extend(self.assignments(&scope, &fields));
        let name = self.world.models[model].name;
        let insert = braced(&format!("insert into {name} "), Tree::list(values));
        let conflict = self.conflict(model, &fields);
        Tree::new(Sort::Fixed, "{}{}{}", vec![rows, insert, conflict])
    }

    /// A value for each field but the key.
    fn assignments(&mut self, scope: &Scope, fields: &[Field]) -> Vec<Tree> {
        let mut made = Vec::new();
        for field in &fields[1..] {
            if field.null && self.dice.chance(20) {
                continue;
            }
            // One that others have is an error everywhere, of which no more is to be learnt.
            if field.is_unique() {
                made.push(Tree::verbatim(format!("{} = null", field.name)));
                continue;
            }
            let value = self.fitting(scope, field);
            made.push(Tree::new(
                Sort::Fixed,
                format!("{} = {{}}", field.name),
                vec![value],
            ));
        }
        made
    }

    fn conflict(&mut self, model: usize, fields: &[Field]) -> Tree {
        match self.dice.below(5) {
            0 => Tree::nothing(),
            1 | 2 => Tree::new(Sort::Fixed, "on conflict (id) do nothing\n", Vec::new()),
            _ => {
                let name = self.world.models[model].name;
                let scope = Scope {
                    sources: vec![self.of_model(name, model), self.of_model("new", model)],
                    plain: true,
                    level: 2,
                    ..Scope::default()
                };
                let mut values = Vec::new();
                for field in &fields[1..] {
                    if field.is_unique() || !self.dice.chance(40) {
                        continue;
                    }
                    let value = if self.dice.chance(60) && field.target.is_none() {
                        Tree::verbatim(format!("new.{}", field.name))
                    } else {
                        self.fitting(&scope, field)
                    };
                    values.push(Tree::new(
                        Sort::Fixed,
                        format!("{} = {{}}", field.name),
                        vec![value],
                    ));
                }
                if values.is_empty() {
                    return Tree::nothing();
                }
                braced("on conflict (id) update ", Tree::list(values))
            }
        }
    }

    fn returning(&mut self, model: usize, percent: usize) -> Tree {
        if !self.dice.chance(percent) {
            return Tree::nothing();
        }
        let fields = &self.world.models[model].fields;
        let names: Vec<String> = fields.iter().take(3).map(Field::key_name).collect();
        let text = format!("returning {}\n", names.join(", "));
        Tree::new(Sort::Optional, text, Vec::new())
    }

    /// A value that the field's column holds on every database.
    fn fitting(&mut self, scope: &Scope, field: &Field) -> Tree {
        if field.target.is_some() {
            let key = match self.dice.below(4) {
                0 if field.null => "null".to_owned(),
                _ => self.dice.between(1, 14).to_string(),
            };
            return Tree::verbatim(key);
        }
        let kind = field.kind;
        let value = self.value(scope, kind);
        let value = match kind {
            Kind::Int => Tree::new(Sort::Fixed, "(({}) % 100)", vec![value]),
            Kind::Text => Tree::new(Sort::Fixed, "substr({}, 1, 90)", vec![value]),
            Kind::Decimal => Tree::new(Sort::Fixed, "(({}) % 1000.0)", vec![value]),
            _ => value,
        };
        if field.null {
            return value;
        }
        let other = match kind {
            Kind::Json => Tree::value(kind, "json_array()", Vec::new()),
            Kind::Int => Tree::value(kind, "7", Vec::new()),
            _ => self.known(kind),
        };
        Tree::new(Sort::Fixed, "({} ?? {})", vec![value, other])
    }
}

/// `before { … }`.
fn braced(before: &str, list: Tree) -> Tree {
    let head = Tree::verbatim(format!("{before}{{ "));
    let foot = Tree::verbatim(" }\n");
    Tree::new(Sort::Fixed, "{}{}{}", vec![head, list, foot])
}
