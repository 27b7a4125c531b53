//! What `djq introspect` prints of changes, and `djq schema` of models.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use djq_schema::{ModelLookup, Schema, Snapshot, diff, mermaid};

const BLOG: &str = include_str!("../../../examples/blog/schema.json");

/// The changes from the blog to the blog with these replacements.
fn changes(replacements: &[(&str, &str)]) -> Vec<String> {
    let mut text = BLOG.to_owned();
    for (before, after) in replacements {
        assert!(text.contains(before), "{before}");
        text = text.replacen(before, after, 1);
    }
    let (old, new) = (
        Snapshot::parse(BLOG).unwrap(),
        Snapshot::parse(&text).unwrap(),
    );
    diff(&old, &new).iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_changed_is_nothing() {
    assert!(changes(&[]).is_empty());
    let mut turned = Snapshot::parse(BLOG).unwrap();
    turned.models.reverse();
    assert!(diff(&Snapshot::parse(BLOG).unwrap(), &turned).is_empty());
}

#[test]
fn each_change_is_a_line() {
    assert_eq!(
        changes(&[("\"use_tz\": true", "\"use_tz\": false")]),
        ["~ use_tz true -> false"]
    );
    assert_eq!(
        changes(&[(
            "{\"name\": \"rating\", \"column\": \"rating\", \"type\": \"int\", \"django\": \"IntegerField\", \"null\": true",
            "{\"name\": \"rating\", \"column\": \"stars\", \"type\": \"bigint\", \"django\": \"IntegerField\", \"null\": false"
        )]),
        [
            "~ blog.Entry.rating int? IntegerField “from -5 to 5; empty where nobody has voted” -> bigint IntegerField column stars “from -5 to 5; empty where nobody has voted”"
        ]
    );
    assert_eq!(
        changes(&[(
            "\"name\": \"city\", \"column\": \"city\"",
            "\"name\": \"town\", \"column\": \"town\""
        )]),
        [
            "- blog.Company.city text(100) CharField",
            "+ blog.Company.town text(100) CharField"
        ]
    );
    assert_eq!(
        changes(&[(
            "\"unique\": [[\"email\"]]",
            "\"unique\": [[\"name\", \"email\"]]"
        )]),
        ["~ blog.Author unique (email) -> (name, email)"]
    );
    assert_eq!(
        changes(&[("{\"name\": \"replies\", ", "{\"name\": \"answers\", ")]),
        [
            "+ blog.Comment.answers reverse foreign key to blog.Comment of parent",
            "- blog.Comment.replies reverse foreign key to blog.Comment of parent"
        ]
    );
}

#[test]
fn a_model_is_listed_with_its_relations_and_joins() {
    let schema = Schema::from_json(BLOG).unwrap();
    let ModelLookup::Found(tag) = schema.find_model(None, "Tag") else {
        unreachable!()
    };
    let listing = serde_json::to_value(schema.listing(tag)).unwrap();
    assert_eq!(
        listing,
        serde_json::json!({
            "label": "blog.Tag", "table": "blog_tag", "kind": "concrete", "doc": "A subject of entries.", "source": listing["source"],
            "fields": [
                {"name": "id", "column": "id", "type": "bigint", "notes": ["primary key"]},
                {"name": "slug", "column": "slug", "type": "text", "notes": ["unique"]},
                {"name": "name", "column": "name", "type": "text", "notes": []}
            ],
            "relations": [{
                "name": "entries", "kind": "reverse many to many", "target": "[blog.Entry]",
                "joins": ["blog_tag.id = blog_entry_tags.tag_id", "blog_entry_tags.entry_id = blog_entry.id"]
            }]
        })
    );
}

#[test]
fn the_diagram_has_models_and_lines() {
    let schema = Schema::from_json(BLOG).unwrap();
    let ModelLookup::Found(book) = schema.find_model(None, "Book") else {
        unreachable!()
    };
    assert_eq!(
        mermaid(&schema, Some(&[book])),
        "erDiagram\n    \"blog.Book\" {\n        bigint id PK\n        bigint author_id FK\n        text title\n        decimal(8-2) price\n        date published\n    }\n    \
         \"blog.Book\" }o--|| \"blog.Author\" : \"author\"\n"
    );
    assert!(mermaid(&schema, None).contains("\"blog.Entry\" }o--o{ \"blog.Tag\" : \"tags\""));
}
