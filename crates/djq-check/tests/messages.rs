//! What people read: a mistake, and the answer.

mod support;

use support::rendered;

macro_rules! case {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(rendered($text));
        }
    };
}

case!(
    misspelt_field,
    "query q() { from Entry as e select e.titel, e.auther.name }"
);
case!(
    misspelt_bare_field,
    "query q() { from Entry where ratin > 3 select titel }"
);
case!(
    misspelt_relation,
    "query q() { from Author as a select count(a.entrys) as n }"
);
case!(misspelt_model, "query q() { from blog.Entri select title }");
case!(
    misspelt_app,
    "use blgo\nquery q() { from blgo.Entry select title }"
);
case!(
    misspelt_parameter,
    "query q(author: Author) { from Entry where author = $auther or editor = $author select id }"
);
case!(
    misspelt_choice,
    "query q() { from Entry where status = 'publshed' select id }"
);
case!(
    misspelt_function,
    "def shout(t: text) = upper(t)\nquery q() { from Entry select shuot(title) as t, uper(title) as u }"
);
case!(
    to_many_as_a_value,
    "query q() { from Author as a where a.entries.title = 'x' select a.name }"
);
case!(
    relation_as_a_value,
    "query q() { from Author as a select a.name, a.entries }"
);
case!(fan_out_of_two_relations, "
query q() {
  from Author as a
  join a.entries as e
  join a.books as b
  group by a
  select a.name, sum(b.price) as earned, avg(e.rating) as rating, max(e.rating) as best, count() as pairs
}");
case!(
    fan_out_of_the_coarser,
    "query q() { from Entry as e join e.author as a select sum(a.id) as s }"
);
case!(
    not_grouped,
    "query q() { from Entry as e group by e.author select e.author.name, e.title, count() as n }"
);
case!(
    not_grouped_total,
    "query q() { from Entry as e select e.title, count() as n }"
);
case!(
    aggregate_in_where,
    "query q() { from Entry as e where count() > 3 select e.id }"
);
case!(
    nested_aggregate,
    "query q() { from Entry as e group by e.author select max(count()) as n }"
);
case!(
    named_aggregate_in_aggregate,
    "query q() { from Entry as e group by e.author select count() as n select max(n) as m }"
);
case!(
    not_proven,
    "query q(t: text) one { from Entry where title = $t select id }"
);
case!(
    not_proven_after_a_join,
    "query q(s: text) one { from Entry as e join e.tags as t where e.slug = $s select e.id, t.name }"
);
case!(
    many_rows,
    "query q() { from Author as a select a.name, (from Book as b where b.author = a select b.title) as book }"
);
case!(
    after_distinct,
    "query q() { from Entry as e select e.status distinct order by e.title }"
);
case!(
    after_a_union,
    "query q() { from Author as a select a.name union (from Tag select name) order by a.email }"
);
case!(
    join_without_on,
    "query q() { from Author as a join Book as b select a.name }"
);
case!(
    two_of_a_name,
    "query q() { from Entry as e select e.author.name, e.editor.name, e.rating + 1 }"
);
case!(
    ambiguous,
    "query q() { from Entry as e join e.author as a select id }"
);
case!(
    field_of_a_model,
    "query q() { from Entry where exists (from Author where Author.name = Entry.title) select Book.title }"
);
case!(
    a_value_has_no_fields,
    "query q() { from Entry as e select e.title.length }"
);
case!(
    scope_on_a_row,
    "def Entry.published = where status = 'published'\nquery q() { from Entry as e where e.published select e.id }"
);
case!(
    windows_out_of_place,
    "
query a() { from Entry group by author select author, max(row_number() over (order by id)) as n }
query b() { from Entry select id, sum(row_number() over (order by id)) over () as n }
query c() { from Entry select id, row_number() as n }
query d() { from Entry select id, upper(title) over () as n }
query e() { from Entry as e join e.comments as c on rank() over (order by e.id) = 1 select e.id }
query f() { from Entry window recent as (order by id) select id, count() over recnt as n }
query g() { from Entry window w as (order by id) select id, count() over (w order by title) as n }
query h() { from Entry select id, rank() over (partition by author) as n }
query i() { from Entry select id, count() over (order by id rows between 1 following and current row) as n }
query j() { from Entry select id, count() over (order by title range between 1 preceding and current row) as n }
query k() { from Entry select id, count() over (order by id, title range between 1 preceding and current row) as n }
query l() { from Entry select id, count() over (groups between 1 preceding and current row) as n }
query m() { from Entry select id, count() over (order by id rows between word_count preceding and current row) as n }
query n() { from Entry select id, count() over (order by pub_date range between 5 preceding and current row) as n }
query o() { from Entry select id, count() over (order by pub_date range between 1 month preceding and current row) as n }
query p() { from Entry select id, sum(distinct rating) over () as n }
query q() { from Entry select id, lag(rating, word_count) over (order by id) as n, ntile(0) over (order by id) as m }
query r() { from Entry select id, lag(rating where rating > 0) over (order by id) as n }
query s() { from Entry group by rollup(status) select status, grouping(rating) as n }
query t() { from Entry select id, grouping(rating) as n }
query u() { from Author as a join a.entries as e join e.comments as c select a.id, sum(e.word_count) over () as n }
query v() { from Entry select id, row_number() over () as n }
query w() { from Entry limit 2 per author select id }
query v2(n: int) { from Entry order by id limit word_count offset $n + 1 select id }
query x2() { from Author as a left join series(1, row_number() over (order by a.id)) as n on true select a.id, n }
query x3() { from Author as a select a.id, (a.name, 'x') as pair, a.entries { id, (id, title) as both } }
query v3() { from Author as a select a.id, (a.entries order by id limit a.id) { id } as entries }
query x() { from Entry distinct on (author) select id }
"
);
case!(
    one_mistake_one_error,
    "query q() { from Entri as e join e.author as a where e.x = a.y group by e.z select e.q, count() as n order by n }"
);
case!(
    ten_mistakes,
    "
query a() { from Entry select titel }
query b() { from Authr select name }
query c() { from Entry where status = 'draff' select id }
query d() { from Author as a select a.entries }
query e() { from Entry where rating = 'x' select id }
query f() { from Entry as e group by e.status select e.title }
query g(p: int) { from Entry where rating > $q and rating < $p select id }
query h() { from Entry select upper(rating) as r }
query i() { from Entry as e join Author as a select e.id }
query j() { from Entry select id, id }
"
);
case!(
    lints,
    "
query q(unused: int) {
  from Entry as e
  left join e.editor as d
  let title = upper(e.title)
  where exists e.comments
  where e.rating ?? 0 + 1 > 3
  select e.id, title
  limit 3
}"
);
