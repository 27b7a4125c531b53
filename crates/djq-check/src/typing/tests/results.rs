//! The type of what is right.

use super::typed;

fn gives(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (parameters, text, expected) in cases {
        let typed = typed(parameters, text);
        let found = if typed.problems.is_empty() {
            typed.expr.ty.to_string()
        } else {
            format!("! {}: {}", typed.codes(), typed.problems[0].message)
        };
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn literals() {
    gives(&[
        ("", "42", "int"),
        ("", "1_000", "int"),
        ("", "3000000000", "bigint"),
        ("", "-3000000000", "bigint"),
        ("", "9.99", "decimal(3, 2)"),
        ("", "0.5", "decimal(1, 1)"),
        ("", "1e-3", "float"),
        ("", "'a'", "text"),
        ("", "true", "bool"),
        ("", "@2024-01-31", "date"),
        ("", "@12:30", "time"),
        ("", "@2024-01-31T12:00:00Z", "datetime"),
        ("", "30 days", "duration"),
    ]);
}

#[test]
fn comparisons() {
    gives(&[
        ("", "words = 3", "bool"),
        ("", "rating = 3", "bool?"),
        ("", "views > words", "bool"),
        ("", "price >= 10", "bool"),
        ("", "price < ratio", "bool"),
        ("", "rating is distinct from 3", "bool"),
        ("", "rating is not distinct from null", "bool"),
        ("", "rating is null", "bool"),
        ("", "hidden is true", "bool"),
        ("", "title = subtitle", "bool?"),
        ("", "status = 'draft'", "bool"),
        ("", "status = ''", "bool"),
        ("", "status = title", "bool"),
        ("", "status = state", "bool"),
        ("", "level = 2", "bool"),
        ("", "day = '2024-01-31'", "bool"),
        ("", "'2024-01-31' <= day", "bool"),
        ("", "pub_date < '2024-01-31T12:00:00Z'", "bool"),
        ("", "at > '12:30'", "bool"),
        ("", "token = '12345678-1234-5678-1234-567812345678'", "bool"),
        ("", "ip = '::1'", "bool"),
        ("", "price = '9.99'", "bool"),
        ("", "raw = raw", "bool"),
        ("", "lasting > 3 hours", "bool"),
        ("", "words between 1 and 3", "bool"),
        ("", "rating not between 1 and 3", "bool?"),
        ("", "author = editor", "bool?"),
        ("", "author = 3", "bool"),
        ("", "author = Author.id", "bool"),
        ("", "Author.id < author", "bool"),
        ("a: Author", "author = $a", "bool"),
        ("", "(title, words) = ('a', 3)", "bool"),
        ("", "(day, rating) > ('2024-01-31', 3)", "bool?"),
        ("", "Pair.pk = (1, 'a')", "bool"),
        ("", "(1, 'a') = Pair.pk", "bool"),
    ]);
}

#[test]
fn membership() {
    gives(&[
        ("", "words in (1, 2)", "bool"),
        ("", "rating not in [1, 2]", "bool?"),
        ("", "words in []", "bool"),
        ("", "status in ('draft', 'published')", "bool"),
        ("", "day in ('2024-01-31', until)", "bool?"),
        ("", "(title, words) in (('a', 1), ('b', 2))", "bool"),
        ("ids: [int]", "words in $ids", "bool"),
        ("ids: [int?]", "words in $ids", "bool?"),
        ("ids: [Author]", "author in $ids", "bool"),
        ("ids: [bigint]", "author in $ids", "bool"),
        ("ids", "words in $ids", "bool"),
    ]);
}

#[test]
fn arithmetic() {
    gives(&[
        ("", "words + 1", "bigint"),
        ("", "length(title) + 1", "int"),
        ("", "year(day) * 100 + month(day)", "int"),
        ("", "1 + 1", "int"),
        ("", "words // words", "bigint?"),
        ("", "-1", "int"),
        ("", "words + 3000000000", "bigint"),
        ("", "words * views", "bigint"),
        ("", "rating - words", "bigint?"),
        ("", "words / 2", "float"),
        ("", "words / views", "float?"),
        ("", "words // 2", "int"),
        ("", "words % views", "bigint?"),
        ("", "price + 1", "decimal(9, 2)"),
        ("", "price + score", "decimal(10, 3)?"),
        ("", "price * words", "decimal(18, 2)"),
        ("", "price * 1.5", "decimal(10, 3)"),
        ("", "price / 3", "decimal(16, 10)"),
        ("", "price / words", "decimal(16, 10)?"),
        ("", "price // 0.5", "decimal(8, 0)"),
        ("", "price % 7", "decimal(8, 2)"),
        ("", "price * ratio", "float"),
        ("", "ratio / 2", "float"),
        ("", "-words", "bigint"),
        ("", "-price", "decimal(8, 2)"),
        ("", "-lasting", "duration"),
        ("", "level + 1", "bigint"),
        ("", "author % 10", "bigint"),
        ("", "null + 1", "int?"),
    ]);
}

#[test]
fn time() {
    gives(&[
        ("", "day + 3 days", "date"),
        ("", "3 days + day", "date"),
        ("", "day - 2 weeks", "date"),
        ("", "day + 1 month", "date"),
        ("", "until - 2 years", "date?"),
        ("", "day + words * 1 day", "date"),
        ("", "day + rating * 1 week", "date?"),
        ("", "day + words * 1 month", "date"),
        ("", "pub_date + 3 hours", "datetime"),
        ("", "pub_date - lasting", "datetime"),
        ("", "pub_date + 1 month", "datetime"),
        ("", "now() - 30 days", "datetime"),
        ("", "day - until", "duration?"),
        ("", "now() - pub_date", "duration"),
        ("", "lasting + 3 hours", "duration"),
        ("", "lasting * 2", "duration"),
        ("", "2 * lasting", "duration"),
        ("", "date(pub_date) - day", "duration"),
        ("n", "day + $n * 1 day", "date"),
        ("d", "pub_date - $d", "datetime"),
    ]);
}

#[test]
fn text_and_logic() {
    gives(&[
        ("", "title || subtitle", "text?"),
        ("", "status || '!'", "text"),
        ("", "title like 'a%'", "bool"),
        ("", "subtitle not icontains 'a'", "bool?"),
        ("", "status startswith 'd'", "bool"),
        ("", "title regex '^[a-z]+$'", "bool"),
        ("", "active and hidden", "bool?"),
        ("", "active or not active", "bool"),
        ("", "active xor hidden", "bool?"),
        ("", "null or active", "bool?"),
        ("q", "title contains $q", "bool"),
        ("q", "active and $q", "bool"),
    ]);
}

#[test]
fn choice() {
    gives(&[
        ("", "case when active then 1 else 2 end", "int"),
        ("", "case when active then 1 end", "int?"),
        (
            "",
            "case when active then words else price end",
            "decimal(12, 2)",
        ),
        ("", "case when active then price else ratio end", "float"),
        ("", "case when active then rating else 1 end", "int?"),
        ("", "case status when 'draft' then 1 else 2 end", "int"),
        (
            "",
            "case words when 1 then 'a' when 2 then 'b' end",
            "text?",
        ),
        (
            "",
            "case when active then day else '2024-01-31' end",
            "date",
        ),
        ("", "case when active then null else words end", "int?"),
        ("", "iif(active, title, 'x')", "text"),
        ("", "rating ?? 0", "int"),
        ("", "rating ?? score", "decimal(13, 3)?"),
        ("", "rating ?? score ?? 0", "decimal(13, 3)"),
        ("", "rating ?? null ?? 1", "int"),
        ("", "status ?? 'draft'", "text (choices)"),
        ("", "status ?? 'none'", "text"),
        ("", "until ?? '2024-01-31'", "date"),
        ("", "coalesce(subtitle, title)", "text"),
        ("", "nullif(title, '')", "text?"),
        ("", "greatest(rating, 0)", "int?"),
        ("", "least(words, price)", "decimal(12, 2)"),
        ("p", "rating ?? $p", "int"),
    ]);
}

#[test]
fn casts() {
    gives(&[
        ("", "words::bigint", "bigint"),
        ("", "words::text", "text"),
        ("", "rating::float", "float?"),
        ("", "words::decimal(12, 2)", "decimal(12, 2)"),
        ("", "price::decimal(12, 4)", "decimal(12, 4)"),
        ("", "price::decimal(8, 1)", "decimal(8, 1)"),
        ("", "words::decimal", "decimal(38, 10)"),
        ("", "floor(price)::int", "int"),
        ("", "day::datetime", "datetime"),
        ("", "pub_date::date", "date"),
        ("", "status::text", "text"),
        ("", "author::bigint", "bigint"),
        ("", "'2024-01-31'::date", "date"),
        ("", "null::int", "int?"),
        ("", "try_cast(title as int)", "int?"),
        ("", "try_cast(price as int)", "int?"),
        ("", "try_cast(words as text)", "text"),
        ("p", "$p::date", "date"),
    ]);
}

#[test]
fn functions() {
    gives(&[
        ("", "lower(title)", "text"),
        ("", "LOWER(subtitle)", "text?"),
        ("", "length(status)", "int"),
        ("", "substr(title, 1)", "text"),
        ("", "concat(title, subtitle)", "text"),
        ("", "concat_ws(', ', title, subtitle)", "text"),
        ("", "lpad(title, 3)", "text"),
        ("", "split_part(title, '-', 1)", "text"),
        ("", "split_part(title, '-', words)", "text?"),
        ("", "abs(price)", "decimal(8, 2)"),
        ("", "round(price)", "decimal(7, 0)"),
        ("", "round(price, 1)", "decimal(8, 1)"),
        ("", "round(ratio, 1)", "float"),
        ("", "ceil(words)", "int"),
        ("", "sqrt(words)", "float?"),
        ("", "power(ratio, 2)", "float"),
        ("", "power(ratio, -2)", "float?"),
        ("", "mod(words, 10)", "int"),
        ("", "sign(price)", "int"),
        ("", "pi()", "float"),
        ("", "now()", "datetime"),
        ("", "today()", "date"),
        ("", "date_trunc('month', day)", "date"),
        ("", "date_trunc('hour', pub_date)", "datetime"),
        ("", "year(until)", "int?"),
        ("", "hour(at)", "int"),
        ("", "make_date(2024, 2, words)", "date?"),
        ("", "epoch(pub_date)", "float"),
        ("", "days_between(day, '2024-01-31')", "int"),
        ("", "at_zone(pub_date, '+02:00')", "datetime"),
        ("", "at_zone(pub_date, 'Europe/Paris')", "datetime"),
        ("", "uuid_v4()", "uuid"),
        ("p", "lower($p)", "text"),
        ("p", "year($p)", "int"),
    ]);
}

#[test]
fn aggregates() {
    gives(&[
        ("", "count()", "bigint"),
        ("", "count(where active)", "bigint"),
        ("", "count(rating)", "bigint"),
        ("", "count(distinct title, words)", "bigint"),
        ("", "count(author)", "bigint"),
        ("", "sum(words)", "bigint"),
        ("", "sum(words where active)", "bigint?"),
        ("", "sum(rating)", "bigint?"),
        ("", "sum(price)", "decimal(30, 2)"),
        ("", "sum(lasting)", "duration"),
        ("", "avg(words)", "float"),
        ("", "avg(price)", "decimal(16, 10)"),
        ("", "min(status)", "text (choices)"),
        ("", "max(pub_date)", "datetime"),
        ("", "max(author)", "key of a model"),
        ("", "every(hidden)", "bool"),
        ("", "some(active)", "bool"),
        ("", "string_agg(title, ', ' order by day)", "text"),
        ("", "string_agg(distinct title, ', ')", "text"),
        ("", "bit_or(words)", "int"),
        ("", "stddev_pop(price)", "float"),
        ("", "var_samp(words)", "float?"),
        ("", "any_value(title)", "text"),
    ]);
}

#[test]
fn a_parameter_takes_the_type_of_what_it_meets() {
    for (text, expected) in [
        ("words = $p", "int"),
        ("$p = rating", "int"),
        ("price > $p", "decimal(8, 2)"),
        ("status = $p", "text (choices)"),
        ("author = $p", "key of a model"),
        ("day between $p and today()", "date"),
        ("$p between day and until", "date"),
        ("title in ($p, 'a')", "text"),
        ("$p in (1, 2)", "int"),
        ("words in $p", "[int]"),
        ("title icontains $p", "text"),
        ("words + $p", "int"),
        ("pub_date + $p", "duration"),
        ("case when active then day else $p end", "date"),
        ("length($p)", "text"),
        ("(title, words) = ('a', $p)", "int"),
        ("author in $p", "[key of a model]"),
    ] {
        let typed = typed("p", text);
        assert_eq!(typed.codes(), "", "{text}");
        let ty = typed.parameters.entries[0]
            .ty
            .as_ref()
            .map(ToString::to_string);
        assert_eq!(ty.as_deref(), Some(expected), "{text}");
    }
}
