//! Draws random sentences from the grammar.

use std::collections::BTreeMap;

use super::ebnf::Part;

/// Names as people and models have them, words among them that are keywords elsewhere.
const NAMES: &[&str] = &[
    "a",
    "title",
    "Entry",
    "pub_date",
    "x1",
    "`order by`",
    "desc",
    "share",
    "filter",
    "sort",
    "all",
    "over",
    "first",
    "take",
    "having",
];
const RESERVED: &[&str] = &[
    "order", "group", "from", "select", "limit", "end", "null", "is", "when",
];
const TEXTS: &[&str] = &[
    "'it''s'",
    "\"it's\"",
    "''",
    "'{a} and {$b}'",
    "\"x {e.title || 'x'} {{}}\"",
];
const MOMENTS: &[&str] = &[
    "@2024-01-31",
    "@12:30",
    "@2024-01-31T12:30:00.5+02:00",
    "@2024-01-31T00:00:00Z",
];
const UNITS: &[&str] = &["days", "hour", "months", "microseconds"];

/// A small generator of random numbers (xorshift), the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).expect("small")
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

pub(crate) struct Drawer<'a> {
    rules: &'a BTreeMap<String, Part>,
    /// How deep each rule goes at least.
    depths: BTreeMap<&'a str, usize>,
    pub(crate) random: Random,
}

impl<'a> Drawer<'a> {
    pub(crate) fn new(rules: &'a BTreeMap<String, Part>, seed: u64) -> Self {
        let mut drawer = Self {
            rules,
            depths: BTreeMap::new(),
            random: Random(seed | 1),
        };
        // To the fixed point.
        loop {
            let depths: BTreeMap<&str, usize> = rules
                .iter()
                .map(|(name, part)| (name.as_str(), drawer.depth(part).saturating_add(1)))
                .collect();
            if depths == drawer.depths {
                return drawer;
            }
            drawer.depths = depths;
        }
    }

    fn depth(&self, part: &Part) -> usize {
        match part {
            // Not drawn: what they are read as depends on what stands around them.
            Part::Rule(name) if name == "RESERVED_OPERAND" => usize::MAX,
            Part::Literal(sign) if sign == "&&" => usize::MAX,
            Part::Rule(name) if self.rules.contains_key(name) => self
                .depths
                .get(name.as_str())
                .copied()
                .unwrap_or(usize::MAX),
            Part::Sequence(parts) => parts.iter().map(|part| self.depth(part)).max().unwrap_or(0),
            Part::Choice(parts) => parts.iter().map(|part| self.depth(part)).min().unwrap_or(0),
            _ => 0,
        }
    }

    /// A sentence of a rule.
    pub(crate) fn sentence(&mut self, rule: &str, budget: usize) -> String {
        let mut words = Vec::new();
        let (name, _) = self.rules.get_key_value(rule).expect("a rule");
        self.rule(name, budget, &mut words);
        let mut text = String::new();
        let mut glue = true;
        for word in words {
            match word {
                "~" => glue = true,
                "\n" => {
                    text.push('\n');
                    glue = true;
                }
                word => {
                    if !glue {
                        text.push(' ');
                    }
                    text.push_str(word);
                    glue = false;
                }
            }
        }
        text
    }

    fn rule(&mut self, name: &'a str, budget: usize, words: &mut Vec<&'a str>) {
        if name == "item" {
            words.push("\n");
        }
        match name {
            "NAME" => words.push(self.random.of(NAMES)),
            "RESERVED" => words.push(self.random.of(RESERVED)),
            "PARAMETER" => words.push("$since"),
            "TEXT" => words.push(self.random.of(TEXTS)),
            "INT" => words.push("1_000"),
            "DECIMAL" => words.push("9.99"),
            "FLOAT" => words.push("1e-3"),
            "MOMENT" => words.push(self.random.of(MOMENTS)),
            "UNIT" => words.push(self.random.of(UNITS)),
            _ => {
                let rules = self.rules;
                self.part(&rules[name], budget.saturating_sub(1), words);
            }
        }
    }

    fn part(&mut self, part: &'a Part, budget: usize, words: &mut Vec<&'a str>) {
        match part {
            Part::Literal(literal) => words.push(literal),
            Part::Rule(name) => self.rule(name, budget, words),
            Part::Sequence(parts) => self.sequence(parts, budget, words),
            Part::Choice(parts) => {
                let possible: Vec<&Part> = parts
                    .iter()
                    .filter(|part| self.depth(part) <= budget)
                    .collect();
                let part = if possible.is_empty() {
                    parts
                        .iter()
                        .min_by_key(|part| self.depth(part))
                        .expect("a choice")
                } else {
                    possible[self.random.below(possible.len())]
                };
                self.part(part, budget, words);
            }
            Part::Optional(part) => {
                if self.depth(part) <= budget && self.random.below(2) == 0 {
                    self.part(part, budget, words);
                }
            }
            Part::Repeated(part) => {
                while self.depth(part) <= budget && self.random.below(3) == 0 {
                    self.part(part, budget, words);
                }
            }
            Part::Glue => words.push("~"),
            Part::Unless(_) => {}
        }
    }

    fn sequence(&mut self, parts: &'a [Part], budget: usize, words: &mut Vec<&'a str>) {
        for (index, part) in parts.iter().enumerate() {
            if let Part::Unless(literal) = part {
                // Draws what follows until it begins with something else.
                for _ in 0..100 {
                    let mut tail = Vec::new();
                    self.sequence(&parts[index + 1..], budget, &mut tail);
                    if tail.first() != Some(&literal.as_str()) {
                        words.extend(tail);
                        return;
                    }
                }
                words.push("a");
                return;
            }
            self.part(part, budget, words);
        }
    }
}
