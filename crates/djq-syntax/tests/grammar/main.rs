//! The reference grammar and the parser are of one mind.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a grammar that cannot be read fails the test"
)]

mod draw;
mod ebnf;
mod recognise;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use djq_diagnostics::FileId;

const GRAMMAR: &str = include_str!("../../../../grammar/djq.ebnf");
const SAMPLE: &str = include_str!("../sample.djq");

#[test]
fn the_parser_accepts_random_sentences() {
    let rules = ebnf::read(GRAMMAR);
    let start = Instant::now();
    let mut drawer = draw::Drawer::new(&rules, 0x9e37_79b9_7f4a_7c15);
    let mut drawn = 0;
    while drawn < 3_000 && start.elapsed() < Duration::from_secs(100) {
        // Small ones first: a failure is then easy to read.
        let budget = (12 + drawn / 100).min(24);
        let text = drawer.sentence("item", budget);
        let parsed = djq_syntax::parse(FileId(0), &text);
        let found: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|d| {
                let place = d.primary.span.start as usize;
                let near: String = text[..place]
                    .chars()
                    .rev()
                    .take(30)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .chain(text[place..].chars().take(40))
                    .collect();
                format!("{} {} in …{near}…", d.code.name, d.message)
            })
            .collect();
        assert!(found.is_empty(), "{found:#?} in\n{text}");
        drawn += 1;
    }
    assert!(drawn > 100, "{drawn} sentences are too few to say anything");
}

#[test]
fn the_formatter_keeps_random_sentences() {
    let rules = ebnf::read(GRAMMAR);
    let start = Instant::now();
    let mut drawer = draw::Drawer::new(&rules, 0xdead_beef_cafe_f00d);
    let mut drawn = 0;
    while drawn < 1_000 && start.elapsed() < Duration::from_secs(100) {
        let text = drawer.sentence("item", (12 + drawn / 50).min(24));
        let once = djq_syntax::format(&text).unwrap_or_else(|d| {
            panic!(
                "{:?} in\n{text}",
                d.first().map(|d| (
                    &d.message,
                    text[d.primary.span.start as usize..]
                        .chars()
                        .take(60)
                        .collect::<String>()
                ))
            )
        });
        let words = |text: &str| {
            djq_syntax::tokens(text)
                .map(|(kind, range)| (kind, text[range].to_owned()))
                .collect::<Vec<_>>()
        };
        let (before, after) = (words(&text), words(&once));
        let differs = before
            .iter()
            .zip(&after)
            .position(|(left, right)| left != right);
        let near = |words: &[(djq_syntax::TokenKind, String)], at: usize| {
            format!(
                "{:?}",
                &words[at.saturating_sub(6)..(at + 4).min(words.len())]
            )
        };
        assert!(
            differs.is_none() && before.len() == after.len(),
            "{:?}",
            differs.map(|at| (near(&before, at), near(&after, at)))
        );
        let twice = djq_syntax::format(&once).unwrap_or_else(|d| {
            panic!(
                "{:?} in\n{once}",
                d.first().map(|d| (
                    &d.message,
                    d.primary.span,
                    once[d.primary.span.start as usize..]
                        .chars()
                        .take(60)
                        .collect::<String>()
                ))
            )
        });
        assert_eq!(once, twice, "not stable");
        drawn += 1;
    }
    assert!(drawn > 50);
}

/// Inside parentheses a line's end means nothing: a call that is broken behind each of its brackets and commas is
/// the same call.
#[test]
fn the_formatter_reads_calls_the_same_on_one_line_and_on_many() {
    let rules = ebnf::read(GRAMMAR);
    let start = Instant::now();
    let mut drawer = draw::Drawer::new(&rules, 0x0bad_cafe);
    let mut drawn = 0;
    let mut distinct = 0;
    while drawn < 2_000 && start.elapsed() < Duration::from_secs(60) {
        let call = drawer.sentence("call", 15 + drawn % 6);
        if call.contains('#') || call.contains("--") {
            continue;
        }
        let broken = call.replacen("( ", "(\n ", 1);
        let formatted = |text: &str| {
            djq_syntax::format(&format!("def a = {text}"))
                .unwrap_or_else(|d| panic!("{:?} in\n{text}", d.first().map(|d| &d.message)))
        };
        let once = formatted(&call);
        assert_eq!(once, formatted(&broken), "of {call}");
        let again = djq_syntax::format(&once).unwrap_or_default();
        assert_eq!(once, again, "not stable: {call}");
        distinct += usize::from(call.contains("( distinct - "));
        drawn += 1;
    }
    assert!(
        drawn > 200 && distinct > 0,
        "{drawn} calls, {distinct} of them with what once was read by its line"
    );
}

#[test]
fn the_grammar_accepts_its_own_sentences() {
    let rules = ebnf::read(GRAMMAR);
    let mut drawer = draw::Drawer::new(&rules, 42);
    for _ in 0..100 {
        let text = drawer.sentence("item", 18);
        recognise::recognise(&rules, "item", &text)
            .unwrap_or_else(|rest| panic!("at {rest} in\n{text}"));
    }
}

#[test]
fn the_grammar_refuses_what_is_no_sentence() {
    let rules = ebnf::read(GRAMMAR);
    for text in [
        "query a { from }",
        "query a { from b where c = d = e }",
        "def x",
        "query a { from b where (c }",
        "query a { from b select c, }",
    ] {
        assert!(
            recognise::recognise(&rules, "file", text).is_err(),
            "{text}"
        );
        assert!(
            !djq_syntax::parse(FileId(0), text).diagnostics.is_empty(),
            "{text}"
        );
    }
}

/// Every file of queries in the repository.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && !name.to_string_lossy().starts_with('.') {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "djq") {
            found.push(path);
        }
    }
}

#[test]
fn the_grammar_accepts_every_file_that_the_parser_does() {
    let rules = ebnf::read(GRAMMAR);
    let mut found = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."),
        &mut found,
    );
    assert!(!found.is_empty());
    let mut refused = Vec::new();
    for path in found {
        let text = std::fs::read_to_string(&path).expect("a file");
        if djq_syntax::parse(FileId(0), &text).diagnostics.is_empty()
            && let Err(rest) = recognise::recognise(&rules, "file", &text)
        {
            refused.push(format!("{}: at {rest}", path.display()));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    recognise::recognise(&rules, "file", SAMPLE)
        .unwrap_or_else(|rest| panic!("the sample: at {rest}"));
}

#[test]
fn every_rule_is_used() {
    let rules = ebnf::read(GRAMMAR);
    let text = format!("{rules:?}");
    for name in rules.keys().filter(|name| *name != "file") {
        assert!(text.contains(&format!("Rule(\"{name}\")")), "{name}");
    }
}
