//! A fix of a code's example, applied, leaves no trace of the mistake; and an editor finds what names mean.

mod support;

use djq_check::FactKind;
use djq_diagnostics::{Applicability, Diagnostic, apply_fix, codes::ALL};
use support::{blog, codes, run};

#[test]
fn fixes_of_names_and_relations_mend() {
    let mut wrong = Vec::new();
    let mine = |id: &str| id.starts_with("E02") || id.starts_with("E04") || id.starts_with('L');
    for code in ALL.iter().filter(|code| mine(code.id)) {
        let (_, diagnostics, _) = run(code.example, blog());
        for fix in diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes) {
            let mended = apply_fix(code.example, fix);
            let left = run(&mended, blog()).1;
            let again = left.iter().any(|diagnostic| diagnostic.code.id == code.id);
            let errors = left.iter().any(Diagnostic::is_error);
            if again || (errors && fix.applicability == Applicability::Exact) {
                wrong.push(format!("{} {}: {mended}", code.id, fix.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_definition_that_fails_fails_its_users_in_silence() {
    let text = "def Entry.bad = titel\nquery q() { from Entry where bad = 'x' select id }\nquery r() { from Entry select id }";
    assert_eq!(codes(text), ["unknown-field"]);
    let (checked, ..) = run(text, blog());
    assert_eq!(checked.failed, ["q".into()]);
    assert_eq!(checked.queries.len(), 1);
}

#[test]
fn facts_say_what_names_mean() {
    let text = "query q(p: int) { from Entry as e where e.rating > $p let w = e.author select w.name, count(e.tags) as n }";
    let (checked, diagnostics, files) = run(text, blog());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let file = files.iter().next().map(|(id, _)| id).unwrap_or_default();
    let at = |word: &str, nth: usize| {
        let place = text.match_indices(word).nth(nth).map(|(at, _)| at);
        let place = place.unwrap_or_default();
        checked
            .facts
            .at(file, place + 1)
            .map(|fact| fact.kind.clone())
    };
    assert!(matches!(at("Entry", 0), Some(FactKind::Model(_))));
    let Some(FactKind::Field(_, ty)) = at("rating", 0) else {
        panic!("{:?}", at("rating", 0));
    };
    assert_eq!(ty.to_string(), "int?");
    assert!(matches!(at("author", 0), Some(FactKind::Relation(_))));
    assert!(matches!(at("tags", 0), Some(FactKind::Relation(_))));
    assert!(matches!(at("name", 0), Some(FactKind::Field(..))));
}
