//! The tokens of a statement, as far as its layout depends on them.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, a bare name, a number.
    Word,
    /// `(`, up to its `)`.
    Open,
    /// `CASE`, up to its `END`.
    Case,
    /// `)` or `END`.
    Close,
    /// `,`
    Comma,
    /// Anything else: text, a quoted name, an operator's character.
    Other,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// The token that closes what this one opens.
    pub(super) close: usize,
}

impl Token {
    pub(super) fn text<'t>(&self, sql: &'t str) -> &'t str {
        sql.get(self.start..self.end).unwrap_or("")
    }
}

/// The tokens of `sql`, whose names are quoted with `quote`.
pub(super) fn tokenize(sql: &str, quote: char) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut tokens: Vec<Token> = Vec::with_capacity(sql.len() / 4);
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let first = byte(at);
        at += 1;
        let mut kind = Kind::Other;
        match first {
            b' ' => continue,
            b'(' => kind = Kind::Open,
            b')' => kind = Kind::Close,
            b',' => kind = Kind::Comma,
            _ if first == b'\'' || char::from(first) == quote => {
                // A doubled quote ends one text and starts the next.
                while at < bytes.len() && byte(at) != first {
                    at += 1;
                }
                at += 1;
            }
            _ if first.is_ascii_alphanumeric() || first == b'_' => {
                while byte(at).is_ascii_alphanumeric() || byte(at) == b'_' {
                    at += 1;
                }
                kind = match sql.get(start..at) {
                    Some("CASE") => Kind::Case,
                    Some("END") => Kind::Close,
                    _ => Kind::Word,
                };
            }
            _ => {
                while !sql.is_char_boundary(at) {
                    at += 1;
                }
            }
        }
        let number = tokens.len();
        tokens.push(Token {
            start,
            end: at.min(bytes.len()),
            kind,
            close: number,
        });
        match kind {
            Kind::Open | Kind::Case => open.push(number),
            Kind::Close => {
                if let Some(opened) = open.pop().and_then(|place| tokens.get_mut(place)) {
                    opened.close = number;
                }
            }
            _ => {}
        }
    }
    tokens
}
