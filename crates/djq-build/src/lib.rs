//! Compiles `.djq` files in a build script.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), djq_build::Error> {
//!     djq_build::compile("queries")
//! }
//! ```
//!
//! and in the crate, with `djq-runtime` as its only other dependency:
//!
//! ```ignore
//! mod queries {
//!     djq_runtime::include_queries!();
//! }
//! ```
//!
//! The schema snapshot is the one that `djq.toml` names, in the crate's folder or above it; without a `djq.toml` it is
//! `schema.json` beside `Cargo.toml`. No database is asked.

mod error;

pub use error::Error;

use djq_codegen::Unit;
use djq_compiler::{
    CompiledFile, Program, Settings, Workspace, compile as compile_program, workspace,
};
use djq_diagnostics::{Diagnostic, SourceMap, render};
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file in `OUT_DIR` that `djq_runtime::include_queries!()` includes.
const OUTPUT: &str = "djq_queries.rs";

/// Compiles every `.djq` file in a folder (from the crate's folder) to Rust for `rusqlite`.
///
/// A query that does not compile does not fail the build script: the generated file then holds a `compile_error!` with
/// the whole report, which Cargo shows as it shows any error of the crate.
///
/// # Errors
/// Where the call or the surroundings are wrong: no such folder, no snapshot, a file that cannot be written.
#[expect(
    clippy::print_stdout,
    reason = "a build script talks to Cargo on standard output"
)]
pub fn compile(queries: impl AsRef<Path>) -> Result<(), Error> {
    let root = folder("CARGO_MANIFEST_DIR")?;
    let out = folder("OUT_DIR")?.join(OUTPUT);
    let queries = root.join(queries);
    let project = Workspace::find(&root)?;
    let snapshot = project
        .as_ref()
        .map_or_else(|| root.join("schema.json"), Workspace::schema_path);
    // Said before anything can fail, so that a mended file is seen.
    for watched in [
        Some(&queries),
        Some(&snapshot),
        project
            .as_ref()
            .map(|project| project.root.join("djq.toml"))
            .as_ref(),
    ] {
        let Some(path) = watched else { continue };
        if !path.exists() {
            return Err(Error::new(format!("there is no `{}`", path.display())));
        }
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let schema = read_schema(&snapshot)?;
    let files = workspace::files_below(&queries)?;
    let mut settings = Settings::of([DialectId::Sqlite]);
    if let Some(project) = &project {
        settings.exact_collation =
            project.config.project.collation == djq_compiler::Collation::Exact;
        settings.nesting = project.config.project.nest.into();
        settings.lints = project.config.lints.clone();
    }
    let program = Program::load(&files)?;
    let compiled = compile_program(&program, &schema, &settings);
    write_whole(&out, &text(&program, &compiled, &schema, &root))
}

/// The generated module, or the report as a `compile_error!`.
fn text(program: &Program, compiled: &[CompiledFile], schema: &Schema, root: &Path) -> String {
    let found: Vec<Diagnostic> = compiled
        .iter()
        .flat_map(|file| file.diagnostics.iter().cloned())
        .collect();
    if found.iter().any(Diagnostic::is_error) {
        let report = render(&found, &program.sources, false);
        return format!(
            "compile_error!({:?});\n",
            format!("a djq query does not compile\n\n{}", report.trim_end())
        );
    }
    let mut sources: Vec<String> = Vec::new();
    let mut queries = Vec::new();
    for query in compiled.iter().flat_map(|file| &file.queries) {
        let Some(sql) = query.sql(DialectId::Sqlite) else {
            continue;
        };
        sources.push(place(&program.sources, query.hir.span, root));
        queries.push((&query.hir.interface, sql));
    }
    let units = queries
        .iter()
        .zip(&sources)
        .map(|((interface, sql), source)| Unit {
            interface,
            sql,
            source,
        });
    djq_codegen::rust(&units.collect::<Vec<_>>(), schema)
}

/// `queries/blog.djq:3`.
fn place(sources: &SourceMap, span: djq_diagnostics::Span, root: &Path) -> String {
    let Some(file) = sources.get(span.file) else {
        return String::new();
    };
    let mut text = Path::new(&*file.name)
        .strip_prefix(root)
        .unwrap_or(Path::new(&*file.name))
        .display()
        .to_string();
    let _ = write!(text, ":{}", file.line_column(span.start).line);
    text
}

fn folder(variable: &str) -> Result<PathBuf, Error> {
    let value = std::env::var_os(variable);
    value.map(PathBuf::from).ok_or_else(|| {
        Error::new(format!(
            "`{variable}` is not set: djq_build runs in a build script"
        ))
    })
}

fn read_schema(path: &Path) -> Result<Schema, Error> {
    let mut sources = SourceMap::default();
    let (file, problem) = workspace::load(path, &mut sources)?;
    let text = sources.get(file).map_or("", |file| &file.text);
    let problems = match problem {
        Some(problem) => vec![problem],
        None => match Schema::from_json(text) {
            Ok(schema) => return Ok(schema),
            Err(problems) => problems
                .iter()
                .map(|problem| problem.diagnostic(file))
                .collect(),
        },
    };
    Err(Error::new(render(&problems, &sources, false)))
}

/// Writes beside and renames, and only where the bytes change, so that Cargo builds nothing again for nothing.
fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let beside = path.with_extension("rs.new");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| Error::new(format!("cannot write `{}`: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(query: &str) -> String {
        let schema = Schema::from_json(include_str!("../../../examples/blog/schema.json")).unwrap();
        let program = Program::from_text("/project/queries/titles.djq", query);
        let settings = Settings::of([DialectId::Sqlite]);
        let compiled = compile_program(&program, &schema, &settings);
        text(&program, &compiled, &schema, Path::new("/project"))
    }

    #[test]
    fn a_query_becomes_a_function_with_its_place() {
        let text = generated("## Their names.\nquery titles() {\n  from Entry select title\n}\n");
        assert!(
            text.contains("/// Their names.\npub fn titles(connection:"),
            "{text}"
        );
        assert!(text.contains("source: \"queries/titles.djq:2\""), "{text}");
        assert!(text.contains("pub title: String,"), "{text}");
    }

    #[test]
    fn a_query_that_does_not_compile_is_an_error_of_the_crate_with_the_whole_report() {
        let text = generated("query titles() { from Entry select titel, slgu }\n");
        assert!(
            text.starts_with("compile_error!(\"a djq query does not compile"),
            "{text}"
        );
        for words in ["titel", "slgu", "titles.djq:1:36", "did you mean"] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
