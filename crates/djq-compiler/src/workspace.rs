//! A project on disk: `djq.toml`, the snapshot, the query files. The only module here that reads files.

use crate::{Config, DatabaseConfig};
use djq_diagnostics::{Diagnostic, FileId, SourceMap, Span, codes};
use std::fmt;
use std::path::{Path, PathBuf};

/// The project file's name.
pub const CONFIG_FILE: &str = "djq.toml";

/// A project: a folder with a `djq.toml`.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// What its `djq.toml` says.
    pub config: Config,
}

/// Why something on disk could not be used.
#[derive(Debug)]
pub enum WorkspaceError {
    /// A file or folder cannot be read: its path, and what the system says.
    Unreadable(PathBuf, std::io::Error),
    /// A file's content is wrong; the map has its text.
    Content(Box<SourceMap>, Vec<Diagnostic>),
    /// The project says something that does not fit the disk or the environment.
    Setting(String),
}

impl fmt::Display for WorkspaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
            Self::Content(_, diagnostics) => {
                let first = diagnostics
                    .first()
                    .map_or("it is wrong", |diagnostic| diagnostic.message.as_str());
                f.write_str(first)
            }
            Self::Setting(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for WorkspaceError {}

impl Workspace {
    /// The project of `folder`: the nearest `djq.toml` there or above it.
    ///
    /// # Errors
    /// Where the file that was found cannot be read or is wrong.
    pub fn find(folder: &Path) -> Result<Option<Self>, WorkspaceError> {
        let found = folder
            .ancestors()
            .find(|folder| folder.join(CONFIG_FILE).is_file());
        found.map(Self::open).transpose()
    }

    /// The project whose `djq.toml` is in this folder.
    ///
    /// # Errors
    /// Where the file cannot be read or is wrong.
    pub fn open(root: &Path) -> Result<Self, WorkspaceError> {
        let path = root.join(CONFIG_FILE);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| WorkspaceError::Unreadable(path.clone(), error))?;
        let mut sources = SourceMap::default();
        let file = sources.add(path.to_string_lossy().into_owned(), text.as_str());
        let config = Config::parse(&text, file)
            .map_err(|problem| WorkspaceError::Content(Box::new(sources), vec![*problem]))?;
        Ok(Self {
            root: root.to_path_buf(),
            config,
        })
    }

    /// The snapshot's path.
    #[must_use]
    pub fn schema_path(&self) -> PathBuf {
        self.root.join(&self.config.project.schema)
    }

    /// The query files that the project's globs name, sorted.
    ///
    /// # Errors
    /// Where a glob is not one, or a folder cannot be read.
    pub fn query_files(&self) -> Result<Vec<PathBuf>, WorkspaceError> {
        let mut files = Vec::new();
        for pattern in &self.config.project.queries {
            let whole = format!(
                "{}/{pattern}",
                glob::Pattern::escape(&self.root.to_string_lossy())
            );
            let paths = glob::glob(&whole).map_err(|error| {
                WorkspaceError::Setting(format!("`{pattern}` in djq.toml is not a glob: {error}"))
            })?;
            for path in paths {
                let path = path.map_err(|error| {
                    WorkspaceError::Unreadable(error.path().to_path_buf(), error.into())
                })?;
                if path.is_file() {
                    files.push(path);
                }
            }
        }
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// The URL of a database of `djq.toml`, with environment variables put in; none if it names no such database.
    ///
    /// # Errors
    /// Where a variable that the URL names is not set.
    pub fn database_url(&self, name: &str) -> Result<Option<String>, WorkspaceError> {
        let Some(DatabaseConfig { url }) = self.config.database.get(name) else {
            return Ok(None);
        };
        let mut expanded = String::new();
        let mut rest = url.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            let Some((variable, behind)) = after.split_once('}') else {
                break;
            };
            let value = std::env::var(variable).map_err(|_| {
                WorkspaceError::Setting(format!("djq.toml's database `{name}` needs the environment variable `{variable}`, which is not set"))
            })?;
            expanded.push_str(before);
            expanded.push_str(&value);
            rest = behind;
        }
        expanded.push_str(rest);
        // A relative SQLite file is relative to the project, wherever the command is run.
        if let Some(file) = expanded
            .strip_prefix("sqlite:")
            .filter(|file| !file.starts_with('/') && !file.starts_with(':'))
        {
            return Ok(Some(format!("sqlite:{}", self.root.join(file).display())));
        }
        Ok(Some(expanded))
    }
}

/// Every `.djq` file in a folder and those below it, sorted; a file is itself.
///
/// # Errors
/// Where the path is not there or a folder cannot be read.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>, WorkspaceError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |error| WorkspaceError::Unreadable(path, error)
    };
    if !std::fs::metadata(path).map_err(unreadable(path))?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(unreadable(&folder))? {
            let entry = entry.map_err(unreadable(&folder))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(unreadable(&path))?;
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "djq") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Adds a query file to the map under its path; text that is not UTF-8 is a diagnostic at the place.
///
/// # Errors
/// Where the file cannot be read.
pub fn load(
    path: &Path,
    sources: &mut SourceMap,
) -> Result<(FileId, Option<Diagnostic>), WorkspaceError> {
    let bytes = std::fs::read(path)
        .map_err(|error| WorkspaceError::Unreadable(path.to_path_buf(), error))?;
    Ok(add(path.to_string_lossy().into_owned(), bytes, sources))
}

/// Adds bytes to the map as a file of this name; see [`load`].
pub fn add(name: String, bytes: Vec<u8>, sources: &mut SourceMap) -> (FileId, Option<Diagnostic>) {
    match String::from_utf8(bytes) {
        Ok(text) => (sources.add(name, text), None),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let byte = error.as_bytes().get(place).copied().unwrap_or_default();
            let file = sources.add(name, text);
            let span = Span::new(file, place, place + '\u{fffd}'.len_utf8());
            let diagnostic = Diagnostic::new(&codes::NOT_UTF8, span, "the file is not UTF-8")
                .label(format!("byte 0x{byte:02x} does not belong here"))
                .help("save the file as UTF-8");
            (file, Some(diagnostic))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_found_upwards_and_its_files_by_glob() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("queries/reports");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(folder.path().join(CONFIG_FILE), "").unwrap();
        std::fs::write(deep.join("b.djq"), "").unwrap();
        std::fs::write(folder.path().join("queries/a.djq"), "").unwrap();
        std::fs::write(folder.path().join("queries/a.txt"), "").unwrap();
        let workspace = Workspace::find(&deep).unwrap().unwrap();
        let names: Vec<PathBuf> = workspace.query_files().unwrap();
        assert_eq!(
            names,
            [folder.path().join("queries/a.djq"), deep.join("b.djq")]
        );
        assert_eq!(files_below(folder.path()).unwrap(), names);
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let config = Config::parse(
            "[database.default]\nurl = '${DJQ_NO_SUCH_VARIABLE}'",
            FileId(0),
        )
        .unwrap();
        let workspace = Workspace {
            root: PathBuf::from("."),
            config,
        };
        let error = workspace.database_url("default").unwrap_err().to_string();
        assert!(error.contains("`DJQ_NO_SUCH_VARIABLE`"), "{error}");
        assert_eq!(workspace.database_url("other").unwrap(), None);
    }

    #[test]
    fn a_file_that_is_not_utf8_is_a_diagnostic_at_the_byte() {
        let mut sources = SourceMap::default();
        let (file, diagnostic) = add(
            "q.djq".to_owned(),
            b"from Entry # caf\xe9\n".to_vec(),
            &mut sources,
        );
        let span = diagnostic.unwrap().primary.span;
        assert_eq!(
            sources.get(file).unwrap().line_column(span.start).column,
            17
        );
    }
}
