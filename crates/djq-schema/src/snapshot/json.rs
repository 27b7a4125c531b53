//! JSON with places: what serde_json does not keep, and a message about a snapshot needs.
//!
//! Nesting is bounded, so that hostile text is an error and not a stack overflow.

use std::borrow::Cow;

use super::Place;

/// Deeper than this no snapshot is.
const MAX_DEPTH: u32 = 64;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) at: Place,
    pub(super) kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Kind<'a> {
    Null,
    Bool(bool),
    /// As it is written; valid by JSON's grammar.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<Entry<'a>>),
}

/// A key, its place, and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) key_at: Place,
    pub(super) value: Node<'a>,
}

impl Kind<'_> {
    /// What it is, for a message.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "text",
            Kind::List(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}

impl<'a> Node<'a> {
    /// The value of a key, where it is an object that has it.
    pub(super) fn entry(&self, key: &str) -> Option<&Node<'a>> {
        match &self.kind {
            Kind::Object(entries) => entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The same value without places.
    pub(super) fn to_value(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => (*value).into(),
            Kind::Number(text) => serde_json::from_str(text).unwrap_or_default(),
            Kind::Text(text) => text.as_ref().into(),
            Kind::List(items) => items.iter().map(Node::to_value).collect(),
            Kind::Object(entries) => entries
                .iter()
                .map(|entry| (entry.key.to_string(), entry.value.to_value()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

/// Why text is not JSON.
#[derive(Debug)]
pub(super) struct JsonError {
    pub(super) at: Place,
    pub(super) message: String,
}

/// Reads one value and nothing behind it.
pub(super) fn parse(text: &str) -> Result<Node<'_>, JsonError> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    if u32::try_from(text.len()).is_err() {
        return Err(reader.error("the file is larger than 4 GB"));
    }
    if text.starts_with('\u{feff}') {
        reader.at = 3;
    }
    let node = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.error("there is more text after the end of the snapshot"));
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    /// Steps over the bytes that are like this.
    fn skip(&mut self, like: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !like(*byte));
        self.at += length.unwrap_or(rest.len());
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`parse` refuses texts beyond u32"
    )]
    fn place(&self, start: usize) -> Place {
        (start as u32, self.at as u32)
    }

    /// An error at the character that is next.
    fn error(&self, message: impl Into<String>) -> JsonError {
        let width = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`parse` refuses texts beyond u32"
        )]
        JsonError {
            at: (self.at as u32, (self.at + width) as u32),
            message: message.into(),
        }
    }

    /// "expected X, found Y" at what is next.
    fn expected(&self, what: &str) -> JsonError {
        match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            None => self.error(format!(
                "the file ends where {what} is expected: it is cut off"
            )),
            Some(found) => self.error(format!("expected {what}, found `{}`", found.escape_debug())),
        }
    }

    fn value(&mut self, depth: u32) -> Result<Node<'a>, JsonError> {
        self.space();
        if depth > MAX_DEPTH {
            return Err(self.error(format!(
                "nested deeper than {MAX_DEPTH} levels, which no snapshot is"
            )));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Kind::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') if self.word("true") => Kind::Bool(true),
            Some(b'f') if self.word("false") => Kind::Bool(false),
            Some(b'n') if self.word("null") => Kind::Null,
            _ => return Err(self.expected("a value")),
        };
        Ok(Node {
            at: self.place(start),
            kind,
        })
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    fn object(&mut self, depth: u32) -> Result<Kind<'a>, JsonError> {
        self.at += 1;
        let mut entries = Vec::with_capacity(8);
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Object(entries));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in double quotes"));
            }
            let key = self.text()?;
            let key_at = self.place(start);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.expected("`:`"));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, key_at, value });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Object(entries));
                }
                _ => return Err(self.expected("`,` or `}`")),
            }
        }
    }

    fn list(&mut self, depth: u32) -> Result<Kind<'a>, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                _ => return Err(self.expected("`,` or `]`")),
            }
        }
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.expected("a digit"));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Kind<'a>, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Kind::Number(self.text.get(start..self.at).unwrap_or("0")))
    }

    /// A string; `at` is on its opening quote.
    fn text(&mut self) -> Result<Cow<'a, str>, JsonError> {
        let open = self.at;
        self.at += 1;
        let mut owned: Option<String> = None;
        let mut run = self.at;
        loop {
            self.skip(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20));
            match self.peek() {
                None => {
                    self.at = open;
                    return Err(self.error("this text never ends: its closing `\"` is missing"));
                }
                Some(b'"') => {
                    let rest = self.text.get(run..self.at).unwrap_or("");
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                Some(b'\\') => {
                    let text = owned.get_or_insert_default();
                    text.push_str(self.text.get(run..self.at).unwrap_or(""));
                    self.at += 1;
                    let character = self.escape()?;
                    if let Some(text) = &mut owned {
                        text.push(character);
                    }
                    run = self.at;
                }
                Some(_) => {
                    return Err(self.error(
                        "a control character inside text; write it as `\\n`, `\\t` or `\\u00XX`",
                    ));
                }
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let high = self.hex()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high)
                        .ok_or_else(|| self.error("half of a surrogate pair"));
                }
                if !self.word("\\u") {
                    return Err(self.error("half of a surrogate pair"));
                }
                let low = self.hex()?;
                let joined = 0x10000 + ((high - 0xd800) << 10) + low.wrapping_sub(0xdc00);
                let pair = (0xdc00..0xe000)
                    .contains(&low)
                    .then(|| char::from_u32(joined))
                    .flatten();
                return pair.ok_or_else(|| self.error("half of a surrogate pair"));
            }
            _ => return Err(self.expected("an escape such as `\\n` or `\\u00e9`")),
        };
        self.at += 1;
        Ok(character)
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let digits = self
            .bytes
            .get(self.at..self.at + 4)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let value = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let value = value.ok_or_else(|| self.expected("four hexadecimal digits"))?;
        self.at += 4;
        Ok(value)
    }
}
