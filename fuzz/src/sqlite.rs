//! What compiles must run: SQLite prepares what was compiled for it.

use super::{Project, compiler::settings};
use djq_check::Interface;
use djq_compiler::{Program, pieces};
use djq_plan::plan::Nesting;
use djq_runtime::rusqlite::{
    Batch, Connection, Error, fallible_iterator::FallibleIterator, types::Null,
};
use djq_sql::{
    Does, Rendered,
    dialect::{DialectId, Options, dialect},
};
use std::{cell::RefCell, time::Duration};

thread_local! {
    static CONNECTIONS: RefCell<[Option<Connection>; 4]> = const { RefCell::new([const { None }; 4]) };
}

/// Failures that are the limits of SQLite (`sqlite.org/limits.html`), and not of the SQL.
const LIMITS: [&str; 15] = [
    "Expression tree is too large",
    "parser stack overflow",
    "at most 64 tables in a join",
    "too many FROM clause terms",
    "too many terms in compound SELECT",
    "too many columns",
    // What ran long was stopped.
    "interrupted",
    // A page, a frame or a number of tiles that is a parameter, and null.
    "datatype mismatch",
    "frame starting offset must be a non-negative",
    "argument of ntile must be a positive integer",
    "frame ending offset must be a non-negative",
    // Sums beyond 64 bits.
    "integer overflow",
    // Models that PostgreSQL alone can have.
    "no such table: pg_",
    "no such table: archive.",
    "unknown database archive",
];

/// SQLite prepares, and runs where it reads, each statement, merged and clause by clause, with levels and as JSON, with all guarded pieces and
/// with none. Text with an escape is left out: its SQL is the author's.
pub fn sqlite(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if djq_syntax::tokens(text).any(|(kind, _)| kind == djq_syntax::TokenKind::Sql) {
        return;
    }
    let project = Project::of(text);
    let schema = project.schema();
    let program = Program::from_text("fuzz.djq", text);
    for nesting in [Nesting::Levels, Nesting::Json] {
        let mut settings = settings(nesting, false);
        settings.dialects = vec![DialectId::Sqlite];
        for file in djq_compiler::compile(&program, schema, &settings) {
            for query in &file.queries {
                let mut reads = false;
                if let Some(sql) = query.sql(DialectId::Sqlite) {
                    reads = sql.statements.iter().all(|one| one.does == Does::Read);
                    prepare(project, sql, &query.hir.interface, "merged");
                }
                if reads && nesting == Nesting::Levels {
                    let naive = djq_plan::plan_clause_by_clause(&query.hir, schema);
                    let options = Options {
                        exact_collation: false,
                        use_tz: schema.use_tz,
                    };
                    if let Ok(sql) = djq_sql::compile(&naive, &*dialect(DialectId::Sqlite, options))
                    {
                        prepare(project, &sql, &query.hir.interface, "clause by clause");
                    }
                }
            }
        }
    }
}

fn prepare(project: Project, sql: &Rendered, interface: &Interface, whose: &str) {
    let texts = match pieces::examples(sql, interface) {
        Some(guarded) => guarded.to_vec(),
        None => sql
            .statements
            .iter()
            .map(|statement| statement.text(&mut |_| true).sql.into_owned())
            .collect(),
    };
    CONNECTIONS.with_borrow_mut(|connections| {
        let connection = connections[project as usize].get_or_insert_with(|| open(project));
        for text in texts {
            // What interrupts a statement can also make it fail in another way: the second time says.
            if let Err(error) = run(connection, &text).or_else(|_| run(connection, &text)) {
                let message = error.to_string();
                assert!(
                    LIMITS.iter().any(|limit| message.contains(limit)),
                    "{whose}: {message}\n{text}"
                );
            }
        }
    });
}

/// A connection whose statements are stopped now and then: what runs long does not run on.
fn open(project: Project) -> Connection {
    let connection = project.open();
    let handle = connection.get_interrupt_handle();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            handle.interrupt();
        }
    });
    connection
}

/// Prepares statements, and takes the first rows of those that read, every parameter null.
fn run(connection: &Connection, sql: &str) -> Result<(), Error> {
    let mut batch = Batch::new(connection, sql);
    while let Some(mut statement) = batch.next()? {
        if !statement.readonly() {
            continue;
        }
        for index in 1..=statement.parameter_count() {
            statement.raw_bind_parameter(index, Null)?;
        }
        let mut rows = statement.raw_query();
        for _ in 0..20 {
            if rows.next()?.is_none() {
                break;
            }
        }
    }
    Ok(())
}
