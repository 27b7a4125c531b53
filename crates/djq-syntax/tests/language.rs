//! What the language's description shows parses without a diagnostic.

use djq_diagnostics::{Diagnostic, FileId};

fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|d| format!("{} {:?} {}", d.code.name, d.primary.span, d.message))
        .collect()
}

fn accepts(text: &str) {
    let parsed = djq_syntax::parse(FileId(0), text);
    assert_eq!(
        messages(&parsed.diagnostics),
        Vec::<String>::new(),
        "in\n{text}"
    );
}

fn accepts_pipeline(text: &str) {
    let parsed = djq_syntax::parse_pipeline(FileId(0), text);
    assert_eq!(
        messages(&parsed.diagnostics),
        Vec::<String>::new(),
        "in\n{text}"
    );
    assert!(parsed.query.is_some());
}

#[test]
fn the_first_file() {
    accepts(
        r#"use blog                                   # Entry now means blog.Entry
use accounts.User as Person
use "other/file.djq"

## The authors with the most entries since a day.      (a doc comment: it reaches generated code)
query top_authors(since: date, min_entries: int = 1) {
  from Author as a
  join a.entries as e on date(e.pub_date) >= $since
  group by a
  select a.name, count() as entries, max(e.pub_date) as latest
  where entries >= $min_entries
  order by entries desc, a.name
  limit 10
}

def full_name(u: Person): text = u.first_name || ' ' || u.last_name     # an expression with a name
def Entry.is_recent = pub_date > now() - 30 days                        # a computed field
def Entry.published = where status = 'published'                        # a scope
def Entry.card = { id, title, author { name } }                         # a shape
def Order.refunds = Refund on number = Order.number                     # a relation that no foreign key declares

@[allow(unbounded, fan-out)]
view active_authors { from Author where exists entries select id, name }  # a relation with a name
"#,
    );
}

#[test]
fn guards() {
    accepts(
        "query search(q?: text, tag?: text, sort: 'title' | 'newest' = 'newest') {
  from Entry as e
  where e.title icontains $q              when $q      # when it is given
  where exists (e.tags where slug = $tag) when $tag
  order by e.title                        when $sort = 'title'
  order by e.pub_date desc                when $sort = 'newest'
  limit 50
}",
    );
}

#[test]
fn relations() {
    for text in [
        "from Author as a
select a.name, count(a.entries) as entries, sum(a.books.price) as earned,
       count(a.entries where rating > 4) as good,
       max((a.entries where status = 'published').pub_date) as latest,
       (a.entries order by pub_date desc limit 1).title as newest",
        "from Author as a
join a.entries as e on e.rating > 4
select a.name, e.title",
        "from Author as a
select a.name,
       a.entries { title, pub_date, tags { slug } },
       (a.entries where rating > 4 order by pub_date desc limit 3) { title } as top,
       a.entries.published.card as cards,
       a.company { name, city }",
        "from Order as o select sum(o.items.(price * quantity)) as total",
        "from Entry as e where e.id in rel.field and e.id not in other.field",
        "from Author as a where not exists a.entries and exists (a.entries as x where x.id = 1)",
        "from Category as c select ancestors(c.parent) { name, depth }, descendants(c.parent, self) { ..card }",
        "from Comment as c select (c.content_object::blog.Entry).title",
    ] {
        accepts_pipeline(text);
    }
}

#[test]
fn clauses() {
    for text in [
        "select 1 as one",
        "with a as ( from Entry where id = 1 ), b as ( from a ) from b",
        "with recursive t (n) as ( select 1 as n union all ( from t select n + 1 as n where n < 10 ) ) from t",
        "from [{id: 1, name: 'a'}, {id: 2, name: 'b'},] as r",
        "from $rows as r insert into Entry { slug = r.slug, title = r.title } on conflict (slug) update { title = new.title }",
        "from series(@2024-01-01, @2024-12-31, 1 month) as day",
        "from Entry as e left join e.author as a right join Tag as t on t.id = a.id full join (from Tag) as y on true cross join Tag as z",
        "from Entry group by rollup(year(pub_date) as y, status), cube(a, b), grouping sets ((a, b), (a), ()), grouping(a) as g",
        "from Entry as e select *, e.*, e.* except (body, order), e.author.* as author_*",
        "from Entry distinct distinct on (a, b) order by a asc nulls first, b desc nulls last, c",
        "from Entry limit 10 offset 20 limit 3 per a, b",
        "from Entry select a union all ( from Tag select a ) intersect ( from Tag ) except all ( from Tag )",
        "from Entry window w as (partition by a order by b rows between 1 preceding and current row exclude ties) select sum(a) over w as s",
        "from Entry select row_number() over (partition by a, b order by c desc) as n, lag(x) over (w rows unbounded preceding) as l",
        "from Entry for update of e, f skip locked",
        "from Entry for share nowait",
        "insert Entry { author = $author, title = $title, slug = $title || '-new' } returning id",
        "insert Entry [ { a = 1 }, { a = 2 }, ] on conflict (a, b) do nothing",
        "from Entry where pk = $id update { title = $title when $title, note = $note when $note, }",
        "from Entry update all { rating = rating + 1 } returning id, *",
        "from Entry where date(pub_date) < $before delete cascade",
        "from Entry delete all restrict",
        "from sql<id: int, name: text?>\"select id, name from x\" as x",
        "FROM Entry AS e WHERE e.id NOT IN (1, 2) ORDER BY e.id DESC NULLS LAST LIMIT 3",
    ] {
        accepts_pipeline(text);
    }
}

#[test]
fn expressions() {
    for text in [
        "a or b xor c and not d = e ?? f || g + h * -i::int",
        "a is null and b is not null or c is not true and d is false",
        "a is distinct from b and a is not distinct from c",
        "a not in (1, 2) and b in [1, 2] and c in $ids and d in (from Tag select id)",
        "(a, b) = (c, d) and (a, b) in [(1, 2)] and (a, b) > (c, d)",
        "a between 1 and 2 + 3 and b not between c and d",
        "a not like 'x%' and b ilike 'y' and c not icontains 'z' and d iregex '^\\d+$'",
        "case when a then b when c then d else e end = case x when 1 then 2 end",
        "try_cast(a as decimal(10, 2)) ?? e.data['price']::decimal",
        "e.data['a']['b'][0]::text? = 'x'",
        "a @> b and c <@ d and e && f and g -|- h",
        "sql<float>\"similarity({e.title}, {$q}) {{}}\" > 0.5",
        "sql<float> { postgres \"a({x})\", mysql 'b({x})' } > 1",
        "sql < 3",
        "d > @2024-01-31 and t < @2024-01-31T12:00:00Z and u = @12:30 and v<@2024-01-31T12:00:00.5+02:00",
        "d + 30 days - 1 hour + 1.5 hours + 1 month > now()",
        "left(a, 3) = right(b, 3) and order = 1 and (group) = 2 and limit in (1, 2)",
        "e.order = 1 and e.select = 2 and e.from.where = 3",
        "'it''s' = \"it's\" and `a name`.`b` = 1_000 and x = 9.99 and y = 1e-3",
        "count(distinct a, b) > 1 and string_agg(a, ', ' order by b desc) = 'x' and count(where c) > 2 and count() = 1",
        "(a.entries as e where e.id = 1 order by e.id limit 1).title = 'x'",
        "x::range<int> @> 3 and x::int < 3",
        "a >= 1 and b <= 2 and c != 3 and d // 2 % 3 = 1",
        "`x` = 1",
        "date > @2024-01-01 and desc = 1 and all = 2 and over = 3 and nulls = 1",
    ] {
        accepts_pipeline(&format!("from Entry as e where {text}"));
        accepts(&format!(
            "def f(a: int, b: [int], c: {{a: int, b: text?}}, d: range<int>, e: [{{slug: text}}]) = {text}\n"
        ));
    }
}

#[test]
fn headers() {
    accepts(
        "query a(q?: text? = null, id: Entry, x, y = 3) one -> Entry { from Entry as e select e }\nquery b maybe { from Entry }",
    );
    accepts("query a(\n  ## The doc.\n  ## Two lines.\n  q: text,\n) { from Entry select\n id }");
    accepts(
        "def Entry.card = {\n  ## The title.\n  title,\n  order,\n  group { name },\n  ..base,\n}\n",
    );
    accepts("def blog.Entry.scope = where a = 1 order by b limit 3\n\ndef x = 3\n");
}
