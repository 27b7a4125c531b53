//! `djq fmt`: the one style.

use crate::{args::Fmt, failure::Failure, output, project, project::Project, write};
use djq_compiler::workspace;
use djq_diagnostics::SourceMap;
use std::io::Read;
use std::path::Path;

pub(crate) fn run(project: &Project, args: &Fmt) -> Result<(), Failure> {
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return standard_input(project, args.check);
    }
    let (mut failed, mut changed) = (false, 0);
    for path in project.files(&args.paths)? {
        let mut sources = SourceMap::default();
        let (file, problem) =
            workspace::load(&path, &mut sources).map_err(|error| project.unreadable(error))?;
        let text = sources.get(file).map_or("", |file| &file.text);
        let laid_out = match problem {
            Some(problem) => Err(vec![problem]),
            None => djq_syntax::format(text),
        };
        match laid_out {
            Err(diagnostics) => {
                output::diagnostics(&diagnostics, &sources, project.colour());
                failed = true;
            }
            Ok(new) if new == text => {}
            Ok(new) => {
                changed += 1;
                if args.check {
                    output::print(&format!("{}\n", project::shown(&path)));
                } else {
                    write::whole(&path, &new)?;
                    if project.verbose() {
                        output::say(&format!("formatted {}", project::shown(&path)));
                    }
                }
            }
        }
    }
    if failed || (args.check && changed > 0) {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

fn standard_input(project: &Project, check: bool) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map_err(|error| Failure::call(format!("cannot read standard input: {error}")))?;
    let mut sources = SourceMap::default();
    let (file, problem) = workspace::add("<stdin>".to_owned(), bytes, &mut sources);
    let text = sources.get(file).map_or("", |file| &file.text);
    let laid_out = problem.map_or_else(|| djq_syntax::format(text), |problem| Err(vec![problem]));
    let new = laid_out.map_err(|diagnostics| project.report(&sources, &diagnostics))?;
    if check {
        return if new == text {
            Ok(())
        } else {
            Err(Failure::input("standard input is not in the one style"))
        };
    }
    output::print(&new);
    Ok(())
}
