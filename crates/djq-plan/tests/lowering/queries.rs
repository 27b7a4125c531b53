//! Whole queries, from text to the plan: the source stands above what it becomes.

use crate::dump::dump;
use djq_schema::Schema;

/// The plans of a file's queries over the blog of the examples, in order, below the text.
fn plans(text: &str) -> String {
    let schema = include_str!("../../../../examples/blog/schema.json");
    let schema = Schema::from_json(schema).unwrap();
    let text = format!("use blog\n{text}");
    let parsed = djq_syntax::parse(djq_diagnostics::FileId::default(), &text);
    let messages = |list: &[djq_diagnostics::Diagnostic]| {
        list.iter()
            .filter(|one| one.severity == djq_diagnostics::Severity::Error)
            .map(|one| one.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(messages(&parsed.diagnostics), [""; 0], "{text}");
    let checked = djq_check::check(&parsed.ast, &schema, &djq_check::Context::default());
    assert_eq!(messages(&checked.diagnostics), [""; 0], "{text}");
    let mut output = text;
    for query in &checked.queries {
        output.push_str("\n----\n");
        output.push_str(&dump(&djq_plan::plan(query, &schema)));
    }
    output
}

macro_rules! plans {
    ($($name:ident: $text:literal)*) => {
        $(
            #[test]
            fn $name() {
                insta::with_settings!({ omit_expression => true }, {
                    insta::assert_snapshot!(plans($text));
                });
            }
        )*
    };
}

plans! {
    top_authors: r"query top_authors(since: date, min_entries: int = 1) {
  from Author as a
  join a.entries as e on date(e.pub_date) >= $since
  group by a
  select a.name, count() as entries, max(e.pub_date) as latest
  where entries >= $min_entries
  order by entries desc, a.name
  limit 10
}"

    relation_aggregates: r"query authors() {
  from Author as a
  select a.name, count(a.entries) as entries, sum(a.books.price) as earned,
         count(a.entries where rating > 4) as good,
         max(a.entries.pub_date where status = 'published') as latest,
         (a.entries order by pub_date desc limit 1).title as newest,
         count(a.entries.tags) as tags, count(distinct a.entries.tags) as kinds
}"

    nested: r"query authors() {
  from Author as a
  select a.name,
         a.entries { title, pub_date },
         (a.entries where rating > 4 order by pub_date desc limit 3) { title, author { name } } as top,
         a.company { name, city }
}"

    nested_many_to_many: r"query entries() {
  from Entry
  where author.company.city = 'Bern'
  select title, tags { slug }, editor { name, company { city } }
  order by title
}"

    nested_row_and_group: r"query authors() {
  from Author as a
  join a.entries as e
  group by a
  select a { name, company { name } }, count() as n
}
query joined() {
  from Author as a
  left join a.entries as e
  select a.name, e { title, editor { name } }
}"

    exists_and_in: r"query entries(tag: text) {
  from Entry as e
  where exists (e.tags where slug = $tag)
    and not exists e.comments
    and $tag in e.tags.name
    and e.author not in (from Author where company.city = 'Bern')
  select e.title
}"

    implied_joins: r"query entries() {
  from Entry
  where editor.name = 'Ada' or editor.company.name = 'X'
  select title, author.name as author, author.email, editor.name as editor, author.pk, author_id
}"

    groups_by_relation: r"query entries() {
  from Entry as e
  group by e.author
  select author.name, author.company.city, count() as n, count(where e.rating > 3) as good
  where n > 1 and author.name != 'Ada'
  order by n desc, author.name
}"

    group_expressions: r"query months(unit: text) {
  from Entry
  group by year(pub_date) as y, status
  select y, status, avg(rating) as rating
  where rating is not null
  order by y, status
}"

    group_of_groups: r"query spread() {
  from Entry
  group by author
  select author, count() as n
  group by n
  select n, count() as authors
  order by n
}"

    total: r"query total() one {
  from Entry
  where status = 'published'
  select count() as n, avg(rating) as rating, sum(word_count) as words
}"

    limited_then_joined: r"query comments() {
  from Entry as e
  order by e.pub_date desc
  limit 10
  join e.comments as c
  select e.title, c.text
}"

    limited_then_filtered: r"query entries() {
  from Entry
  order by pub_date desc
  limit 10
  where author.company.city = 'Bern'
  select title
}"

    order_holds: r"query entries() {
  from Entry as e
  order by e.pub_date desc, e.id
  limit 10
  where e.rating > 3
  limit 5
  select e.title
}"

    distinct_rows: r"query cities() {
  from Author
  select company.city as city
  distinct
  where city is not null
  order by city
  limit 3
}
query lowered() {
  from Author
  select name
  distinct
  order by lower(name)
}
query counted() {
  from Author
  select company.city as city
  distinct
  select count() as n
}"

    set_operations: r"query names() {
  from Author select name, id
  union all (from Company select name, id)
  except (from Tag select name, id)
  order by name
  limit 5
}
query filtered() {
  from Author select name
  union (from Company select name)
  where name icontains 'a'
  select upper(name) as name
}"

    ctes: r"query recent(n: int) {
  with busy as (from Entry group by author select author, count() as n where n > $n),
       unused as (from Tag select slug)
  from busy as b
  select b.author.name as author, b.n
  order by b.n desc
}"

    derived: r"query rows() {
  from (from Entry where rating > 3 order by rating desc limit 5) as e
  select e.title, e.author.name as author
}
query joined() {
  from Author as a
  join (from Entry group by author select author, count() as n) as c on c.author = a
  select a.name, c.n
}
query lateral() {
  from Author as a
  left join (from Entry where author = a order by pub_date desc limit 2) as e on true
  select a.name, e.title
}"

    outer_joins: r"query left_join() {
  from Author as a
  left join a.entries.tags as t on t.slug = 'rust' and a.company.city = 'Bern'
  select a.name, t.name as tag
}
query right_join() {
  from Entry as e
  where e.rating > 3
  right join Author as a on e.author = a
  select a.name, e.title, e.editor.name as editor
}
query full_join() {
  from Author as a
  full join Company as c on a.company = c
  select a.name, c.name as company
}
query cross_join() {
  from Author as a
  cross join Tag as t
  select a.name, t.slug
}"

    lets: r"query authors() {
  from Author as a
  let n = count(a.entries), city = a.company.city
  where n > 2 and city = 'Bern'
  select a.name, n
  order by n desc, city
}
query once() {
  from Author as a
  let n = count(a.entries)
  where n > 2
  select a.name
}"

    subqueries: r"query entries() {
  from Entry as e
  where e.rating > (from Entry select avg(rating))
    and e.author in (from Author where joined > @2020-01-01)
  select e.title, (from Comment where entry = e select count()) as comments
}"

    whole_rows: r"query entries() -> Entry {
  from Entry as e
  where e.author.name = 'Ada'
}"

    no_source: r"query one() one { select 1 as one, now() as at }"

    random_once: r"query sample() {
  from Entry
  select title, random() as r
  where r < 0.5
  order by r
  limit 3
}"

    nested_outer_values: r"query authors() {
  from Author as a
  let least = min(a.entries.rating)
  select a.name, (a.books where price > a.id) { title, a.name as author },
         (a.entries where rating > least) { title } as better
}"

    declared: r"def Author.books_alike = Book on title = Author.name
def Entry.good = where rating > 3
query authors() {
  from Author as a
  select a.name, count(a.books_alike) as n, count(a.entries.good) as good, a.books_alike { price }
}"
}
