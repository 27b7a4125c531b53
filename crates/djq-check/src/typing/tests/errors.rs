//! The codes of what is wrong: one mistake, one diagnostic.

use super::typed;

fn raises(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (parameters, text, expected) in cases {
        let found = typed(parameters, text).codes();
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn literals_are_checked() {
    raises(&[
        ("", "99999999999999999999", "invalid-literal"),
        ("", "1e999", "invalid-literal"),
        ("", "@2024-02-30", "invalid-literal"),
        ("", "@2024-01-31T12:00:00", "datetime-without-zone"),
        ("", "pub_date > '2024-01-31 12:00'", "datetime-without-zone"),
        ("", "1.5 days + 0.5 months", "invalid-literal"),
        ("", "day = '2024-02-30'", "invalid-literal"),
        ("", "day = 'yesterday'", "invalid-literal"),
        ("", "token = 'abc'", "invalid-literal"),
        ("", "ip = '300.0.0.1'", "invalid-literal"),
        ("", "at > '25:00'", "invalid-literal"),
        ("", "price = 'ten'", "invalid-literal"),
    ]);
}

#[test]
fn comparisons() {
    raises(&[
        ("", "title = words", "type-mismatch"),
        ("", "words = '3'", "type-mismatch"),
        ("", "active = 1", "type-mismatch"),
        ("", "token = words", "type-mismatch"),
        ("", "rating = null", "compare-with-null"),
        ("", "null != rating", "compare-with-null"),
        ("", "rating < null", "compare-with-null"),
        ("", "words in (1, null)", "compare-with-null"),
        ("", "pub_date = day", "date-with-datetime"),
        ("", "pub_date >= @2024-01-31", "date-with-datetime"),
        ("", "pub_date >= '2024-01-31'", "date-with-datetime"),
        ("", "day < now()", "date-with-datetime"),
        ("", "status = 'publshed'", "unknown-choice"),
        ("", "status = 'Draft'", "unknown-choice"),
        ("", "status in ('draft', 'x')", "unknown-choice"),
        ("", "level = 3", "unknown-choice"),
        ("", "level = 'High'", "unknown-choice"),
        ("", "case status when 'x' then 1 end", "unknown-choice"),
        ("s: 'draft' | 'x'", "status = $s", "unknown-choice"),
        ("s: 'title' | 'newest'", "$s = 'titel'", "unknown-choice"),
        ("c: Company", "author = $c", "different-models"),
        ("", "author = company", "different-models"),
        ("", "author = 'x'", "type-mismatch"),
        ("", "random() between 0.2 and 0.4", "volatile-operand"),
        (
            "",
            "case random() when 1.0 then 1 when 2.0 then 2 end",
            "volatile-operand",
        ),
        ("", "data = data", "operand-type"),
        ("", "odd = odd", "operand-type"),
        ("", "active < hidden", "operand-type"),
        ("", "ip < ip", "operand-type"),
        ("", "(title, words) = ('a', 3, 4)", "row-size"),
        (
            "",
            "(title, words) = (3, 'a')",
            "type-mismatch type-mismatch",
        ),
        ("", "Pair.pk = 1", "row-size"),
        ("", "Pair.pk = (1, 2, 3)", "row-size"),
        ("", "(title, words) is null", "operand-type"),
        ("ids: [int]", "words = $ids", "type-mismatch"),
        ("ids: int", "words in $ids", "type-mismatch"),
        ("ids: [text]", "words in $ids", "type-mismatch"),
    ]);
}

#[test]
fn operators() {
    raises(&[
        ("", "title + 1", "operand-type"),
        ("", "title + title", "operand-type"),
        ("", "title * 2", "operand-type"),
        ("", "active + 1", "operand-type"),
        ("", "-title", "operand-type"),
        ("", "day + 1", "operand-type"),
        ("", "day * 2", "operand-type"),
        ("", "at + 1 hour", "operand-type"),
        ("", "lasting / 2", "operand-type"),
        ("", "words + 1 month", "operand-type"),
        ("", "lasting + 1 month", "operand-type"),
        ("", "day + day", "operand-type"),
        ("", "day + 3 hours", "date-with-time-step"),
        ("", "day + lasting", "date-with-time-step"),
        ("", "pub_date - day", "date-with-datetime"),
        ("", "words / 0", "division-by-zero"),
        ("", "words // 0", "division-by-zero"),
        ("", "words % 0.0", "division-by-zero"),
        ("", "mod(words, 0)", "division-by-zero"),
        ("", "title || words", "operand-type"),
        ("", "words contains 3", "operand-type"),
        ("", "day like '2024%'", "operand-type"),
        ("", "title regex '(a'", "invalid-regex"),
        ("", "title iregex '\\bword'", "invalid-regex"),
        ("", "not words", "not-a-condition"),
        ("", "words and active", "not-a-condition"),
        ("", "title or words", "not-a-condition not-a-condition"),
        ("", "words is true", "not-a-condition"),
        ("", "case when rating then 1 end", "not-a-condition"),
        ("", "active && hidden", "operand-type"),
        ("", "1 month", "misplaced-step"),
        ("", "1 month = 1 month", "operand-type"),
    ]);
}

#[test]
fn one_type_for_several_values() {
    raises(&[
        ("", "case when active then 1 else 'a' end", "type-mismatch"),
        (
            "",
            "case when active then day else 'x' end",
            "invalid-literal",
        ),
        ("", "rating ?? 'none'", "type-mismatch"),
        ("", "day ?? pub_date", "type-mismatch"),
        ("", "greatest(words, title)", "type-mismatch"),
        ("", "greatest(data, data)", "argument-type"),
        ("", "nullif(words, 'a')", "type-mismatch"),
    ]);
}

#[test]
fn casts() {
    raises(&[
        ("", "title::int", "unsafe-cast"),
        ("", "views::int", "unsafe-cast"),
        ("", "author::int", "unsafe-cast"),
        ("", "price::int", "unsafe-cast"),
        ("", "ratio::decimal(8, 2)", "unsafe-cast"),
        ("", "views::decimal(8, 2)", "unsafe-cast"),
        ("", "title::uuid", "unsafe-cast"),
        ("", "day::bool", "impossible-cast"),
        ("", "price::bool", "impossible-cast"),
        ("", "raw::text", "impossible-cast"),
        ("", "pub_date::int", "impossible-cast"),
        ("", "try_cast(day as int)", "impossible-cast"),
        ("", "words::varchar", "unknown-type"),
        ("", "words::txt", "unknown-type"),
        ("", "words::text(3)", "unknown-type"),
        ("", "words::decimal(99, 2)", "unknown-type"),
        ("", "'2024-02-30'::date", "invalid-literal"),
    ]);
}

#[test]
fn calls() {
    raises(&[
        ("", "lower(words)", "argument-type"),
        ("", "abs(title)", "argument-type"),
        ("", "year(title)", "argument-type"),
        ("", "year('2024')", "invalid-literal"),
        ("", "abs(1 month)", "misplaced-step"),
        ("", "replace(title, 'a')", "argument-count"),
        ("", "now(1)", "argument-count"),
        ("", "log(words)", "argument-count"),
        ("", "lowr(title)", "unknown-function"),
        ("", "char_length(title)", "unknown-function"),
        ("", "strftime('%Y', pub_date)", "unknown-function"),
        ("", "xyzzy(title)", "unknown-function"),
        ("", "date_trunc('mnth', pub_date)", "unknown-unit"),
        ("", "date_trunc('hour', day)", "unknown-unit"),
        ("", "date_trunc(title, day)", "unknown-unit"),
        ("", "at_zone(pub_date, 'here')", "unknown-unit"),
    ]);
}

#[test]
fn aggregates() {
    raises(&[
        ("", "sum(title)", "argument-type"),
        ("", "every(words)", "argument-type"),
        ("", "min(data)", "argument-type"),
        ("", "string_agg(words, ', ')", "argument-type"),
        ("", "string_agg(title)", "argument-count"),
        ("", "count(title, words)", "argument-count"),
        ("", "sum(words order by title)", "misplaced-order"),
        ("", "lower(distinct title)", "misplaced-order"),
        ("", "sum(words where title)", "not-a-condition"),
        ("", "listagg(distinct title)", "unknown-function"),
    ]);
}

#[test]
fn parameters() {
    raises(&[
        ("p", "$p", "untyped-parameter"),
        ("p", "$p is null", "untyped-parameter"),
        ("p, q", "$p = $q", "untyped-parameter untyped-parameter"),
        ("p", "1", "untyped-parameter"),
        ("p", "title = $p and words = $p", "parameter-conflict"),
        ("p", "words = $p and lower($p) = 'a'", "parameter-conflict"),
        ("p: int", "title = $p", "type-mismatch"),
        ("p: text?", "title = $p", "nullable-comparison"),
        ("p: text?", "title is not distinct from $p", ""),
        ("p: text?", "title contains $p", ""),
        ("p: txt", "title = $p", "unknown-type"),
        ("p: timestamp", "pub_date = $p", "unknown-type"),
    ]);
}

#[test]
fn a_mistake_silences_what_uses_it() {
    raises(&[
        (
            "",
            "(title + 1) * 2 = lower(3)",
            "operand-type argument-type",
        ),
        ("", "lower(title + 1) = 'a'", "operand-type"),
        ("p", "xyzzy(title) = $p", "unknown-function"),
        ("p", "xyzzy($p)", "unknown-function"),
        ("", "not (title + 1 = 2) and active", "operand-type"),
        ("", "case title + 1 when 1 then 2 end", "operand-type"),
        ("", "(title + 1)::text", "operand-type"),
        ("", "sum(title + 1)", "operand-type"),
    ]);
}
