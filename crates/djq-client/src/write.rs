//! Running a compiled query that writes: its statements one after the other, in the caller's transaction.

use crate::{
    ClientError, Connection, ErrorKind, Value, cascade, holds,
    run::{Field, bind, now, typed},
};
use djq_schema::Schema;
use djq_sql::{Does, Rendered};

/// What a query that writes gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// The number of rows that it matched: inserted, updated (also to what they were), deleted.
    Count(u64),
    /// What `returning` asks for of each row.
    Rows(Vec<Vec<Field>>),
}

/// Runs a compiled query that writes, with the parameters' values in the interface's order; none is one that is left out.
///
/// The caller begins the transaction, and ends it: after an error, what some of the statements did is undone by rolling back.
///
/// # Errors
/// What the server says, and what a query refuses by itself: rows of which it is not clear which is to be kept.
pub fn write(
    connection: &mut Connection,
    schema: &Schema,
    sql: &Rendered,
    arguments: &[Option<Value>],
) -> Result<Written, ClientError> {
    let now = now();
    if sql
        .statements
        .iter()
        .any(|statement| matches!(statement.does, Does::Collect { .. }))
    {
        return cascade::run(connection, schema, sql, arguments, now).map(Written::Count);
    }
    let mut written = Written::Count(0);
    let mut added = 0;
    for statement in &sql.statements {
        let text = statement.text(&mut |guard| holds(guard, arguments));
        let values = bind(&text.slots, arguments, None, now)?;
        let text = &*text.sql;
        match &statement.does {
            // Of a cascade, which has been run.
            Does::Read
            | Does::Collect { .. }
            | Does::Protect { .. }
            | Does::Change(_)
            | Does::Remove { .. } => {}
            Does::Refuse(why) => {
                if !connection.query(text, &values)?.rows.is_empty() {
                    return Err(ClientError::new(ErrorKind::Statement, &**why));
                }
            }
            Does::Return => {
                let rows = typed(connection.query(text, &values)?, statement, &[], schema)?;
                let row = |row: Vec<Value>| row.into_iter().map(Field::Value).collect();
                written = Written::Rows(rows.into_iter().map(row).collect());
            }
            Does::Add => added += connection.write(text, &values)?.rows,
            Does::Count => {
                written = Written::Count(connection.write(text, &values)?.rows + added);
            }
            Does::Rows(count) => {
                connection.write(text, &values)?;
                written = Written::Count(*count as u64);
            }
            Does::Records => {
                let done = connection.write(text, &values)?;
                written = Written::Count(done.records.unwrap_or(done.rows));
            }
            Does::Key => {
                let key = connection.write(text, &values)?.key;
                let key = key.map_or(Value::Null, Value::Int);
                written = Written::Rows(vec![vec![Field::Value(key)]]);
            }
        }
    }
    Ok(written)
}
