//! Regular expressions that all servers read alike.
//!
//! PostgreSQL has an engine of its own, MySQL ICU's, MariaDB PCRE, SQLite the one that the connection
//! registers. What they share: characters, `.`, classes, `\d \w \s`, groups, alternatives, repetition, and
//! the two anchors. `\b` is the example of what they do not: a word boundary for all but PostgreSQL, for
//! which it is a backspace.

use regex_syntax::ast::{self, Ast, Visitor};

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// Whether it is no regular expression at all; else one that reads differently somewhere.
    pub(super) is_broken: bool,
    /// Where and why.
    pub(super) why: String,
    /// What to write instead.
    pub(super) instead: Option<&'static str>,
}

/// Refuses a pattern that is broken or reads differently somewhere, with its letters in either case or in their own.
pub(super) fn check(pattern: &str, ignores_case: bool) -> Result<(), Problem> {
    let parsed = ast::parse::ParserBuilder::new()
        .nest_limit(100)
        .build()
        .parse(pattern);
    match parsed {
        Ok(parsed) => ast::visit(&parsed, Common { ignores_case }),
        Err(error) => Err(Problem {
            is_broken: !is_rare(error.kind()),
            why: error.kind().to_string(),
            instead: is_rare(error.kind()).then_some(
                "only some databases have it; take the condition apart with `and` and `not`",
            ),
        }),
    }
}

/// What some engines have, and this parser does not read.
fn is_rare(kind: &ast::ErrorKind) -> bool {
    matches!(
        kind,
        ast::ErrorKind::UnsupportedLookAround | ast::ErrorKind::UnsupportedBackreference
    )
}

struct Common {
    ignores_case: bool,
}

fn refuse(what: impl Into<String>, instead: Option<&'static str>) -> Result<(), Problem> {
    Err(Problem {
        is_broken: false,
        why: what.into(),
        instead,
    })
}

impl Visitor for Common {
    type Output = ();
    type Err = Problem;

    fn finish(self) -> Result<(), Problem> {
        Ok(())
    }

    fn visit_pre(&mut self, node: &Ast) -> Result<(), Problem> {
        match node {
            Ast::Empty(_)
            | Ast::Dot(_)
            | Ast::ClassPerl(_)
            | Ast::ClassBracketed(_)
            | Ast::Alternation(_)
            | Ast::Concat(_) => Ok(()),
            Ast::Flags(_) => refuse("flags inside a pattern", Some("`iregex` ignores case")),
            Ast::Literal(literal) => self.check_literal(literal),
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                ast::AssertionKind::StartText | ast::AssertionKind::EndText => refuse(
                    "an anchor that not all databases have",
                    Some("write `^` for the start and `$` for the end"),
                ),
                _ => refuse(
                    "a word boundary",
                    Some("write what stands beside the word: `(^|\\W)word(\\W|$)`"),
                ),
            },
            Ast::ClassUnicode(_) => refuse(
                "a Unicode class",
                Some("write the characters, or a class such as `[[:alpha:]]`"),
            ),
            Ast::Repetition(repetition) => match &repetition.op.kind {
                ast::RepetitionKind::Range(range) => {
                    let most = match range {
                        ast::RepetitionRange::Exactly(n) | ast::RepetitionRange::AtLeast(n) => *n,
                        ast::RepetitionRange::Bounded(_, n) => *n,
                    };
                    if most > 255 {
                        return refuse("a repetition of more than 255", None);
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
            Ast::Group(group) => match &group.kind {
                ast::GroupKind::CaptureIndex(_) => Ok(()),
                ast::GroupKind::NonCapturing(flags) if flags.items.is_empty() => Ok(()),
                ast::GroupKind::CaptureName { .. } => {
                    refuse("a named group", Some("write `( … )`"))
                }
                ast::GroupKind::NonCapturing(_) => {
                    refuse("flags inside a pattern", Some("`iregex` ignores case"))
                }
            },
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Problem> {
        match item {
            ast::ClassSetItem::Literal(literal) => self.check_literal(literal),
            ast::ClassSetItem::Range(range) => {
                self.check_literal(&range.start)?;
                self.check_literal(&range.end)
            }
            ast::ClassSetItem::Unicode(_) => refuse("a Unicode class", None),
            ast::ClassSetItem::Bracketed(_) => refuse("a class inside a class", None),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ast::ClassSetBinaryOp) -> Result<(), Problem> {
        refuse("an operation of classes", None)
    }
}

impl Common {
    fn check_literal(&self, literal: &ast::Literal) -> Result<(), Problem> {
        if self.ignores_case && !has_two_cases_at_most(literal.c) {
            return refuse(
                format!(
                    "`{}` has no case that is one letter on all databases",
                    literal.c
                ),
                Some("write its cases out behind `regex`: `[ßẞ]`"),
            );
        }
        match literal.kind {
            ast::LiteralKind::Verbatim | ast::LiteralKind::Meta => Ok(()),
            // `\/` is no escape that PostgreSQL knows by rule, but all engines read it as the character.
            ast::LiteralKind::Superfluous => Ok(()),
            ast::LiteralKind::Special(
                ast::SpecialLiteralKind::Tab
                | ast::SpecialLiteralKind::LineFeed
                | ast::SpecialLiteralKind::CarriageReturn,
            ) => Ok(()),
            _ => refuse(
                "a character by its number",
                Some("write the character itself"),
            ),
        }
    }
}

/// Whether its upper and its lower case are a letter each, and each other's: to ICU, `ß` is `ss` where case is ignored.
fn has_two_cases_at_most(letter: char) -> bool {
    let one = |letters: &mut dyn Iterator<Item = char>| match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(letter),
        _ => None,
    };
    let upper = one(&mut letter.to_uppercase());
    let lower = one(&mut letter.to_lowercase());
    let (Some(upper), Some(lower)) = (upper, lower) else {
        return false;
    };
    (letter == upper || letter == lower)
        && one(&mut upper.to_lowercase()) == Some(lower)
        && one(&mut lower.to_uppercase()) == Some(upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_servers_read_alike_is_let_through() {
        for pattern in [
            "",
            "a",
            "^a.b$",
            "[a-z]+",
            "[^a-z0-9_]{2,3}",
            "(a|b)?",
            "(?:ab)*",
            r"\d\w\s\D",
            r"a\.b\/c",
            "[[:alpha:]]",
            "a+?",
            r"[\d-]",
            r"\t",
            "é+",
        ] {
            assert_eq!(check(pattern, true), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn what_only_some_have_is_refused() {
        for pattern in [
            "(",
            "[a",
            "a{2",
            "*",
            r"\bword\b",
            "(?=a)",
            r"(a)\1",
            "(?i)a",
            "(?i:a)",
            "(?P<n>a)",
            r"\p{L}",
            r"\x41",
            "[a&&b]",
            "[[a]]",
            r"\A",
            r"\z",
            "a{300}",
            r"\u{41}",
            r"[\x41]",
        ] {
            assert!(check(pattern, false).is_err(), "{pattern}");
        }
    }

    #[test]
    fn what_has_no_one_other_case_is_refused_where_case_is_ignored() {
        for pattern in ["ß", "[a-ß]", "İ", "ı", "ς", "ſ"] {
            assert!(check(pattern, true).is_err(), "{pattern}");
            assert_eq!(check(pattern, false), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn deep_nesting_is_no_overflow() {
        assert!(check(&"(".repeat(100_000), false).is_err());
        let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(check(&deep, false).is_err());
    }
}
