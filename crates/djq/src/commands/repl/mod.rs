//! `djq repl`: write a query, see its rows. On a database, or with none; then it only compiles.

mod editor;
mod session;

use crate::{failure::Failure, output, project::Project};
use reedline::Signal;
use session::{After, Session};
use std::io::BufRead;
use std::sync::Arc;

pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let schema = Arc::new(project.schema()?);
    let mut session = Session::new(project, Arc::clone(&schema))?;
    if !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        return piped(&mut session);
    }
    if !project.quiet() {
        output::say("djq: a query and Enter shows its rows; \\help tells more, \\q leaves");
    }
    let mut editor = editor::editor(schema, project.colour_results())?;
    loop {
        match editor.read_line(&editor::Prompt) {
            Ok(Signal::Success(input)) => {
                if session.take(&input) == After::Leave {
                    return Ok(());
                }
            }
            Ok(Signal::CtrlC) => {}
            Ok(_) => return Ok(()),
            Err(error) => {
                return Err(Failure::call(format!(
                    "the terminal cannot be read: {error}"
                )));
            }
        }
    }
}

/// Input that is not typed: each statement as soon as it is complete, the last at the end.
fn piped(session: &mut Session<'_>) -> Result<(), Failure> {
    let mut input = String::new();
    for line in std::io::stdin().lock().lines() {
        let line =
            line.map_err(|error| Failure::call(format!("cannot read standard input: {error}")))?;
        let blank = line.trim().is_empty();
        input.push_str(&line);
        input.push('\n');
        // A line behind may go on with the pipeline, so a blank line or a command ends one.
        if (blank || input.trim_start().starts_with('\\')) && djq_syntax::is_complete(&input) {
            if session.take(&input) == After::Leave {
                return session.outcome();
            }
            input.clear();
        }
    }
    session.take(&input);
    session.outcome()
}
