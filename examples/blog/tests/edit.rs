//! Queries that write, on a copy of the database that stays as it is.

use blog::queries;
use djq_runtime::rusqlite::Connection;

/// A copy in memory.
fn database() -> Connection {
    let copy = Connection::open_in_memory().unwrap();
    copy.execute_batch(&format!("PRAGMA foreign_keys = OFF; ATTACH '{}' AS file", concat!(env!("CARGO_MANIFEST_DIR"), "/db.sqlite3"))).unwrap();
    let tables: Vec<(String, String)> = copy
        .prepare("SELECT name, sql FROM file.sqlite_master WHERE type = 'table' AND name LIKE 'blog%'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, sql) in tables {
        copy.execute_batch(&format!("{sql}; INSERT INTO main.{name} SELECT * FROM file.{name}")).unwrap();
    }
    copy.execute_batch("DETACH file; PRAGMA foreign_keys = ON").unwrap();
    copy
}

#[test]
fn an_insert_returns_its_key() {
    let connection = database();
    let before = queries::comments(&connection).unwrap().len();
    let at = "2024-05-01T10:00:00Z".parse().unwrap();
    let added = queries::add_comment(&connection, 3, "Ada", "Well said", at, Some(1)).unwrap();
    let stored: String =
        connection.query_row("SELECT text FROM blog_comment WHERE id = ?1", [added.id], |row| row.get(0)).unwrap();
    assert_eq!(stored, "Well said");
    assert_eq!(queries::comments(&connection).unwrap().len(), before + 1);
}

#[test]
fn an_upsert_counts_its_rows_and_refuses_two_that_meet() {
    let connection = database();
    let tag = |slug: &str, name: &str| queries::SaveTagsTagsRow { slug: slug.into(), name: name.into() };
    let before = queries::tags(&connection).unwrap().len();
    assert_eq!(queries::save_tags(&connection, &[tag("rust", "Rust!"), tag("zig", "Zig")]).unwrap(), 2);
    let tags = queries::tags(&connection).unwrap();
    assert_eq!(tags.len(), before + 1);
    assert!(tags.iter().any(|tag| tag.slug == "rust" && tag.name == "Rust!"));
    let error = queries::save_tags(&connection, &[tag("zig", "One"), tag("zig", "Two")]).unwrap_err();
    assert!(error.to_string().contains("not clear which is to be kept"), "{error}");
    assert!(queries::tags(&connection).unwrap().iter().any(|tag| tag.name == "Zig"), "nothing of it is done");
}

#[test]
fn a_cascade_takes_what_points_to_its_rows() {
    let connection = database();
    let drafts = queries::entries(&connection).unwrap().iter().filter(|entry| entry.status == "draft").count();
    let comments = queries::comments(&connection).unwrap().len();
    let gone = queries::drop_drafts(&connection, 7).unwrap();
    assert!(gone > 0);
    let left = queries::entries(&connection).unwrap();
    assert_eq!(left.iter().filter(|entry| entry.status == "draft").count() as u64, drafts as u64 - gone);
    assert!(queries::comments(&connection).unwrap().len() < comments);
    let broken: i64 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}
