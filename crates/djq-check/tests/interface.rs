//! What callers see of queries: parameters, rows, cardinality.

mod support;

use support::interface;

macro_rules! case {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            let text = $text;
            insta::assert_snapshot!(format!("{}\n---\n{}", text.trim(), interface(text)));
        }
    };
}

case!(
    plain,
    "query q(slug: text) maybe { from Entry where slug = $slug select id, title, rating, pub_date, author, author.name as author_name, editor.name as editor }"
);
case!(whole_rows, "query q() { from Book }");
case!(
    top_authors,
    "
query top_authors(since: date, min_entries: int = 1) {
  from Author as a
  join a.entries as e on date(e.pub_date) >= $since
  group by a
  select a.name, count() as entries, max(e.pub_date) as latest
  where entries >= $min_entries
  order by entries desc, a.name
  limit 10
}"
);
case!(
    aggregates_of_relations,
    "
query q() {
  from Author as a
  select a.name, count(a.entries) as entries, sum(a.books.price) as earned,
         count(a.entries where rating > 4) as good,
         max((a.entries where status = 'published').pub_date) as latest,
         (a.entries order by pub_date desc limit 1).title as newest,
         count(a.entries.tags) as pairs, count(distinct a.entries.tags) as tags,
         sum(a.books.(price * 2)) as doubled
}"
);
case!(
    nested,
    "
def Entry.card = { id, title, author { name } }
def Entry.published = where status = 'published'
query q() {
  from Author as a
  select a.name,
         a.entries { title, pub_date },
         (a.entries where rating > 4 order by pub_date desc limit 3) { title } as top,
         a.entries.published.card as cards,
         a.company { name, city }
}"
);
case!(
    inferred,
    "query q(title, n, ids) { from Entry as e where e.title = $title and e.rating > $n and e.id in $ids select e.id }"
);
case!(
    inferred_from_a_key,
    "query q(author) { from Entry where author = $author select id }"
);
case!(
    declared_model,
    "query q(author: Author, many: [Author]) { from Entry where author = $author or author in $many select id }"
);
case!(
    ctes,
    "
query q() {
  with per as (from Entry as e group by e.author select e.author, count() as n)
  from per as p
  where p.n > 2
  select p.author.name, p.n, p.author.company.name as company
}"
);
case!(
    key_of_a_group,
    "query q() { from Entry as e group by e.author, e.status select author.name, status, count() as n }"
);
case!(
    let_of_a_relation,
    "query q() { from Entry as e let w = e.author select w.name, w.company.city as city }"
);
case!(
    set_operations,
    "query q() { from Author select name, 1 as kind union all (from Tag select name, 2) order by name }"
);
case!(subqueries, "
query q() {
  from Author as a
  where exists a.entries and a not in (from Entry select author) and exists (from Book as b where b.author = a)
  select a.name, (from Book as b where b.author = a select max(b.price)) as dearest
}");
case!(
    in_a_relation,
    "query q(a: Author) { from Tag as t where t in (from Entry as e where e.author = $a select e.tags.id) select t.slug }"
);
case!(
    tags,
    "query q() { from Entry as e where 'x' in e.tags.slug and exists (e.tags where slug = 'y') select e.title }"
);
case!(
    left_join,
    "query q() { from Author as a left join a.books as b select a.name, b.title, b.price }"
);
case!(
    derived,
    "query q() { from (from Entry as e group by e.author select e.author, count() as n) as x join x.author as a select a.name, x.n }"
);
case!(
    lateral,
    "query q() { from Author as a left join (from Entry as e where e.author = a order by e.id limit 2 select e.title) as t on true select a.name, t.title }"
);
case!(
    views,
    "
view active { from Author where exists entries select id, name }
query q() { from active as x where x.name = 'a' select x.id }"
);
case!(functions, "
def shout(word: text): text = upper(word) || '!'
def label(a: Author) = a.name || ' <' || a.email || '>'
def Entry.stars: int = rating ?? 0
query q() { from Entry as e where e.stars > 2 select shout(e.title) as title, label(e.author) as author, e.stars }");
case!(
    declared_relation,
    "
def Author.namesakes = Comment on author_name = Author.name
def Comment.entry_again = Entry on id = Comment.entry_id
query q() { from Author as a select a.name, count(a.namesakes) as comments }
query r() { from Comment as c select c.text, c.entry_again.title }"
);
case!(
    one_row,
    "query q() one { from Entry select count() as n, max(rating) as best }"
);
case!(
    distinct,
    "query q() { from Entry select status distinct order by status }"
);
case!(
    to_one_of_a_relation,
    "query q() { from Comment as c select c.entry { title, author { name } }, c.parent.text as parent }"
);
case!(
    returns,
    "query q(id: Entry) one -> Entry { from Entry as e where e.pk = $id }"
);
case!(
    composite_unique,
    "query q(e: Entry, t: Tag) maybe { from Entry_tags where entry = $e and tag = $t select id }"
);
case!(
    nest_after_grouping,
    "query q() { from Author as a join a.entries as e group by a select a.name, count() as n, a.books { title }, a.company { name } }"
);
case!(
    distinct_counted,
    "query q() one { from Entry select status distinct select count() as n }"
);
case!(
    nulls_of_an_object,
    "query q() { from Entry as e select e.editor { name, company { name } }, e.editor.company.name as outside }"
);
