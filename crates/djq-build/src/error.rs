//! What a build script can fail with.

use djq_compiler::WorkspaceError;

use std::fmt;

/// Why nothing could be compiled. Cargo prints what `main` of a build script returns by `Debug`, so that is readable too.
pub struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<WorkspaceError> for Error {
    fn from(error: WorkspaceError) -> Self {
        match error {
            WorkspaceError::Content(sources, diagnostics) => {
                Self(djq_diagnostics::render(&diagnostics, &sources, false))
            }
            other => Self(other.to_string()),
        }
    }
}
