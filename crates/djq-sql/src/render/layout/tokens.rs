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
    /// Anything else: a name, a number, text, an operator's character.
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
    let mut tokens: Vec<Token> = Vec::with_capacity(sql.len() / 2);
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let start = at;
        at += 1;
        let mut kind = Kind::Other;
        match first {
            b' ' => continue,
            b'(' => kind = Kind::Open,
            b')' => kind = Kind::Close,
            b',' => kind = Kind::Comma,
            _ if first == b'\'' || char::from(first) == quote => {
                // A doubled quote ends one text and starts the next.
                at += run(bytes, at, |byte| byte != first) + 1;
            }
            b'A'..=b'Z' => {
                at += run(bytes, at, is_word);
                kind = match bytes.get(start..at) {
                    Some(b"CASE") => Kind::Case,
                    Some(b"END") => Kind::Close,
                    _ => Kind::Keyword,
                };
            }
            _ if is_word(first) => at += run(bytes, at, is_word),
            // The rest of a character of several bytes.
            _ => at += run(bytes, at, |byte| byte & 0xC0 == 0x80),
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

/// How many bytes from `at` on belong together.
fn run(bytes: &[u8], at: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = rest.iter().position(|byte| !belongs(*byte));
    end.unwrap_or(rest.len())
}

fn is_word(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_')
}
