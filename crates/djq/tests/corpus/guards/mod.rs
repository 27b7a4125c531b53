//! For every set of parameters, the pieces of a random query that hold, put together, mean the same as the query
//! compiled without the clauses that are left out.

mod draw;

use crate::{case::Project, databases};
use djq_client::{Access, Connection, Field, Value};
use djq_compiler::{CompiledQuery, Program, Settings};
use djq_sql::dialect::DialectId;
use draw::{Dice, Drawn, Given, draw};

/// So many queries are drawn where `DJQ_GUARDS` does not say how many.
const QUERIES: u64 = 24;

/// What is wrong, and how much was compared.
pub(crate) fn check() -> (String, Vec<String>) {
    let count = std::env::var("DJQ_GUARDS").map_or(QUERIES, |count| count.parse().unwrap());
    let first = std::env::var("DJQ_SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut databases: Vec<(DialectId, Connection)> = DialectId::ALL
        .into_iter()
        .map(|dialect| {
            (
                dialect,
                databases::open_with(Project::Blog, dialect, Access::Write),
            )
        })
        .collect();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for seed in first..first + count {
        let drawn = draw(&mut Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1));
        match one(&drawn, usize::try_from(seed).unwrap(), &mut databases) {
            Ok(runs) => compared += runs,
            Err(error) => wrong.push(format!("seed {seed}: {error}\n{}", drawn.guarded())),
        }
        if wrong.len() > 4 {
            break;
        }
    }
    (
        format!("{count} random queries with guards, {compared} results compared"),
        wrong,
    )
}

/// What a query that writes may have changed.
const STATE: &str = "query state() { from Entry select id, title, status, rating, word_count, editor_id order by id }";

fn one(
    drawn: &Drawn,
    turn: usize,
    databases: &mut [(DialectId, Connection)],
) -> Result<usize, String> {
    let guarded = compile(&drawn.guarded(), &DialectId::ALL)?;
    let state = match drawn.writes {
        true => Some(compile(STATE, &DialectId::ALL)?),
        false => None,
    };
    let state = state.as_ref();
    let mut compared = 0;
    for (place, given) in Given::all().into_iter().enumerate() {
        let plain = drawn.plain(&given);
        let reference = compile(&plain, &[DialectId::Sqlite])?;
        let arguments = [
            given.n.map(Value::Int),
            given.q.map(|q| Value::Text(q.into())),
            given.r.map(|r| r.map_or(Value::Null, Value::Int)),
            Some(Value::Text(given.mode.into())),
        ];
        let mut wanted = None;
        for (dialect, connection) in databases.iter_mut() {
            if wanted.is_none() && *dialect == DialectId::Sqlite {
                wanted = Some(rows(&reference, state, *dialect, connection, &arguments)?);
            }
        }
        let wanted = wanted.ok_or("there is no SQLite")?;
        for (dialect, connection) in databases.iter_mut() {
            // The servers take their turns.
            if *dialect != DialectId::Sqlite && place % 7 != turn % 7 {
                continue;
            }
            let found = rows(&guarded, state, *dialect, connection, &arguments)
                .map_err(|error| format!("{given:?} on {dialect}: {error}"))?;
            compared += 1;
            if found != wanted {
                let text = text(&guarded, *dialect, &arguments);
                return Err(format!(
                    "{given:?} on {dialect}: {} rows instead of {}\n{found:?}\n{wanted:?}\n{text}\n{plain}",
                    found.len(),
                    wanted.len()
                ));
            }
        }
    }
    Ok(compared)
}

fn compile(text: &str, dialects: &[DialectId]) -> Result<CompiledQuery, String> {
    let program = Program::from_text("drawn.djq", text);
    let settings = Settings {
        exact_collation: true,
        ..Settings::of(dialects)
    };
    let mut files = djq_compiler::compile(&program, Project::Blog.schema(), &settings);
    let file = files.pop().ok_or("no file")?;
    let errors: Vec<_> = file
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .cloned()
        .collect();
    if !errors.is_empty() {
        return Err(djq_diagnostics::render(&errors, &program.sources, false));
    }
    file.queries
        .into_iter()
        .next()
        .ok_or_else(|| "no query".into())
}

/// What a query gives; of one that writes, what is there after it, and it is undone.
fn rows(
    query: &CompiledQuery,
    state: Option<&CompiledQuery>,
    dialect: DialectId,
    connection: &mut Connection,
    arguments: &[Option<Value>],
) -> Result<Vec<Vec<Field>>, String> {
    let sql = query.sql(dialect).ok_or("it is not compiled")?;
    let schema = Project::Blog.schema();
    let Some(state) = state else {
        return djq_client::run(connection, schema, sql, arguments)
            .map_err(|error| format!("{error}\n{}", text(query, dialect, arguments)));
    };
    let _alone = databases::write_alone(dialect);
    connection.begin().map_err(|error| error.to_string())?;
    let written = djq_client::write(connection, schema, sql, arguments)
        .map_err(|error| format!("{error}\n{}", text(query, dialect, arguments)));
    let state = state.sql(dialect).ok_or("it is not compiled")?;
    let found = djq_client::run(connection, schema, state, &[]).map_err(|error| error.to_string());
    connection.rollback().map_err(|error| error.to_string())?;
    written.and(found)
}

fn text(query: &CompiledQuery, dialect: DialectId, arguments: &[Option<Value>]) -> String {
    let statements = query
        .sql(dialect)
        .into_iter()
        .flat_map(|sql| &sql.statements);
    statements
        .map(|statement| {
            let text = statement.text(&mut |guard| djq_client::holds(guard, arguments));
            format!("{};\n", text.sql)
        })
        .collect()
}
