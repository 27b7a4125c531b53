//! `djq snapshot`: the SQL of each query and dialect beside its file, to be reviewed like code.

use crate::{
    args::Snapshot, compiling, failure::Failure, output, progress, project, project::Project, write,
};
use djq_compiler::{CompiledFile, Program, compile};
use std::path::{Path, PathBuf};

pub(crate) fn run(project: &Project, args: &Snapshot) -> Result<(), Failure> {
    let schema = project.schema()?;
    let paths = project.files(&args.paths)?;
    let program = Program::load(&paths).map_err(|error| project.unreadable(error))?;
    let settings = compiling::settings(project);
    let files = progress::during(project, format!("compiling {} files", paths.len()), || {
        compile(&program, &schema, &settings)
    });
    let mut stale = Vec::new();
    let mut failed = false;
    for (path, file) in paths.iter().zip(&files) {
        if !file.diagnostics.is_empty()
            && file
                .diagnostics
                .iter()
                .any(djq_diagnostics::Diagnostic::is_error)
        {
            output::diagnostics(&file.diagnostics, &program.sources, project.colour());
            failed = true;
            continue;
        }
        let place = beside(path);
        let text = text(file);
        if args.check {
            if std::fs::read_to_string(&place).ok().as_deref() != Some(&text) {
                stale.push(project::shown(&place));
            }
        } else if write::whole(&place, &text)? && !project.quiet() {
            output::say(&format!("wrote {}", project::shown(&place)));
        }
    }
    if !stale.is_empty() {
        output::print(&format!("{}\n", stale.join("\n")));
        output::say(
            "djq: these snapshots are not what the queries compile to; `djq snapshot` writes them",
        );
    }
    if failed || !stale.is_empty() {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

/// `queries/top.djq` has its snapshot in `queries/top.djq.snap`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".snap");
    name.into()
}

/// The first dialect's SQL in full, the others' where it differs.
fn text(file: &CompiledFile) -> String {
    file.queries
        .iter()
        .map(djq_compiler::snapshot::sql)
        .collect::<Vec<_>>()
        .join("\n")
}
