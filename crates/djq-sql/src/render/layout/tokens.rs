//! The tokens of a statement, as far as its layout depends on them.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in upper case.
    Keyword,
    /// `(`, up to its `)`.
    Open,
    /// `CASE`, up to its `END`.
    Case,
    /// `)` or `END`.
    Close,
    /// `,`
    Comma,
    /// Anything else up to one of those, spaces too: names, numbers, texts, operators. No line is broken in it.
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
    let mut tokens: Vec<Token> = Vec::with_capacity(sql.len() / 4);
    let mut open: Vec<usize> = Vec::with_capacity(8);
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let start = at;
        let (kind, end) = match first {
            b' ' => {
                at += 1;
                continue;
            }
            b'(' => (Kind::Open, at + 1),
            b')' => (Kind::Close, at + 1),
            b',' => (Kind::Comma, at + 1),
            b'A'..=b'Z' => {
                let end = word_end(bytes, at);
                let kind = match bytes.get(start..end) {
                    Some(b"CASE") => Kind::Case,
                    Some(b"END") => Kind::Close,
                    _ => Kind::Keyword,
                };
                (kind, end)
            }
            _ => (Kind::Other, other_end(bytes, at, quote)),
        };
        at = end;
        let number = tokens.len();
        tokens.push(Token {
            start,
            end,
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

/// Where the word ends that begins at a place.
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| WORD[usize::from(*byte)]) {
        at += 1;
    }
    at
}

/// Where what is no other kind of token ends, without the spaces behind it.
fn other_end(bytes: &[u8], mut at: usize, quote: char) -> usize {
    let mut end = at;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' => {
                at += 1;
                continue;
            }
            b'(' | b')' | b',' | b'A'..=b'Z' => break,
            _ if WORD[usize::from(byte)] => at = word_end(bytes, at),
            _ if byte == b'\'' || char::from(byte) == quote => {
                // A doubled quote ends one text and starts the next.
                let inside = bytes.get(at + 1..).unwrap_or_default();
                let length = inside.iter().position(|inner| *inner == byte);
                at += length.map_or(inside.len(), |length| length + 1) + 1;
            }
            _ => at += 1,
        }
        end = at;
    }
    end
}

/// Whether a byte may stand in a name, a keyword or a number.
static WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        word[byte] = letter.is_ascii_alphanumeric() || letter == b'_';
        byte += 1;
    }
    word
};
