//! Queries that write: run in a transaction that is rolled back, with what is there afterwards.

use super::{Found, Job};
use crate::oracle;
use crate::rows::{self, Cell};
use crate::{case::Project, databases};
use djq_client::{Connection, Written};
use djq_sql::{Rendered, dialect::DialectId};
use std::collections::BTreeSet;

/// Runs a query that writes.
pub(super) fn one(
    project: Project,
    dialect: DialectId,
    job: &Job,
    jobs: &[Job],
    connection: &mut Connection,
) -> Found {
    let mut found = Found {
        runs: Vec::new(),
        wrong: Vec::new(),
        statements: 0,
        seen: BTreeSet::new(),
    };
    let plain = job.plain.iter().find(|(id, _)| *id == dialect);
    if let Some((_, plain)) = plain {
        for statement in &plain.statements {
            found.statements += 1;
            let text: String = statement.pieces.iter().map(|piece| &*piece.sql).collect();
            if !statement.is_guarded()
                && let Err(error) = connection.prepare(&text)
            {
                found.wrong.push(format!("{error}\n{text}"));
            }
        }
    }
    let Some(sql) = job.sql(dialect) else {
        return found;
    };
    for (arguments, _) in &job.runs {
        let rows = changed(connection, project, dialect, job, jobs, |connection| {
            let written = djq_client::write(connection, project.schema(), sql, arguments)
                .map_err(|error| format!("{error}\n{}", texts(sql)))?;
            Ok(match written {
                Written::Count(count) => vec![vec![Cell::Exact(count.to_string())]],
                Written::Rows(rows) => {
                    found.keep(job, &rows);
                    let mut cells = rows::cells(&rows);
                    hide_keys(job, &mut cells);
                    rows::settle(&mut cells, &job.order);
                    cells
                }
            })
        });
        if let Err(error) = &rows {
            found.wrong.push(error.clone());
        }
        found.runs.push(rows);
    }
    for arguments in &job.fails {
        let done = changed(connection, project, dialect, job, jobs, |connection| {
            let done = djq_client::write(connection, project.schema(), sql, arguments);
            done.map(|_| Vec::new()).map_err(|error| error.to_string())
        });
        if done.is_ok() {
            let wrong = format!("{arguments:?} is not refused\n{}", texts(sql));
            found.wrong.push(wrong);
        }
    }
    found
}

/// What the reference SQL gives, and what is there after it.
pub(super) fn reference(
    connection: &mut Connection,
    sql: &str,
    job: &Job,
    jobs: &[Job],
    project: Project,
) -> Result<Vec<Vec<Cell>>, String> {
    changed(
        connection,
        project,
        DialectId::Postgres,
        job,
        jobs,
        |connection| {
            let mut rows = oracle::write(connection, sql, &job.interface.row, project.schema())?;
            hide_keys(job, &mut rows);
            rows::settle(&mut rows, &job.order);
            Ok(rows)
        },
    )
}

/// What a change gives, and behind it the rows that are there before it is undone.
fn changed(
    connection: &mut Connection,
    project: Project,
    dialect: DialectId,
    job: &Job,
    jobs: &[Job],
    change: impl FnOnce(&mut Connection) -> Result<Vec<Vec<Cell>>, String>,
) -> Result<Vec<Vec<Cell>>, String> {
    let _alone = databases::write_alone(dialect);
    connection.begin().map_err(|error| error.to_string())?;
    let mut found = change(connection);
    for after in job.after.iter().filter_map(|place| jobs.get(*place)) {
        let Ok(rows) = &mut found else { break };
        let (Some(sql), Some((arguments, _))) = (after.sql(dialect), after.runs.first()) else {
            continue;
        };
        let read: Result<_, _> = djq_client::run(connection, project.schema(), sql, arguments);
        match read {
            Ok(read) => {
                let mut cells = rows::cells(&read);
                rows::settle(&mut cells, &after.order);
                rows.push(vec![Cell::Exact(format!("-- {}", after.label))]);
                rows.extend(cells);
            }
            Err(error) => found = Err(format!("{}: {error}", after.label)),
        }
    }
    connection.rollback().map_err(|error| error.to_string())?;
    found
}

/// A key that a database made is its own: that there is one is all that can be compared.
fn hide_keys(job: &Job, rows: &mut [Vec<Cell>]) {
    let Some(place) = job
        .interface
        .row
        .fields
        .iter()
        .position(|field| &*field.name == "id")
    else {
        return;
    };
    let null = Cell::Exact("null".into());
    for cell in rows.iter_mut().filter_map(|row| row.get_mut(place)) {
        if *cell != null {
            *cell = Cell::Exact("a key".into());
        }
    }
}

fn texts(sql: &Rendered) -> String {
    let texts = sql.statements.iter();
    let texts = texts.map(|statement| statement.pieces.iter().map(|piece| &*piece.sql).collect());
    let texts: Vec<String> = texts.collect();
    texts.join(";\n")
}
