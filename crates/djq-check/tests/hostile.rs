//! What nobody writes: deep, long, odd. It is answered, and in time.

mod support;

use std::time::{Duration, Instant};
use support::codes;

/// The codes, found within a second.
fn in_time(text: &str) -> Vec<&'static str> {
    let start = Instant::now();
    let found = codes(text);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    found
}

#[test]
fn a_long_chain_of_conditions() {
    let chain = vec!["id = 1"; 400].join(" or ");
    assert!(
        in_time(&format!(
            "query q() {{ from Entry where {chain} select id }}"
        ))
        .is_empty()
    );
}

#[test]
fn deep_parentheses() {
    let depth = 150;
    let text = format!(
        "query q() {{ from Entry where {}rating{} > 1 select id }}",
        "(".repeat(depth),
        ")".repeat(depth)
    );
    let found = in_time(&text);
    assert!(found.is_empty() || found == ["too-deep"], "{found:?}");
}

#[test]
fn deep_pipelines() {
    let depth = 60;
    let start = "id in (from Entry where ".repeat(depth);
    let right = format!(
        "query q() {{ from Entry where {start}id = 1{} select id }}",
        " select id)".repeat(depth)
    );
    let found = in_time(&right);
    assert!(found.is_empty() || found == ["too-deep"], "{found:?}");
    let wrong = format!(
        "query q() {{ from Entry where {start}id{} select id }}",
        " = 1 select id)".repeat(depth)
    );
    assert!(in_time(&wrong).contains(&"chained-comparison"));
}

#[test]
fn deep_subqueries() {
    let depth = 40;
    let text = format!(
        "query q() {{ from Entry select {}id{} as x }}",
        "(from Entry where id = 1 select ".repeat(depth),
        ")".repeat(depth)
    );
    let found = in_time(&text);
    assert!(found.is_empty() || found == ["too-deep"], "{found:?}");
    let text = format!(
        "query q() {{ from Entry group by author select {}count(){} as x }}",
        "(from Entry where id = 1 select ".repeat(depth),
        ")".repeat(depth)
    );
    let found = in_time(&text);
    assert!(found.is_empty() || found == ["too-deep"], "{found:?}");
}

#[test]
fn a_path_around_in_circles() {
    let path = ".parent".repeat(300);
    let found = in_time(&format!(
        "query q() {{ from Comment as c select c{path}.text }}"
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn definitions_that_double() {
    let mut text = String::from("def Entry.d0 = word_count + word_count\n");
    for n in 1..12 {
        text.push_str(&format!("def Entry.d{n} = d{} + d{}\n", n - 1, n - 1));
    }
    text.push_str("query q() { from Entry select d11 as d }");
    assert!(in_time(&text).is_empty());
}

#[test]
fn shapes_and_scopes_in_circles() {
    let found = in_time(
        "def Entry.card = { id, ..card }\n\
         def Entry.a = where exists (comments.entry.b)\n\
         def Entry.b = where rating > 1\n\
         def Author.x = { entries { ..y } }\n\
         def Entry.y = { author { ..x } }\n\
         view v { from v select id }\n\
         query q() { from Entry.a as e select e.card as c }",
    );
    assert!(found.contains(&"recursive-definition"), "{found:?}");
}

#[test]
fn half_written_files() {
    let whole = "def Entry.card = { id, author { name } }\nquery q(p: int = 1) one { with c as (from Entry group by author select author, count() as n) from c as x join x.author as a on a.name = 'x' where exists (a.entries where rating > $p) let y = a.company group by a as k, y select k.name, sum(a.books.price) as s, case when 1 = 1 then 2 end as t order by s desc nulls first limit 3 offset 2 union all (from Tag select name, 1, 2) }";
    for end in 0..whole.len() {
        if whole.is_char_boundary(end) {
            let _ = codes(&whole[..end]);
        }
    }
    for start in (0..whole.len()).step_by(7) {
        let _ = codes(&whole[start..]);
    }
}

#[test]
fn more_than_a_database_takes() {
    let n = 20_000;
    let columns: Vec<String> = (0..n).map(|n| format!("id as c{n}")).collect();
    let columns = columns.join(", ");
    let keys = vec!["id"; n].join(", ");
    for query in [
        format!("query q() {{ from Entry select {columns} }}"),
        format!("query q() {{ from Author as a select entries {{ {columns} }} }}"),
        format!("query q() {{ from Entry order by {keys} select id }}"),
        format!("query q() {{ from Entry group by {keys} select id }}"),
        format!(
            "query q() {{ from Entry {} select id }}",
            "where id = 1 ".repeat(n)
        ),
        format!(
            "query q() {{ from Entry {} select id }}",
            "let a = 1 ".repeat(n)
        ),
    ] {
        let found = in_time(&query);
        assert!(found.contains(&"too-large"), "{query:.60}: {found:?}");
    }
    let parameters: Vec<String> = (0..n).map(|n| format!("p{n}: int")).collect();
    let found = in_time(&format!(
        "query q({}) {{ from Entry select id }}",
        parameters.join(", ")
    ));
    assert_eq!(found, ["too-large"]);
}

#[test]
fn many_queries() {
    // Each is looked at once, and not beside every other.
    let queries: String = (0..1_000)
        .map(|n| format!("query q{n}() {{ from Entry where rating > {n} select id limit 3 }}\n"))
        .collect();
    let found = in_time(&queries);
    assert!(
        found.iter().all(|code| *code != "duplicate-name"),
        "{found:?}"
    );
    let wrong = "query q() { from Entri where ratin = 3 select id }\n".repeat(1_000);
    assert!(in_time(&wrong).len() < 300);
}
