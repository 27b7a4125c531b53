//! The project file `djq.toml`, read and checked.

use djq_diagnostics::{Applicability, Diagnostic, FileId, Span, codes, nearest};
use djq_plan::plan::Nesting;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A `djq.toml`. Every key has its documented default, so an empty file is a project.
///
/// ```
/// let config = djq_compiler::Config::parse("[project]\ndialects = ['sqlite']", Default::default()).unwrap();
/// assert_eq!(config.project.schema, "schema.json");
/// ```
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What is compiled, and for what.
    pub project: ProjectConfig,
    /// Databases by name, for commands that run something; never for a build.
    pub database: BTreeMap<String, DatabaseConfig>,
    /// Where introspection asks Django itself.
    pub django: Option<DjangoConfig>,
    /// What `djq build` writes.
    pub target: Vec<TargetConfig>,
    /// Levels of lints by name.
    pub lints: BTreeMap<String, LintLevel>,
    /// What no source of the schema can know, by table.
    pub models: BTreeMap<String, ModelConfig>,
}

/// `[project]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectConfig {
    /// The snapshot's path, from the folder of `djq.toml`.
    pub schema: String,
    /// Globs of query files, from the folder of `djq.toml`.
    pub queries: Vec<String>,
    /// What it compiles for.
    pub dialects: Vec<DialectName>,
    /// Whether text is compared byte by byte everywhere.
    pub collation: Collation,
    /// How nested results are fetched.
    pub nest: Nest,
}

impl Default for ProjectConfig {
    fn default() -> Self {
        Self {
            schema: "schema.json".to_owned(),
            queries: vec!["queries/**/*.djq".to_owned()],
            dialects: vec![
                DialectName::Postgres,
                DialectName::Mysql,
                DialectName::Mariadb,
                DialectName::Sqlite,
            ],
            collation: Collation::Database,
            nest: Nest::Levels,
        }
    }
}

/// A dialect as the file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the database of its name")]
pub enum DialectName {
    Postgres,
    Mysql,
    Mariadb,
    Sqlite,
}

/// What decides comparisons of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Collation {
    /// The database's own collation.
    Database,
    /// Bytes, on every dialect.
    Exact,
}

/// How nested results are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nest {
    /// A statement for each level.
    Levels,
    /// One statement, with JSON.
    Json,
}

impl From<Nest> for Nesting {
    fn from(nest: Nest) -> Self {
        match nest {
            Nest::Levels => Self::Levels,
            Nest::Json => Self::Json,
        }
    }
}

/// `[database.NAME]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:…`, `postgres://…`, `mysql://…`, `mariadb://…`; `${NAME}` is an environment variable.
    pub url: String,
}

/// `[django]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DjangoConfig {
    /// The path of `manage.py`.
    pub manage: String,
    /// The Python to run it with; `python3` unless said.
    pub python: Option<String>,
}

/// `[[target]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetConfig {
    /// What is written.
    pub kind: TargetKind,
    /// Where.
    pub out: String,
    /// The driver that the code is for.
    pub driver: Option<Driver>,
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// Typed Rust.
    Rust,
    /// Typed Python.
    Python,
    /// A file of SQL for each query and dialect.
    Sql,
    /// JSON for other generators.
    Manifest,
}

/// A Rust driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the crate of its name")]
pub enum Driver {
    Postgres,
    TokioPostgres,
    Rusqlite,
    Mysql,
}

/// What a lint does where it finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LintLevel {
    /// Nothing.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

/// `[models."table"]`: what introspection of a bare database cannot know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelConfig {
    /// The label: `blog.Entry`.
    pub name: Option<String>,
    /// The `related_name` of foreign keys, by column.
    pub related_name: BTreeMap<String, String>,
    /// Not a model: leave it out.
    pub ignore: bool,
}

impl Config {
    /// Reads the text of a `djq.toml`, whose place in a source map is `file`.
    ///
    /// # Errors
    /// The first problem of the file, with the nearest right key where one is misspelt.
    pub fn parse(text: &str, file: FileId) -> Result<Self, Box<Diagnostic>> {
        let config = toml::from_str(text).map_err(|error| Box::new(explain(text, file, &error)))?;
        match unknown_lint(text, file) {
            Some(problem) => Err(Box::new(problem)),
            None => Ok(config),
        }
    }
}

/// The names in `[lints]`, with their places.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LintNames {
    lints: BTreeMap<toml::Spanned<String>, LintLevel>,
}

/// The first name in `[lints]` that is no lint's.
fn unknown_lint(text: &str, file: FileId) -> Option<Diagnostic> {
    let names: LintNames = toml::from_str(text).ok()?;
    let known = || {
        let lints = codes::ALL.iter().filter(|code| code.id.starts_with('L'));
        lints.map(|code| code.name)
    };
    let mut names: Vec<_> = names.lints.into_keys().collect();
    names.sort_by_key(|name| name.span().start);
    let unknown = names
        .iter()
        .find(|name| known().all(|known| known != name.get_ref()))?;
    let span = Span::new(file, unknown.span().start, unknown.span().end);
    let name = unknown.get_ref();
    let diagnostic = Diagnostic::new(
        &codes::BAD_CONFIG,
        span,
        format!("there is no lint `{name}`"),
    );
    Some(match nearest(name, known()) {
        Some(near) => diagnostic.fix(Applicability::Likely, format!("write `{near}`"), span, near),
        None => diagnostic.note(format!(
            "the lints there are: {}",
            known().collect::<Vec<_>>().join(", ")
        )),
    })
}

/// The problem as a diagnostic; what `toml` says of unknown keys is turned into a fix.
fn explain(text: &str, file: FileId, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..text.len().min(1));
    let span = Span::new(file, range.start, range.end);
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let problem = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    if !unknown {
        return Diagnostic::new(
            &codes::BAD_CONFIG,
            span,
            format!("`djq.toml` is not right here: {message}"),
        );
    }
    let what = if message.starts_with("unknown field") {
        "key"
    } else {
        "value"
    };
    let diagnostic = Diagnostic::new(
        &codes::BAD_CONFIG,
        span,
        format!("`djq.toml` has no {what} `{problem}` here"),
    )
    .note(format!("the {what}s there are: {}", known.join(", ")));
    match nearest(problem, known.iter().copied()) {
        Some(near) => {
            let written = text.get(range).unwrap_or_default();
            diagnostic.fix(
                Applicability::Likely,
                format!("write `{near}`"),
                span,
                written.replace(problem, near),
            )
        }
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_a_project() {
        assert_eq!(Config::parse("", FileId(0)).unwrap(), Config::default());
    }

    #[test]
    fn the_documented_file_is_read() {
        let config = Config::parse(
            r#"
            [project]
            schema = "schema.json"
            queries = ["queries/**/*.djq"]
            dialects = ["postgres", "sqlite"]
            collation = "exact"
            nest = "json"
            [database.default]
            url = "${DATABASE_URL}"
            [django]
            manage = "manage.py"
            [[target]]
            kind = "rust"
            out = "src/queries.rs"
            driver = "tokio-postgres"
            [lints]
            fan-out = "deny"
            "#,
            FileId(0),
        )
        .unwrap();
        assert_eq!(
            config.project.dialects,
            [DialectName::Postgres, DialectName::Sqlite]
        );
        assert_eq!(config.target[0].driver, Some(Driver::TokioPostgres));
        assert_eq!(config.lints["fan-out"], LintLevel::Deny);
    }

    #[test]
    fn a_misspelt_key_names_the_nearest() {
        let problem = Config::parse("[project]\nshema = 'x'\n", FileId(0)).unwrap_err();
        assert_eq!(problem.fixes[0].edits[0].text, "schema");
        let problem = Config::parse("[project]\ndialects = ['postgre']\n", FileId(0)).unwrap_err();
        assert_eq!(problem.fixes[0].edits[0].text, "'postgres'");
    }

    #[test]
    fn a_misspelt_lint_names_the_nearest() {
        let problem =
            Config::parse("[lints]\nfan-out = 'deny'\nfan-ot = 'warn'\n", FileId(0)).unwrap_err();
        assert_eq!(problem.message, "there is no lint `fan-ot`");
        assert_eq!(problem.fixes[0].edits[0].text, "fan-out");
        assert_eq!(problem.primary.span, Span::new(FileId(0), 25, 31));
    }
}
