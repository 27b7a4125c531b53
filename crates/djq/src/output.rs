//! Results go to standard output, everything else to standard error; a closed pipe ends quietly.

use djq_diagnostics::{Diagnostic, SourceMap, render};
use std::io::{self, IsTerminal, Write};

/// Prints a result. Where the reader has gone away, there is nobody left to tell.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    if out
        .write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_err()
    {
        std::process::exit(0);
    }
}

/// Says something that is not the result.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether people see standard output as it is printed.
pub(crate) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether people see standard error as it is printed.
pub(crate) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Prints diagnostics for people.
pub(crate) fn diagnostics(diagnostics: &[Diagnostic], sources: &SourceMap, colour: bool) {
    say(render(diagnostics, sources, colour).trim_end());
}

/// A table with a header, ruled as a database's own client does.
pub(crate) fn table(header: &[&str]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(header.iter().copied());
    table
}
