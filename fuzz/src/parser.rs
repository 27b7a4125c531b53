//! Parsing: it ends, its problems have places, and a text in parts is answered too.

use djq_diagnostics::{Diagnostic, FileId, SourceMap, apply_fix, render, to_github, to_json};

/// No panic, as a file and as a pipeline; every place of every problem is a slice of the text; problems can be shown.
pub fn parser(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut files = SourceMap::default();
    let file = files.add("fuzz.djq", text);
    let parsed = djq_syntax::parse(file, text);
    presentable(&parsed.diagnostics, &files);
    for item in &parsed.ast.items {
        assert!(
            text.get(item.span.range()).is_some(),
            "an item at {:?}",
            item.span
        );
    }
    for comment in &parsed.trivia.comments {
        assert!(
            text.get(comment.span.range()).is_some(),
            "a comment at {:?}",
            comment.span
        );
    }
    assert!(
        parsed == djq_syntax::parse(file, text),
        "parsed otherwise the second time"
    );
    let pipeline = djq_syntax::parse_pipeline(FileId(0), text).into_parsed();
    presentable(&pipeline.diagnostics, &files);
}

/// Each has places in the text, edits that can be applied, and can be shown in each way.
pub(super) fn presentable(diagnostics: &[Diagnostic], files: &SourceMap) {
    for diagnostic in diagnostics {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
        for span in labels
            .map(|label| label.span)
            .chain(edits.map(|edit| edit.span))
        {
            let text = files.get(span.file).map(|file| &*file.text);
            assert!(
                text.is_some_and(|text| text.get(span.range()).is_some()),
                "no place in the text: {diagnostic:?}"
            );
        }
        assert!(!diagnostic.message.is_empty(), "no message: {diagnostic:?}");
        if let Some(source) = files.get(diagnostic.primary.span.file) {
            for fix in &diagnostic.fixes {
                let _ = apply_fix(&source.text, fix);
            }
        }
    }
    let _ = render(diagnostics, files, true);
    let _ = to_json(diagnostics, files);
    let _ = to_github(diagnostics, files);
}
