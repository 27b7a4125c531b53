//! The one style, and what formatting must never change.

#![expect(clippy::panic, reason = "a test says what went wrong")]

use djq_diagnostics::FileId;
use djq_syntax::format;

const SAMPLE: &str = include_str!("sample.djq");

/// The tree without its spans.
fn tree(text: &str) -> String {
    let parsed = djq_syntax::parse(FileId(0), text);
    assert_eq!(parsed.diagnostics, [], "in\n{text}");
    let text = format!("{:?}", parsed.ast);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("span: 0:") {
        plain.push_str(&rest[..at]);
        let behind = &rest[at + 8..];
        rest = &behind[behind
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(behind.len())..];
    }
    plain.push_str(rest);
    // The spans without a field's name.
    let mut bare = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(at) = rest.find("0:") {
        let behind = &rest[at + 2..];
        let end = behind
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(behind.len());
        bare.push_str(&rest[..at]);
        if end == 0 {
            bare.push_str("0:");
        }
        rest = &behind[end..];
    }
    bare + rest
}

fn comments(text: &str) -> Vec<String> {
    let parsed = djq_syntax::parse(FileId(0), text);
    parsed
        .trivia
        .comments
        .iter()
        .map(|c| text[c.span.range()].trim_end().to_owned())
        .collect()
}

/// Formats, checking that nothing is lost and that formatting again changes nothing.
fn formatted(text: &str) -> String {
    let once = format(text).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    assert_eq!(
        comments(text),
        comments(&once),
        "comments of\n{text}\nbecame\n{once}"
    );
    assert_eq!(
        tree(text),
        tree(&once),
        "the tree of\n{text}\nchanged in\n{once}"
    );
    let twice = format(&once).unwrap_or_else(|d| panic!("{d:?}\n{once}"));
    assert_eq!(once, twice, "not stable");
    assert!(
        once.lines().all(|line| line.trim_end() == line),
        "space at a line's end in\n{once}"
    );
    once
}

#[test]
fn the_sample() {
    insta::assert_snapshot!("sample", formatted(SAMPLE));
}

#[test]
fn on_one_line_and_on_many() {
    let flat = SAMPLE.replace(", # a comment", ",").replace("\n  ", " ");
    formatted(&flat);
    let tall = flat
        .replace(", ", ",\n")
        .replace(" and ", "\nand\n")
        .replace("(", "(\n\n")
        .replace(" as ", " as\n");
    formatted(&tall);
}

#[test]
fn a_comment_anywhere_is_kept() {
    let tokens: Vec<_> = djq_syntax::tokens(SAMPLE).collect();
    // Each third token with another kind of comment: every pair of token kinds is still met.
    for (number, (_, range)) in tokens
        .into_iter()
        .enumerate()
        .filter(|(number, _)| number % 3 == 0)
    {
        let before = &SAMPLE[..range.start];
        // A comment would part these.
        if before.ends_with("sql")
            || before.ends_with("sql<float")
            || before.ends_with("sql<float>")
            || before.ends_with("fan")
            || before.ends_with("fan-")
        {
            continue;
        }
        let comment = [" # here\n", "\n  # here\n", "\n\n# here\n\n"][number / 3 % 3];
        let text = format!("{before}{comment}{}", &SAMPLE[range.start..]);
        if djq_syntax::parse(FileId(0), &text).diagnostics.is_empty() {
            formatted(&text);
        }
    }
}

#[test]
fn the_style() {
    let text = "\
use   blog
query a( x:int,y ?:text='a' ) {
from Entry as e where e . rating>3 AND NOT e.title='x' or -e.rating= - 1
select e.title, e.author {name,company{name, city}}, count( e.tags where slug=$y ) as tags, (e.comments where created > $x order by created desc limit 3) { text, author_name } as newest
}
query b { from Entry }
query c {
  from Entry where aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1 and bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2 and ccccccccccccccccccccccc = 3
  select case when aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1 then 'one' when bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2 then 'two' else 'three' end as x
  insert into Tag { aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2, ccccccccccccccccccccccc = 3 }
}
def Entry.x = {a,b}
def Entry.long = where aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1 order by bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccccccccccccccccc
";
    insta::assert_snapshot!("style", formatted(text));
}
