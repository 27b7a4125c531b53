//! What people bring from elsewhere: one diagnostic each, and applying the fixes leaves none.

#![expect(clippy::panic, reason = "a test says what went wrong")]

use djq_diagnostics::{Applicability, FileId, apply_fix};

/// Applies exact fixes until none is left, and gives the result.
fn mend(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..10 {
        let parsed = djq_syntax::parse_pipeline(FileId(0), &text);
        let Some(diagnostic) = parsed.diagnostics.first() else {
            return text;
        };
        let fix = diagnostic.fixes.first();
        let fix = fix.filter(|fix| fix.applicability == Applicability::Exact);
        let fix = fix.unwrap_or_else(|| panic!("no exact fix for {diagnostic:#?} in\n{text}"));
        text = apply_fix(&text, fix);
    }
    panic!("fixes do not end:\n{text}");
}

fn mends(text: &str, number: usize, wanted: &str) {
    let parsed = djq_syntax::parse_pipeline(FileId(0), text);
    let found: Vec<_> = parsed
        .diagnostics
        .iter()
        .map(|d| format!("{} {}", d.code.name, d.message))
        .collect();
    assert_eq!(found.len(), number, "{text}: {found:#?}");
    assert_eq!(mend(text), wanted, "of {text}");
}

#[test]
fn operators() {
    mends(
        "from Entry where rating == 3",
        1,
        "from Entry where rating = 3",
    );
    mends(
        "from Entry where rating <> 3",
        1,
        "from Entry where rating != 3",
    );
    mends(
        "from Entry where !published",
        1,
        "from Entry where not published",
    );
    mends(
        "from Entry where !(a = 1)",
        1,
        "from Entry where not (a = 1)",
    );
    mends(
        "from Entry where a = 1 && b = 2",
        1,
        "from Entry where a = 1 and b = 2",
    );
    mends(
        "from Entry where a = 1 && b.c && d",
        1,
        "from Entry where a = 1 and b.c && d",
    );
    mends(
        "from Entry where 1 < a < 2 < 3",
        1,
        "from Entry where 1 < a and a < 2 and 2 < 3",
    );
}

#[test]
fn comments() {
    mends(
        "from Entry -- all\nselect id",
        1,
        "from Entry # all\nselect id",
    );
    mends(
        "/* one\n * two\n */\nfrom Entry",
        1,
        "# one\n# two\nfrom Entry",
    );
    mends(
        "from Entry /* all */ where a = 1",
        1,
        "from Entry # all\n where a = 1",
    );
}

#[test]
fn clauses() {
    mends(
        "select title from Entry where rating > 3 order by title",
        1,
        "from Entry where rating > 3 select title order by title",
    );
    mends(
        "select title\nfrom Entry\nlimit 3",
        1,
        "from Entry\nselect title\nlimit 3",
    );
    mends(
        "select distinct a, b from Entry",
        2,
        "from Entry select a, b distinct",
    );
    mends(
        "from Entry group by a having count() > 1",
        1,
        "from Entry group by a where count() > 1",
    );
    mends(
        "from Entry filter rating > 3",
        1,
        "from Entry where rating > 3",
    );
    mends("from Entry sort rating", 1, "from Entry order by rating");
    mends(
        "from Entry sort {-rating, title}",
        2,
        "from Entry order by rating desc, title",
    );
    mends(
        "from Entry derive {a = 1, b = 2,}",
        1,
        "from Entry let a = 1, b = 2",
    );
    mends("from Entry derive a = 1", 1, "from Entry let a = 1");
    mends("from Entry take 10", 1, "from Entry limit 10");
    mends(
        "from Entry as e inner join e.tags as t",
        1,
        "from Entry as e join e.tags as t",
    );
    mends(
        "from Entry as e left outer join e.tags as t",
        1,
        "from Entry as e left join e.tags as t",
    );
    mends(
        "from Entry as e left join lateral (from Tag as t where t.id = e.id limit 1) as t on true",
        1,
        "from Entry as e left join (from Tag as t where t.id = e.id limit 1) as t on true",
    );
    mends(
        "from Entry e join e.tags t on t.id = 1 select e.id",
        2,
        "from Entry as e join e.tags as t on t.id = 1 select e.id",
    );
    mends(
        "from Entry select count() n, id",
        1,
        "from Entry select count() as n, id",
    );
    mends(
        "from Entry select id union all select 1 as id",
        1,
        "from Entry select id union all (select 1 as id)",
    );
    mends(
        "from Entry order by -rating, title",
        1,
        "from Entry order by rating desc, title",
    );
    mends(
        "from Entry order by -e.rating nulls first",
        1,
        "from Entry order by e.rating desc nulls first",
    );
    mends("from Entry;", 1, "from Entry");
    mends("from Entry select a,", 1, "from Entry select a");
    mends("from Entry order rating", 1, "from Entry order by rating");
    mends("Entry where a = 1", 1, "from Entry where a = 1");
    mends(
        "SELECT a, COUNT(*) AS n FROM Entry e WHERE a <> 1 GROUP BY a HAVING COUNT(*) > 1 ORDER BY n DESC LIMIT 3;",
        7,
        "FROM Entry as e WHERE a != 1 GROUP BY a where COUNT() > 1 SELECT a, COUNT() AS n ORDER BY n DESC LIMIT 3",
    );
}

#[test]
fn calls() {
    mends(
        "from Entry select count(*) as n",
        1,
        "from Entry select count() as n",
    );
    mends(
        "from Entry select sum(a) filter (where b > 1) as n",
        1,
        "from Entry select sum(a where b > 1) as n",
    );
    mends(
        "from Entry select count(*) filter (where b > 1) as n",
        2,
        "from Entry select count(where b > 1) as n",
    );
    mends(
        "from Entry where extract(year from d) = 2024",
        1,
        "from Entry where year(d) = 2024",
    );
    mends(
        "from Entry where extract(dow from d) = 0",
        1,
        "from Entry where (weekday(d) - 1) = 0",
    );
    mends(
        "from Entry where cast(a as int) = 1",
        1,
        "from Entry where a::int = 1",
    );
    mends(
        "from Entry where cast(a + 1 as text) = '1'",
        1,
        "from Entry where (a + 1)::text = '1'",
    );
    mends(
        "from Entry where d is not none",
        1,
        "from Entry where d is not null",
    );
    mends(
        "from Entry where d is Null or e is TRUE",
        1,
        "from Entry where d is null or e is TRUE",
    );
    mends(
        "from Entry where d > now() - '1 day'::interval",
        1,
        "from Entry where d > now() - 1 day",
    );
    mends(
        "from Entry where d - e > '2 Weeks'::duration and f",
        1,
        "from Entry where d - e > 2 weeks and f",
    );
    mends(
        "from Entry where d > now() - interval '1 day'",
        1,
        "from Entry where d > now() - 1 day",
    );
    mends(
        "from Entry where d > now() - interval 7 day",
        1,
        "from Entry where d > now() - 7 day",
    );
    mends(
        "from Entry where d > now() - 7days",
        1,
        "from Entry where d > now() - 7 days",
    );
}

#[test]
fn django() {
    mends(
        "from Entry as e select e.author__name",
        1,
        "from Entry as e select e.author.name",
    );
    mends(
        "from Entry where author__name__icontains='x'",
        1,
        "from Entry where author.name icontains 'x'",
    );
    mends(
        "from Entry where rating__gte = 3 and author__id__in = (1, 2)",
        2,
        "from Entry where rating >= 3 and author.id in (1, 2)",
    );
    mends("from Entry.objects.filter(a=1)", 1, "from Entry where a=1");
    mends(
        "Entry.objects.filter(a=1, b=2).exclude(c=3) limit 3",
        1,
        "from Entry where a=1 and b=2 where not (c=3) limit 3",
    );
    mends("from Entry.objects.all() as e", 1, "from Entry as e");
    mends(
        "from Author as a where exists Entry.objects.filter(a=1)",
        1,
        "from Author as a where exists (Entry where a=1)",
    );
}

#[test]
fn writing() {
    mends(
        "insert Entry { a = 1 } on conflict (a) do update set b = 2, c = 3 returning id",
        1,
        "insert Entry { a = 1 } on conflict (a) update { b = 2, c = 3 } returning id",
    );
    mends(
        "from Entry where id = 1 update set a = 2",
        1,
        "from Entry where id = 1 update { a = 2 }",
    );
    mends(
        "insert Entry { a = 1 } on conflict (a) do update { b = 2 }",
        1,
        "insert Entry { a = 1 } on conflict (a) update { b = 2 }",
    );
}

#[test]
fn signs_between_conditions() {
    let conditions = [
        ("a > 3 || b < 1", "a > 3 or b < 1"),
        ("a > 3 | b < 1", "a > 3 or b < 1"),
        ("a > 3 || b is null", "a > 3 or b is null"),
        ("a is null || b > 3", "a is null or b > 3"),
        ("a > 3 & b = 1", "a > 3 and b = 1"),
        ("a => 3", "a >= 3"),
        ("a =< 3", "a <= 3"),
        ("a === 3", "a = 3"),
        ("a ! = 3", "a != 3"),
        ("a ~ 'x'", "a regex 'x'"),
        ("a ~* 'x'", "a iregex 'x'"),
        ("a !~ 'x'", "a not regex 'x'"),
        ("~(a = 1)", "not (a = 1)"),
        ("a isnull", "a is null"),
        ("a notnull and b", "a is not null and b"),
        ("a is None", "a is null"),
        ("a is not None", "a is not null"),
        ("a between 1, 5", "a between 1 and 5"),
        ("a between 'a' 'b'", "a between 'a' and 'b'"),
        ("a = 1, b = 2", "a = 1 and b = 2"),
        ("a = 1 and where b = 2", "a = 1 and b = 2"),
        ("a in 1, 2", "a in (1, 2)"),
        ("a > 1,000", "a > 1_000"),
        (".a = 1", "a = 1"),
        ("a = {name}", "a = $name"),
    ];
    for (theirs, ours) in conditions {
        mends(
            &format!("from Entry where {theirs}"),
            1,
            &format!("from Entry where {ours}"),
        );
    }
}

#[test]
fn values() {
    let values = [
        ("a > 3 ? 'x' : 'y'", "iif(a > 3, 'x', 'y')"),
        ("'x' if a > 3 else 'y'", "iif(a > 3, 'x', 'y')"),
        (
            "case a > 3 then 'x' else 'y' end",
            "case when a > 3 then 'x' else 'y' end",
        ),
        ("True", "true"),
        (":name", "$name"),
        ("@name", "$name"),
        ("%(name)s", "$name"),
        ("'it\\'s'", "'it''s'"),
        ("“x”", "\"x\""),
        ("date '2024-01-31'", "@2024-01-31"),
        ("timestamp '2024-01-31 12:00:00'", "@2024-01-31T12:00:00Z"),
        ("datetime.now()", "now()"),
        ("date.today()", "today()"),
        ("F('author__name')", "author.name"),
        ("Count('tags', distinct=True)", "count(distinct tags)"),
        ("Value(3)", "3"),
        ("r'x'", "'x'"),
    ];
    for (theirs, ours) in values {
        mends(
            &format!("from Entry select {theirs} as v"),
            1,
            &format!("from Entry select {ours} as v"),
        );
    }
    mends(
        "from Entry where a > 3 || b < 1 || c = 2",
        2,
        "from Entry where a > 3 or b < 1 or c = 2",
    );
    mends(
        "from Entry where a like %x%",
        1,
        "from Entry where a like '%x%'",
    );
}

#[test]
fn statements() {
    for (theirs, ours) in [
        (
            "update Entry set a = 1, b = 2 where c = 3 returning a",
            "from Entry where c = 3 update { a = 1, b = 2 } returning a",
        ),
        (
            "update Entry e set a = 1",
            "from Entry as e update all { a = 1 }",
        ),
        (
            "delete from Entry where a = 1",
            "from Entry where a = 1 delete restrict",
        ),
        (
            "delete Entry where a = 1",
            "from Entry where a = 1 delete restrict",
        ),
        ("delete from Entry", "from Entry delete all restrict"),
        (
            "insert into Entry (a, b) values (1, 'x') returning a",
            "insert Entry { a = 1, b = 'x' } returning a",
        ),
        (
            "insert into Entry (a) values (1), (2)",
            "insert Entry [{ a = 1 }, { a = 2 }]",
        ),
        (
            "insert into Entry (a, b) select c, d from Tag where c > 1",
            "from Tag where c > 1 insert into Entry { a = c, b = d }",
        ),
        ("insert into Entry set a = 1", "insert Entry { a = 1 }"),
        ("insert Entry (a = 1)", "insert Entry {a = 1}"),
        ("insert Entry { a: 1 }", "insert Entry { a = 1 }"),
        (
            "from Entry where a = 1 update b = 2",
            "from Entry where a = 1 update { b = 2 }",
        ),
        (
            "from Entry where a = 1 set b = 2",
            "from Entry where a = 1 update { b = 2 }",
        ),
        (
            "update Entry\nset a = 1\nwhere b = 2",
            "from Entry\nwhere b = 2\nupdate { a = 1 }",
        ),
    ] {
        let parsed = djq_syntax::parse_pipeline(FileId(0), theirs);
        assert!(!parsed.diagnostics.is_empty(), "{theirs}");
        assert_eq!(mend(theirs), ours, "of {theirs}");
    }
    // Nothing says which value is whose.
    let parsed =
        djq_syntax::parse_pipeline(FileId(0), "insert into Entry values (f(1), 2), (3, 4)");
    assert_eq!(parsed.diagnostics.len(), 1, "{:#?}", parsed.diagnostics);
}

#[test]
fn sources_and_lists() {
    for (theirs, ours) in [
        (
            "from e in Entry where e.a = 1",
            "from Entry as e where e.a = 1",
        ),
        ("from Entry { a, b { c }, }", "from Entry select a, b { c }"),
        ("from Entry select {a, b,}", "from Entry select a, b"),
        ("from Entry select x: a", "from Entry select a as x"),
        ("from Entry select b: { c }", "from Entry select b { c }"),
        ("from Entry select a as 'x'", "from Entry select a as x"),
        (
            "from Entry select a as \"my x\"",
            "from Entry select a as `my x`",
        ),
        ("from Entry select a,\nb\nc", "from Entry select a,\nb,\nc"),
        ("from Entry limit 10, 5", "from Entry limit 5 offset 10"),
        ("from Entry select top 5 a", "from Entry select a limit 5"),
        ("from Entry fetch first 5 rows only", "from Entry limit 5"),
        ("from Entry order_by a", "from Entry order by a"),
        ("from Entry groupby a", "from Entry group by a"),
        ("from Entry annotate(n=a)", "from Entry let n=a"),
        (
            "from Entry | filter a > 3 | take 5",
            "from Entry where a > 3 limit 5",
        ),
        (
            "from Entry group a (aggregate { n = count this, sum b })",
            "from Entry group by a select a, count() as n, sum(b)",
        ),
        (
            "from Entry aggregate { n = count() }",
            "from Entry select count() as n",
        ),
        (
            "with x (from Entry) from x",
            "with x as (from Entry) from x",
        ),
    ] {
        let squeezed = |text: &str| {
            text.split(' ')
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(squeezed(&mend(theirs)), ours, "of {theirs}");
    }
    for text in [
        "from Entry as e, Author as a, Tag where e.a = a.b",
        "from Entry as e join Author as a using (id)",
        "drop table Entry",
        "1 + 1",
        "print('x')",
        "from Entry.objects.in_bulk(3)",
    ] {
        let parsed = djq_syntax::parse_pipeline(FileId(0), text);
        assert_eq!(
            parsed.diagnostics.len(),
            1,
            "{text}: {:#?}",
            parsed.diagnostics
        );
    }
}

#[test]
fn query_sets() {
    for (theirs, ours) in [
        (
            "Entry.objects.filter(a=1).order_by('-b', 'c__d')[:10]",
            "from Entry where a=1 order by b desc, c.d limit 10",
        ),
        ("Entry.objects.get(pk=1)", "from Entry where pk=1"),
        (
            "from Entry.objects.exclude(a=1).count()",
            "from Entry where not (a=1) select count()",
        ),
        (
            "Entry.objects.values('a', 'b__c').distinct()",
            "from Entry select a, b.c distinct",
        ),
        (
            "Entry.objects.values('a').annotate(n=Count('b'))",
            "from Entry group by a select a, count(b) as n",
        ),
        (
            "Entry.objects.annotate(n=Count('b'))[5:10]",
            "from Entry let n = count(b) limit 5 offset 5",
        ),
        (
            "Entry.objects.filter(a=1).update(b=2)",
            "from Entry where a=1 update { b = 2 }",
        ),
        (
            "Entry.objects.create(a=1, b=2)",
            "insert Entry { a = 1, b = 2 }",
        ),
        (
            "Entry.objects.filter(a=1).delete()",
            "from Entry where a=1 delete cascade",
        ),
        (
            "Entry.objects\n  .filter(a=1)\n  .first()",
            "from Entry\n  where a=1\n  limit 1",
        ),
    ] {
        assert_eq!(mend(theirs), ours, "of {theirs}");
    }
}

#[test]
fn lookups() {
    for (theirs, ours) in [
        ("a__isnull=True", "a is null"),
        ("a__b__isnull = false", "a.b is not null"),
        ("a__year = 2024", "year(a) = 2024"),
        ("b__a__year__gte=2024", "year(b.a) >= 2024"),
        ("a__range = (1, 5)", "a between 1 and 5"),
        ("e.a__month = 3", "month(e.a) = 3"),
        ("Q(a=1, b=2) | ~Q(c=3)", "(a=1 and b=2) or not (c=3)"),
    ] {
        assert_eq!(
            mend(&format!("from Entry where {theirs}")),
            format!("from Entry where {ours}"),
            "of {theirs}"
        );
    }
}

#[test]
fn items() {
    let one = |text: &str, wanted: &str| {
        let parsed = djq_syntax::parse(FileId(0), text);
        assert_eq!(
            parsed.diagnostics.len(),
            1,
            "{text}: {:#?}",
            parsed.diagnostics
        );
        let fix = parsed.diagnostics.first().and_then(|d| d.fixes.first());
        assert_eq!(fix.map(|fix| apply_fix(text, fix)).as_deref(), Some(wanted));
    };
    one(
        "query top-authors-2() { from Entry }",
        "query top_authors_2() { from Entry }",
    );
    let own =
        "def F(a: text) = a\ndef Value(a: int) = a\nview v { from Entry where F('x') = Value(3) }";
    assert_eq!(djq_syntax::parse(FileId(0), own).diagnostics, []);
    one(
        "query q(a text) { from Entry }",
        "query q(a: text) { from Entry }",
    );
    one(
        "query q(text a) { from Entry }",
        "query q(a: text) { from Entry }",
    );
    one(
        "query q() { from Entry select count(x order by y where z) as n }",
        "query q() { from Entry select count(x where z order by y) as n }",
    );
    one(
        "query q() { from Entry select case when a then b as n }",
        "query q() { from Entry select case when a then b end as n }",
    );
}

/// A text that is never closed is one mistake, whatever stands in the lines that it runs into.
#[test]
fn an_unclosed_text_is_one_mistake() {
    for text in [
        "from Entry\nwhere title = 'first line\n  second line of it\n  and rating\norder by title",
        "from Entry where title = 'x) and rating > 3\nselect title",
        "from Entry\nselect f('x), title,\n  count(tags where slug = \"y\") as n\nlimit 3",
        "from Entry where (title = 'x and (rating > 3)\nselect title, rating",
        "query q() {\n  from Entry\n  where title = 'it is\n  a letter from the king,\n  to the people\n  limit 3\n}",
        "from Entry where title = \"it's and rating > 3\nselect title",
    ] {
        let parsed = djq_syntax::parse(FileId(0), &format!("view v {{\n{text}\n}}"));
        let found: Vec<_> = parsed.diagnostics.iter().map(|d| &d.message).collect();
        assert!(
            found.len() <= 1 || text.starts_with("query"),
            "{text}: {found:?}"
        );
        let parsed = djq_syntax::parse_pipeline(FileId(0), text);
        let found: Vec<_> = parsed.diagnostics.iter().map(|d| &d.message).collect();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn what_looks_foreign_but_is_not() {
    for text in [
        "from Entry where filter = 1 and having = 2 and sort in (1, 2) and take",
        "from Entry let my__total = 3 select my__total",
        "from Entry as a__b select a__b.title",
        "from Entry where a && b",
        "from Entry order by (-rating), -rating desc, -(rating + 1)",
        "from Entry where interval = 3 and objects.filter = 1",
        "from Entry where a - -1 = 2",
        "from Entry let ok = a || b = c select true || false as x, if as y, top, set, date",
        "from Entry where a between b || c and d and (a = b) || (c = d)",
        "from Entry where a = b || sql<int>'x' and f || sql<text>'x' = 'y'",
        "from Entry select alias, aggregate, annotate order by fetch, summarize",
    ] {
        mends(text, 0, text);
    }
}

#[test]
fn read_as_meant() {
    let tree = |text: &str| {
        let parsed = djq_syntax::parse_pipeline(FileId(0), text);
        let text = format!("{:?}", parsed.query.map(|query| query.body));
        let mut plain = String::new();
        let mut rest = text.as_str();
        // Spans differ.
        while let Some(at) = rest.find("0:") {
            let end = rest[at..]
                .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
                .map_or(rest.len(), |length| at + length);
            plain.push_str(&rest[..at]);
            rest = &rest[end..];
        }
        plain + rest
    };
    for text in [
        "from Entry where rating == 3 && !a",
        "select title from Entry where rating > 3 order by -title",
        "from Entry select count(*) as n, sum(a) filter (where b > 1) as m",
        "from Entry where extract(year from d) = 2024 and cast(a as int) = 1",
        "from Entry where author__name__icontains = 'x'",
        "from Entry where a < b < c",
        "from Entry take 3",
    ] {
        assert_eq!(tree(text), tree(&mend(text)), "{text}");
    }
}
