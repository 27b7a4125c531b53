//! Every fix, applied as it is, gives an expression without that mistake.

use super::typed;
use djq_diagnostics::Fix;

/// The expression after the fix.
fn mended(parameters: &str, text: &str, fix: &Fix) -> String {
    let start = format!("query t({parameters}) {{ select ").len();
    let mut mended = text.to_owned();
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
    for edit in edits {
        let range = edit.span.range();
        mended.replace_range(range.start - start..range.end - start, &edit.text);
    }
    mended
}

#[test]
fn fixes_compile() {
    for (parameters, text, expected) in [
        ("", "rating = null", "rating is null"),
        ("", "rating != null", "rating is not null"),
        ("", "null = rating", " rating is null"),
        (
            "",
            "pub_date >= @2024-01-31",
            "date(pub_date) >= @2024-01-31",
        ),
        (
            "",
            "pub_date >= '2024-01-31'",
            "date(pub_date) >= '2024-01-31'",
        ),
        ("", "day < now()", "day < date(now())"),
        (
            "",
            "day = @2024-01-31T12:00:00Z",
            "day::datetime = @2024-01-31T12:00:00Z",
        ),
        (
            "",
            "pub_date > @2024-01-31T12:00",
            "pub_date > @2024-01-31T12:00Z",
        ),
        (
            "",
            "pub_date > '2024-01-31 12:00'",
            "pub_date > '2024-01-31 12:00Z'",
        ),
        ("", "status = 'publshed'", "status = 'published'"),
        ("", "status = 'Draft'", "status = 'draft'"),
        ("", "level = 'High'", "level = 2"),
        ("s: 'title' | 'newest'", "$s = 'titel'", "$s = 'title'"),
        ("", "title = words", "title = words::text"),
        ("", "title = words + 1", "title = (words + 1)::text"),
        ("", "words = '3'", "words = 3"),
        ("", "author = '3'", "author = 3"),
        ("", "words = title", "words::text = title"),
        ("", "title + subtitle", "title || subtitle"),
        ("", "title || words", "title || words::text"),
        ("", "title || -words", "title || (-words)::text"),
        ("", "day + 1", "day + 1 days"),
        ("", "day + 3 hours", "day::datetime + 3 hours"),
        ("", "active && hidden", "active and hidden"),
        ("", "not rating", "not rating is not null"),
        ("", "words is true", "(words != 0) is true"),
        ("", "words + 1 is true", "((words + 1) != 0) is true"),
        ("", "words and active", "words != 0 and active"),
        ("", "title::int", "try_cast(title as int)"),
        (
            "",
            "(words * 2)::decimal(4, 2)",
            "try_cast((words * 2) as decimal(4, 2))",
        ),
        ("", "words::varchar", "words::text"),
        ("", "words::txt", "words::text"),
        ("", "words::text(3)", "words::text"),
        ("", "lower(words)", "lower(words::text)"),
        ("", "abs(title)", "abs(try_cast(title as float))"),
        ("", "days_between(at, day)", ""),
        ("", "char_length(title)", "length(title)"),
        ("", "lowr(title)", "lower(title)"),
        (
            "",
            "date_trunc('mnth', pub_date)",
            "date_trunc('month', pub_date)",
        ),
        ("", "string_agg(title)", "string_agg(title, ', ')"),
        ("", "count(title, words)", "count(distinct title, words)"),
        ("", "day ?? pub_date", "day ?? date(pub_date)"),
        (
            "",
            "case when active then title else words end",
            "case when active then title else words::text end",
        ),
        ("p: text?", "title = $p", "title is not distinct from $p"),
        ("p: text?", "title != $p", "title is distinct from $p"),
    ] {
        let wrong = typed(parameters, text);
        assert_eq!(wrong.problems.len(), 1, "{text}: {}", wrong.codes());
        let Some(fix) = wrong.problems[0].fixes.first() else {
            assert_eq!(expected, "", "{text}: no fix");
            continue;
        };
        if expected.is_empty() {
            continue;
        }
        let mended = mended(parameters, text, fix);
        assert_eq!(mended, expected, "{text}");
        assert_eq!(typed(parameters, &mended).codes(), "", "{mended}");
    }
}

#[test]
fn both_sides_are_shown() {
    let typed = typed("", "title = words");
    let problem = &typed.problems[0];
    assert_eq!(problem.message, "`text` is compared with `int`");
    let labels: Vec<&str> = problem
        .secondary
        .iter()
        .map(|label| &*label.message)
        .collect();
    assert_eq!(
        labels,
        [
            "`Entry.title` is `text`, a CharField",
            "`Entry.words` is `int`, a PositiveIntegerField"
        ]
    );
}

#[test]
fn a_conflict_shows_both_places() {
    let typed = typed("p", "title = $p and words = $p");
    let problem = &typed.problems[0];
    let labels: Vec<&str> = problem
        .secondary
        .iter()
        .map(|label| &*label.message)
        .collect();
    assert_eq!(
        labels,
        [
            "`Entry.words` is `int`, a PositiveIntegerField",
            "`$p` is `text`",
            "`$p` takes its type from here"
        ]
    );
}
