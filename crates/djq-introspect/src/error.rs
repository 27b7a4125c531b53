//! Why a schema could not be had.

use djq_client::ClientError;
use djq_schema::SnapshotProblem;

/// A failure of introspection.
#[derive(Debug, Clone, PartialEq)]
pub enum IntrospectError {
    /// The database did not answer, or refused.
    Database(ClientError),
    /// Django could not be asked: a sentence that says why and what to do, and what Python printed.
    Django {
        /// What happened, and what to do.
        message: String,
        /// The last lines of Python's output.
        output: String,
    },
    /// What was found makes no schema.
    Snapshot(Vec<SnapshotProblem>),
}

impl From<ClientError> for IntrospectError {
    fn from(error: ClientError) -> Self {
        Self::Database(error)
    }
}

impl std::fmt::Display for IntrospectError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => write!(f, "{error}"),
            Self::Django { message, output } if output.is_empty() => f.write_str(message),
            Self::Django { message, output } => write!(f, "{message}\n{output}"),
            Self::Snapshot(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    write!(f, "{}{problem}", if index == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for IntrospectError {}
