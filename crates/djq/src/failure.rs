//! How a command can fail, and the exit status that says so.

use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong, and everything about it has been printed: exit status 1.
    Reported,
    /// The input is wrong: exit status 1.
    Input(String),
    /// The call or the surroundings are wrong: exit status 2.
    Call(String),
}

impl Failure {
    /// The input is wrong, in these words.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::Input(message.into())
    }

    /// The call or the surroundings are wrong, in these words.
    pub(crate) fn call(message: impl Into<String>) -> Self {
        Self::Call(message.into())
    }

    /// What is still to be said, and the exit status.
    pub(crate) fn report(self) -> (Option<String>, ExitCode) {
        match self {
            Self::Reported => (None, ExitCode::from(1)),
            Self::Input(message) => (Some(message), ExitCode::from(1)),
            Self::Call(message) => (Some(message), ExitCode::from(2)),
        }
    }
}
