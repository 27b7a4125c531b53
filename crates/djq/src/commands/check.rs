//! `djq check`: every diagnostic of every file.

use crate::{
    args::{Check, CheckFormat},
    compiling,
    failure::Failure,
    output, progress,
    project::Project,
};
use djq_compiler::{Program, compile};
use djq_diagnostics::{Diagnostic, to_github, to_json};

pub(crate) fn run(project: &Project, args: &Check) -> Result<(), Failure> {
    let schema = project.schema()?;
    let paths = project.files(&args.paths)?;
    let program = Program::load(&paths).map_err(|error| project.unreadable(error))?;
    let settings = compiling::settings(project);
    let files = progress::during(project, format!("compiling {} files", paths.len()), || {
        compile(&program, &schema, &settings)
    });
    let found: Vec<Diagnostic> = files
        .iter()
        .flat_map(|file| file.diagnostics.iter().cloned())
        .collect();
    match args.format {
        CheckFormat::Human => {
            if !found.is_empty() {
                output::diagnostics(&found, &program.sources, project.colour());
            }
        }
        CheckFormat::Json => output::print(&format!("{:#}\n", to_json(&found, &program.sources))),
        CheckFormat::Github => output::print(&to_github(&found, &program.sources)),
    }
    let (errors, warnings) = compiling::count(&files);
    if !project.quiet() && args.format == CheckFormat::Human {
        let queries: usize = files.iter().map(|file| file.queries.len()).sum();
        output::say(&format!(
            "{}, {}: {}, {}",
            many(files.len(), "file"),
            many(queries, "query that compiles"),
            many(errors, "error"),
            many(warnings, "warning")
        ));
    }
    if errors > 0 {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

/// A number and its noun.
fn many(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, noun) => format!("1 {noun}"),
        (count, "query that compiles") => format!("{count} queries that compile"),
        (count, noun) => format!("{count} {noun}s"),
    }
}
