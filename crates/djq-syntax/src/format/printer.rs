//! Writes tokens and comments to lines; where a line breaks is `layout`'s.

use crate::parser::Recorded;
use crate::roles;
use crate::token::{Token, TokenKind as K};
use crate::trivia::Comment;

/// Lines longer than this are broken where they can be.
pub(super) const WIDTH: usize = 88;

pub(super) struct Printer<'a> {
    text: &'a str,
    recorded: &'a Recorded,
    out: String,
    column: usize,
    /// Where the current line begins.
    indent: usize,
    /// Nothing is written on the current line yet.
    fresh: bool,
    /// The next comment to be written.
    comment: usize,
}

impl<'a> Printer<'a> {
    pub(super) fn new(text: &'a str, recorded: &'a Recorded) -> Self {
        Self {
            text,
            recorded,
            out: String::with_capacity(text.len() + text.len() / 8),
            column: 0,
            indent: 0,
            fresh: true,
            comment: 0,
        }
    }

    /// The number of tokens, the end left out.
    pub(super) fn len(&self) -> usize {
        self.recorded.tokens.len().saturating_sub(1)
    }

    pub(super) fn kind(&self, at: usize) -> K {
        self.recorded
            .tokens
            .get(at)
            .map_or(K::End, |token| token.kind)
    }

    pub(super) fn has(&self, at: usize, role: roles::Role) -> bool {
        self.recorded.roles.has(at, role)
    }

    /// What closes the bracket at `at`.
    pub(super) fn partner(&self, at: usize) -> Option<usize> {
        let token = self.recorded.tokens.get(at)?;
        (token.kind.opens() && token.partner != Token::ALONE).then_some(token.partner as usize)
    }

    /// The last token of the bracket or `case` that begins at `at`.
    pub(super) fn extent(&self, at: usize) -> Option<usize> {
        self.partner(at).or_else(|| {
            self.recorded
                .roles
                .case_ends
                .get(&at)
                .copied()
                .filter(|end| *end > at)
        })
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Whether the source has `at` on the line of the token before.
    pub(super) fn same_line(&self, at: usize) -> bool {
        self.recorded
            .tokens
            .get(at)
            .is_some_and(|token| !token.first_on_line)
    }

    /// How a token is written: keywords in lower case.
    fn spelled(&self, at: usize) -> &'a str {
        let Some(token) = self.recorded.tokens.get(at) else {
            return "";
        };
        match token.kind.spelling() {
            Some(spelling) if !self.has(at, roles::NAME) => spelling,
            _ => self.text.get(token.range()).unwrap_or(""),
        }
    }

    /// The width of `from..to` on one line, if it fits what is left of this one: no comment inside,
    /// no text over several lines.
    pub(super) fn fits(&self, from: usize, to: usize) -> bool {
        let limit = WIDTH.saturating_sub(self.column + usize::from(!self.fresh && self.gap(from)));
        self.width(from, to, limit).is_some()
    }

    /// The width of `from..to` on one line, if at most `limit`.
    pub(super) fn width(&self, from: usize, to: usize, limit: usize) -> Option<usize> {
        let (first, last) = (
            self.recorded.tokens.get(from)?,
            self.recorded.tokens.get(to.checked_sub(1)?)?,
        );
        if !self
            .recorded
            .trivia
            .between(first.end, last.start)
            .is_empty()
        {
            return None;
        }
        let mut width = 0;
        for at in from..to {
            let text = self.spelled(at);
            if text.contains('\n') {
                return None;
            }
            width += text.chars().count() + usize::from(at > from && self.gap(at));
            if width > limit {
                return None;
            }
        }
        Some(width)
    }

    /// Whether a space stands before a token, on one line with the token before it.
    fn gap(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if self.has(at, roles::GLUED) {
            return false;
        }
        let (left, right) = (self.kind(before), self.kind(at));
        let left_is_name = matches!(left, K::Name | K::QuotedName) || self.has(before, roles::NAME);
        match (left, right) {
            (
                _,
                K::Comma
                | K::Semicolon
                | K::CloseParen
                | K::CloseBracket
                | K::Dot
                | K::DoubleColon
                | K::Colon
                | K::Question,
            ) => false,
            (
                K::OpenParen
                | K::OpenBracket
                | K::Dot
                | K::DoubleColon
                | K::DotDot
                | K::At
                | K::Bang,
                _,
            ) => false,
            (K::OpenBrace, K::CloseBrace) => false,
            (K::OpenBrace, _) => !self.has(before, roles::TIGHT),
            (_, K::CloseBrace) => !self.opener_is_tight(at),
            // Two signs in a row would begin a comment of SQL's.
            (K::Minus, K::Minus) => true,
            (K::Minus, _) => !self.has(before, roles::SIGN),
            (_, K::OpenParen) => !left_is_name,
            (_, K::OpenBracket) => {
                self.has(at, roles::SPACED) || !(left_is_name || left.closes() || left == K::Text)
            }
            _ => true,
        }
    }

    fn opener_is_tight(&self, closer: usize) -> bool {
        self.recorded
            .tokens
            .get(closer)
            .is_some_and(|token| self.has(token.partner as usize, roles::TIGHT))
    }

    /// Writes a token, and before it the comments that stand there.
    pub(super) fn token(&mut self, at: usize) {
        self.comments(at, self.indent);
        let spelled = self.spelled(at);
        if self.fresh {
            let start = self.recorded.tokens.get(at).map_or(0, |token| token.start);
            if !self.kind(at).closes() {
                self.keep_blank(start);
            }
        } else if self.gap(at) {
            self.push(" ");
        }
        self.push(spelled);
    }

    /// Writes the tokens `from..to` on the current line, as far as comments let them.
    pub(super) fn flat(&mut self, from: usize, to: usize) {
        for at in from..to {
            self.token(at);
        }
    }

    /// Ends the line before token `at`, with the comments that end it; the next begins at `indent`.
    pub(super) fn newline(&mut self, at: usize, indent: usize) {
        while let Some(comment) = self
            .pending(at)
            .filter(|comment| !comment.own_line && !self.fresh)
        {
            self.trailing(comment);
            self.break_line(indent);
        }
        if !self.fresh {
            self.break_line(indent);
        }
        self.indent = indent;
        self.column = indent;
    }

    /// Writes the comments before token `at`, those on their own lines at `indent`.
    pub(super) fn comments(&mut self, at: usize, indent: usize) {
        while let Some(comment) = self.pending(at) {
            if !comment.own_line && !self.fresh {
                self.trailing(comment);
            } else {
                if !self.fresh {
                    self.break_line(indent);
                }
                self.indent = indent;
                self.column = indent;
                self.keep_blank(comment.span.start);
                let text = self.text.get(comment.span.range()).unwrap_or("").trim_end();
                self.push(text);
                self.comment += 1;
            }
            self.break_line(indent);
        }
    }

    /// Puts an empty line here, unless there is one or nothing stands above.
    pub(super) fn blank_line(&mut self) {
        if self.fresh && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn pending(&self, at: usize) -> Option<Comment> {
        let start = self
            .recorded
            .tokens
            .get(at)
            .map_or(u32::MAX, |token| token.start);
        let is_end = self.kind(at) == K::End;
        self.recorded
            .trivia
            .comments
            .get(self.comment)
            .copied()
            .filter(|comment| is_end || comment.span.start < start)
    }

    fn trailing(&mut self, comment: Comment) {
        let text = self.text.get(comment.span.range()).unwrap_or("").trim_end();
        self.push("  ");
        self.push(text);
        self.comment += 1;
    }

    fn break_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.fresh = true;
        self.indent = indent;
        self.column = indent;
    }

    /// Keeps an empty line of the source before something that begins a line.
    fn keep_blank(&mut self, start: u32) {
        let after_opener =
            self.out.ends_with("{\n") || self.out.ends_with("(\n") || self.out.ends_with("[\n");
        if self.recorded.trivia.blank_before(start) && !after_opener {
            self.blank_line();
        }
    }

    fn push(&mut self, text: &str) {
        if self.fresh {
            self.out.extend(std::iter::repeat_n(' ', self.indent));
            self.column = self.indent;
            self.fresh = false;
        }
        self.out.push_str(text);
        match text.rsplit_once('\n') {
            Some((_, last)) => self.column = last.chars().count(),
            None => self.column += text.chars().count(),
        }
    }

    /// What has been written, with the comments behind the last token.
    pub(super) fn finish(mut self) -> String {
        let end = self.len();
        self.newline(end, 0);
        self.comments(end, 0);
        while self.out.ends_with("\n\n") {
            self.out.pop();
        }
        if self.out == "\n" {
            self.out.clear();
        }
        self.out
    }
}
