//! The command line and REPL of djq.

mod args;
mod commands;
mod failure;
mod output;

use args::{Cli, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let (message, status) = failure.report();
            if let Some(message) = message {
                output::say(&format!("djq: {message}"));
            }
            status
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    match &cli.command {
        Command::Explain(args) => commands::explain::run(args)?,
        Command::Completions(args) => commands::completions::run(args),
        _ => {}
    }
    Ok(())
}
