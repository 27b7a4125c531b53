//! The page from one query is the page that a walk along the relations gives, a statement for each step.

use djq_runtime::rusqlite::{Connection, Row};

fn database() -> Connection {
    Connection::open(concat!(env!("CARGO_MANIFEST_DIR"), "/db.sqlite3")).unwrap()
}

type Entry = (String, Option<String>, i64);
type Author = (String, Option<String>, Vec<Entry>);

/// What `blog/views.py` does, with the SQL that Django writes for it; and how many statements that took.
fn walked(connection: &Connection) -> (Vec<Author>, usize) {
    let mut statements = 0;
    let mut all = |sql: &str, id: i64| -> Vec<(i64, String, Option<String>)> {
        statements += 1;
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let mut prepared = connection.prepare(sql).unwrap();
        prepared.query_map([id], read).unwrap().map(Result::unwrap).collect()
    };
    let mut page = Vec::new();
    for (author, name, company) in all("SELECT id, name, CAST(company_id AS text) FROM blog_author WHERE ?1 = 0 ORDER BY name, id", 0) {
        let company = company.map(|id| all("SELECT id, name, NULL FROM blog_company WHERE id = ?1", id.parse().unwrap())[0].1.clone());
        let entries = all(
            "SELECT id, title, pub_date FROM blog_entry WHERE author_id = ?1 AND status = 'published' ORDER BY pub_date DESC, id",
            author,
        );
        let entries = entries
            .into_iter()
            .map(|(entry, title, date)| {
                let counted = all("SELECT count(*), '', NULL FROM blog_comment WHERE entry_id = ?1", entry);
                (title, date, counted[0].0)
            })
            .collect();
        page.push((name, company, entries));
    }
    (page, statements)
}

#[test]
fn one_query_gives_the_page_that_a_walk_gives() {
    let connection = database();
    let (walked, statements) = walked(&connection);
    let page: Vec<Author> = blog::queries::authors_page(&connection)
        .unwrap()
        .into_iter()
        .map(|author| {
            let entries = author.entries.into_iter().map(|entry| {
                let date = entry.pub_date.map(|date| stored(&date.to_string()));
                (entry.title, date, entry.comments)
            });
            (author.name, author.company, entries.collect())
        })
        .collect();
    assert_eq!(page.len(), 40);
    assert!(page.iter().any(|author| author.2.is_empty()), "an author without entries is there, with an empty list");
    assert_eq!(page, walked);
    assert!(statements > 100, "the walk took {statements} statements");
}

/// A moment as Django stores it on SQLite.
fn stored(moment: &str) -> String {
    let text = moment.replace('T', " ").replace('Z', "");
    match text.split_once('.') {
        Some((seconds, fraction)) => format!("{seconds}.{fraction:0<6}"),
        None => text,
    }
}
