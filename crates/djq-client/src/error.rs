//! What can go wrong between here and a database.

/// Which sort of failure, for exit codes and retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The URL is wrong.
    Url,
    /// No server answers; the file is not there, or somebody else has locked it.
    Unreachable,
    /// The server (or the file) is there and does not let this user in.
    Refused,
    /// The server refused the statement.
    Statement,
    /// The connection was lost.
    Disconnected,
    /// A value came that this client cannot read, or cannot send.
    Value,
}

/// A failure, with the server's own words and code where it has said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientError {
    /// Which sort.
    pub kind: ErrorKind,
    /// What happened: the server's message as it is, or ours. Never contains a password.
    pub message: String,
    /// SQLSTATE or the server's number.
    pub code: Option<String>,
    /// More from the server: detail and hint.
    pub detail: Option<String>,
    /// Where in the statement, in characters from 1 (PostgreSQL).
    pub position: Option<u32>,
}

impl ClientError {
    /// A failure of this sort with these words.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            code: None,
            detail: None,
            position: None,
        }
    }

    /// Whether the connection is gone, so that only a new one can help.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        self.kind == ErrorKind::Disconnected
    }

    /// The same with words before it.
    pub(crate) fn context(mut self, before: &str) -> Self {
        self.message = format!("{before}: {}", self.message);
        self
    }
}

impl std::fmt::Display for ClientError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        if let Some(code) = &self.code {
            write!(f, " [{code}]")?;
        }
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ClientError {}
