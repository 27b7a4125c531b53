//! What outsiders write at six in the evening: a Django developer, a database's, a Python programmer, one who comes
//! from PRQL or EdgeQL, and everyone who misspells. Each query is wrong; the snapshot has what they are told, and where
//! a query is marked so, applying the first offer of each message ends in one that compiles.

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::blog;
use support::told::Ends::{self, Clean, Open};

fn told(queries: &[(Ends, &str)]) -> String {
    support::told::told(blog(), queries)
}

#[test]
fn sql() {
    let said = told(&[
        (Clean, "update Entry set title = 'x' where id = 1"),
        (
            Clean,
            "UPDATE Entry SET title = 'x', rating = rating + 1 WHERE id = 1 AND status = 'draft';",
        ),
        (Clean, "update Entry e set title = 'x' where e.id = 1"),
        (Clean, "update Entry set rating = 0"),
        (Clean, "insert into Company (name, city) values ('x', 'y')"),
        (
            Clean,
            "INSERT INTO Company (name, city) VALUES ('x', 'y'), ('z', 'w') RETURNING id;",
        ),
        (Open, "insert into Company values ('x', 'y')"),
        (
            Clean,
            "insert into Company (name, city) select name, email from Author",
        ),
        (Clean, "delete from Entry where id = 1"),
        (Clean, "DELETE FROM Comment WHERE created < '2024-01-01';"),
        (Clean, "delete from Comment"),
        (Clean, "delete Comment where id = 1"),
        (Clean, "from Entry where rating != NULL"),
        (Clean, "from Entry where rating <> NULL"),
        (Clean, "from Entry where title LIKE 5"),
        (Clean, "select count(*) from Entry"),
        (
            Clean,
            "SELECT author, COUNT(*) FROM Entry GROUP BY author HAVING COUNT(*) > 3;",
        ),
        (
            Clean,
            "from Entry GROUP BY author_id SELECT author_id, COUNT(*) AS n ORDER BY n DESC",
        ),
        (
            Clean,
            "SELECT e.title, a.name FROM Entry e JOIN Author a ON e.author_id = a.id WHERE a.name = 'x'",
        ),
        (
            Clean,
            "SELECT e.title, a.name FROM Entry AS e, Author AS a WHERE e.author_id = a.id",
        ),
        (Clean, r#"SELECT title AS "Title" FROM Entry"#),
        (Clean, "from Entry limit 10, 5"),
        (Clean, "from Entry select top 5 title"),
        (Clean, "SELECT TOP 5 title FROM Entry"),
        (Clean, "from Entry fetch first 5 rows only"),
        (
            Clean,
            "from Author as a join a.entries as e join a.books as b group by a select a.name, count(e) as n, sum(b.price) as total",
        ),
        (
            Open,
            "from Author as a join a.entries as e select a.name, sum(a.id)",
        ),
        (
            Clean,
            "query q(n: integer, m: varchar) { from Entry where rating = $n and title = $m select title }",
        ),
        (Clean, "from Book where published > date '2024-01-01'"),
        (
            Clean,
            "from Book where published > now() - interval '30 days'",
        ),
        (Clean, "from Entry where pub_date > CURRENT_TIMESTAMP"),
        (Clean, "from Entry as e join Author as a select e.title"),
        (
            Open,
            "from Entry as e join Author as a using (author_id) select e.title",
        ),
        (
            Clean,
            "from Entry as e join Author as a where e.author = a select e.title",
        ),
        (
            Clean,
            "from Entry as e join Author as a on e.author_id == a.id select e.title",
        ),
        (
            Open,
            "from Entry as e left join Author as a on a.id = e.author_id and select e.title",
        ),
        (
            Clean,
            "select Entry { title, author: { name } } filter .title = 'x'",
        ),
        (Clean, "select Entry { title, author { name } }"),
        (Clean, "from Entry where title = 'x' AND WHERE rating > 3"),
        (
            Clean,
            "from Entry select ifnull(rating, 0) as r, nvl(rating, 0) as s, isnull(rating, 0) as t",
        ),
        (
            Clean,
            "from Entry select concat(title, rating) as r, substring(title, 1, 3) as s, char_length(title) as t",
        ),
        (
            Clean,
            "from Entry select title::varchar as t, rating::string as r, rating::integer as n",
        ),
        (Clean, "from Entry select cast(rating as varchar(10)) as t"),
        (Clean, "from Entry where rating isnull"),
        (
            Open,
            "from Entry as e select e.title, row_number() over (order by e.id) as n where n < 3 window",
        ),
        (
            Clean,
            "from Entry select title, lag(title) over (pub_date) as prev",
        ),
        (
            Clean,
            "from Entry select title, rank() over (partition author order pub_date) as n",
        ),
        (
            Clean,
            "from Entry select title union from Author select name",
        ),
        (
            Open,
            "from Entry select title union (from Author select name, email)",
        ),
        (
            Clean,
            "from Entry select title union (from Author select id)",
        ),
        (Clean, "with x as from Entry select title from x"),
        (Clean, "with x (from Entry select title) from x"),
        (
            Clean,
            "with x as (select author_id, count(*) n from Entry group by author_id) select * from x where n > 3",
        ),
        (Clean, "insert Entry { title = 'x' }"),
        (Clean, "insert Entry { title: 'x', author: 1 }"),
        (Clean, "insert Entry (title = 'x')"),
        (Clean, "insert Company { name = 3 }"),
        (Open, "insert Company { name = null }"),
        (Open, "truncate Entry"),
        (Open, "drop table Entry"),
        (Open, "create table x (id int)"),
        (Clean, "begin; from Entry;"),
        (Open, "show tables"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn django() {
    let said = told(&[
        (Clean, "from Entry where author__name='x'"),
        (Clean, "from Entry.objects.filter(author__name='x').count()"),
        (
            Clean,
            "Entry.objects.filter(author__name='x').order_by('-pub_date')[:10]",
        ),
        (Clean, "Entry.objects.get(pk=1)"),
        (Clean, "Entry.objects.values('title', 'author__name')"),
        (
            Clean,
            "Entry.objects.filter(Q(title='x') | Q(rating__gt=3))",
        ),
        (Clean, "from Entry where Q(title='x') | Q(rating__gt=3)"),
        (Clean, "from Entry where rating > F('word_count')"),
        (Clean, "from Entry.filter(rating > 3)"),
        (Clean, "from Entry select Count('comments')"),
        (Clean, "from Author as a select a.name, a.entries.count()"),
        (
            Clean,
            "from Author as a select a.name, a.entries.count() as n",
        ),
        (Clean, "from Author select name, Count('entries') as n"),
        (Clean, "from Author annotate(n=Count('entries'))"),
        (Clean, "from Entry where title.startswith('x')"),
        (Clean, "from Entry where status = Status.PUBLISHED"),
        (Clean, "from Entry where status = Entry.Status.PUBLISHED"),
        (
            Clean,
            "from Author as a select a.name, count(a.entry_set) as n",
        ),
        (
            Clean,
            "from Entry as e select e.title, count(e.comment_set) as n",
        ),
        (Clean, "from Entry where pub_date__year = 2024"),
        (Clean, "from Entry where rating__isnull = true"),
        (Open, "from Entry where rating.isnull(true)"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn python() {
    let said = told(&[
        (Clean, "from Entry where rating == None"),
        (Clean, "from Entry where rating is None"),
        (Clean, "from Entry where rating is not None"),
        (Clean, "from Entry where rating = None"),
        (
            Clean,
            "from Entry where title ilike '%x%' && rating > 3 || status = 'draft'",
        ),
        (Clean, "from Entry where rating > 3 || rating < 1"),
        (Clean, "from Entry where title = f'{x}'"),
        (
            Clean,
            r#"from Entry select f"{title} by {author.name}" as label"#,
        ),
        (
            Clean,
            "from Entry select rating > 3 ? 'good' : 'bad' as verdict",
        ),
        (
            Clean,
            "from Entry select 'good' if rating > 3 else 'bad' as verdict",
        ),
        (Clean, "from Entry where len(title) > 3"),
        (Clean, "from Entry where title.length() > 3"),
        (Clean, "from Entry where title.lower() = 'x'"),
        (Clean, "from Entry where 'x' in title"),
        (
            Open,
            "query q(title: str = None) { from Entry where title = $title select title }",
        ),
        (Clean, "from Entry where title = :title"),
        (Clean, "from Entry where title = %s"),
        (Clean, "from Entry where title = ?"),
        (Clean, "from Entry where title = @title"),
        (Clean, "from Entry where title = {title}"),
        (Clean, "from Entry where pub_date > datetime.now()"),
        (Clean, "from Entry where 'x' in tags"),
        (Clean, "from Entry where title ?? 'x'"),
        (Clean, "from Entry where rating => 3"),
        (Clean, "from Entry where rating =< 3"),
        (Clean, "from Entry where rating >== 3"),
        (Clean, "from Entry where rating ! = 3"),
        (Clean, "from Entry where rating === 3"),
        (Clean, "from Entry select str(rating) as t, int(title) as n"),
        (Clean, r#"from Entry where title = 'it\'s'"#),
        (Clean, "from Entry where title = ”x”"),
        (Open, "print('hello')"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn prql() {
    let said = told(&[
        (Clean, "from Entry filter(rating > 3)"),
        (Clean, "from Entry where rating > 3 | rating < 1"),
        (
            Clean,
            "from Author as a select a.name, a.entries { title pub_date }",
        ),
        (
            Clean,
            "from Author as a select a.name, a.entries { title, pub_date",
        ),
        (
            Clean,
            "from Entry as e select e.title, count(e.comment) as n",
        ),
        (Clean, "from Author as a select a.name, a.entries.title"),
        (Clean, "from Author as a where a.entries.title = 'x'"),
        (Clean, "from Entry as e order by e.title descending"),
        (Clean, "from Entry aggregate { n = count this }"),
        (
            Clean,
            r#"from Entry
filter rating > 3
derive { long = word_count > 100 }
group author ( aggregate { n = count this } )
sort { -n }
take 5"#,
        ),
        (Clean, "from Entry | filter rating > 3 | take 5"),
        (Clean, "from e in Entry where e.rating > 3 select e"),
        (Clean, "from Entry { title, author { name } }"),
        (Clean, "from Entry select { title, rating }"),
        (Clean, "from Entry select title: rating"),
        (Clean, "from Entry select Title = title"),
        (Clean, "from Entry where .title = 'x'"),
        (Clean, "from Entry as e, Author as a select e.title"),
        (Clean, "from Entry e where e.title = 'x'"),
        (Clean, "from Entry select entry.title"),
        (Open, "from Entry as e select Entry.title"),
        (Open, "from Entry as e select e.title, rank() as n"),
        (Clean, "from Entry where id = 1 update { titel = 'x' }"),
        (Clean, "from Entry where id = 1 update { title: 'x' }"),
        (Clean, "from Entry update { title = 'x' }"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn names() {
    let said = told(&[
        (Open, "from Entry where a < b < c"),
        (Clean, "from Entry where 1 < rating < 5 < 7 select title"),
        (
            Open,
            r#"from Entry
where title = 'unclosed
  and rating > 3
order by title
limit 3"#,
        ),
        (
            Open,
            r#"from Entry where title = "it's and rating > 3
select title"#,
        ),
        (Clean, "from Entry as e where e.titel = 'x'"),
        (Clean, "from Entri"),
        (Clean, "from entry select title"),
        (Clean, "from blog_entry select title"),
        (Clean, "from Entry where title = 'a' or ~(rating > 3)"),
        (Clean, "from Entry where title ~ 'x'"),
        (Clean, "from Entry where rating > 3 & status = 'draft'"),
        (Clean, "from Entry select title as 'Title'"),
        (Clean, "from Entry select title Title"),
        (Clean, "from Entry select title, rating limit 10 offset 5;"),
        (Clean, "from Entry where title between 'a' 'b'"),
        (Clean, "from Entry where rating between 1, 5"),
        (Open, "from Entry where rating between 5"),
        (Clean, "from Entry where rating in 1, 2"),
        (Clean, "from Entry where rating in 3"),
        (Clean, "from Entry where rating not in [1, '2']"),
        (
            Clean,
            "from Entry select title + ' by ' + author.name as label",
        ),
        (Clean, "from Entry select title rating"),
        (
            Clean,
            r#"from Entry select title
  rating"#,
        ),
        (
            Clean,
            "from Author as a select a.name, a.entries title, pub_date }",
        ),
        (
            Clean,
            "from Entry where (rating > 3 and (title = 'x') select title",
        ),
        (
            Clean,
            "from Entry where rating > 3) and title = 'x' select title",
        ),
        (
            Clean,
            "from Entry select if(rating > 3, 'good', 'bad') as verdict",
        ),
        (
            Clean,
            "from Entry select case when rating > 3 then 'good' else 'bad' as verdict",
        ),
        (
            Clean,
            "from Entry select case rating > 3 then 'good' else 'bad' end as verdict",
        ),
        (
            Clean,
            "from Entry where rating > (select avg(rating) from Entry)",
        ),
        (Clean, "from Entry where author in (select id from Author)"),
        (
            Clean,
            "from Entry where author_id in (select id from Author where name = 'x')",
        ),
        (
            Clean,
            "from Entry where author = (from Author where name = 'x')",
        ),
        (
            Clean,
            "from Entry where exists (select 1 from Comment c where c.entry_id = id)",
        ),
        (Open, "from Entry where count(comments) > max(rating)"),
        (Open, "from Entry where max(rating) > 3"),
        (
            Clean,
            "from Entry where sum(word_count) > 3 group by author",
        ),
        (Clean, "from Entry where title = $titel"),
        (
            Clean,
            "query q(title: text) { from Entry where title = $titel select title }",
        ),
        (
            Clean,
            "query q(title: string) { from Entry where title = $title select title }",
        ),
        (
            Clean,
            "query q($title: text) { from Entry where title = $title select title }",
        ),
        (
            Open,
            "query q(title) { from Entry where title = title select title }",
        ),
        (
            Clean,
            "query q(title text) { from Entry where title = $title select title }",
        ),
        (
            Clean,
            "query q(text title) { from Entry where title = $title select title }",
        ),
        (Clean, "from Entry as e where e.author = 'x'"),
        (Clean, "from Entry where author = 'x@y.z'"),
        (Clean, "from Entry as e where e.author.name = 3"),
        (Open, "from Entry as e where e.author = e.author.name"),
        (Open, "from Author as a where a.company = a.name"),
        (Open, "from Entry where pub_date > '2024-13-01'"),
        (Clean, "from Entry where pub_date > '2024-01-01'"),
        (Clean, "from Entry where pub_date = @2024-01-31"),
        (Clean, "from Entry where pub_date > 2024-01-01"),
        (Open, "from Book where published > '01/02/2024'"),
        (Clean, "from Book where published = 2024"),
        (Open, "from Book where published > @2024-02-30"),
        (Clean, "from Book where published > now() - 30"),
        (Clean, "from Book where published > today() - 30"),
        (Clean, "from Entry where pub_date > current_date"),
        (Clean, "from Entry where status = 'publish'"),
        (Clean, r#"from Entry where status = "Published""#),
        (Clean, "from Entry where status in ('draft', 'publshed')"),
        (Clean, "from Author as a select a.name, count(a.entry) as n"),
        (Clean, "from Author where entries.rating > 3"),
        (Open, "from Author where entries where rating > 3"),
        (Open, "from Entry as e where e.tags = 'x'"),
        (Clean, "from Entry where tags.slug = 'x'"),
        (Open, "from Entry where tags contains 'x'"),
        (Clean, "from Entry order by title DSC"),
        (Clean, "from Entry order_by title"),
        (Clean, "from Entry orderby title"),
        (Clean, "from Entry group author select author, count() as n"),
        (
            Clean,
            "from Entry group by author select title, count() as n",
        ),
        (Clean, "from Entry select author.name, count()"),
        (Clean, "from Entry select author.name, count() as n"),
        (Clean, "from Entry select title, max(rating)"),
        (Open, "from Entry select avg(max(rating)) as n"),
        (Clean, "from Entry where title"),
        (Open, "from Entry where"),
        (Open, "from Entry select"),
        (Open, "from"),
        (Open, "where rating > 3"),
        (Clean, "from Entry where rating > '3'"),
        (Clean, "from Entry where word_count = 'many'"),
        (Clean, "from Entry where title > 3"),
        (Open, "from Entry where title + 3 > 4"),
        (Open, "from Entry where rating > 3 and"),
        (Open, "from Entry where rating > 3 and or title = 'x'"),
        (Open, "from Entry where rating > > 3"),
        (Clean, "from Entry where title = 'x', rating > 3"),
        (Open, "from Entry where title = 'x' rating > 3"),
        (Open, "from Entry as select title"),
        (Open, "from Entry as e select title, e.*, x.*"),
        (Clean, "from Entry select title, title"),
        (Clean, "from Entry select author.name, editor.name"),
        (Clean, "from Entry select distinct(author_id)"),
        (Clean, "from Entry select coalesce(rating, 'none') as r"),
        (
            Clean,
            "from Entry select year(pub_date) as y, pub_date.year as z",
        ),
        (Open, "from Entry select date_format(pub_date, '%Y') as y"),
        (Clean, "from Entry where pub_date.year = 2024"),
        (Clean, "from Entry where title like %x%"),
        (Clean, "from Entry where title = x"),
        (Clean, "from Entry where rating > 1,000"),
        (Open, "from Entry limit ten"),
        (Open, "from Entry limit -1"),
        (Open, "from Entry limit 'x'"),
        (Open, "from Entry limit rating"),
        (Open, "from Entry where rating > 3 limit 3 where"),
        (Clean, "query q { from Entry select title"),
        (Open, "query q() from Entry select title"),
        (Open, "query () { from Entry select title }"),
        (Clean, "query my-query() { from Entry select title }"),
        (
            Clean,
            "query q() { from Entry where id = 1 } query r() { from Entry select titel }",
        ),
        (Clean, "query q() -> Entri { from Entry }"),
        (Open, "query q() one { from Entry where title = 'x' }"),
        (Open, "query q(id: int) get { from Entry where pk = $id }"),
        (Clean, "from Entry where id = 1 update title = 'x'"),
        (Clean, "from Entry where id = 1 set title = 'x'"),
        (Clean, "from Entry where id = 1 delete"),
        (Open, "from Comment where id = 1 delete *"),
        (Open, "hello"),
        (Clean, "1 + 1"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn one_row_or_many() {
    let said = told(&[
        (
            Clean,
            "from Entry as e select e.id, max(e.author.name) as name",
        ),
        (Clean, "from Entry as e where max(e.author.name) > 'm'"),
        (Clean, "from Author as a select a.name, len(a.entries) as n"),
        (
            Clean,
            "from Author as a select a.name, length(a.entries) as n",
        ),
        (
            Clean,
            "from Author as a select a.name, first(a.entries.title) as t",
        ),
        (
            Clean,
            "from Author as a select a.name, last(a.entries.title) as t",
        ),
        (
            Clean,
            "from Author as a select a.name, a.entries[0].title as t",
        ),
        (
            Clean,
            "from Author as a select a.name, a.entries[2].title as t",
        ),
        (
            Clean,
            "from Author as a select a.name, a.entries.first().title as t",
        ),
        (Clean, "from Author as a where a.entries = null"),
        (Clean, "from Author as a where a.entries != null"),
        (Clean, "from Entry let a = 1, b = a + 1 select b"),
        (Clean, "from Entry as e select e.id as x, x + 1 as y"),
        (
            Clean,
            "from Entry as e select e.id, e.rating as x, e.slug, x + 1 as y",
        ),
        (
            Clean,
            "with t as (from Author) from Entry as e join t on e.author = t select e.id",
        ),
        (Open, "from Entry as e select *, e.id as x, x + 1 as y"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn conditions() {
    let said = told(&[
        (Clean, "from Entry where title = 'a' or 'b'"),
        (Clean, "from Entry select id, rating or 0 as r"),
        (Clean, "from Entry select id, title or 'none' as t"),
        (Clean, "from Entry where title rlike '^A'"),
        (Clean, "from Entry where title regexp '^A' and rating > 1"),
        (Clean, "from Entry where rating > 1 and title regexp '^A'"),
        (
            Clean,
            "from Entry as e where date(e.pub_date) - e.author.joined > 3",
        ),
        (
            Clean,
            "from Entry as e where date(e.pub_date) - e.author.joined > e.rating",
        ),
        (
            Clean,
            "from Entry as e select (date(e.pub_date) - e.author.joined) / 1 day as d",
        ),
        (
            Clean,
            "from Entry as e select (date(e.pub_date) - e.author.joined) / 2 as d",
        ),
        (Clean, "from Entry as e select e.id || '-' || e.rating as t"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn clauses_and_writes() {
    let said = told(&[
        (
            Clean,
            "select distinct on (author) title from Entry order by author, pub_date desc",
        ),
        (
            Clean,
            "from Entry as e select distinct on (e.author) e.title",
        ),
        (
            Clean,
            "from Author select id minus (from Entry select author_id)",
        ),
        (
            Clean,
            "from Entry as e select e.id, row_number() over (e.author order by e.id) as n",
        ),
        (Clean, "from Entry where id = 1 update { rating += 1 }"),
        (Clean, "from Entry where id = 1 update { word_count *= 2 }"),
        (
            Clean,
            "from Entry as e where e.id = 1 update { e.rating = 2, e.title = 'x' }",
        ),
        (
            Clean,
            "insert Tag { slug = 'a', name = 'A' } on conflict (slug) do update set name = excluded.name",
        ),
        (
            Open,
            "insert Tag { slug = 'a', name = 'A' } on conflict do nothing",
        ),
    ]);
    insta::assert_snapshot!(said);
}
