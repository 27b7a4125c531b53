//! What a reader does not ask for is not in the statement; what is asked for keeps the rows.

use blog::queries::{Search, search};
use djq_runtime::rusqlite::Connection;

fn found(q: Option<&str>, tag: Option<&str>, rating: Option<Option<i32>>, sort: &str) -> Vec<Search> {
    let connection = Connection::open(concat!(env!("CARGO_MANIFEST_DIR"), "/db.sqlite3")).unwrap();
    search(&connection, q, tag, rating, sort, 0).unwrap()
}

#[test]
fn nothing_asked_for_is_the_first_page() {
    let all = found(None, None, None, "newest");
    assert_eq!(all.len(), 20);
    let dates: Vec<_> = all.iter().filter_map(|entry| entry.pub_date).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "the newest first");
}

#[test]
fn what_is_asked_for_keeps_the_rows() {
    assert!(found(None, Some("python"), None, "newest").iter().all(|entry| entry.tags.iter().any(|tag| tag.slug == "python")));
    let words = found(Some("the"), None, None, "title");
    assert!(words.iter().all(|entry| entry.title.to_lowercase().contains("the")));
    assert!(words.is_sorted_by(|a, b| a.title <= b.title), "by title");
    let both = found(Some("a"), Some("python"), Some(Some(3)), "newest");
    assert!(both.iter().all(|entry| entry.rating == Some(3)));
}

#[test]
fn a_value_left_out_is_not_null() {
    let unrated = found(None, None, Some(None), "newest");
    assert!(!unrated.is_empty() && unrated.iter().all(|entry| entry.rating.is_none()));
    assert!(found(None, None, None, "newest").iter().any(|entry| entry.rating.is_some()));
}
