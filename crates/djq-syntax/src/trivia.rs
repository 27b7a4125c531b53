//! What the syntax tree leaves out: comments and blank lines, by position.

use djq_diagnostics::Span;

/// What kind of comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentKind {
    /// `# …`.
    Line,
    /// `## …`.
    Doc,
    /// `-- …` or `/* … */`; its diagnostic has been given.
    Foreign,
}

/// One comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes, `#` included, line end excluded.
    pub span: Span,
    /// What kind.
    pub kind: CommentKind,
    /// Whether nothing but space stands before it on its line.
    pub own_line: bool,
}

/// The comments and blank lines of a file, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trivia {
    /// The comments.
    pub comments: Vec<Comment>,
    /// Where a token or comment follows at least one blank line: its first byte.
    pub after_blank: Vec<u32>,
}

impl Trivia {
    /// The comments that begin inside `start..end`.
    #[must_use]
    pub fn between(&self, start: u32, end: u32) -> &[Comment] {
        let first = self
            .comments
            .partition_point(|comment| comment.span.start < start);
        let rest = self.comments.get(first..).unwrap_or_default();
        let count = rest.partition_point(|comment| comment.span.start < end);
        rest.get(..count).unwrap_or_default()
    }

    /// Whether a blank line stands before the token or comment that begins at `start`.
    #[must_use]
    pub fn blank_before(&self, start: u32) -> bool {
        self.after_blank.binary_search(&start).is_ok()
    }
}
