//! `djq run`: a query on a database, and its rows.

use crate::{
    args::Run,
    compiling::{self, Wanted},
    failure::Failure,
    output, parameters, progress,
    project::Project,
    rows,
};
use djq_check::hir::Cardinality;
use djq_client::{Access, ClientError, Connection, ErrorKind, Value, Written};
use djq_compiler::Settings;
use djq_schema::Schema;
use djq_sql::Rendered;

pub(crate) fn run(project: &Project, args: &Run) -> Result<(), Failure> {
    let schema = project.schema()?;
    // With -e there is no file, so the first word is a parameter.
    let (wanted, words) = match (&args.expression, &args.query) {
        (Some(_), first) => (None, first.iter().chain(&args.arguments).cloned().collect()),
        (None, query) => (query.as_deref().map(Wanted::parse), args.arguments.clone()),
    };
    let words: Vec<String> = words;
    let url = project.database()?;
    let dialect = compiling::dialect_of(&url)?;
    let program = compiling::program(project, wanted.as_ref(), args.expression.as_deref())?;
    let settings = Settings {
        dialects: vec![dialect],
        ..compiling::settings(project)
    };
    let name = wanted.as_ref().and_then(|wanted| wanted.query.as_deref());
    let queries = compiling::queries(project, &program, &schema, &settings, name)?;
    let query = match queries.as_slice() {
        [one] => one,
        [] => return Err(Failure::input("there is no query to run")),
        several => {
            let names: Vec<&str> = several
                .iter()
                .map(djq_compiler::CompiledQuery::name)
                .collect();
            return Err(Failure::call(format!(
                "the file has several queries; say which, as FILE:QUERY: {}",
                names.join(", ")
            )));
        }
    };
    let sql = query.sql(dialect).ok_or(Failure::Reported)?;
    let interface = &query.hir.interface;
    let arguments = parameters::parse(interface, &schema, &words)?;
    if interface.writes {
        if !args.write {
            return Err(Failure::call(
                "the query writes; `--write` lets it, and nothing asks again",
            ));
        }
        let mut connection =
            Connection::open_with(&url, Access::Write).map_err(|error| refused(&error))?;
        compiling::same_server(dialect, &connection)?;
        let written = progress::during(project, "running", || {
            written(&mut connection, &schema, sql, &arguments)
        })
        .map_err(|error| refused(&error))?;
        output::print(&rows::written(args.format, interface, &written));
        return Ok(());
    }
    if query.hir.lock.is_some() && !args.write {
        return Err(Failure::call(
            "the query locks rows, until all of them are read; `--write` lets it",
        ));
    }
    // One snapshot for all statements, and nothing can be written by mistake; servers lock nothing there.
    let mut connection = if query.hir.lock.is_some() {
        Connection::open_with(&url, Access::Write)
            .and_then(|mut connection| connection.begin().map(|()| connection))
    } else {
        Connection::open(&url)
            .and_then(|mut connection| connection.begin_read_only().map(|()| connection))
    }
    .map_err(|error| refused(&error))?;
    compiling::same_server(dialect, &connection)?;
    let found = progress::during(project, "running", || {
        djq_client::run(&mut connection, &schema, sql, &arguments)
    })
    .map_err(|error| refused(&error))?;
    connection.rollback().map_err(|error| refused(&error))?;
    if interface.cardinality == Cardinality::One && found.is_empty() {
        return Err(Failure::input(format!(
            "`{}` found no row where there must be one",
            interface.name
        )));
    }
    output::print(&rows::text(args.format, interface, &found));
    Ok(())
}

/// Runs a query that writes, all of it or none.
pub(crate) fn written(
    connection: &mut Connection,
    schema: &Schema,
    sql: &Rendered,
    arguments: &[Option<Value>],
) -> Result<Written, ClientError> {
    connection.begin()?;
    match djq_client::write(connection, schema, sql, arguments) {
        Ok(written) => connection.commit().map(|()| written),
        Err(error) => {
            // The first error says what is wrong; the connection may be gone besides.
            let _ = connection.rollback();
            Err(error)
        }
    }
}

/// A server that refuses a statement is wrong input; one that cannot be reached is wrong surroundings.
pub(crate) fn refused(error: &ClientError) -> Failure {
    if matches!(error.kind, ErrorKind::Statement | ErrorKind::Value) {
        Failure::input(error.to_string())
    } else {
        Failure::call(error.to_string())
    }
}
