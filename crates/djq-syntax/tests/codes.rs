//! Each syntax code's example raises that code and no other, and its mended form none; how each
//! looks on a terminal is in the snapshot.

use std::fmt::Write as _;

use djq_diagnostics::codes::{self, Code};
use djq_diagnostics::{Applicability, FileId, SourceMap, apply_fix, render};

/// The codes that this crate raises; a file too large is not kept as an example.
fn syntax_codes() -> impl Iterator<Item = &'static Code> {
    codes::ALL.iter().copied().filter(|code| {
        (code.id.starts_with("E01") || code.id == "E0901") && !code.example.is_empty()
    })
}

#[test]
fn each_example_raises_its_code_alone() {
    for code in syntax_codes() {
        let parsed = djq_syntax::parse(FileId(0), code.example);
        let raised: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|d| (d.code.id, d.message.clone()))
            .collect();
        assert_eq!(raised.len(), 1, "{}: {raised:?}", code.name);
        assert_eq!(
            raised.first().map(|(id, _)| *id),
            Some(code.id),
            "{raised:?}"
        );
    }
}

#[test]
fn each_mended_example_is_clean() {
    for code in syntax_codes() {
        let mended = code.mended.unwrap_or_default();
        let parsed = djq_syntax::parse(FileId(0), mended);
        assert!(
            !mended.is_empty() && parsed.diagnostics.is_empty(),
            "{}: {:?}",
            code.name,
            parsed.diagnostics
        );
    }
}

#[test]
fn an_exact_fix_gives_the_mended_example() {
    for code in syntax_codes() {
        let parsed = djq_syntax::parse(FileId(0), code.example);
        for fix in parsed
            .diagnostics
            .iter()
            .flat_map(|d| &d.fixes)
            .filter(|fix| fix.applicability == Applicability::Exact)
        {
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                squeezed(&apply_fix(code.example, fix)),
                squeezed(code.mended.unwrap_or_default()),
                "{}",
                code.name
            );
        }
    }
}

#[test]
fn on_a_terminal() {
    let mut all = String::new();
    for code in syntax_codes().filter(|code| code.id != "E0901") {
        let mut files = SourceMap::default();
        let file = files.add("queries/titles.djq", code.example);
        let parsed = djq_syntax::parse(file, code.example);
        let _ = writeln!(
            all,
            "──── {} {}\n{}",
            code.id,
            code.name,
            render(&parsed.diagnostics, &files, false)
        );
    }
    insta::assert_snapshot!("syntax_codes", all);
}
