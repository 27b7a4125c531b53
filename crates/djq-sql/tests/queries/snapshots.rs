//! The SQL itself: PostgreSQL's in full, the others' as what differs from it.

use crate::compiled::{plan, rendered, text};
use djq_sql::dialect::{DialectId, Options};

/// A query's text, its SQL, and what other dialects write instead of lines of it.
fn shown(source: &str) -> String {
    let plan = plan(source);
    let first = text(&rendered(DialectId::Postgres, &plan, Options::default()));
    let mut out = format!("{}\n\n-- PostgreSQL\n{first}\n", source.trim());
    let others: Vec<(&str, String)> = [DialectId::MySql, DialectId::MariaDb, DialectId::Sqlite]
        .into_iter()
        .map(|id| (id.title(), text(&rendered(id, &plan, Options::default()))))
        .collect();
    for (title, sql) in others {
        let difference = difference(&first, &sql);
        if difference.is_empty() {
            out.push_str(&format!("\n-- {title}: the same\n"));
        } else {
            out.push_str(&format!("\n-- {title}\n{difference}"));
        }
    }
    out
}

/// Lines of `old` that are not in `new`, and the other way round, in order.
fn difference(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    // Lengths of the longest common subsequences of what is left.
    let mut common = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = String::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            i += 1;
            j += 1;
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            out.push_str(&format!("- {}\n", old[i]));
            i += 1;
        } else {
            out.push_str(&format!("+ {}\n", new[j]));
            j += 1;
        }
    }
    out
}

macro_rules! snapshots {
    ($($name:ident: $source:literal)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(shown($source));
            }
        )*
    };
}

snapshots! {
    top_authors: r"
query top_authors(since: date, min_entries: int = 1) {
  from Author as a
  join a.entries as e on date(e.pub_date) >= $since
  group by a
  select a.name, count() as entries, max(e.pub_date) as latest
  where entries >= $min_entries
  order by entries desc, a.name
  limit 10
}"
    search: r"
query search(word: text, authors: [Author], n: int) {
  from Entry as e
  where e.title icontains $word and (e.rating > 2 or e.rating is null)
    and e.author in $authors and e.status != 'draft'
  order by e.rating desc, e.id
  limit $n
  select e.id, e.title, e.author.name, e.editor.name as editor, e.author.company.city
}"
    relations: r"
query authors() {
  from Author as a
  where exists a.books and not exists (a.entries where status = 'draft')
  select a.name, count(a.entries) as entries, sum(a.books.price) as earned,
         count(a.entries where rating > 2) as good,
         (a.entries order by pub_date desc, id limit 1).title as newest
  order by earned desc, a.id
}"
    nested: r"
query authors(city: text) {
  from Author as a
  where a.company.city = $city
  order by a.name, a.id
  select a.name, a.company { name },
         (a.entries where rating > 1 order by pub_date desc, id limit 3) { title, pub_date } as top
}"
    either: r"
query people() {
  from Author where joined < @2020-01-01 select id, 'old' as kind
  union all (from Entry where rating > 4 order by id limit 3 select author_id, 'good')
  order by id, kind
  limit 20
}"
    both_sides: r"
query working() {
  from Author as a
  full join Company as c on a.company = c
  order by c.id, a.id
  select a.name as author, c.name as company
}"
    lateral: r"
query newest() {
  from Author as a
  left join (from Entry as e where e.author = a order by e.rating desc, e.id limit 2) as t on true
  order by a.id, t.id
  select a.name, t.title
}"
    steps: r"
query busy() {
  with busy as (from Entry as e group by e.author select e.author, count() as n where n > 2)
  from busy as b
  join Author as a on b.author = a
  limit 10
  where a.company is not null
  select a.name, b.n
  order by b.n desc, a.id
}"
    arithmetic: r"
query numbers(k: int) {
  from Entry as e
  select e.id, (e.rating + $k) * 2 as a, e.rating - (1 - $k) as b, e.rating / $k as c, -(e.rating + 1) as d,
         case when e.rating > 3 or e.rating is null then 'high' else 'low' end as level,
         not (e.rating > 2 and e.score < 1.5) as odd
  order by e.id
}"
    time: r"
query time(d: date) {
  from Entry as e
  where e.pub_date >= @2024-01-01T00:00:00Z and date(e.pub_date) < $d + 1 month
  group by date_trunc('month', e.pub_date) as month
  select month, count() as entries
  order by month
}"
}
