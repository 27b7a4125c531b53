//! Formatting: the same tree, the same comments, and nothing more to do the second time.

use djq_diagnostics::FileId;

/// What parses is formatted, and nothing else; the tree and the comments stay, the result is its own format.
pub fn formatter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let parsed = djq_syntax::parse(FileId(0), text);
    let clean = parsed.diagnostics.is_empty();
    let once = match djq_syntax::format(text) {
        Ok(once) => once,
        Err(problems) => {
            assert!(!clean, "parsed, and not formatted: {problems:?}");
            return;
        }
    };
    if !clean {
        return;
    }
    let again = djq_syntax::parse(FileId(0), &once);
    assert!(
        again.diagnostics.is_empty(),
        "formatted, it does not parse: {:?}\n{once}",
        again.diagnostics
    );
    assert_eq!(
        comments(text, &parsed),
        comments(&once, &again),
        "comments\n{once}"
    );
    let (before, after) = (tree(&parsed), tree(&again));
    assert!(before == after, "another tree in\n{once}");
    let twice = djq_syntax::format(&once);
    assert_eq!(twice.as_ref(), Ok(&once), "formatting it again changes it");
    assert!(
        once.lines().all(|line| line.trim_end() == line) || once.contains(['\'', '"', '`', '#']),
        "space at a line's end in\n{once}"
    );
}

fn comments<'a>(text: &'a str, parsed: &djq_syntax::Parsed) -> Vec<&'a str> {
    let comments = parsed.trivia.comments.iter();
    comments
        .map(|comment| text.get(comment.span.range()).unwrap_or("").trim_end())
        .collect()
}

/// The tree as text without its places, which look like `0:12..34`.
fn tree(parsed: &djq_syntax::Parsed) -> String {
    let text = format!("{:?}", parsed.ast);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("0:") {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        rest = behind[2..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    plain + rest
}
