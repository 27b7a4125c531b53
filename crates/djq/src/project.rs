//! What a command works on: the project, its snapshot, its files, its database.

use crate::{
    args::{Common, Dialect, Nest, When},
    failure::Failure,
    output,
};
use djq_compiler::{DialectName, Workspace, WorkspaceError, workspace};
use djq_diagnostics::{Diagnostic, SourceMap};
use djq_plan::plan::Nesting;
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use std::path::{Path, PathBuf};

/// What the command line and the project file say together.
#[derive(Debug)]
pub(crate) struct Project {
    /// The project; none where there is no djq.toml (then the command line must say what is needed).
    pub(crate) workspace: Option<Workspace>,
    common: Common,
}

impl Project {
    /// The project of the working directory.
    pub(crate) fn find(common: &Common) -> Result<Self, Failure> {
        let folder = std::env::current_dir()
            .map_err(|error| Failure::call(format!("there is no working directory: {error}")))?;
        let workspace = Workspace::find(&folder).map_err(|error| report(common, error))?;
        Ok(Self {
            workspace,
            common: common.clone(),
        })
    }

    /// Whether to colour what goes to standard error.
    pub(crate) fn colour(&self) -> bool {
        colour(&self.common, output::stderr_is_terminal())
    }

    /// Whether to colour what goes to standard output.
    pub(crate) fn colour_results(&self) -> bool {
        colour(&self.common, output::stdout_is_terminal())
    }

    /// Whether to say nothing but results and errors.
    pub(crate) fn quiet(&self) -> bool {
        self.common.quiet
    }

    /// Whether to say more of what is done.
    pub(crate) fn verbose(&self) -> bool {
        self.common.verbose
    }

    /// The snapshot's path.
    pub(crate) fn schema_path(&self) -> Result<PathBuf, Failure> {
        match (&self.common.schema, &self.workspace) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(workspace)) => Ok(workspace.schema_path()),
            (None, None) => Err(Failure::call(
                "there is no djq.toml here or above; `djq init` starts a project, `--schema FILE` names a snapshot",
            )),
        }
    }

    /// The snapshot, read.
    pub(crate) fn schema(&self) -> Result<Schema, Failure> {
        let path = self.schema_path()?;
        let mut sources = SourceMap::default();
        if !path.exists() {
            let path = shown(&path);
            return Err(Failure::call(format!(
                "there is no schema snapshot `{path}`; `djq introspect` writes it"
            )));
        }
        let (file, problem) =
            workspace::load(&path, &mut sources).map_err(|error| report(&self.common, error))?;
        if let Some(problem) = problem {
            return Err(self.report(&sources, &[problem]));
        }
        let text = sources.get(file).map_or("", |file| &file.text);
        Schema::from_json(text).map_err(|problems| {
            let diagnostics: Vec<Diagnostic> = problems
                .iter()
                .map(|problem| problem.diagnostic(file))
                .collect();
            self.report(&sources, &diagnostics)
        })
    }

    /// How nested rows are fetched.
    pub(crate) fn nesting(&self) -> Nesting {
        match (self.common.nest, &self.workspace) {
            (Some(Nest::Levels), _) | (None, None) => Nesting::Levels,
            (Some(Nest::Json), _) => Nesting::Json,
            (None, Some(workspace)) => workspace.config.project.nest.into(),
        }
    }

    /// The dialects to compile for, in the project's order.
    pub(crate) fn dialects(&self) -> Vec<DialectId> {
        if let Some(dialect) = self.common.dialect {
            return vec![match dialect {
                Dialect::Postgres => DialectId::Postgres,
                Dialect::Mysql => DialectId::MySql,
                Dialect::Mariadb => DialectId::MariaDb,
                Dialect::Sqlite => DialectId::Sqlite,
            }];
        }
        let Some(workspace) = &self.workspace else {
            return DialectId::ALL.to_vec();
        };
        let named = workspace.config.project.dialects.iter();
        named
            .map(|name| match name {
                DialectName::Postgres => DialectId::Postgres,
                DialectName::Mysql => DialectId::MySql,
                DialectName::Mariadb => DialectId::MariaDb,
                DialectName::Sqlite => DialectId::Sqlite,
            })
            .collect()
    }

    /// The query files: those said, or the project's.
    pub(crate) fn files(&self, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        if paths.is_empty() {
            let workspace = self.workspace.as_ref().ok_or_else(|| {
                Failure::call("there is no djq.toml here or above that names query files; name some on the command line")
            })?;
            let files = workspace
                .query_files()
                .map_err(|error| report(&self.common, error))?;
            return Ok(files.iter().map(|path| shown(path).into()).collect());
        }
        let mut files = Vec::new();
        for path in paths {
            files
                .extend(workspace::files_below(path).map_err(|error| report(&self.common, error))?);
        }
        Ok(files)
    }

    /// The database that the command line names, if it does.
    pub(crate) fn named_database(&self) -> Option<&str> {
        self.common.database.as_deref()
    }

    /// The database's URL: that of the command line, or the project's default.
    pub(crate) fn database(&self) -> Result<String, Failure> {
        let said = self.common.database.as_deref();
        if let Some(url) = said.filter(|url| url.contains(':')) {
            return Ok(url.to_owned());
        }
        let name = said.unwrap_or("default");
        let found = match &self.workspace {
            Some(workspace) => workspace
                .database_url(name)
                .map_err(|error| report(&self.common, error))?,
            None => None,
        };
        found.ok_or_else(|| {
            Failure::call(match said {
                Some(name) => format!("djq.toml names no database `{name}`, and it is not a URL such as sqlite:db.sqlite3"),
                None => "no database is named; say `--database URL`, or write [database.default] in djq.toml".to_owned(),
            })
        })
    }

    /// Prints diagnostics, and gives the failure that they are.
    pub(crate) fn report(&self, sources: &SourceMap, diagnostics: &[Diagnostic]) -> Failure {
        output::diagnostics(diagnostics, sources, self.colour());
        Failure::Reported
    }

    /// Prints what went wrong on disk, and gives the failure that it is.
    pub(crate) fn unreadable(&self, error: WorkspaceError) -> Failure {
        report(&self.common, error)
    }
}

/// A path as people want to read it: from the working directory where it is below it.
pub(crate) fn shown(path: &Path) -> String {
    let folder = std::env::current_dir().ok();
    let short = folder.and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_path_buf));
    short
        .unwrap_or_else(|| path.to_path_buf())
        .display()
        .to_string()
}

fn colour(common: &Common, terminal: bool) -> bool {
    match common.color {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn report(common: &Common, error: WorkspaceError) -> Failure {
    match error {
        WorkspaceError::Content(sources, diagnostics) => {
            output::diagnostics(
                &diagnostics,
                &sources,
                colour(common, output::stderr_is_terminal()),
            );
            Failure::Reported
        }
        other => Failure::call(other.to_string()),
    }
}
