//! What is wrong with a snapshot, and where.

use djq_diagnostics::{Code, Diagnostic, FileId, Span};

use super::{Place, json};

/// Entries larger than this are not read again for a better place.
const LONGEST_NARROWED: usize = 1 << 16;

/// One thing that is wrong with a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotProblem {
    /// Which problem: one of the codes E06.
    pub code: &'static Code,
    /// One sentence that names the model and field it is about.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Bytes of the snapshot's text; `0..0` where the snapshot was not read from text.
    pub at: Place,
    /// The key of the entry at `at` whose value it is about.
    pub(super) key: Option<&'static str>,
}

impl SnapshotProblem {
    pub(super) fn new(code: &'static Code, at: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            at,
            key: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// The same problem, pointing at the value it is about instead of the whole entry of `text`.
    pub(super) fn narrowed(mut self, text: &str) -> Self {
        let Some(key) = self.key else { return self };
        let entry = text.get(self.at.0 as usize..self.at.1 as usize);
        let Some(entry) = entry.filter(|entry| entry.len() < LONGEST_NARROWED) else {
            return self;
        };
        let Ok(json::Node {
            kind: json::Kind::Object(entries),
            ..
        }) = json::parse(entry)
        else {
            return self;
        };
        if let Some(found) = entries.iter().find(|entry| entry.key == key) {
            self.at = (self.at.0 + found.value.at.0, self.at.0 + found.value.at.1);
            self.key = None;
        }
        self
    }

    /// The problem as a diagnostic of the file that was read.
    #[must_use]
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let diagnostic = Diagnostic::new(
            self.code,
            Span {
                file,
                start: self.at.0,
                end: self.at.1,
            },
            self.message.clone(),
        );
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}

impl std::fmt::Display for SnapshotProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.id, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SnapshotProblem {}

/// What a problem is about; put into words only where there is one.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    what: &'static str,
    name: &'a str,
    model: &'a str,
}

impl<'a> Owner<'a> {
    /// `a field`, its name, and the model it is of; either may be empty.
    pub(super) fn of(what: &'static str, name: &'a str, model: &'a str) -> Self {
        Self { what, name, model }
    }
}

impl std::fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name {
            "" => f.write_str(self.what)?,
            name => write!(f, "{} `{name}`", self.what.trim_start_matches("a "))?,
        }
        match self.model {
            "" => Ok(()),
            model => write!(f, " of `{model}`"),
        }
    }
}
