//! Typing where it needs whole queries: `in` a pipeline, set operations, projects without time zones.

mod support;

/// Each query body with the codes that it raises.
fn raises(cases: &[(&str, &str, &[&str])]) {
    for (parameters, body, expected) in cases {
        let text = format!("query t({parameters}) {{\n  {body}\n}}\n");
        assert_eq!(
            support::codes(&text),
            *expected,
            "{}",
            support::rendered(&text)
        );
    }
}

#[test]
fn in_a_pipeline() {
    raises(&[
        (
            "",
            "from Entry where author in (from Author select id) select id",
            &[],
        ),
        (
            "",
            "from Entry where title in (from Book select title) select id",
            &[],
        ),
        (
            "",
            "from Entry where title in (from Book select id) select id",
            &["type-mismatch"],
        ),
        (
            "",
            "from Entry where author in (from Company select id as x) select id",
            &[],
        ),
        (
            "",
            "from Entry as e where (e.title, e.author_id) in (from Book select title, author_id) select id",
            &[],
        ),
        (
            "",
            "from Entry where (title, id) in (from Book select title) select id",
            &["row-size"],
        ),
        (
            "p",
            "from Entry where $p in (from Book select title) select id",
            &[],
        ),
        ("p", "from Entry where author in $p select id", &[]),
    ]);
}

#[test]
fn set_operations() {
    raises(&[
        (
            "",
            "from Entry select word_count as n union all (from Book select price as n)",
            &[],
        ),
        (
            "",
            "from Entry select title union (from Book select title)",
            &[],
        ),
        (
            "",
            "from Entry select status as s union (from Book select title)",
            &[],
        ),
        (
            "",
            "from Entry select title union (from Book select price)",
            &["type-mismatch"],
        ),
    ]);
}

#[test]
fn a_project_without_time_zones_has_datetimes_without() {
    let snapshot = include_str!("../../../examples/blog/schema.json").replacen(
        "\"use_tz\": true",
        "\"use_tz\": false",
        1,
    );
    let schema = support::load(&snapshot);
    let codes = |literal: &str| -> Vec<&'static str> {
        let text = format!("query t() {{ from Entry where pub_date > {literal} select id }}");
        let (_, diagnostics, _) = support::run(&text, &schema);
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.name)
            .collect()
    };
    assert!(codes("@2024-01-31T12:00:00").is_empty());
    assert!(codes("'2024-01-31 12:00:00'").is_empty());
    assert_eq!(codes("@2024-01-31T12:00:00Z"), ["datetime-without-zone"]);
    assert_eq!(codes("'2024-01-31T12:00:00Z'"), ["datetime-without-zone"]);
}
