//! Checking: whatever the text says, over the models of this repository.

use super::{Project, parser::presentable};
use djq_check::Context;
use djq_diagnostics::SourceMap;

/// No panic; each query is either checked or has an error; places are slices of the text; the second time says the same;
/// completion answers everywhere.
pub fn checker(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let schema = Project::of(text).schema();
    let mut files = SourceMap::default();
    let file = files.add("fuzz.djq", text);
    let parsed = djq_syntax::parse(file, text);
    let checked = djq_check::check(&parsed.ast, schema, &Context::default());
    presentable(&checked.diagnostics, &files);
    let errors = checked
        .diagnostics
        .iter()
        .chain(&parsed.diagnostics)
        .any(|diagnostic| diagnostic.is_error());
    assert!(
        errors || checked.failed.is_empty(),
        "{:?} failed without an error",
        checked.failed
    );
    let again = djq_check::check(&parsed.ast, schema, &Context::default());
    assert_eq!(
        checked.diagnostics, again.diagnostics,
        "checked otherwise the second time"
    );
    assert!(
        checked.queries == again.queries,
        "checked to another query the second time"
    );
    // Completion reads all that is before the place, so a few places are enough.
    let step = (text.len() / 4).max(1);
    for offset in (0..=text.len()).step_by(step).chain([text.len()]) {
        if text.is_char_boundary(offset) {
            for completion in djq_ide::complete(schema, text, offset) {
                assert!(
                    text.get(completion.replaces.clone()).is_some(),
                    "{completion:?}"
                );
            }
        }
    }
}

/// Whether all queries of a text are free of errors, and there is one.
#[must_use]
pub fn is_accepted(data: &[u8]) -> bool {
    let text = std::str::from_utf8(data).unwrap_or("");
    let parsed = djq_syntax::parse(djq_diagnostics::FileId(0), text);
    let schema = Project::of(text).schema();
    let checked = djq_check::check(&parsed.ast, schema, &Context::default());
    let mut diagnostics = parsed.diagnostics.iter().chain(&checked.diagnostics);
    !checked.queries.is_empty() && !diagnostics.any(|diagnostic| diagnostic.is_error())
}
