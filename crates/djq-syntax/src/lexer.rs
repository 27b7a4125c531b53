//! Text to tokens: logos finds them; texts, comments and broken characters are read here.

use djq_diagnostics::{Applicability, Diagnostic, Edit, FileId, Span, codes};
use logos::Logos;

use crate::token::{Token, TokenKind};
use crate::trivia::{Comment, CommentKind, Trivia};

/// What the lexer made of a text.
#[derive(Debug, Default)]
pub(crate) struct Lexed {
    /// The tokens, [`TokenKind::End`] last.
    pub(crate) tokens: Vec<Token>,
    pub(crate) trivia: Trivia,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Quotes as word processors make them, opening and closing ones.
pub(crate) const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛'];

/// More problems of one file than anyone reads.
pub(crate) const MOST_DIAGNOSTICS: usize = djq_diagnostics::MOST_ERRORS;

/// The tokens of `text[range]`, at their places in the whole text.
pub(crate) fn lex(file: FileId, text: &str, range: std::ops::Range<usize>) -> Lexed {
    let mut lexed = Lexed {
        tokens: Vec::with_capacity(range.len() / 4 + 1),
        ..Lexed::default()
    };
    let mut lexing = Lexing {
        file,
        text,
        end: range.end,
        before: range.start,
        doc: false,
        fresh: true,
        lexed: &mut lexed,
    };
    lexing.run(range.start);
    lexed
}

struct Lexing<'a> {
    file: FileId,
    text: &'a str,
    end: usize,
    /// The end of the token or comment before.
    before: usize,
    /// A `##` comment has been seen since the last token.
    doc: bool,
    /// A line end has been seen since the last token (comments do not count as tokens).
    fresh: bool,
    lexed: &'a mut Lexed,
}

impl Lexing<'_> {
    fn run(&mut self, start: usize) {
        let mut position = start;
        if self
            .text
            .get(position..)
            .is_some_and(|rest| rest.starts_with('\u{feff}'))
        {
            position += '\u{feff}'.len_utf8();
            self.before = position;
        }
        // A position where logos has to begin anew, past what was read here.
        while let Some(next) = self.run_from(position) {
            position = next;
        }
        self.push(TokenKind::End, self.end, self.end);
    }

    fn run_from(&mut self, position: usize) -> Option<usize> {
        let mut logos = TokenKind::lexer(self.text.get(position..self.end)?);
        while let Some(result) = logos.next() {
            let (start, end) = (position + logos.span().start, position + logos.span().end);
            match result {
                Ok(TokenKind::Text) => return Some(self.quoted(TokenKind::Text, start)),
                Ok(TokenKind::QuotedName) => {
                    return Some(self.quoted(TokenKind::QuotedName, start));
                }
                Ok(TokenKind::Comment) => return Some(self.comment(start, end)),
                // `x<@2024-01-31` compares with a date.
                Ok(TokenKind::LessAt)
                    if self.byte(end).is_some_and(|byte| byte.is_ascii_digit()) =>
                {
                    self.push(TokenKind::Less, start, end - 1);
                    return Some(end - 1);
                }
                Ok(kind) => self.push(kind, start, end),
                Err(()) => return Some(self.stranger(start)),
            }
        }
        None
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text
            .as_bytes()
            .get(at)
            .copied()
            .filter(|_| at < self.end)
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..self.end).unwrap_or("")
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// Whether there are more problems already than anyone reads.
    fn full(&self) -> bool {
        self.lexed.diagnostics.len() >= MOST_DIAGNOSTICS
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.lexed.diagnostics.len() < MOST_DIAGNOSTICS {
            self.lexed.diagnostics.push(diagnostic);
        }
    }

    /// Notes the gap before something that starts at `start`: line ends and blank lines.
    fn gap(&mut self, start: usize) {
        let gap = self
            .text
            .as_bytes()
            .get(self.before..start)
            .unwrap_or_default();
        // Most gaps are none, or one space.
        if matches!(gap, [] | [b' ']) {
            return;
        }
        let lines = gap.iter().filter(|byte| **byte == b'\n').count();
        if lines > 0 {
            self.fresh = true;
        }
        if lines > 1 {
            self.lexed.trivia.after_blank.push(offset(start));
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        let adjacent = start == self.before && start != 0;
        self.gap(start);
        self.lexed.tokens.push(Token {
            kind,
            first_on_line: self.fresh,
            adjacent,
            documented: self.doc,
            start: offset(start),
            end: offset(end),
            partner: Token::ALONE,
        });
        self.before = end;
        self.fresh = false;
        self.doc = false;
    }

    fn comment(&mut self, start: usize, after_sign: usize) -> usize {
        let sign = self.text.get(start..after_sign).unwrap_or("");
        let line_end = || {
            let length = self.rest(start).find('\n');
            let end = length.map_or(self.end, |length| start + length);
            if self.byte(end.wrapping_sub(1)) == Some(b'\r') {
                end - 1
            } else {
                end
            }
        };
        let (kind, end) = match sign {
            "/*" => {
                let close = self
                    .rest(after_sign)
                    .find("*/")
                    .map_or(self.end, |length| after_sign + length + 2);
                (CommentKind::Foreign, close)
            }
            "--" => (CommentKind::Foreign, line_end()),
            _ if self.rest(start).starts_with("##") && !self.rest(start).starts_with("###") => {
                (CommentKind::Doc, line_end())
            }
            _ => (CommentKind::Line, line_end()),
        };
        self.gap(start);
        let own_line = self.fresh;
        let span = self.span(start, end);
        if kind == CommentKind::Foreign && !self.full() {
            let diagnostic = self.foreign_comment(span, sign == "/*");
            self.report(diagnostic);
        }
        self.doc |= kind == CommentKind::Doc && own_line;
        self.lexed.trivia.comments.push(Comment {
            span,
            kind,
            own_line,
        });
        self.before = end;
        end
    }

    fn foreign_comment(&self, span: Span, block: bool) -> Diagnostic {
        let text = self.text.get(span.range()).unwrap_or("");
        let diagnostic = Diagnostic::new(&codes::FOREIGN_COMMENT, span, "comments begin with `#`");
        if !block {
            let dashes = Span::new(span.file, span.start as usize, span.start as usize + 2);
            return diagnostic.label("a comment in SQL's way").fix(
                Applicability::Exact,
                "write `#`",
                dashes,
                "#",
            );
        }
        let inner = text.strip_prefix("/*").unwrap_or(text);
        let inner = inner.strip_suffix("*/").unwrap_or(inner);
        let mut lines: Vec<String> = inner
            .lines()
            .map(|line| line.trim().trim_start_matches('*').trim().to_owned())
            .map(|line| {
                if line.is_empty() {
                    "#".to_owned()
                } else {
                    format!("# {line}")
                }
            })
            .collect();
        while lines.len() > 1 && lines.last().is_some_and(|line| line == "#") {
            lines.pop();
        }
        while lines.len() > 1 && lines.first().is_some_and(|line| line == "#") {
            lines.remove(0);
        }
        if lines.is_empty() {
            lines.push("#".to_owned());
        }
        let mut replacement = lines.join("\n");
        let after = self.rest(span.end as usize);
        if after
            .chars()
            .find(|c| !matches!(c, ' ' | '\t' | '\r'))
            .is_some_and(|c| c != '\n')
        {
            replacement.push('\n');
        }
        diagnostic.label("a comment in C's way").fix(
            Applicability::Exact,
            "write `#` before each line",
            span,
            replacement,
        )
    }

    /// A text or a name in backticks: its quote doubled stands for itself.
    fn quoted(&mut self, kind: TokenKind, start: usize) -> usize {
        let quote = self.byte(start).unwrap_or(b'\'');
        let bytes = self.text.as_bytes().get(..self.end).unwrap_or_default();
        let is_word = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        };
        let mut at = start + 1;
        let mut line_end = None;
        let mut escaped = Vec::new();
        let closed = loop {
            match bytes.get(at) {
                None => break None,
                Some(&byte) if byte == quote => {
                    if bytes.get(at + 1) == Some(&quote) {
                        at += 2;
                        continue;
                    }
                    let backslash = kind == TokenKind::Text
                        && line_end.is_none()
                        && at > start + 1
                        && bytes.get(at - 1) == Some(&b'\\');
                    if backslash && is_word(bytes.get(at + 1)) {
                        escaped.push(at - 1);
                        at += 1;
                        continue;
                    }
                    break Some(at + 1);
                }
                Some(b'\n') => {
                    line_end.get_or_insert(at);
                    if kind == TokenKind::QuotedName || starts_item(bytes, at + 1) {
                        break None;
                    }
                    at += 1;
                }
                Some(_) => at += 1,
            }
        };
        // A text over several lines that ends right before a word has met another text's first quote.
        match closed {
            Some(end) if line_end.is_none() || !is_word(bytes.get(end)) => {
                self.backslashes(start, end, &escaped);
                if kind == TokenKind::QuotedName && end - start == 2 {
                    let diagnostic = Diagnostic::new(
                        &codes::SYNTAX_ERROR,
                        self.span(start, end),
                        "a name in backticks is empty",
                    );
                    self.report(diagnostic.label("no name"));
                }
                self.push(kind, start, end);
                end
            }
            _ => {
                let end = line_end.unwrap_or(self.end);
                let end = start + self.text.get(start..end).unwrap_or("").trim_end().len();
                let sign = char::from(quote);
                let what = if quote == b'`' {
                    "name in backticks"
                } else {
                    "text"
                };
                let diagnostic = Diagnostic::new(
                    &codes::UNCLOSED_TEXT,
                    self.span(start, end),
                    format!("this {what} is never closed"),
                )
                .label(format!("`{sign}` opens it"))
                .help(format!("write `{sign}` where it ends"));
                self.report(diagnostic);
                let end = self.rest_of_text(end, quote);
                self.push(kind, start, end);
                end
            }
        }
    }

    /// Reports quotes that backslashes were to keep inside of a text.
    fn backslashes(&mut self, start: usize, end: usize, escaped: &[usize]) {
        const MOST_EDITS: usize = 64;
        let edits: Vec<Edit> = escaped
            .iter()
            .take(MOST_EDITS)
            .map(|at| Edit {
                span: self.span(*at, *at + 1),
                text: self.text.get(at + 1..at + 2).unwrap_or("'").to_owned(),
            })
            .collect();
        if edits.is_empty() {
            return;
        }
        let diagnostic = Diagnostic::new(
            &codes::MALFORMED_LITERAL,
            self.span(start, end),
            "a quote inside a text is doubled: a backslash is only a backslash",
        )
        .label("backslashes before quotes")
        .fix_all(Applicability::Exact, "double the quotes", edits);
        self.report(diagnostic);
    }

    /// Where the text ends that is never closed and whose first line ends at `end`: the lines below
    /// belong to it while none of them begins as a part of a query does.
    fn rest_of_text(&self, end: usize, quote: u8) -> usize {
        let mut end = end;
        if quote == b'`' {
            return end;
        }
        while let Some(length) = self.rest(end).find('\n') {
            let line = end + length + 1;
            let rest = self.rest(line);
            let rest = rest.split('\n').next().unwrap_or("");
            if rest.trim().is_empty()
                || begins_part(rest.trim_start())
                || rest.as_bytes().contains(&quote)
            {
                break;
            }
            end = line + rest.trim_end().len();
        }
        end
    }

    /// A text in the quotes of a word processor.
    fn curly(&mut self, start: usize, character: char) -> Option<usize> {
        let inside = start + character.len_utf8();
        let rest = self.rest(inside);
        // Only so far as the line: a hostile one must not be read again for each of its quotes.
        let length = rest.find(|c| c == '\n' || CURLY.contains(&c))?;
        let text = rest.get(..length)?;
        let closing = rest.get(length..)?.chars().next()?;
        if closing == '\n' {
            return None;
        }
        let end = inside + length + closing.len_utf8();
        let quote = if matches!(character, '‘' | '’' | '‚' | '‛') && !text.contains('\'') {
            '\''
        } else {
            '"'
        };
        let diagnostic = Diagnostic::new(
            &codes::UNKNOWN_CHARACTER,
            self.span(start, end),
            "texts stand in straight quotes",
        )
        .label("these quotes are not straight")
        .fix(
            Applicability::Exact,
            "write straight quotes",
            self.span(start, end),
            format!("{quote}{}{quote}", text.replace('"', "\"\"")),
        );
        self.report(diagnostic);
        self.push(TokenKind::Text, start, end);
        Some(end)
    }

    /// A character that begins no token.
    fn stranger(&mut self, start: usize) -> usize {
        let Some(character) = self.rest(start).chars().next() else {
            return self.end;
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if CURLY.contains(&character)
            && let Some(end) = self.curly(start, character)
        {
            return end;
        }
        if is_word(character) {
            let end = self
                .rest(start)
                .find(|c| !is_word(c))
                .map_or(self.end, |length| start + length);
            let begin = match self.lexed.tokens.last() {
                Some(last)
                    if last.end as usize == start
                        && self.before == start
                        && (last.kind.is_name() || last.kind.is_reserved()) =>
                {
                    let begin = last.start as usize;
                    let last = self.lexed.tokens.pop();
                    if let Some(last) = last {
                        self.fresh = last.first_on_line;
                        self.doc = last.documented;
                        // The gap before it has been noted already.
                        self.before = begin;
                    }
                    begin
                }
                _ => start,
            };
            let word = self.text.get(begin..end).unwrap_or("").to_owned();
            let diagnostic = Diagnostic::new(
                &codes::UNKNOWN_CHARACTER,
                self.span(begin, end),
                format!("the name `{word}` has letters beyond a to z"),
            )
            .label("stands in backticks")
            .fix(
                Applicability::Exact,
                "put it in backticks",
                self.span(begin, end),
                format!("`{word}`"),
            );
            self.report(diagnostic);
            self.push(TokenKind::Name, begin, end);
            return end;
        }
        // A run of strangers is one mistake.
        let strange = |c: char| {
            c == character
                || (!is_word(c) && !c.is_ascii())
                || (c.is_ascii_control() && !c.is_ascii_whitespace())
        };
        let end = self
            .rest(start)
            .find(|c| !strange(c))
            .map_or(self.end, |length| start + length);
        if self.full() {
            return end;
        }
        let span = self.span(start, end);
        let named = match character {
            '\0' => "a NUL byte".to_owned(),
            c if c.is_control() || c.is_whitespace() => {
                format!("the character U+{:04X}", u32::from(c))
            }
            c => format!("`{c}`"),
        };
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_CHARACTER,
            span,
            format!("{named} means nothing here"),
        )
        .label("not part of the language");
        match character {
            c if c.is_whitespace() => {
                diagnostic = diagnostic.fix(Applicability::Exact, "write a space", span, " ")
            }
            '‘' | '’' => diagnostic = diagnostic.help("texts stand in straight quotes: `'…'`"),
            '“' | '”' => {
                diagnostic = diagnostic.help("texts stand in straight quotes: `\"…\"`")
            }
            '$' => diagnostic = diagnostic.help("a parameter is `$` and a name: `$since`"),
            '^' => diagnostic = diagnostic.help("a power is `power(x, y)`"),
            _ => diagnostic = diagnostic.fix(Applicability::Likely, "remove it", span, ""),
        }
        self.report(diagnostic);
        end
    }
}

fn starts_item(bytes: &[u8], at: usize) -> bool {
    let line = bytes.get(at..).unwrap_or_default();
    [&b"query "[..], b"def ", b"view ", b"use ", b"}"]
        .iter()
        .any(|word| line.starts_with(word))
}

/// Whether a line begins as a clause, another condition, an item or the end of something does.
fn begins_part(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "from",
        "where",
        "join",
        "left",
        "right",
        "full",
        "cross",
        "let",
        "group",
        "select",
        "distinct",
        "order",
        "limit",
        "offset",
        "union",
        "intersect",
        "except",
        "window",
        "for",
        "with",
        "on",
        "when",
        "and",
        "or",
        "returning",
        "insert",
        "update",
        "delete",
        "having",
        "query",
        "def",
        "view",
        "use",
    ];
    if line.starts_with(['#', '}', ')', ']', ',', '@']) {
        return true;
    }
    let end = line
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(line.len());
    let word = line.get(..end).unwrap_or("");
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
