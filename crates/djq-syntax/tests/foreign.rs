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
        2,
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
fn what_looks_foreign_but_is_not() {
    for text in [
        "from Entry where filter = 1 and having = 2 and sort in (1, 2) and take",
        "from Entry let my__total = 3 select my__total",
        "from Entry as a__b select a__b.title",
        "from Entry where a && b",
        "from Entry order by (-rating), -rating desc, -(rating + 1)",
        "from Entry where interval = 3 and objects.filter = 1",
        "from Entry where a - -1 = 2",
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
