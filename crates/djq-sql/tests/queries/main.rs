//! Queries over the blog example, run on all four databases, whose rows have to be the same.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod compiled;
mod rows;
mod snapshots;

use djq_client::Value;
use djq_sql::dialect::Options;
use rows::{same_rows, same_rows_with};

/// Runs a query without parameters; its SQL for PostgreSQL.
#[track_caller]
fn check(body: &str) -> String {
    let (rows, sql) = same_rows(&format!("query q() {{ {body} }}"), &[]);
    assert!(!rows[0].is_empty(), "no rows:\n{sql}");
    sql
}

#[test]
fn paths_and_conditions() {
    check(
        "from Entry as e where e.rating > 2 and e.author.company.city is not null order by e.id select e.id, e.title, e.author.name, e.author.company.city",
    );
    check("from Entry as e order by e.rating, e.id select e.id, e.rating, e.editor.name as editor");
    check("from Entry where not (rating > 2 or editor is null) order by id select id");
    check("from Entry where rating in (1, 2) order by id select id");
    check("from Entry where rating between 1 and 3 order by id select id, rating");
    check("from Entry where (rating > 2) is not true order by id select id");
    check("from Entry where rating is distinct from 3 order by id select id, rating");
}

#[test]
fn text() {
    check("from Entry where title icontains 'a' order by id select id, title");
    check(
        "from Entry where title contains '%' or title contains '_' or title contains '\\' order by id select id, title",
    );
    check(
        "from Entry select id, length(title) as n, upper(slug) as u, title || '-' || slug as both order by id",
    );
}

#[test]
fn numbers() {
    check(
        "from Entry order by id select id, rating / 2 as half, rating // 2 as floor, rating % 3 as rest, score * 2 as twice, score / 3 as third, -rating as minus, round(score, 1) as rounded",
    );
    check(
        "from Entry select count() as n, count(rating) as rated, sum(rating) as total, avg(rating) as mean, avg(score) as average, min(score) as least, max(pub_date) as latest, sum(score) as scores",
    );
    check("from Book order by id select id, price * 3 as x, price + 1 as y, price / 4 as z");
}

#[test]
fn groups() {
    check(
        "from Entry as e group by e.status select e.status, count() as n, count(where e.rating > 2) as good, avg(e.rating) as mean order by n desc, e.status",
    );
    check(
        "from Entry as e group by e.author select e.author.name, count() as n where n > 3 order by n desc, e.author",
    );
    check(
        "from Author as a join a.entries as e group by a select a.name, count() as n, max(e.pub_date) as latest order by n desc, a.id limit 5",
    );
    check("from Entry group by year(pub_date) as y select y, count() as n order by y");
}

#[test]
fn relations() {
    check(
        "from Author as a select a.id, a.name, count(a.entries) as n, sum(a.books.price) as earned, count(a.entries where rating > 2) as good  order by a.id",
    );
    check("from Author as a where exists a.books order by a.id select a.id");
    check(
        "from Author as a where not exists (a.entries where rating > 3) order by a.id select a.id",
    );
    check("from Entry as e where 'django' in e.tags.slug order by e.id select e.id");
    check("from Author as a where 'draft' not in a.entries.status order by a.id select a.id");
    check(
        "from Author as a order by a.id select a.id, every(a.entries.(rating > 0)) as all_good, some(a.entries.(rating > 4)) as some_good, (a.entries order by pub_date desc, id limit 1).title as newest",
    );
    check(
        "from Entry as e where e.author in (from Author as x where x.company is null) order by e.id select e.id",
    );
}

#[test]
fn nested() {
    check("from Author as a order by a.id select a.name, a.entries { title, rating }");
    check(
        "from Author as a order by a.id limit 4 select a.name, (a.entries where rating > 1 order by pub_date desc, id limit 2) { title } as top, a.company { name, city }",
    );
    check(
        "from Entry as e order by e.id limit 10 select e.title, (e.tags order by slug) { slug, name }, (e.comments order by id) { author_name, text }",
    );
}

#[test]
fn pages_and_distinct() {
    check(
        "from Entry as e order by e.pub_date desc, e.id limit 5 offset 3 select e.id, e.pub_date",
    );
    check("from Entry select status, rating distinct order by rating, status");
    check(
        "from Entry as e order by e.id limit 10 where e.rating > 0 select e.id order by e.id desc",
    );
}

#[test]
fn sets_and_ctes() {
    check(
        "from Author select id, 'author' as what union all (from Entry select id, status) order by id, what limit 20",
    );
    check(
        "with busy as (from Entry as e group by e.author select e.author, count() as n where n > 4) from busy as b join Author as a on b.author = a order by a.id select a.name, b.n",
    );
    check("from Entry select author_id as x except (from Book select author_id) order by x");
}

#[test]
fn joins() {
    check(
        "from Author as a left join a.entries as e on e.rating > 3 order by a.id, e.id select a.id, e.id as entry",
    );
    check(
        "from Author as a full join Company as c on a.company = c order by a.id, c.id select a.id, c.id as company",
    );
    check(
        "from Entry as e join Entry as o on o.author = e.author and o.id > e.id order by e.id, o.id select e.id, o.id as other",
    );
    check(
        "from Author as a join (from Entry as e where e.author = a order by e.rating desc, e.id limit 2) as t on true order by a.id, t.id select a.id, t.id as entry",
    );
}

#[test]
fn time() {
    check(
        "from Entry as e order by e.id select e.id, date(e.pub_date) as day, year(e.pub_date) as y, month(e.pub_date) as m, date_trunc('month', e.pub_date) as t, e.pub_date + 1 month as next, e.pub_date + 36 hours as later, weekday(e.pub_date) as w",
    );
    check(
        "from Author as a order by a.id select a.joined, a.joined + 1 month as next, a.joined + 3 days as soon, @2024-01-01 - a.joined as span, days_between(a.joined, @2024-03-01) as days",
    );
    check("from Entry where pub_date > @2023-01-01T00:00:00Z order by id select id");
    check("from Entry where date(pub_date) >= @2023-06-01 order by id select id");
}

#[test]
fn choices_and_nulls() {
    check(
        "from Entry as e order by e.id select e.id, case when e.rating > 3 then 'high' when e.rating > 0 then 'low' end as level, e.rating ?? 0 as known, nullif(e.rating, 3) as but_three, iif(e.rating > 0, 'yes', 'no') as answer",
    );
    check(
        "from Entry as e where e.status = 'published' and e.editor.company.name ?? 'none' != 'none' order by e.id select e.id",
    );
    check(
        "from Author as a order by a.id select a.id, a.company is null as free, a.company.city ?? '?' as city",
    );
}

#[test]
fn limits_inside() {
    check(
        "from Author as a where a in (from Entry order by id desc limit 5 select author) order by a.id select a.id",
    );
    check(
        "from Author as a where a.id = (from Entry as e order by e.id limit 1 select e.author_id) select a.id",
    );
    check(
        "from Entry as e where e.rating = (from Entry as o where o.author = e.author select max(o.rating) as m) order by e.id select e.id, e.rating",
    );
    check(
        "from Entry as e where (e.author, e.status) in (from Entry as o where o.rating > 3 select o.author, o.status) order by e.id select e.id",
    );
    check(
        "from Entry as e where (e.author_id, e.status) in ((1, 'published'), (2, 'draft')) order by e.id select e.id",
    );
}

#[test]
fn values_of_several_kinds() {
    check(
        "select 1 as one, 'it''s' as text, true as yes, @2024-01-31 as day, @12:30 as noon, @2024-01-31T12:00:00Z as moment, 30 days as span, 9.99 as price, 1e-3 as small",
    );
    check(
        "from Entry as e order by e.id select e.id, greatest(e.rating, 2) as g, least(e.rating, 2) as l, abs(e.rating) as a, sign(e.rating) as s, power(e.rating, 2) as p, sqrt(abs(e.rating)) as r",
    );
    check(
        "from Author as a order by a.id select a.id, lower(a.name) as l, substr(a.name, 2, 3) as s, replace(a.name, ' ', '_') as r, trim(a.name) as t, left(a.name, 3) as f, position('a', a.name) as p, lpad(a.name, 12, '*') as pad",
    );
}

#[test]
fn grouping_in_several_steps() {
    check(
        "from Entry as e group by e.author select e.author, count() as n group by n select n, count() as authors order by n",
    );
    check(
        "from (from Entry as e group by e.author select e.author, count() as n) as x where x.n > 3 select count() as authors, max(x.n) as most",
    );
    check(
        "from Entry as e group by e.author.company as c, e.status as s select c.name as company, s, count() as n order by n desc, s, c",
    );
    check(
        "from Entry select count(distinct author, status) as pairs, count(distinct author) as authors, count(distinct rating) as ratings",
    );
    check(
        "from Author as a let n = count(a.entries) where n > 2 order by n desc, a.id select a.id, n limit 5",
    );
    check(
        "from Entry as e where e.rating is not null group by e.author select e.author, string_agg(e.slug, ', ' order by e.id) as slugs order by e.author",
    );
}

#[test]
fn parameters() {
    let run = |head: &str, body: &str, arguments: &[Value]| {
        let (rows, sql) = same_rows(&format!("query q({head}) {{ {body} }}"), arguments);
        assert!(!rows[0].is_empty(), "no rows:\n{sql}");
    };
    run(
        "least: int",
        "from Entry where rating >= $least order by id select id",
        &[Value::Int(2)],
    );
    run(
        "who: Author",
        "from Entry where author = $who order by id select id",
        &[Value::Int(1)],
    );
    run(
        "ids: [int]",
        "from Entry where id in $ids order by id select id",
        &[Value::Array(vec![Value::Int(1), Value::Int(5)])],
    );
    run(
        "authors: [Author]",
        "from Entry where author in $authors order by id select id",
        &[Value::Array(vec![Value::Int(1), Value::Int(5)])],
    );
    run(
        "words: [text]",
        "from Entry where status in $words order by id select id",
        &[Value::Array(vec![
            Value::Text("draft".into()),
            Value::Text("x\\y\"".into()),
        ])],
    );
    run(
        "days: [date]",
        "from Author where joined in $days or joined > @2015-01-01 order by id select id",
        &[Value::Array(vec![Value::Date(jiff::civil::date(
            2024, 1, 31,
        ))])],
    );
    run(
        "word: text",
        "from Entry where title icontains $word order by id select id",
        &[Value::Text("e".into())],
    );
    run(
        "word: text",
        "from Entry where not title startswith $word order by id select id",
        &[Value::Text("\\_%".into())],
    );
    run(
        "since: date",
        "from Author where joined >= $since order by id select id, days_between($since, joined) as n",
        &[Value::Date(jiff::civil::date(2015, 1, 1))],
    );
    run(
        "since: datetime",
        "from Entry where pub_date >= $since order by id select id",
        &[Value::DateTime(
            jiff::civil::date(2020, 1, 1).at(0, 0, 0, 0),
        )],
    );
    run(
        "price: decimal(8, 2)",
        "from Book where price > $price order by id select id, price - $price as more",
        &[Value::Decimal("9.50".into())],
    );
    run(
        "n: int, after: int",
        "from Entry order by id limit $n offset $after select id",
        &[Value::Int(3), Value::Int(2)],
    );
    run(
        "x: text?, y: int",
        "from Company select $x ?? name as x, $y + 1 as y order by id limit 2",
        &[Value::Null, Value::Int(2)],
    );
    run(
        "yes: bool",
        "from Entry where $yes and rating > 0 order by id select id, $yes as yes",
        &[Value::Bool(true)],
    );
    run(
        "k: int",
        "from Entry group by rating + $k as r select r, count() as n order by r",
        &[Value::Int(2)],
    );
    run(
        "span: duration",
        "from Entry as e order by e.id select e.id, e.pub_date + $span as later",
        &[Value::Duration(3_600_000_000)],
    );
    run(
        "a: int, b: int",
        "select $a / $b as q, $a // $b as f, $a % $b as m",
        &[Value::Int(-7), Value::Int(2)],
    );
}

#[test]
fn text_compared_exactly() {
    let exact = Options {
        exact_collation: true,
        ..Options::default()
    };
    for body in [
        "from Author as a order by a.name, a.id select a.name",
        "from Author as a where a.name < 'b' or a.name in ('bob', 'EMILE') order by a.name desc, a.id select a.name",
        "from Author as a group by a.name select a.name, count() as n order by a.name",
        "from Author as a group by lower(a.name) as l select l, count() as n order by n desc, l",
        "from Author select name distinct order by name",
        "from Author select name union (from Company select name) order by name",
        "from Author select name intersect (from Author where id > 3 select name) order by name",
        "from Author as a where a.name in (from Author as b where b.id < 9 select b.name) order by a.id select a.id",
        "from Author as a select min(a.name) as least, max(a.name) as most, count(distinct a.name) as n",
        "from Entry as e group by e.author.name as n, e.status select n, e.status, count() as k where n != 'Bob' order by n, e.status",
        "from Author as a order by a.id select a.id, (a.entries order by slug desc limit 1).title as last",
    ] {
        let (rows, sql) = same_rows_with(exact, &format!("query q() {{ {body} }}"), &[]);
        assert!(!rows[0].is_empty(), "no rows:\n{sql}");
    }
}

#[test]
fn outer_joins_of_units() {
    check("from Author as a left join a.entries.tags as t order by a.id, t.id select a.id, t.slug");
    check(
        "from Author as a left join a.entries as e left join e.comments as c group by a select a.id, count(distinct e.id) as entries, count(distinct c.id) as comments order by a.id",
    );
    check(
        "from Entry as e right join Author as a on e.author = a and e.rating > 3 order by a.id, e.id select a.id, e.id as entry, e.editor.name as editor",
    );
    check("from Company as c cross join Tag as t order by c.id, t.id select c.name, t.slug");
    check(
        "from Author as a full join Company as c on a.company = c where a.id is null or a.id > 5 group by c.id as company select company, count() as n, count(a.id) as authors order by n desc, authors, company",
    );
    check(
        "from Author as a full join Company as c on a.company = c join Entry as e on e.author = a order by e.id select e.id, a.name, c.city",
    );
}

#[test]
fn three_valued_logic() {
    check(
        "from Entry as e order by e.id select e.id, e.rating in (1, 2) as a, e.rating not in (1, 2) as b, e.rating > 2 as c, not e.rating > 2 as d, e.rating is null as n, e.rating = e.rating as same",
    );
    check(
        "from Entry as e order by e.id select e.id, e.rating in (from Entry as o where o.id < 20 select o.rating) as a, e.editor not in (from Author as x where x.company is null select x.id) as b",
    );
    check(
        "from Entry as e order by e.id select e.id, (e.rating > 2) is true as a, (e.rating > 2) is not false as b, e.rating > 2 xor e.score > 1 as x, e.rating > 2 or e.score > 1 as o, e.rating > 2 and e.score > 1 as n",
    );
    check(
        "from Author as a order by a.id select a.id, exists a.books as books, 'draft' in a.entries.status as drafts, not exists (a.entries where rating > 4) as none",
    );
    check("from Entry as e where (e.rating, e.id) > (2, 50) order by e.id select e.id, e.rating");
    check(
        "from Entry as e where (e.author, e.status) = (1, 'published') order by e.id select e.id",
    );
    check(
        "from Entry as e where (e.author_id, e.editor_id) not in (from Entry as o where o.rating > 4 select o.author_id, o.author_id) order by e.id select e.id",
    );
}

#[test]
fn lookups_with_odd_text() {
    for word in [
        "%", "_", "\\", "'", "\"", "é", "É", "straße", "İ", " ", "a_", "%s", "100%", ".", "*", "?",
        "[", "(", "!", "|",
    ] {
        for lookup in [
            "contains",
            "icontains",
            "startswith",
            "istartswith",
            "endswith",
            "iendswith",
            "iexact",
        ] {
            let value = word.replace('\'', "''");
            let by_literal = same_rows(&format!("query q() {{ from Entry where title {lookup} '{value}' order by id select id, title }}"), &[]).0;
            let by_parameter = same_rows(&format!("query q(w: text) {{ from Entry where title {lookup} $w order by id select id, title }}"), &[Value::Text(word.into())]).0;
            assert_eq!(by_literal, by_parameter, "{lookup} {word}");
        }
    }
    check("from Entry where title like '%a_i%' order by id select id");
    check("from Entry where title ilike '%A_I%' or title like '%\\%%' order by id select id");
    check("from Entry where title regex '^[A-M].*[0-9]$' order by id select id");
    check("from Entry where title iregex '^[a-m]' order by id select id");
}

#[test]
fn subqueries_everywhere() {
    check(
        "from Author as a let best = max(a.entries.rating) where best is not null order by best desc, a.id limit 5 select a.id, best, (from Entry as e where e.author = a and e.rating = best select count() as n) as with_best",
    );
    check(
        "from Entry as e group by e.author as a select a.name, sum(e.word_count) as words, count(where e.rating > 2) * 100 / count() as share, max(e.rating) - min(e.rating) as spread order by words desc, a.id",
    );
    check(
        "from Entry as e where e.word_count > (from Entry select avg(word_count) as m) order by e.id select e.id, e.word_count",
    );
    check(
        "from (from Entry order by id desc limit 20) as e join e.author as a group by a select a.id, count() as n order by n desc, a.id",
    );
    check(
        "from Author as a where (from Entry as e where e.author = a select count() as n) > 2 order by a.id offset 3 select a.id",
    );
    check(
        "from Entry as e let day = date(e.pub_date) group by day select day, count() as n where n > 1 order by day",
    );
    check(
        "from Entry as e select e.status, e.rating distinct order by e.status, e.rating desc limit 7",
    );
    check(
        "from Entry as e order by e.author.name is null, e.score desc, e.id limit 12 select e.id, e.score",
    );
}

#[test]
fn sets_of_several_kinds() {
    check(
        "from Entry select id as x, rating as y union (from Entry select id, null) order by x, y limit 30",
    );
    check(
        "from Entry select rating as r intersect all (from Entry where id > 10 select rating) order by r",
    );
    check(
        "from Entry select rating as r except all (from Entry where id > 10 select rating) order by r",
    );
    check("from (from Author select id union (from Company select id)) as x select count() as n");
}

#[test]
fn each_code_of_dialects_is_shown_by_its_example() {
    let codes = djq_diagnostics::codes::ALL;
    let mut shown = 0;
    for code in codes.iter().filter(|code| code.id.starts_with("E05")) {
        let raised = compiled::refusals(code.example);
        assert!(!raised.is_empty(), "{} is not raised", code.name);
        assert!(raised.iter().all(|name| *name == code.name), "{raised:?}");
        if let Some(mended) = code.mended {
            assert!(compiled::refusals(mended).is_empty(), "{}", code.name);
        }
        shown += 1;
    }
    assert!(shown >= 4);
}
