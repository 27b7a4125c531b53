//! What was typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compiles `.djq` queries over Django models to the SQL of PostgreSQL, MySQL, MariaDB and SQLite.
#[derive(Debug, Parser)]
#[command(name = "djq", version, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 done; 1 the input is wrong; 2 the call or the surroundings are wrong."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The schema snapshot, instead of the one djq.toml names.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// The database, instead of djq.toml's default: sqlite:FILE, postgres://…, mysql://…, mariadb://…, or a name from djq.toml.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// One dialect, instead of those of djq.toml.
    #[arg(long, global = true, value_name = "DIALECT")]
    pub(crate) dialect: Option<Dialect>,
    /// How nested rows are fetched, instead of as djq.toml says.
    #[arg(long, global = true, value_name = "HOW", alias = "nesting")]
    pub(crate) nest: Option<Nest>,
    /// Whether to colour what people read.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// Nothing but results and errors.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// More of what is done.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// A dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// PostgreSQL 14 and later.
    Postgres,
    /// MySQL 8.0.31 and later.
    Mysql,
    /// MariaDB 10.6 and later.
    Mariadb,
    /// SQLite 3.39 and later.
    Sqlite,
}

/// How nested rows are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Nest {
    /// A statement for each level.
    Levels,
    /// One statement, with JSON.
    Json,
}

/// When to do a thing that only people like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a project: djq.toml, a first snapshot, one query that runs.
    Init(Init),
    /// Refresh the schema snapshot and print what changed.
    Introspect(Introspect),
    /// List models, fields and relations.
    Schema(Schema),
    /// Print every diagnostic of every file.
    Check(Check),
    /// Print the SQL of a query, for all dialects or one.
    Sql(Sql),
    /// Run a query on a database and print its rows.
    Run(Run),
    /// Explore: write a query, see its rows.
    Repl,
    /// Lay query files out in the one style.
    Fmt(Fmt),
    /// Write or check the SQL of each query and dialect.
    Snapshot(Snapshot),
    /// Tell the long story of a diagnostic.
    Explain(Explain),
    /// Print a completion script for a shell.
    Completions(Completions),
}

/// `djq init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Where Django's manage.py is; found in this folder if not said.
    #[arg(long, value_name = "MANAGE.PY")]
    pub(crate) django: Option<PathBuf>,
}

/// `djq introspect`.
#[derive(Debug, Args)]
pub(crate) struct Introspect {
    /// Ask Django itself.
    #[arg(long, value_name = "MANAGE.PY")]
    pub(crate) django: Option<PathBuf>,
    /// Write nothing; exit 1 if the snapshot is not what the sources say.
    #[arg(long)]
    pub(crate) check: bool,
}

/// `djq schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// A model: Entry or blog.Entry; all models if not said.
    pub(crate) model: Option<String>,
    /// How to print it.
    #[arg(long, default_value = "table")]
    pub(crate) format: SchemaFormat,
}

/// A form of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// For people.
    Table,
    /// The snapshot's own form.
    Json,
    /// A Mermaid diagram.
    Mermaid,
}

/// `djq check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files or folders, instead of those of djq.toml.
    pub(crate) paths: Vec<PathBuf>,
    /// How to print diagnostics.
    #[arg(long, default_value = "human")]
    pub(crate) format: CheckFormat,
}

/// A form of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    Human,
    /// An array of objects.
    Json,
    /// GitHub's workflow commands.
    Github,
}

/// `djq sql`.
#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// FILE, or FILE:QUERY for one of its queries; `-` reads standard input.
    #[arg(value_name = "FILE[:QUERY]", required_unless_present = "expression")]
    pub(crate) query: Option<String>,
    /// A query, or a bare pipeline, instead of a file.
    #[arg(short, long, value_name = "DJQ", conflicts_with = "query")]
    pub(crate) expression: Option<String>,
    /// Explain each join that the compiler added.
    #[arg(long)]
    pub(crate) why: bool,
}

/// `djq run`.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// FILE:QUERY; FILE alone where it has one query; `-` reads standard input. With -e, the first NAME=VALUE.
    #[arg(value_name = "FILE[:QUERY]")]
    pub(crate) query: Option<String>,
    /// Parameters: name=value; a list is separated by commas.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) arguments: Vec<String>,
    /// A query, or a bare pipeline, instead of a file.
    #[arg(short, long, value_name = "DJQ")]
    pub(crate) expression: Option<String>,
    /// How to print rows.
    #[arg(long, default_value = "table")]
    pub(crate) format: RowFormat,
    /// Let the query write: what inserts, updates or deletes runs only with this.
    #[arg(long)]
    pub(crate) write: bool,
}

/// A form of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// For people.
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated values with a header.
    Csv,
    /// An object a line.
    Ndjson,
}

/// `djq fmt`.
#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// Files or folders, instead of those of djq.toml; `-` reads standard input and writes standard output.
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; exit 1 if a file would change.
    #[arg(long)]
    pub(crate) check: bool,
}

/// `djq snapshot`.
#[derive(Debug, Args)]
pub(crate) struct Snapshot {
    /// Files or folders, instead of those of djq.toml.
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; exit 1 if a snapshot would change.
    #[arg(long)]
    pub(crate) check: bool,
}

/// `djq explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code's number or name: E0204, unknown-field. All codes if not said.
    pub(crate) code: Option<String>,
}

/// `djq completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell.
    pub(crate) shell: clap_complete::Shell,
}
