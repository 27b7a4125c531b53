//! From what was typed to compiled queries: files, one of their queries, text.

use crate::{failure::Failure, output, project::Project};
use djq_client::Connection;
use djq_compiler::{CompiledFile, CompiledQuery, Program, Settings, compile, workspace};
use djq_diagnostics::{Diagnostic, Severity, Span, nearest};
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use djq_syntax::ast::{Item, ItemKind};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What the project says about compiling.
pub(crate) fn settings(project: &Project) -> Settings {
    let mut settings = Settings::of(project.dialects());
    settings.nesting = project.nesting();
    if let Some(workspace) = &project.workspace {
        settings.exact_collation =
            workspace.config.project.collation == djq_compiler::Collation::Exact;
        settings.lints = workspace.config.lints.clone();
    }
    settings
}

/// A query as the command line names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The file; `-` is standard input.
    pub(crate) file: PathBuf,
    /// One of its queries; all where none is said.
    pub(crate) query: Option<String>,
}

impl Wanted {
    /// `FILE` or `FILE:QUERY`. A file whose name has a colon is read as a file where there is one.
    pub(crate) fn parse(text: &str) -> Self {
        match text.rsplit_once(':') {
            Some((file, query)) if !file.is_empty() && !Path::new(text).exists() => Self {
                file: file.into(),
                query: Some(query.to_owned()),
            },
            _ => Self {
                file: text.into(),
                query: None,
            },
        }
    }
}

/// The program that a command was given: a file, standard input, or text (perhaps a bare pipeline).
pub(crate) fn program(
    project: &Project,
    wanted: Option<&Wanted>,
    expression: Option<&str>,
) -> Result<Program, Failure> {
    if let Some(text) = expression {
        return Ok(Program::from_pipeline("<expression>", text));
    }
    let Some(wanted) = wanted else {
        return Err(Failure::call(
            "say which query: FILE:QUERY, or `-e` and its text",
        ));
    };
    if wanted.file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::call(format!("cannot read standard input: {error}")))?;
        let mut sources = djq_diagnostics::SourceMap::default();
        let (file, problem) = workspace::add("<stdin>".to_owned(), bytes, &mut sources);
        if let Some(problem) = problem {
            return Err(project.report(&sources, &[problem]));
        }
        return Ok(Program::from_pipeline(
            "<stdin>",
            sources.get(file).map_or("", |file| &file.text),
        ));
    }
    Program::load(std::slice::from_ref(&wanted.file)).map_err(|error| project.unreadable(error))
}

/// Compiles, prints what was found (but of the other queries, where one is named), and gives the queries that were
/// asked for; a failure if one of them, or the file, has an error.
pub(crate) fn queries(
    project: &Project,
    program: &Program,
    schema: &Schema,
    settings: &Settings,
    query: Option<&str>,
) -> Result<Vec<CompiledQuery>, Failure> {
    let files = compile(program, schema, settings);
    let others = query.map_or_else(Vec::new, |name| others(program, name));
    let diagnostics: Vec<Diagnostic> = files
        .iter()
        .flat_map(|file| &file.diagnostics)
        .filter(|diagnostic| {
            !others
                .iter()
                .any(|other| other.covers(diagnostic.primary.span))
        })
        .cloned()
        .collect();
    let shown: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error() || !project.quiet())
        .cloned()
        .collect();
    if !shown.is_empty() {
        output::diagnostics(&shown, &program.sources, project.colour());
    }
    let all: Vec<CompiledQuery> = files.into_iter().flat_map(|file| file.queries).collect();
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let Some(name) = query else {
        return if failed {
            Err(Failure::Reported)
        } else {
            Ok(all)
        };
    };
    let names: Vec<String> = all.iter().map(|query| query.name().to_owned()).collect();
    let found: Vec<CompiledQuery> = all
        .into_iter()
        .filter(|query| query.name() == name)
        .collect();
    if failed {
        return Err(Failure::Reported);
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let meant = nearest(name, names.iter().map(String::as_str))
        .map_or(String::new(), |near| format!("; `{near}` is near"));
    Err(Failure::input(format!(
        "the file has no query `{name}`{meant}; it has: {}",
        names.join(", ")
    )))
}

/// Where the queries besides the one of this name stand; none where no query has it.
fn others(program: &Program, name: &str) -> Vec<Span> {
    let items = || program.files.iter().flat_map(|file| &file.parsed.ast.items);
    let named =
        |item: &Item| matches!(&item.kind, ItemKind::Query(query) if *query.name.text == *name);
    if !items().any(named) {
        return Vec::new();
    }
    items()
        .filter(|item| matches!(item.kind, ItemKind::Query(_)) && !named(item))
        .map(|item| item.span)
        .collect()
}

/// How many errors and warnings there are.
pub(crate) fn count(files: &[CompiledFile]) -> (usize, usize) {
    let all = || files.iter().flat_map(|file| &file.diagnostics);
    let of = |severity| {
        all()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    (of(Severity::Error), of(Severity::Warning))
}

/// The dialect of a database, by its URL.
pub(crate) fn dialect_of(url: &str) -> Result<DialectId, Failure> {
    let scheme = url.split(':').next().unwrap_or_default();
    DialectId::parse(scheme).ok_or_else(|| {
        Failure::call(format!("`{scheme}:` is no database that djq knows; URLs begin with sqlite:, postgres://, mysql:// or mariadb://"))
    })
}

/// Holds that the database that answered is the one of the URL: MariaDB speaks MySQL's protocol, and not its SQL.
pub(crate) fn same_server(dialect: DialectId, connection: &Connection) -> Result<(), Failure> {
    let answered = connection.database().name();
    if answered == dialect.name() {
        return Ok(());
    }
    Err(Failure::call(format!(
        "the server is {}, and the URL begins with `{}:`; write `{answered}://…`",
        connection.version(),
        dialect.name()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_named_by_file_and_name() {
        assert_eq!(
            Wanted::parse("q/a.djq:top"),
            Wanted {
                file: "q/a.djq".into(),
                query: Some("top".to_owned())
            }
        );
        assert_eq!(
            Wanted::parse("q/a.djq"),
            Wanted {
                file: "q/a.djq".into(),
                query: None
            }
        );
        assert_eq!(
            Wanted::parse("-"),
            Wanted {
                file: "-".into(),
                query: None
            }
        );
    }
}
