//! The text of a statement as it is written, with what is bound in it.

use super::{
    frame::Frame,
    guards::{Cut, Mark},
    name,
};
use crate::{
    dialect::{Dialect, Placeholders, Setting},
    legal::{Body, Cte, Expr, From, Item, Lock, OrderKey, Query, Select, Side, WriteStatement},
    rendered::Slot,
};
use djq_check::hir::{Guard, SetOperator};
use sea_query::{QueryBuilder, SqlWriter, Value};
use std::fmt::{self, Write};

/// A statement on one line.
pub(super) struct Written {
    pub(super) sql: String,
    /// What is bound in it, where every guard holds.
    pub(super) bound: Vec<Slot>,
    /// Where guards begin and end.
    pub(super) cuts: Vec<Cut>,
    /// Where the placeholders of a statement with guards stand.
    pub(super) marks: Vec<Mark>,
}

/// The statement on one line, and what is bound in it.
pub(super) fn write(
    query: &Query<'_>,
    lock: Option<&Lock<'_>>,
    slots: &[Slot],
    guarded: bool,
    setting: &Setting,
    dialect: &dyn Dialect,
) -> Written {
    let mut text = Text::new(slots, guarded, dialect);
    text.setting(setting);
    text.query(query);
    if let Some(lock) = lock {
        text.lock(lock);
    }
    text.written()
}

/// As `write`, of a statement that writes.
pub(super) fn write_change(statement: &WriteStatement<'_>, dialect: &dyn Dialect) -> Written {
    let mut text = Text::new(&statement.slots, statement.guarded, dialect);
    text.setting(&statement.setting);
    text.write(statement);
    text.written()
}

/// What a value in sea-query's tree stands for.
#[derive(Clone, Copy)]
pub(super) enum Hole<'a> {
    Expr(&'a Expr<'a>),
    /// All that a SELECT reads, its joins too.
    From(&'a From<'a>),
    /// All items of a SELECT.
    Items(&'a [Item<'a>]),
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
    /// Whether there are guards in the statement.
    pub(super) guarded: bool,
    /// Those that what is being written stands under.
    pub(super) guards: Vec<Guard>,
    pub(super) cuts: Vec<Cut>,
    marks: Vec<Mark>,
    /// What the first SELECT that is no CTE's has behind its word.
    hint: &'static str,
    /// What the SELECT at hand has before its items.
    behind_select: String,
}

impl<'a> Text<'a> {
    fn new(slots: &'a [Slot], guarded: bool, dialect: &dyn Dialect) -> Self {
        Self {
            sql: String::with_capacity(1024),
            quote: dialect.quote(),
            placeholders: dialect.placeholders(),
            slots,
            numbers: vec![0; slots.len()],
            bound: Vec::with_capacity(slots.len()),
            holes: Vec::with_capacity(16),
            guarded,
            guards: Vec::new(),
            cuts: Vec::new(),
            marks: Vec::new(),
            hint: "",
            behind_select: String::new(),
        }
    }

    /// What the server is told with the statement.
    fn setting(&mut self, setting: &Setting) {
        match setting {
            Setting::Hint(hint) => self.hint = hint,
            Setting::Prefix(words) => self.push(words),
            Setting::None => {}
        }
    }

    fn written(self) -> Written {
        Written {
            sql: self.sql,
            bound: self.bound,
            cuts: self.cuts,
            marks: self.marks,
        }
    }

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
            let with = if query.recursive {
                "WITH RECURSIVE "
            } else {
                "WITH "
            };
            // CTEs stand before the SELECT that is the statement's own.
            let hint = std::mem::take(&mut self.hint);
            let ctes = query.ctes.iter().map(|cte| (cte.guard, cte));
            self.sequence([with, ", ", " "], ctes, |text, cte: &Cte<'_>| {
                text.name(&cte.name);
                text.push(if cte.materialized {
                    " AS MATERIALIZED ("
                } else {
                    " AS ("
                });
                text.query(&cte.query);
                text.push(")");
            });
            self.hint = hint;
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
                Body::Values { row, rows } => {
                    for (place, values) in rows.iter().enumerate() {
                        self.push(if place == 0 { "VALUES " } else { ", " });
                        self.push(row);
                        self.list(values);
                    }
                }
            }
            if !query.order_by.is_empty() {
                self.order_by(" ORDER BY ", &query.order_by);
            }
            for limit in query.limit.iter().chain(&query.no_limit) {
                self.when(limit.guard(), |text| {
                    text.push(" LIMIT ");
                    text.expression(limit.unguarded());
                });
            }
            if let Some(offset) = &query.offset {
                self.when(offset.guard(), |text| {
                    text.push(" OFFSET ");
                    text.expression(offset.unguarded());
                });
            }
        });
    }

    /// What a statement locks.
    fn lock(&mut self, lock: &Lock<'_>) {
        self.push(" ");
        self.push(lock.words);
        for (place, alias) in lock.of.iter().enumerate() {
            self.push(if place == 0 { " OF " } else { ", " });
            self.name(alias);
        }
        self.push(lock.wait);
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
        if self.guarded && select.has_guards() {
            self.guarded_select(select);
            return;
        }
        let mut statement = sea_query::Query::select();
        self.begin_select(select, &mut statement);
        self.read(select, &mut statement);
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
        self.frame(&statement);
    }

    /// What stands between SELECT and the items.
    pub(super) fn begin_select(
        &mut self,
        select: &Select<'_>,
        statement: &mut sea_query::SelectStatement,
    ) {
        match std::mem::take(&mut self.hint) {
            "" if select.distinct => {
                statement.distinct();
            }
            "" if !select.distinct_on.is_empty() => {
                let mut words = String::from("DISTINCT ON (");
                for (place, (table, column)) in select.distinct_on.iter().enumerate() {
                    words.push_str(if place == 0 { "" } else { ", " });
                    name::write(&mut words, table, self.quote);
                    words.push('.');
                    name::write(&mut words, column, self.quote);
                }
                words.push_str(") ");
                self.behind_select = words;
            }
            "" => {}
            hint => {
                let distinct = if select.distinct { " DISTINCT " } else { " " };
                self.behind_select = format!("{hint}{distinct}");
            }
        }
    }

    /// Puts holes for a SELECT's items and for all that it reads into its frame.
    pub(super) fn read(
        &mut self,
        select: &'a Select<'a>,
        statement: &mut sea_query::SelectStatement,
    ) {
        let items = self.hole(Hole::Items(&select.items));
        statement.expr(sea_query::Expr::Value(items));
        if let Some(from) = &select.from {
            let from = self.hole(Hole::From(from));
            statement.from(super::from::hole(from));
        }
    }

    pub(super) fn frame(&mut self, statement: &sea_query::SelectStatement) {
        Frame.prepare_select_statement(statement, self);
    }

    /// Keys of an order behind these words.
    pub(super) fn order_by(&mut self, words: &'static str, keys: &'a [OrderKey<'a>]) {
        let guarded = keys.iter().map(|key| (key.value.guard(), key));
        self.sequence([words, ", ", ""], guarded, |text, key| {
            text.expression(key.value.unguarded());
            if key.descending {
                text.push(" DESC");
            }
            match key.nulls_first {
                Some(true) => text.push(" NULLS FIRST"),
                Some(false) => text.push(" NULLS LAST"),
                None => {}
            }
        });
    }

    /// A placeholder for a slot.
    pub(super) fn slot(&mut self, place: usize) {
        let Some(slot) = self.slots.get(place) else {
            return;
        };
        let start = self.sql.len();
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
        if self.guarded {
            let end = self.sql.len();
            self.marks.push(Mark { start, end, place });
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
            Some(Hole::From(from)) => self.joined(from),
            Some(Hole::Items(items)) => {
                let words = std::mem::take(&mut self.behind_select);
                self.push(&words);
                self.items(items);
            }
            None => {}
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}
