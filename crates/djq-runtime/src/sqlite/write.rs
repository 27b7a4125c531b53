//! Running a query that writes: all of it or none, inside whatever transaction there is.

use super::{
    Bind, Cells, Row,
    run::{Key, KeyPart, Run, key, key_list},
};
use crate::{Error, Keys, Result, Step, Write};
use rusqlite::Connection;
use std::collections::HashSet;

/// Runs a query that writes, and gives the number of rows that it matched: inserted, updated (also to what they were), deleted.
///
/// `delete restrict` counts on the database to refuse: SQLite does so where `PRAGMA foreign_keys` is on, which is the connection's.
///
/// # Errors
/// Where the database refuses, and where the query does: then nothing of it is done.
pub fn write(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
) -> Result<u64> {
    write_when(connection, write, parameters, &[])
}

/// As [`write`](fn@write), of a query with guards: those that hold, in the order of the generated code.
///
/// # Errors
/// As [`write`](fn@write).
pub fn write_when(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<u64> {
    let run = Run::new(connection, &write.query, parameters, holds);
    whole(run, connection, || {
        if write
            .steps
            .iter()
            .any(|step| matches!(step, Step::Collect { .. }))
        {
            return Cascade::new(run, write).run();
        }
        let (mut count, mut added) = (0, 0);
        for (statement, step) in write.steps.iter().enumerate() {
            match step {
                Step::Refuse(why) => refuse(run, write, statement, why)?,
                Step::Add => added += run.execute(statement, None)?,
                _ => count = run.execute(statement, None)? + added,
            }
        }
        Ok(count)
    })
}

/// The rows that a query wrote.
///
/// # Errors
/// As [`write`](fn@write), and where a column holds something else than its type.
pub fn write_many<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
) -> Result<Vec<T>> {
    write_many_when(connection, write, parameters, &[])
}

/// As [`write_many`], of a query with guards.
///
/// # Errors
/// As [`write_many`].
pub fn write_many_when<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<Vec<T>> {
    let run = Run::new(connection, &write.query, parameters, holds);
    whole(run, connection, || {
        let mut rows = Vec::new();
        for (statement, step) in write.steps.iter().enumerate() {
            match step {
                Step::Refuse(why) => refuse(run, write, statement, why)?,
                _ => rows = run.level(statement, None)?.0,
            }
        }
        Ok(rows)
    })
}

/// The row of a query that writes at most one.
///
/// # Errors
/// As [`write_many`].
pub fn write_maybe<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
) -> Result<Option<T>> {
    write_maybe_when(connection, write, parameters, &[])
}

/// As [`write_maybe`], of a query with guards.
///
/// # Errors
/// As [`write_many`].
pub fn write_maybe_when<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<Option<T>> {
    write_many_when(connection, write, parameters, holds).map(|rows| rows.into_iter().next())
}

/// The row of a query that writes exactly one.
///
/// # Errors
/// As [`write_many`], and where it wrote none.
pub fn write_one<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
) -> Result<T> {
    write_one_when(connection, write, parameters, &[])
}

/// As [`write_one`], of a query with guards.
///
/// # Errors
/// As [`write_one`].
pub fn write_one_when<T: Row>(
    connection: &Connection,
    write: &'static Write,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<T> {
    write_maybe_when(connection, write, parameters, holds)?.ok_or(Error::NoRow {
        query: &write.query,
    })
}

/// All or nothing.
fn whole<T>(run: Run<'_>, connection: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let batch = |sql: &str| {
        connection
            .execute_batch(sql)
            .map_err(|error| run.failed(error))
    };
    batch("SAVEPOINT djq_write")?;
    match work() {
        Ok(done) => batch("RELEASE djq_write").map(|()| done),
        Err(error) => {
            // The first error says what is wrong.
            let _ = batch("ROLLBACK TO djq_write; RELEASE djq_write");
            Err(error)
        }
    }
}

/// Fails where a statement finds a row.
fn refuse(run: Run<'_>, write: &'static Write, statement: usize, why: &'static str) -> Result<()> {
    if run.rows(statement, None)?.is_empty() {
        return Ok(());
    }
    Err(Error::Refused {
        query: &write.query,
        why,
    })
}

impl Run<'_> {
    /// Runs a statement that gives no rows, and says how many it matched.
    fn execute(self, statement: usize, keys: Option<&str>) -> Result<u64> {
        let mut prepared = self.prepared(statement, keys)?;
        let count = prepared.raw_execute().map_err(|error| self.failed(error))?;
        Ok(count as u64)
    }

    /// The rows of a statement as they are.
    fn rows(self, statement: usize, keys: Option<&str>) -> Result<Vec<Key>> {
        let mut prepared = self.prepared(statement, keys)?;
        let columns: Vec<usize> = (0..prepared.column_count()).collect();
        let mut rows = Vec::new();
        let mut cursor = prepared.raw_query();
        while let Some(row) = cursor.next().map_err(|error| self.failed(error))? {
            let cells = Cells {
                query: self.query(),
                row,
            };
            rows.push(key(&cells, &columns)?);
        }
        Ok(rows)
    }
}

/// A delete that carries out each `on_delete`: rows that go are found first, over any number of keys and in circles too;
/// then nothing may keep them; then what points to them is set; then they go.
struct Cascade<'a> {
    run: Run<'a>,
    write: &'static Write,
    sets: Vec<Set>,
    /// How many statements have found rows.
    turn: usize,
}

/// Rows of a model that go.
#[derive(Default)]
struct Set {
    rows: Vec<Key>,
    /// When each was found.
    turns: Vec<usize>,
    known: HashSet<Key>,
}

impl<'a> Cascade<'a> {
    fn new(run: Run<'a>, write: &'static Write) -> Self {
        Self {
            run,
            write,
            sets: Vec::new(),
            turn: 0,
        }
    }

    fn run(mut self) -> Result<u64> {
        let count = self.collect()?;
        let steps = self.write.steps;
        for (statement, step) in steps.iter().enumerate() {
            if let Step::Protect { keys, except, why } = step {
                self.protect(statement, keys, *except, why)?;
            }
        }
        for (statement, step) in steps.iter().enumerate() {
            match step {
                Step::Change(keys) => {
                    if let Some(given) = given(self.rows(keys.set), keys) {
                        self.run.execute(statement, Some(&given))?;
                    }
                }
                Step::Remove { keys, in_turn } => self.remove(statement, keys, *in_turn)?,
                _ => {}
            }
        }
        Ok(count)
    }

    /// Finds all rows that go; gives how many the query itself says.
    fn collect(&mut self) -> Result<u64> {
        let steps = self.write.steps;
        let mut count = 0;
        let mut done = vec![0; steps.len()];
        loop {
            let mut found = false;
            for (statement, (step, done)) in steps.iter().zip(&mut done).enumerate() {
                let Step::Collect {
                    into,
                    key,
                    keys: from,
                } = step
                else {
                    continue;
                };
                let given = match from {
                    None if *done > 0 => continue,
                    None => {
                        *done = 1;
                        None
                    }
                    Some(keys) => {
                        let rows = self.rows(keys.set);
                        let fresh = rows.get(*done..).unwrap_or_default();
                        let given = given(fresh, keys);
                        *done = rows.len();
                        match given {
                            Some(given) => Some(given),
                            None => continue,
                        }
                    }
                };
                let rows = self.run.rows(statement, given.as_deref())?;
                let added = self.add(*into, *key, rows);
                found |= added > 0;
                if from.is_none() {
                    count = added;
                }
            }
            if !found {
                return Ok(count);
            }
        }
    }

    fn rows(&self, set: usize) -> &[Key] {
        self.sets.get(set).map_or(&[], |set| &set.rows)
    }

    /// Adds rows that are not known yet, and says how many.
    fn add(&mut self, set: usize, columns: usize, rows: Vec<Key>) -> u64 {
        while self.sets.len() <= set {
            self.sets.push(Set::default());
        }
        self.turn += 1;
        let (turn, set) = (self.turn, &mut self.sets[set]);
        let mut added = 0;
        for row in rows {
            let key = Key(row.0.iter().take(columns).cloned().collect());
            if set.known.insert(key) {
                set.rows.push(row);
                set.turns.push(turn);
                added += 1;
            }
        }
        added
    }

    fn protect(
        &self,
        statement: usize,
        keys: &Keys,
        except: Option<usize>,
        why: &'static str,
    ) -> Result<()> {
        let Some(given) = given(self.rows(keys.set), keys) else {
            return Ok(());
        };
        let rows = self.run.rows(statement, Some(&given))?;
        let known = except.and_then(|set| self.sets.get(set));
        if rows
            .iter()
            .all(|row| known.is_some_and(|set| set.known.contains(row)))
        {
            return Ok(());
        }
        Err(Error::Refused {
            query: &self.write.query,
            why,
        })
    }

    fn remove(&self, statement: usize, keys: &Keys, in_turn: bool) -> Result<()> {
        let Some(set) = self.sets.get(keys.set) else {
            return Ok(());
        };
        let mut turns = set.turns.clone();
        turns.sort_unstable();
        turns.dedup();
        let batches: Vec<Option<String>> = if in_turn {
            let of_turn = |turn: &usize| {
                let rows = set.rows.iter().zip(&set.turns);
                let rows: Vec<Key> = rows
                    .filter(|(_, of)| *of == turn)
                    .map(|(row, _)| row.clone())
                    .collect();
                given(&rows, keys)
            };
            turns.iter().rev().map(of_turn).collect()
        } else {
            vec![given(&set.rows, keys)]
        };
        for batch in batches.into_iter().flatten() {
            self.run.execute(statement, Some(&batch))?;
        }
        Ok(())
    }
}

/// The distinct values of rows in these columns, none null, as a statement is given them; none where there are none.
fn given(rows: &[Key], keys: &Keys) -> Option<String> {
    let mut seen = HashSet::new();
    let values: Vec<Key> = rows
        .iter()
        .map(|row| {
            let part = |column: &usize| {
                let part = row.0.get(*column).cloned().unwrap_or(KeyPart::Null);
                part.in_form(keys.form)
            };
            Key(keys.columns.iter().map(part).collect())
        })
        .filter(|key| !key.0.contains(&KeyPart::Null) && seen.insert(key.clone()))
        .collect();
    (!values.is_empty()).then(|| key_list(values.iter()))
}
