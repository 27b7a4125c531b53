//! The text of a statement as it is written, with what is bound in it.

use super::{frame::Frame, name};
use crate::{
    dialect::{Dialect, Placeholders},
    legal::{Body, Expr, From, Item, OrderKey, Query, Select, Side, Statement},
    rendered::Slot,
};
use djq_check::hir::SetOperator;
use sea_query::{QueryBuilder, SqlWriter, Value};
use std::fmt::{self, Write};

/// The statement on one line, and what is bound in it.
pub(super) fn write(statement: &Statement<'_>, dialect: &dyn Dialect) -> (String, Vec<Slot>) {
    let mut text = Text {
        sql: String::with_capacity(512),
        quote: dialect.quote(),
        placeholders: dialect.placeholders(),
        slots: &statement.slots,
        numbers: vec![0; statement.slots.len()],
        bound: Vec::with_capacity(statement.slots.len()),
        holes: Vec::new(),
    };
    text.query(&statement.query);
    (text.sql, text.bound)
}

/// What a value in sea-query's tree stands for.
#[derive(Clone, Copy)]
pub(super) enum Hole<'a> {
    Expr(&'a Expr<'a>),
    From(&'a From<'a>),
}

/// A text being written.
pub(super) struct Text<'a> {
    pub(super) sql: String,
    pub(super) quote: char,
    placeholders: Placeholders,
    slots: &'a [Slot],
    /// The number of each slot, from 1; 0 where it has not been written.
    numbers: Vec<usize>,
    bound: Vec<Slot>,
    holes: Vec<Hole<'a>>,
}

impl<'a> Text<'a> {
    /// A value for sea-query that stands for `hole`.
    pub(super) fn hole(&mut self, hole: Hole<'a>) -> Value {
        let number = self.holes.len() as u64;
        self.holes.push(hole);
        Value::BigUnsigned(Some(number))
    }

    /// A hole for an expression.
    pub(super) fn value(&mut self, value: &'a Expr<'a>) -> sea_query::Expr {
        sea_query::Expr::Value(self.hole(Hole::Expr(value)))
    }

    pub(super) fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    pub(super) fn name(&mut self, name: &str) {
        name::write(&mut self.sql, name, self.quote);
    }

    /// A query without parentheses.
    pub(super) fn query(&mut self, query: &'a Query<'a>) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            for (place, (name, cte)) in query.ctes.iter().enumerate() {
                self.push(match (place, query.recursive) {
                    (0, true) => "WITH RECURSIVE ",
                    (0, false) => "WITH ",
                    _ => ", ",
                });
                self.name(name);
                self.push(" AS (");
                self.query(cte);
                self.push(")");
            }
            if !query.ctes.is_empty() {
                self.push(" ");
            }
            match &query.body {
                Body::Select(select) => self.select(select),
                Body::SetOperation {
                    operator,
                    all,
                    left,
                    right,
                } => {
                    self.side(left);
                    self.push(match operator {
                        SetOperator::Union => " UNION ",
                        SetOperator::Intersect => " INTERSECT ",
                        SetOperator::Except => " EXCEPT ",
                    });
                    self.push(if *all { "ALL " } else { "" });
                    self.side(right);
                }
            }
            if !query.order_by.is_empty() {
                self.push(" ");
                self.order_by(&query.order_by);
            }
            if let Some(limit) = &query.limit {
                self.push(" LIMIT ");
                self.expression(limit);
            }
            if let Some(offset) = &query.offset {
                self.push(" OFFSET ");
                self.expression(offset);
            }
        });
    }

    fn side(&mut self, side: &'a Side<'a>) {
        if side.parentheses {
            self.push("(");
        }
        self.query(&side.query);
        if side.parentheses {
            self.push(")");
        }
    }

    fn select(&mut self, select: &'a Select<'a>) {
        let mut statement = sea_query::Query::select();
        if select.distinct {
            statement.distinct();
        }
        for Item { value, name } in &select.items {
            let unaliased = name.is_empty()
                || matches!(value, Expr::Column(_, column) | Expr::Name(column) if column == name);
            let value = self.value(value);
            if unaliased {
                statement.expr(value);
            } else {
                statement.expr_as(value, sea_query::Alias::new(&**name));
            }
        }
        if let Some(from) = &select.from {
            self.from(from, &mut statement);
        }
        if let Some(filter) = &select.filter {
            statement.and_where(self.value(filter));
        }
        for key in &select.group_by {
            let key = self.value(key);
            statement.add_group_by([key]);
        }
        if let Some(having) = &select.having {
            statement.and_having(self.value(having));
        }
        Frame::new(self.quote).prepare_select_statement(&statement, self);
    }

    pub(super) fn order_by(&mut self, keys: &'a [OrderKey<'a>]) {
        if !keys.is_empty() {
            self.push("ORDER BY ");
            self.keys(keys);
        }
    }

    pub(super) fn keys(&mut self, keys: &'a [OrderKey<'a>]) {
        for (place, key) in keys.iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            self.expression(&key.value);
            if key.descending {
                self.push(" DESC");
            }
            match key.nulls_first {
                Some(true) => self.push(" NULLS FIRST"),
                Some(false) => self.push(" NULLS LAST"),
                None => {}
            }
        }
    }

    /// A placeholder for a slot.
    pub(super) fn slot(&mut self, place: usize) {
        let Some(slot) = self.slots.get(place) else {
            return;
        };
        match self.placeholders {
            Placeholders::Positional => {
                self.bound.push(slot.clone());
                self.sql.push('?');
            }
            Placeholders::Numbered(mark) => {
                let mut number = self.numbers.get(place).copied().unwrap_or(0);
                if number == 0 {
                    self.bound.push(slot.clone());
                    number = self.bound.len();
                    if let Some(known) = self.numbers.get_mut(place) {
                        *known = number;
                    }
                }
                self.sql.push(mark);
                let _ = write!(self.sql, "{number}");
            }
        }
    }
}

impl Write for Text<'_> {
    fn write_str(&mut self, sql: &str) -> fmt::Result {
        self.sql.push_str(sql);
        Ok(())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}

impl SqlWriter for Text<'_> {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        let Value::BigUnsigned(Some(number)) = value else {
            return;
        };
        let hole = usize::try_from(number)
            .ok()
            .and_then(|number| self.holes.get(number).copied());
        match hole {
            Some(Hole::Expr(value)) => self.expression(value),
            Some(Hole::From(from)) => self.unit(from),
            None => {}
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}
