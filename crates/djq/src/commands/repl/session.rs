//! What the REPL does with an input: a query, or a command that begins with a backslash.

use crate::{
    args::RowFormat,
    commands::{
        run::{self, refused},
        schema, sql,
    },
    compiling,
    failure::Failure,
    output, parameters,
    project::Project,
    rows,
};
use clap::ValueEnum;
use djq_check::Parameter;
use djq_client::{Access, Connection};
use djq_compiler::{CompiledQuery, Program, Settings, compile};
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use std::sync::Arc;
use std::time::{Duration, Instant};

const HELP: &str = "\
A query is a pipeline, `from Entry where rating > 3 select title`, over as many lines as it takes.
\\d [MODEL]          the models, or one with its fields and relations
\\sql [DIALECT|all]  the SQL of the last query
\\why                the joins that the compiler added to it, and why
\\c URL              another database
\\format FORMAT      table, json, csv or ndjson
\\write on|off       whether queries may write, to the database at hand; off until it is said
\\timing             how long each query takes, on or off
\\help               this
\\q                  leave (also Ctrl-D)";

/// Whether the REPL goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    GoOn,
    Leave,
}

/// A session: a schema, perhaps a database, and what was set.
pub(super) struct Session<'a> {
    project: &'a Project,
    schema: Arc<Schema>,
    database: Option<(Connection, DialectId)>,
    /// Where the connection leads.
    url: String,
    /// Whether queries may write.
    writes: bool,
    settings: Settings,
    format: RowFormat,
    timing: bool,
    last: Option<CompiledQuery>,
    failed: bool,
}

impl<'a> Session<'a> {
    pub(super) fn new(project: &'a Project, schema: Arc<Schema>) -> Result<Self, Failure> {
        let settings = compiling::settings(project);
        let mut session = Self {
            project,
            schema,
            database: None,
            url: String::new(),
            writes: false,
            settings,
            format: RowFormat::Table,
            timing: false,
            last: None,
            failed: false,
        };
        match project.database() {
            Ok(url) => session.connect(&url)?,
            Err(_) if !project.quiet() => output::say(
                "djq: no database is named, so queries are compiled and not run; \\c URL names one",
            ),
            Err(_) => {}
        }
        Ok(session)
    }

    /// For input that is not typed: a failure if anything failed.
    pub(super) fn outcome(&self) -> Result<(), Failure> {
        if self.failed {
            Err(Failure::Reported)
        } else {
            Ok(())
        }
    }

    /// Does what an input asks; says what went wrong and goes on.
    pub(super) fn take(&mut self, input: &str) -> After {
        let input = input.trim();
        let done = match input.strip_prefix('\\') {
            _ if input.is_empty() => Ok(()),
            Some("q" | "quit") => return After::Leave,
            Some(command) => self.command(command),
            None => self.query(input),
        };
        if let Err(failure) = done {
            self.failed = true;
            if let (Some(message), _) = failure.report() {
                output::say(&format!("djq: {message}"));
            }
        }
        After::GoOn
    }

    fn connect(&mut self, url: &str) -> Result<(), Failure> {
        let dialect = compiling::dialect_of(url)?;
        let connection = Connection::open(url).map_err(|error| refused(&error))?;
        compiling::same_server(dialect, &connection)?;
        self.database = Some((connection, dialect));
        url.clone_into(&mut self.url);
        self.writes = false;
        Ok(())
    }

    /// Lets queries write to the database at hand, or no longer.
    fn allow_writes(&mut self, word: &str) -> Result<(), Failure> {
        let access = match word {
            "on" => Access::Write,
            "off" => Access::Read,
            _ => return Err(Failure::call("\\write takes on or off")),
        };
        let Some((connection, _)) = &mut self.database else {
            return Err(Failure::call("there is no database to write to"));
        };
        *connection = Connection::open_with(&self.url, access).map_err(|error| refused(&error))?;
        self.writes = access == Access::Write;
        Ok(())
    }

    fn command(&mut self, command: &str) -> Result<(), Failure> {
        let (word, rest) = command
            .split_once(char::is_whitespace)
            .unwrap_or((command, ""));
        let rest = rest.trim();
        match word {
            "help" | "?" | "h" => output::print(&format!("{HELP}\n")),
            "d" => output::print(&schema::text(
                &self.schema,
                Some(rest).filter(|name| !name.is_empty()),
            )?),
            "c" if rest.is_empty() => {
                return Err(Failure::call("say which database: \\c sqlite:db.sqlite3"));
            }
            "c" => self.connect(rest)?,
            "sql" => output::print(&self.sql(rest)?),
            "why" => output::print(&sql::why(self.last()?)),
            "write" => self.allow_writes(rest)?,
            "timing" => {
                self.timing = !self.timing;
                output::say(if self.timing {
                    "timing is on"
                } else {
                    "timing is off"
                });
            }
            "format" => {
                self.format = RowFormat::from_str(rest, true)
                    .map_err(|_| Failure::call("\\format takes table, json, csv or ndjson"))?;
            }
            other => {
                return Err(Failure::call(format!(
                    "there is no command \\{other}; \\help lists them"
                )));
            }
        }
        Ok(())
    }

    fn last(&self) -> Result<&CompiledQuery, Failure> {
        self.last
            .as_ref()
            .ok_or_else(|| Failure::call("there is no query yet"))
    }

    /// The last query's SQL: for the database's dialect, for a named one, or for all.
    fn sql(&self, wanted: &str) -> Result<String, Failure> {
        let query = self.last()?;
        if wanted == "all" || (wanted.is_empty() && self.database.is_none()) {
            return Ok(sql::all(query));
        }
        let dialect = match (wanted, &self.database) {
            ("", Some((_, dialect))) => *dialect,
            _ => DialectId::parse(wanted).ok_or_else(|| {
                Failure::call(format!(
                    "`{wanted}` is no dialect; there are postgres, mysql, mariadb, sqlite"
                ))
            })?,
        };
        let text = query
            .sql(dialect)
            .map(|sql| sql::statements(sql, &query.hir.interface));
        text.ok_or_else(|| {
            Failure::call(format!(
                "the query was not compiled for {}",
                dialect.title()
            ))
        })
    }

    fn query(&mut self, input: &str) -> Result<(), Failure> {
        let start = Instant::now();
        let program = Program::from_pipeline("<input>", input);
        let mut settings = self.settings.clone();
        if let Some((_, dialect)) = &self.database
            && !settings.dialects.contains(dialect)
        {
            settings.dialects.push(*dialect);
        }
        let mut files = compile(&program, &self.schema, &settings);
        let Some(mut file) = files.pop() else {
            return Ok(());
        };
        if !file.diagnostics.is_empty() {
            output::diagnostics(&file.diagnostics, &program.sources, self.project.colour());
        }
        let Some(query) = file.queries.pop() else {
            return Err(Failure::Reported);
        };
        let compiled = start.elapsed();
        let query = self.last.insert(query);
        let Some((connection, dialect)) = &mut self.database else {
            output::print(&sql::all(query));
            return Ok(());
        };
        let rendered = query.sql(*dialect).ok_or(Failure::Reported)?;
        let interface = &query.hir.interface;
        let needed = |parameter: &&Parameter| !parameter.optional;
        if let Some(parameter) = interface.parameters.iter().find(needed) {
            return Err(Failure::call(format!(
                "the query has a parameter, `{}`, and the REPL has no value for it; write the value",
                parameter.name
            )));
        }
        // What may be left out is.
        let arguments = parameters::parse(interface, &self.schema, &[])?;
        let start = Instant::now();
        if interface.writes {
            if !self.writes {
                return Err(Failure::call("the query writes; \\write on lets it"));
            }
            let written = run::written(connection, &self.schema, rendered, &arguments)
                .map_err(|error| refused(&error))?;
            output::print(&rows::written(self.format, interface, &written));
        } else {
            let locks = query.hir.lock.is_some();
            if locks && !self.writes {
                return Err(Failure::call("the query locks rows; \\write on lets it"));
            }
            if locks {
                connection.begin()
            } else {
                connection.begin_read_only()
            }
            .map_err(|error| refused(&error))?;
            let found = djq_client::run(connection, &self.schema, rendered, &arguments);
            connection.rollback().map_err(|error| refused(&error))?;
            let found = found.map_err(|error| refused(&error))?;
            output::print(&rows::text(self.format, interface, &found));
        }
        if self.timing {
            output::say(&format!(
                "compiled in {}, ran in {}",
                millis(compiled),
                millis(start.elapsed())
            ));
        }
        Ok(())
    }
}

fn millis(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
