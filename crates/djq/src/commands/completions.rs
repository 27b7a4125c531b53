//! `djq completions`: a script for a shell.

use crate::args::{Cli, Completions};
use clap::CommandFactory;

pub(crate) fn run(args: &Completions) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "djq", &mut script);
    crate::output::print(&String::from_utf8_lossy(&script));
}
