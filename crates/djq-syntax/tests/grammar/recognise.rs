//! Whether a text is a sentence of the grammar: all ways to read each rule at each place, kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use djq_syntax::TokenKind;

use super::ebnf::Part;

struct Word<'a> {
    kind: TokenKind,
    text: &'a str,
    adjacent: bool,
}

struct Recogniser<'a> {
    rules: &'a BTreeMap<String, Part>,
    words: Vec<Word<'a>>,
    known: HashMap<(&'a str, usize), BTreeSet<usize>>,
    /// The farthest token that any reading came to.
    farthest: usize,
}

/// `Err` says what follows where no reading goes on.
pub(crate) fn recognise(
    rules: &BTreeMap<String, Part>,
    rule: &str,
    text: &str,
) -> Result<(), String> {
    let mut end = usize::MAX;
    let words = djq_syntax::tokens(text)
        .filter(|(kind, _)| *kind != TokenKind::Comment)
        .map(|(kind, range)| {
            let adjacent = range.start == end;
            end = range.end;
            Word {
                kind,
                text: &text[range],
                adjacent,
            }
        })
        .collect::<Vec<_>>();
    let mut recogniser = Recogniser {
        rules,
        words,
        known: HashMap::new(),
        farthest: 0,
    };
    let (name, _) = rules.get_key_value(rule).expect("a rule");
    let ends = recogniser.rule(name, 0);
    if ends.contains(&recogniser.words.len()) {
        return Ok(());
    }
    let rest: Vec<&str> = recogniser
        .words
        .iter()
        .skip(recogniser.farthest)
        .take(8)
        .map(|word| word.text)
        .collect();
    Err(rest.join(" "))
}

impl<'a> Recogniser<'a> {
    fn rule(&mut self, name: &'a str, at: usize) -> BTreeSet<usize> {
        if let Some(ends) = self.known.get(&(name, at)) {
            return ends.clone();
        }
        let rules = self.rules;
        let ends = match rules.get(name) {
            Some(part) => self.part(part, at),
            None => self.class(name, at),
        };
        self.known.insert((name, at), ends.clone());
        ends
    }

    fn class(&mut self, class: &str, at: usize) -> BTreeSet<usize> {
        use TokenKind as K;
        let Some(word) = self.words.get(at) else {
            return BTreeSet::new();
        };
        let fits = match class {
            "NAME" => word.kind.is_name(),
            "RESERVED" | "RESERVED_OPERAND" => word.kind.is_reserved(),
            "PARAMETER" => word.kind == K::Parameter,
            "TEXT" => word.kind == K::Text,
            "INT" => word.kind == K::Int,
            "DECIMAL" => word.kind == K::Decimal,
            "FLOAT" => word.kind == K::Float,
            "MOMENT" => word.kind == K::Moment,
            "UNIT" => matches!(
                word.text.trim_end_matches('s'),
                "year" | "month" | "week" | "day" | "hour" | "minute" | "second" | "microsecond"
            ),
            other => panic!("no rule {other}"),
        };
        self.step(fits, at)
    }

    fn step(&mut self, fits: bool, at: usize) -> BTreeSet<usize> {
        if fits {
            self.farthest = self.farthest.max(at + 1);
            BTreeSet::from([at + 1])
        } else {
            BTreeSet::new()
        }
    }

    fn is(&self, literal: &str, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.text == literal
                || (word.kind != TokenKind::Text && word.text == literal.to_uppercase())
        })
    }

    fn part(&mut self, part: &'a Part, at: usize) -> BTreeSet<usize> {
        match part {
            Part::Literal(literal) => {
                let fits = self.is(literal, at);
                self.step(fits, at)
            }
            Part::Rule(name) => self.rule(name, at),
            Part::Sequence(parts) => {
                let mut ends = BTreeSet::from([at]);
                for part in parts {
                    ends = ends
                        .into_iter()
                        .flat_map(|at| self.part(part, at))
                        .collect();
                }
                ends
            }
            Part::Choice(parts) => parts.iter().flat_map(|part| self.part(part, at)).collect(),
            Part::Optional(part) => {
                let mut ends = self.part(part, at);
                ends.insert(at);
                ends
            }
            Part::Repeated(part) => {
                let mut ends = BTreeSet::from([at]);
                let mut new = vec![at];
                while let Some(at) = new.pop() {
                    for end in self.part(part, at) {
                        if ends.insert(end) {
                            new.push(end);
                        }
                    }
                }
                ends
            }
            Part::Glue => self
                .words
                .get(at)
                .filter(|word| word.adjacent)
                .map(|_| at)
                .into_iter()
                .collect(),
            Part::Unless(literal) => Some(at)
                .filter(|at| !self.is(literal, *at))
                .into_iter()
                .collect(),
        }
    }
}
