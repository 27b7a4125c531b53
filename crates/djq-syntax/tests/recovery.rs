//! One mistake makes one diagnostic, and the file behind it is still read.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use djq_diagnostics::FileId;

fn raised(text: &str) -> Vec<String> {
    let parsed = djq_syntax::parse(FileId(0), text);
    parsed
        .diagnostics
        .iter()
        .map(|d| {
            let line = text
                .get(..d.primary.span.start as usize)
                .unwrap_or("")
                .matches('\n')
                .count()
                + 1;
            format!("{line}: {}: {}", d.code.name, d.message)
        })
        .collect()
}

#[test]
fn ten_mistakes_are_ten_diagnostics() {
    let text = "\
use blog

query one() {
  from Entry
  where rating >
  select titel, body
}

query two() {
  from Entry
  wher rating > 3
  select title
  order by title dsc, rating
}

quary three() {
  from Entry
  where a b c
  select title
}

query four(since date, until: ) {
  from Entry as e
  join e.tags as t on (t.slug = 'x'
  select e.title, count(*) as n
}

def Entry.card = { id, title author { name } }

query five() {
  from Entry
  where rating == 3 and title = 'open
  select title,
}
";
    let found = raised(text);
    insta::assert_snapshot!("ten_mistakes", found.join("\n"));
    assert_eq!(found.len(), 12, "{found:#?}");
}

#[test]
fn ten_queries_with_one_mistake_each() {
    let mistakes = [
        "from Entry where",
        "from Entry where rating > > 3 select title",
        "from Entry select title title2 rating",
        "from Entry join on a = b select title",
        "from Entry where (rating > 3 select title",
        "from Entry where rating > 3) select title",
        "from Entry order rating select title",
        "from Entry limit select title",
        "from Entry where f(a b, c) select title",
        "from Entry group by a, select a",
        "from Entry where case when a then b select title",
        "from Entry where x is 5 select title",
        "from Entry where [1, 2 3] select title",
        "from Entry let x 3 select x",
        "from Entry update { a 3, b = 4 }",
        "from Entry select sum(x) over (partition a) as y",
        "from Entry from Tag select title",
        "Entry where rating > 3 select title",
        "from Entry e select e.title",
        "from Entry select count() n",
        "from Entry where between 1 and 2 select a",
        "from Entry where a between 1 select a",
        "from Entry where a in select b",
        "from Entry union from Tag",
        "from Entry where $ = 3",
        "from Entry where a. = 3",
        "from Entry where a.b. select c",
        "from Entry on conflict do nothing",
        "select * from",
        "from",
        "from Entry as select title",
        "from Entry select a as from",
    ];
    for mistake in mistakes {
        let text = format!(
            "query before() {{ from Entry }}\n\nquery wrong() {{\n  {mistake}\n}}\n\nquery after() {{ from Entry }}\n"
        );
        let parsed = djq_syntax::parse(FileId(0), &text);
        assert_eq!(
            parsed.diagnostics.len(),
            1,
            "{mistake}: {:#?}",
            raised(&text)
        );
        assert_eq!(parsed.ast.items.len(), 3, "{mistake}");
        // The same over several lines.
        let text = text
            .replace(" select", "\n  select")
            .replace(" where", "\n  where");
        let parsed = djq_syntax::parse(FileId(0), &text);
        assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:#?}", raised(&text));
        assert_eq!(parsed.ast.items.len(), 3, "{text}");
    }
    let all: String = mistakes
        .iter()
        .enumerate()
        .map(|(n, mistake)| format!("query q{n}() {{\n  {mistake}\n}}\n\n"))
        .collect();
    assert_eq!(raised(&all).len(), mistakes.len(), "{:#?}", raised(&all));
}

#[test]
fn broken_items() {
    for mistake in [
        "query { from Entry }",
        "query a( { from Entry }",
        "query a() from Entry }",
        "query a() {\n from Entry",
        "def = 3",
        "def x",
        "def x =",
        "def Entry. = 3",
        "view { from Entry }",
        "use",
        "frobnicate all the things { a, b }",
        "query a(x: [int) { from Entry }",
        "query a(x: ) { from Entry }",
        "query a() two { from Entry }",
        "@[allow(a, b) query a() { from Entry }",
        "query a() -> { from Entry }",
        "query order() { from Entry }",
        "query a($x: int) { from Entry }",
    ] {
        let text = format!(
            "query before() {{ from Entry }}\n\n{mistake}\n\nquery after() {{ from Entry }}\n"
        );
        let parsed = djq_syntax::parse(FileId(0), &text);
        assert_eq!(
            parsed.diagnostics.len(),
            1,
            "{mistake}: {:#?}",
            raised(&text)
        );
        let queries = parsed.ast.items.iter().filter(|item| matches!(&item.kind, djq_syntax::ast::ItemKind::Query(q) if &*q.name.text == "after"));
        assert_eq!(queries.count(), 1, "{mistake}");
    }
}

/// The first diagnostic of a pipeline, and the text that each of its fixes makes.
fn answered(text: &str) -> (String, Vec<String>) {
    let parsed = djq_syntax::parse_pipeline(FileId(0), text);
    let first = parsed.diagnostics.first().expect("it is a mistake");
    let fixed = |fix| djq_diagnostics::apply_fix(text, fix);
    (
        first.message.clone(),
        first.fixes.iter().map(fixed).collect(),
    )
}

#[test]
fn a_misspelt_direction_is_answered_by_the_nearest() {
    for (written, meant) in [
        ("dsc", "desc"),
        ("descending", "desc"),
        ("acs", "asc"),
        ("ascending", "asc"),
    ] {
        let (message, fixed) = answered(&format!("from Entry order by title {written} limit 1"));
        assert_eq!(
            message,
            format!("expected `asc`, `desc` or a clause, found `{written}`")
        );
        assert_eq!(
            fixed,
            [format!("from Entry order by title {meant} limit 1")]
        );
    }
}

#[test]
fn an_operator_that_is_missing_is_named() {
    let (message, _) = answered("from Entry where rating > 3 title = 'x'");
    assert_eq!(message, "an operator is missing before `title`");
}

#[test]
fn two_outputs_without_a_comma_may_be_an_alias_or_two() {
    let (_, fixed) = answered("from Entry select title author");
    assert_eq!(
        fixed,
        [
            "from Entry select title as author",
            "from Entry select title, author"
        ]
    );
}

#[test]
fn an_app_of_a_reserved_name_is_asked_for_in_backticks() {
    assert_eq!(
        raised("use update\nuse update.A as B\nuse `update`\n"),
        [
            "1: reserved-word: expected an app, a model or a file, found the reserved word `update`",
            "2: reserved-word: expected an app, a model or a file, found the reserved word `update`"
        ]
    );
}
