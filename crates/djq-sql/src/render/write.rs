//! Statements that write.

use super::text::Text;
use crate::legal::{
    Conflict, Delete, Expr, Insert, Item, Joined, Rows, Target, Update, Write, WriteStatement,
};

impl<'a> Text<'a> {
    pub(super) fn write(&mut self, statement: &'a WriteStatement<'a>) {
        match &statement.write {
            Write::Insert(insert) => self.insert(insert),
            Write::Update(update) => self.update(update),
            Write::Delete(delete) => self.delete(delete),
            Write::Read(query) => self.query(query),
        }
    }

    fn insert(&mut self, insert: &'a Insert<'a>) {
        self.push("INSERT INTO ");
        self.table_name(&insert.target);
        self.push(" ");
        match &insert.rows {
            Rows::Empty(words) => self.push(words),
            Rows::Values(rows) => {
                self.columns(&insert.columns);
                self.push(" VALUES ");
                for (place, row) in rows.iter().enumerate() {
                    self.push(if place > 0 { ", (" } else { "(" });
                    for (place, value) in row.iter().enumerate() {
                        self.push(if place > 0 { ", " } else { "" });
                        self.expression(value);
                    }
                    self.push(")");
                }
            }
            Rows::Query(query) => {
                self.columns(&insert.columns);
                self.push(" ");
                self.query(query);
            }
        }
        if let Some(alias) = insert.row_alias {
            self.push(" AS ");
            self.push(alias);
        }
        match &insert.conflict {
            None => {}
            Some(Conflict::On {
                columns,
                sets,
                filter,
            }) => {
                self.push(" ON CONFLICT ");
                self.columns(columns);
                match sets {
                    None => self.push(" DO NOTHING"),
                    Some(sets) => {
                        self.push(" DO UPDATE");
                        self.sets(" SET ", sets, None);
                    }
                }
                self.conditions(" WHERE ", filter.as_ref());
            }
            Some(Conflict::Duplicate(sets)) => {
                self.sets(" ON DUPLICATE KEY UPDATE ", sets, None);
            }
        }
        self.returning(&insert.returning);
    }

    fn update(&mut self, update: &'a Update<'a>) {
        self.push("UPDATE ");
        self.aliased(&update.target);
        let mut qualified = None;
        if let Some(joined) = update.joined.as_ref().filter(|joined| joined.as_join) {
            self.join(joined);
            qualified = Some(&update.target);
        }
        self.sets(" SET ", &update.sets, qualified);
        match update.joined.as_ref().filter(|joined| !joined.as_join) {
            Some(joined) => {
                self.push(" FROM (");
                self.query(&joined.query);
                self.push(") AS ");
                self.name(&joined.alias);
                self.conditions(" WHERE ", Some(&joined.on));
            }
            None => self.conditions(" WHERE ", update.filter.as_ref()),
        }
        self.returning(&update.returning);
    }

    fn delete(&mut self, delete: &'a Delete<'a>) {
        self.push("DELETE ");
        if let Some(joined) = &delete.joined {
            self.name(delete.target.name());
            self.push(" FROM ");
            self.aliased(&delete.target);
            self.join(joined);
        } else {
            self.push("FROM ");
            self.aliased(&delete.target);
        }
        self.conditions(" WHERE ", delete.filter.as_ref());
        self.returning(&delete.returning);
    }

    fn join(&mut self, joined: &'a Joined<'a>) {
        self.push(" JOIN (");
        self.query(&joined.query);
        self.push(") AS ");
        self.name(&joined.alias);
        self.push(" ON ");
        self.expression(&joined.on);
    }

    fn sets(
        &mut self,
        words: &'static str,
        sets: &'a [(&'a str, Expr<'a>)],
        qualified: Option<&Target<'a>>,
    ) {
        let members = sets.iter().map(|set| (set.1.guard(), set));
        self.sequence([words, ", ", ""], members, |text, (column, value)| {
            if let Some(target) = qualified {
                text.name(target.name());
                text.push(".");
            }
            text.name(column);
            text.push(" = ");
            text.expression(value.unguarded());
        });
    }

    fn returning(&mut self, items: &'a [Item<'a>]) {
        if !items.is_empty() {
            self.push(" RETURNING ");
            self.items(items);
        }
    }

    fn columns(&mut self, columns: &[&str]) {
        for (place, column) in columns.iter().enumerate() {
            self.push(if place > 0 { ", " } else { "(" });
            self.name(column);
        }
        self.push(")");
    }

    fn table_name(&mut self, target: &Target<'a>) {
        if let Some(schema) = target.schema {
            self.name(schema);
            self.push(".");
        }
        self.name(target.table);
    }

    fn aliased(&mut self, target: &Target<'a>) {
        self.table_name(target);
        if let Some(alias) = &target.alias {
            self.push(" AS ");
            self.name(alias);
        }
    }
}

impl<'a> Target<'a> {
    /// What the table goes by in the statement.
    fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(self.table)
    }
}
