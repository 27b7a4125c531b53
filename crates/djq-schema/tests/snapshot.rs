//! Snapshots: the examples load and are written back byte for byte; broken ones are told what is wrong and where.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use djq_diagnostics::{SourceFile, codes};
use djq_schema::{Member, ModelLookup, RelationKind, Schema, Snapshot, SnapshotProblem};

const BLOG: &str = include_str!("../../../examples/blog/schema.json");
const SHOP: &str = include_str!("../../../examples/shop/schema.json");

fn relation<'s>(schema: &'s Schema, model: &str, name: &str) -> &'s djq_schema::Relation {
    let (app, model) = model.split_once('.').unwrap();
    let ModelLookup::Found(id) = schema.find_model(Some(app), model) else {
        panic!("no model {app}.{model}")
    };
    let Some(Member::Relation(relation)) = schema.member(id, name) else {
        panic!("no relation {name} of {model}")
    };
    schema.relation(relation)
}

/// "model(a = b) model(c = d)" of a relation's joins.
fn hops(schema: &Schema, model: &str, name: &str) -> String {
    let hops = relation(schema, model, name).hops.iter().map(|hop| {
        let on: Vec<String> = hop
            .on
            .iter()
            .map(|(a, b)| {
                let column = |id| {
                    let field: djq_schema::FieldId = id;
                    format!(
                        "{}.{}",
                        schema.model(field.model).table,
                        schema.field(field).column
                    )
                };
                format!("{} = {}", column(*a), column(*b))
            })
            .collect();
        let content_type = hop.content_type.map(|(field, model)| {
            format!(
                " and {} is {}",
                schema.field(field).column,
                schema.model(model).label
            )
        });
        let many = if hop.to_one { "" } else { "*" };
        format!(
            "{}{many}({}{})",
            schema.model(hop.model).label,
            on.join(" and "),
            content_type.unwrap_or_default()
        )
    });
    hops.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_examples_are_written_back_as_they_were_read() {
    for text in [BLOG, SHOP] {
        assert_eq!(Snapshot::parse(text).unwrap().to_json(), text);
    }
}

#[test]
fn a_foreign_key_leads_to_the_key_it_holds() {
    let schema = Schema::from_json(BLOG).unwrap();
    assert_eq!(
        hops(&schema, "blog.Entry", "author"),
        "blog.Author(blog_entry.author_id = blog_author.id)"
    );
    assert_eq!(
        hops(&schema, "blog.Author", "entries"),
        "blog.Entry*(blog_author.id = blog_entry.author_id)"
    );
    assert!(!relation(&schema, "blog.Entry", "author").nullable);
    assert!(relation(&schema, "blog.Entry", "editor").nullable);
    assert!(relation(&schema, "blog.Author", "entries").to_many);
}

#[test]
fn a_many_to_many_goes_over_the_table_between_both_ways() {
    let schema = Schema::from_json(BLOG).unwrap();
    assert_eq!(
        hops(&schema, "blog.Entry", "tags"),
        "blog.Entry_tags*(blog_entry.id = blog_entry_tags.entry_id) blog.Tag(blog_entry_tags.tag_id = blog_tag.id)"
    );
    assert_eq!(
        hops(&schema, "blog.Tag", "entries"),
        "blog.Entry_tags*(blog_tag.id = blog_entry_tags.tag_id) blog.Entry(blog_entry_tags.entry_id = blog_entry.id)"
    );
}

#[test]
fn a_reverse_relation_answers_to_accessor_and_query_name() {
    let schema = Schema::from_json(BLOG).unwrap();
    assert_eq!(
        relation(&schema, "blog.Company", "author_set"),
        relation(&schema, "blog.Company", "author")
    );
}

/// A snapshot by hand, with fields in a short form: `name: type`, `name -> app.Model`.
fn by_hand(models: &[(&str, &str)]) -> String {
    let models = models.iter().map(|(label, rest)| {
        let table = label.to_lowercase().replace('.', "_");
        format!(r#"{{"label": "{label}", "table": "{table}", "primary_key": ["id"], {rest}}}"#)
    });
    format!(
        r#"{{"version": 1, "models": [{}]}}"#,
        models.collect::<Vec<_>>().join(",\n")
    )
}

const ID: &str = r#"{"name": "id", "type": "bigint"}"#;

#[test]
fn reverse_sides_that_are_not_listed_follow_django() {
    let text = by_hand(&[
        ("blog.Author", &format!(r#""fields": [{ID}]"#)),
        (
            "blog.Entry",
            &format!(
                r#""unique": [["slot"]], "fields": [{ID}, {{"name": "author", "type": "bigint", "target": "blog.Author"}},
                {{"name": "editor", "type": "bigint", "target": "blog.Author", "related_name": "edited_%(class)ss"}},
                {{"name": "secret", "type": "bigint", "target": "blog.Author", "related_name": "+"}},
                {{"name": "slot", "type": "bigint", "target": "blog.Author", "related_name": "slot_of"}},
                {{"name": "twin", "type": "bigint", "target": "blog.Entry", "django": "OneToOneField"}}]"#
            ),
        ),
    ]);
    let schema = Schema::from_json(&text).unwrap();
    let names: Vec<&str> = schema.models[0]
        .relations
        .iter()
        .map(|relation| &*relation.name)
        .collect();
    assert_eq!(names, ["entry_set", "edited_entrys", "slot_of"]);
    assert_eq!(
        relation(&schema, "blog.Author", "entry").name,
        "entry_set".into()
    );
    assert_eq!(
        relation(&schema, "blog.Entry", "entry").kind,
        RelationKind::ReverseOneToOne
    );
    assert!(
        !relation(&schema, "blog.Author", "slot_of").to_many,
        "a unique key has one row at its other side"
    );
}

#[test]
fn inheritance_proxies_and_generic_keys_lead_where_they_should() {
    let text = r#"{"version": 1, "models": [
        {"label": "c.ContentType", "table": "ct", "primary_key": ["id"], "fields": [{"name": "id", "type": "int"}]},
        {"label": "p.Place", "table": "p_place", "primary_key": ["id"], "fields": [{"name": "id", "type": "bigint"}, {"name": "code", "type": "text"}]},
        {"label": "p.Bar", "table": "p_bar", "parents": ["p.Place"], "primary_key": ["place_ptr"], "fields": [
            {"name": "place_ptr", "type": "bigint", "target": "p.Place", "django": "OneToOneField", "parent_link": true}],
         "relations": [{"name": "notes", "kind": "generic_relation", "target": "p.Note", "fields": ["content_type", "object_id"]}]},
        {"label": "p.GayBar", "kind": "proxy", "proxy_for": "p.Bar"},
        {"label": "p.Visit", "table": "p_visit", "primary_key": ["id"], "fields": [{"name": "id", "type": "bigint"},
            {"name": "bar", "type": "text", "target": "p.GayBar", "to_field": "code"}]},
        {"label": "p.Note", "table": "p_note", "primary_key": ["id"], "fields": [{"name": "id", "type": "bigint"},
            {"name": "content_type", "type": "int", "target": "c.ContentType"}, {"name": "object_id", "type": "bigint"}],
         "relations": [{"name": "about", "kind": "generic_foreign_key", "fields": ["content_type", "object_id"]}]}]}"#;
    let schema = Schema::from_json(text).unwrap();
    assert_eq!(
        hops(&schema, "p.Place", "bar"),
        "p.Bar(p_place.id = p_bar.place_ptr_id)"
    );
    assert_eq!(
        hops(&schema, "p.Visit", "bar"),
        "p.Place(p_visit.bar_id = p_place.code) p.Bar(p_place.id = p_bar.place_ptr_id)"
    );
    assert_eq!(
        hops(&schema, "p.GayBar", "visit_set"),
        "p.Place(p_bar.place_ptr_id = p_place.id) p.Visit*(p_place.code = p_visit.bar_id)"
    );
    assert_eq!(
        hops(&schema, "p.Bar", "notes"),
        "p.Note*(p_bar.place_ptr_id = p_note.object_id and content_type_id is p.Bar)"
    );
    assert_eq!(relation(&schema, "p.Note", "about").generic, Some((1, 2)));
}

#[test]
fn generic_keys_and_links_are_inherited_too() {
    let text = r#"{"version": 1, "source": "django", "models": [
        {"label": "c.ContentType", "table": "ct", "primary_key": ["id"], "fields": [{"name": "id", "type": "int"}]},
        {"label": "p.Note", "table": "p_note", "primary_key": ["id"], "fields": [{"name": "id", "type": "bigint"},
            {"name": "content_type", "type": "int", "target": "c.ContentType"}, {"name": "object_id", "type": "bigint"},
            {"name": "writer", "type": "bigint", "target": "p.Person"}, {"name": "reader", "type": "bigint", "target": "p.Person"}],
         "relations": [{"name": "about", "kind": "generic_foreign_key", "fields": ["content_type", "object_id"]}]},
        {"label": "p.LongNote", "table": "p_longnote", "parents": ["p.Note"], "primary_key": ["note_ptr"], "fields": [
            {"name": "note_ptr", "type": "bigint", "target": "p.Note", "django": "OneToOneField", "parent_link": true}],
         "relations": [{"name": "about", "kind": "generic_foreign_key", "fields": ["content_type", "object_id"]}]},
        {"label": "p.Person", "table": "p_person", "primary_key": ["id"], "fields": [{"name": "id", "type": "bigint"}],
         "relations": [{"name": "notes", "kind": "generic_relation", "target": "p.LongNote", "fields": ["content_type", "object_id"]},
            {"name": "friends", "kind": "many_to_many", "target": "p.Person", "through": "p.LongNote", "through_fields": ["writer", "reader"]}]}]}"#;
    let schema = Schema::from_json(text).unwrap();
    assert_eq!(
        hops(&schema, "p.Person", "notes"),
        "p.Note*(p_person.id = p_note.object_id and content_type_id is p.Person) p.LongNote(p_note.id = p_longnote.note_ptr_id)"
    );
    assert_eq!(
        hops(&schema, "p.Person", "friends"),
        "p.Note*(p_person.id = p_note.writer_id) p.LongNote(p_note.id = p_longnote.note_ptr_id) \
         p.Note(p_longnote.note_ptr_id = p_note.id) p.Person(p_note.reader_id = p_person.id)"
    );
}

fn problems(text: &str) -> Vec<SnapshotProblem> {
    Schema::from_json(text)
        .map(|_| ())
        .expect_err("the snapshot is broken")
}

/// "line:column CODE message (help)" for each problem.
fn report(text: &str) -> Vec<String> {
    let file = SourceFile::new("schema.json", text);
    let line = |problem: SnapshotProblem| {
        let at = file.line_column(problem.at.0);
        format!("{}:{} {problem}", at.line, at.column)
    };
    problems(text).into_iter().map(line).collect()
}

#[test]
fn every_code_has_an_example_that_raises_it_and_one_that_does_not() {
    let codes: Vec<_> = codes::ALL
        .iter()
        .filter(|code| code.name.starts_with("snapshot-"))
        .collect();
    assert_eq!(codes.len(), 6);
    for code in codes {
        let found: Vec<&str> = problems(code.example)
            .iter()
            .map(|problem| problem.code.id)
            .collect();
        assert_eq!(found, [code.id], "{}", code.name);
        Schema::from_json(code.mended.unwrap()).unwrap();
    }
}

#[test]
fn all_problems_of_a_file_are_reported_with_their_places() {
    let text = "{\"version\": 1, \"models\": [\n{\"label\": \"a.B\", \"table\": 3, \"fields\": [\n{\"name\": \"x\", \"typ\": \"int\"},\n{\"name\": \"y\", \"type\": \"int\", \"nul\": true, \"max_length\": -4}]}]}";
    assert_eq!(
        report(text),
        [
            "2:27 E0604: `table` of model `a.B` must be text, found a number",
            "3:15 E0603: unknown key `typ` of field `x` of `a.B` (`type` was meant?)",
            "4:57 E0604: `max_length` of field `y` of `a.B` must be a whole number that is not negative, found a number",
            "4:30 E0603: unknown key `nul` of field `y` of `a.B` (`null` was meant?)",
        ]
    );
}

#[test]
fn names_that_lead_nowhere_point_at_themselves() {
    let text = BLOG
        .replace(
            "\"target\": \"blog.Company\"",
            "\"target\": \"blog.Compny\"",
        )
        .replace("[[\"pub_date\"]", "[[\"pubdate\"]");
    let found = problems(&text);
    assert_eq!(
        &text[found[0].at.0 as usize..found[0].at.1 as usize],
        "[\"pubdate\"]"
    );
    assert_eq!(
        found[0].to_string(),
        "E0605: an index of `blog.Entry` names the field `pubdate`, which `blog.Entry` does not have (`pub_date` was meant?)"
    );
    let text = BLOG.replace(
        "\"target\": \"blog.Company\"",
        "\"target\": \"blog.Compny\"",
    );
    let found = report(&text);
    assert!(found[0].ends_with("field `company` of `blog.Author` names the model `blog.Compny`, which is not in the snapshot (`blog.Company` was meant?)"), "{found:?}");
}

#[test]
fn two_reverse_sides_of_one_name_ask_for_a_related_name() {
    let key =
        |name: &str| format!(r#"{{"name": "{name}", "type": "bigint", "target": "blog.Author"}}"#);
    let entry = format!(r#""fields": [{ID}, {}, {}]"#, key("author"), key("editor"));
    let text = by_hand(&[
        ("blog.Author", &format!(r#""fields": [{ID}]"#)),
        ("blog.Entry", &entry),
    ]);
    let found = problems(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "`blog.Entry.editor` would be `entry_set` on `blog.Author`, where another member has that name"
    );
}

#[test]
fn hostile_snapshots_are_errors_and_not_crashes() {
    let deep = format!("{{\"version\": 1, \"models\": {}", "[".repeat(100_000));
    assert_eq!(problems(&deep)[0].code.id, "E0601");
    let strings = format!(
        "{{\"version\": 1, \"models\": [\"{}\"]}}",
        "x".repeat(10_000_000)
    );
    assert_eq!(problems(&strings)[0].code.id, "E0604");
    for end in 0..BLOG.len() {
        if BLOG.is_char_boundary(end) && end % 37 == 0 {
            assert_eq!(problems(&BLOG[..end])[0].code.id, "E0601");
        }
    }
    let base = format!("{}int{}", "[".repeat(10_000), "]".repeat(10_000));
    let field = format!(r#""fields": [{ID}, {{"name": "x", "type": "array", "base": "{base}"}}]"#);
    assert_eq!(problems(&by_hand(&[("a.B", &field)]))[0].code.id, "E0604");
    for (kind, rest) in [
        ("proxy", r#""proxy_for": "a.B""#),
        (
            "concrete",
            r#""parents": ["a.B"], "table": "t", "primary_key": ["b_ptr"],
        "fields": [{"name": "b_ptr", "type": "int", "target": "a.B", "parent_link": true}]"#,
        ),
    ] {
        let text = format!(
            r#"{{"version": 1, "models": [{{"label": "a.B", "kind": "{kind}", {rest}}}]}}"#
        );
        assert_eq!(problems(&text)[0].code.id, "E0604", "{kind}");
    }
    for text in [
        "",
        "null",
        "[]",
        "7",
        "{}",
        "{\"version\": 1, \"models\": [null]}",
        "{\"version\": \"1\"}",
        "\u{0}",
        "{\"version\": 1.0}",
    ] {
        assert!(!problems(text).is_empty(), "{text}");
    }
}

#[test]
fn five_thousand_problems_are_cut_to_a_readable_number() {
    let models = (0..5000)
        .map(|n| format!("{{\"lable\": {n}}}"))
        .collect::<Vec<_>>()
        .join(",");
    assert_eq!(
        problems(&format!("{{\"version\": 1, \"models\": [{models}]}}")).len(),
        50
    );
}

#[test]
fn hostile_shapes_are_answered_at_once() {
    let began = std::time::Instant::now();
    // Forty levels of two models, each with both of the next as parents: 2⁴⁰ ways up.
    let mut models = Vec::new();
    for level in 0..40 {
        for side in ["A", "B"] {
            let link = |to: &str| {
                format!(
                    r#"{{"name": "{to}{n}_ptr", "type": "int", "target": "x.{to}{n}", "parent_link": true}}"#,
                    n = level + 1
                )
            };
            let (parents, links) = match level {
                39 => (String::new(), String::new()),
                _ => (
                    format!(r#""parents": ["x.A{n}", "x.B{n}"],"#, n = level + 1),
                    format!(", {}, {}", link("A"), link("B")),
                ),
            };
            models.push(format!(
                r#"{{"label": "x.{side}{level}", "table": "t", {parents} "primary_key": ["id"], "fields": [{ID}{links}]}}"#
            ));
        }
    }
    let text = format!(r#"{{"version": 1, "models": [{}]}}"#, models.join(","));
    assert_eq!(problems(&text)[0].code.id, "E0604");
    // One object with half a million keys that there are not.
    let keys = (0..500_000).map(|n| format!("\"labl{n}\": 1"));
    let keys = keys.collect::<Vec<_>>().join(",");
    let text = format!("{{\"version\": 1, \"models\": [{{{keys}}}]}}");
    assert_eq!(problems(&text).len(), 50);
    // Half a million objects without a single right key.
    let models = vec!["{\"lable\": 1}"; 500_000].join(",");
    let text = format!("{{\"version\": 1, \"models\": [{models}]}}");
    assert_eq!(problems(&text).len(), 50);
    // Unoptimised, on a busy machine; a second is what it may take where people use it.
    assert!(began.elapsed().as_secs() < 20);
}
