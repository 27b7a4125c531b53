//! A problem in the input, as data.

use crate::{Code, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing; nothing is wrong.
    Note,
    /// A lint at level `warn`.
    Warning,
    /// The query does not compile.
    Error,
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty on the primary label.
    pub message: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// It is what was meant, and the result compiles.
    Exact,
    /// It compiles, but another reading is possible (the nearest name, say).
    Likely,
}

/// A change to the source that mends the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an offer: "write `is null`".
    pub message: String,
    /// The edits, not overlapping, all of one file.
    pub edits: Vec<Edit>,
    /// How sure it is.
    pub applicability: Applicability,
}

/// A problem with its place, its cause, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which problem; see [`crate::codes`].
    pub code: &'static Code,
    /// How bad (a lint's level may have changed it from the code's own).
    pub severity: Severity,
    /// One sentence, lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// What caused it: the field's definition, the other branch, the join that repeats.
    pub secondary: Vec<Label>,
    /// More to know, a sentence each.
    pub notes: Vec<String>,
    /// What to do, where no fix can be applied as it is.
    pub help: Option<String>,
    /// Changes that mend it, the best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic of `code` at `span`, at the code's own severity.
    // Cold: so the compiler lays all that leads to a diagnostic out behind what a right query runs through.
    #[cold]
    #[must_use]
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label {
                span,
                message: String::new(),
            },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Words at the primary place.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Another place that shows the cause.
    #[must_use]
    pub fn because(mut self, span: Span, message: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// A sentence more.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A fix of one edit.
    #[must_use]
    pub fn fix(
        self,
        applicability: Applicability,
        message: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fix_all(
            applicability,
            message,
            vec![Edit {
                span,
                text: text.into(),
            }],
        )
    }

    /// A fix of several edits.
    #[must_use]
    pub fn fix_all(
        mut self,
        applicability: Applicability,
        message: impl Into<String>,
        edits: Vec<Edit>,
    ) -> Self {
        self.fixes.push(Fix {
            message: message.into(),
            edits,
            applicability,
        });
        self
    }

    /// Whether it stops the query from compiling.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
