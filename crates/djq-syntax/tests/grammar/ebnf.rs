//! Reads the grammar's notation.

use std::collections::BTreeMap;

/// A part of a rule.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// `"from"`.
    Literal(String),
    /// `NAME`, `file`: a token class in capitals or another rule.
    Rule(String),
    Sequence(Vec<Part>),
    Choice(Vec<Part>),
    Optional(Box<Part>),
    Repeated(Box<Part>),
    /// `~`: no space between the neighbours.
    Glue,
    /// `! "x"`: the next token is not this.
    Unless(String),
}

/// The rules by name.
pub(crate) fn read(text: &str) -> BTreeMap<String, Part> {
    let words = words(text);
    let mut reader = Reader {
        words: &words,
        at: 0,
    };
    let mut rules = BTreeMap::new();
    while reader.at < words.len() {
        let name = reader.next();
        reader.expect("=");
        let part = reader.choice();
        reader.expect(";");
        assert!(
            rules.insert(name.clone(), part).is_none(),
            "two rules for {name}"
        );
    }
    rules
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(comment) = rest.strip_prefix("(*") {
            rest = &comment[comment.find("*)").expect("a comment ends") + 2..];
        } else if let Some(literal) = rest.strip_prefix('"') {
            let end = literal.find('"').expect("a literal ends");
            words.push(format!("\"{}", &literal[..end]));
            rest = &literal[end + 1..];
        } else {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len())
                .max(1);
            words.push(rest[..length].to_owned());
            rest = &rest[length..];
        }
        rest = rest.trim_start();
    }
    words
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.words.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.words[self.at - 1].clone()
    }

    fn expect(&mut self, word: &str) {
        assert_eq!(
            self.peek(),
            word,
            "near {:?}",
            &self.words[self.at.saturating_sub(8)..self.at]
        );
        self.at += 1;
    }

    fn choice(&mut self) -> Part {
        let mut parts = vec![self.sequence()];
        while self.peek() == "|" {
            self.at += 1;
            parts.push(self.sequence());
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Part::Choice(parts)
        }
    }

    fn sequence(&mut self) -> Part {
        let mut parts = Vec::new();
        while !matches!(self.peek(), "" | "|" | ";" | ")" | "]" | "}") {
            let word = self.next();
            parts.push(match word.as_str() {
                "(" => self.closed(")"),
                "[" => Part::Optional(Box::new(self.closed("]"))),
                "{" => Part::Repeated(Box::new(self.closed("}"))),
                "~" => Part::Glue,
                "!" => Part::Unless(self.next()[1..].to_owned()),
                literal if literal.starts_with('"') => Part::Literal(literal[1..].to_owned()),
                name => Part::Rule(name.to_owned()),
            });
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Part::Sequence(parts)
        }
    }

    fn closed(&mut self, close: &str) -> Part {
        let part = self.choice();
        self.expect(close);
        part
    }
}
