//! Running a delete that carries out each `on_delete`: rows that go are found first, over any number of keys and in
//! circles too; then nothing may keep them; then what points to them is set; then they go.

use crate::{
    ClientError, Connection, ErrorKind, Value, holds,
    run::{bind, distinct_keys, key, typed},
};
use djq_plan::plan::Keys;
use djq_schema::Schema;
use djq_sql::{Does, Rendered, Statement};
use jiff::civil::DateTime;
use std::collections::HashSet;

/// Runs it, and gives how many of the rows went that the query says.
pub(crate) fn run(
    connection: &mut Connection,
    schema: &Schema,
    sql: &Rendered,
    arguments: &[Option<Value>],
    now: DateTime,
) -> Result<u64, ClientError> {
    let mut cascade = Cascade {
        connection,
        schema,
        arguments,
        now,
        sets: Vec::new(),
        turn: 0,
    };
    let count = cascade.collect(&sql.statements)?;
    for statement in &sql.statements {
        cascade.protect(statement)?;
    }
    for statement in &sql.statements {
        match &statement.does {
            Does::Change(keys) => {
                let rows = cascade.rows(keys.set);
                let given = distinct_keys(rows, &keys.columns, true);
                cascade.execute(statement, given)?;
            }
            Does::Remove { keys, in_turn } => cascade.remove(statement, keys, *in_turn)?,
            _ => {}
        }
    }
    Ok(count)
}

struct Cascade<'a> {
    connection: &'a mut Connection,
    schema: &'a Schema,
    arguments: &'a [Option<Value>],
    now: DateTime,
    sets: Vec<Set>,
    /// How many statements have found rows.
    turn: usize,
}

/// Rows of a model that go.
#[derive(Default)]
struct Set {
    rows: Vec<Vec<Value>>,
    /// When each was found.
    turns: Vec<usize>,
    known: HashSet<String>,
}

impl Cascade<'_> {
    /// Finds all rows that go; gives how many the query itself says.
    fn collect(&mut self, statements: &[Statement]) -> Result<u64, ClientError> {
        let mut count = 0;
        let mut given: Vec<usize> = vec![0; statements.len()];
        loop {
            let mut found = false;
            for (statement, given) in statements.iter().zip(&mut given) {
                let Does::Collect { into, key, keys } = &statement.does else {
                    continue;
                };
                let values = match keys {
                    None if *given > 0 => continue,
                    None => {
                        *given = 1;
                        None
                    }
                    Some(keys) => {
                        let fresh = self.rows(keys.set).get(*given..).unwrap_or_default();
                        let values = distinct_keys(fresh, &keys.columns, true);
                        *given = self.rows(keys.set).len();
                        if values.is_empty() {
                            continue;
                        }
                        Some(values)
                    }
                };
                let is_first = values.is_none();
                let rows = self.query(statement, values)?;
                let added = self.add(*into, *key, rows);
                found |= added > 0;
                if is_first {
                    count = added;
                }
            }
            if !found {
                return Ok(count);
            }
        }
    }

    fn rows(&self, set: usize) -> &[Vec<Value>] {
        self.sets.get(set).map_or(&[], |set| &set.rows)
    }

    /// Adds rows that are not known yet, and says how many.
    fn add(&mut self, set: usize, columns: usize, rows: Vec<Vec<Value>>) -> u64 {
        while self.sets.len() <= set {
            self.sets.push(Set::default());
        }
        self.turn += 1;
        let turn = self.turn;
        let Some(set) = self.sets.get_mut(set) else {
            return 0;
        };
        let columns: Vec<usize> = (0..columns).collect();
        let mut added = 0;
        for row in rows {
            if key(&row, &columns, true).is_some_and(|key| set.known.insert(key)) {
                set.rows.push(row);
                set.turns.push(turn);
                added += 1;
            }
        }
        added
    }

    /// Fails where rows keep those that go.
    fn protect(&mut self, statement: &Statement) -> Result<(), ClientError> {
        let Does::Protect { keys, except, why } = &statement.does else {
            return Ok(());
        };
        let given = distinct_keys(self.rows(keys.set), &keys.columns, true);
        if given.is_empty() {
            return Ok(());
        }
        let rows = self.query(statement, Some(given))?;
        let goes = |row: &Vec<Value>| {
            let set = except.and_then(|set| self.sets.get(set));
            let columns: Vec<usize> = (0..row.len()).collect();
            set.is_some_and(|set| {
                key(row, &columns, true).is_some_and(|key| set.known.contains(&key))
            })
        };
        if rows.iter().all(goes) {
            return Ok(());
        }
        Err(ClientError::new(ErrorKind::Statement, &**why))
    }

    fn remove(
        &mut self,
        statement: &Statement,
        keys: &Keys,
        in_turn: bool,
    ) -> Result<(), ClientError> {
        let Some(set) = self.sets.get(keys.set) else {
            return Ok(());
        };
        let mut turns: Vec<usize> = set.turns.clone();
        turns.sort_unstable();
        turns.dedup();
        let mut batches = Vec::new();
        if in_turn {
            for turn in turns.into_iter().rev() {
                let rows = set.rows.iter().zip(&set.turns);
                let rows: Vec<Vec<Value>> = rows
                    .filter(|(_, of)| **of == turn)
                    .map(|(row, _)| row.clone())
                    .collect();
                batches.push(distinct_keys(&rows, &keys.columns, true));
            }
        } else {
            batches.push(distinct_keys(&set.rows, &keys.columns, true));
        }
        for batch in batches {
            self.execute(statement, batch)?;
        }
        Ok(())
    }

    fn execute(&mut self, statement: &Statement, given: Vec<Value>) -> Result<(), ClientError> {
        if given.is_empty() {
            return Ok(());
        }
        let (text, values) = self.bound(statement, Some(given))?;
        self.connection.execute(&text, &values).map(|_| ())
    }

    fn query(
        &mut self,
        statement: &Statement,
        given: Option<Vec<Value>>,
    ) -> Result<Vec<Vec<Value>>, ClientError> {
        let (text, values) = self.bound(statement, given)?;
        typed(
            self.connection.query(&text, &values)?,
            statement,
            &[],
            self.schema,
        )
    }

    fn bound(
        &self,
        statement: &Statement,
        given: Option<Vec<Value>>,
    ) -> Result<(String, Vec<Value>), ClientError> {
        let text = statement.text(&mut |guard| holds(guard, self.arguments));
        let values = bind(&text.slots, self.arguments, given, self.now)?;
        Ok((text.sql.into_owned(), values))
    }
}
