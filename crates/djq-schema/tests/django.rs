//! What `manage.py djq_schema` writes of models that have one of everything is read without a problem, and written
//! back as it was.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use djq_schema::{Schema, Snapshot};

#[track_caller]
fn read_and_written(text: &str) -> Schema {
    let snapshot = Snapshot::parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let written = snapshot.to_json();
    for (ours, theirs) in written.lines().zip(text.lines()) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(written.len(), text.len());
    Schema::from_snapshot(&snapshot).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn models_of_django_4_2_with_one_of_everything() {
    let schema = read_and_written(include_str!("../../djq-django/tests/wide.json"));
    assert!(
        schema
            .models
            .iter()
            .any(|model| &*model.label == "wide.Everything")
    );
}

#[test]
fn what_models_have_since_django_5_2() {
    let schema = read_and_written(include_str!("../../djq-django/tests/newer.json"));
    let member = schema
        .models
        .iter()
        .find(|model| &*model.label == "newer.Member");
    assert_eq!(member.map(|model| model.primary_key.len()), Some(2));
}
