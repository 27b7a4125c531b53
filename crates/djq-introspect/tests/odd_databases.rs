//! Databases that are not as a fresh Django makes them: hostile names, old files, missing tables, views.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use djq_client::{Access, Connection, Database};
use djq_introspect::{Override, apply_overrides, infer, read_catalog};
use djq_schema::{ModelEntry, Schema, Snapshot};

/// A new database on each server, dropped again by [`Drop`].
struct Scratch {
    connection: Connection,
    drop: Option<(String, String)>,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((url, name)) = &self.drop {
            // The connection to it must go first on PostgreSQL.
            self.connection = Connection::open("sqlite::memory:").unwrap();
            let _ = Connection::open_with(url, Access::Write)
                .and_then(|mut server| server.batch(&format!("DROP DATABASE {name}")));
        }
    }
}

fn scratch(name: &str) -> Vec<Scratch> {
    let mut all = vec![Scratch {
        connection: Connection::open_with("sqlite::memory:", Access::Write).unwrap(),
        drop: None,
    }];
    for variable in [
        "DJQ_TEST_POSTGRES_URL",
        "DJQ_TEST_MYSQL_URL",
        "DJQ_TEST_MARIADB_URL",
    ] {
        let url = std::env::var(variable)
            .unwrap_or_else(|_| panic!("{variable} names no server; the tests need all of them"));
        let database = format!("djq_odd_{name}_{}", std::process::id());
        let mut server = Connection::open_with(&url, Access::Write).unwrap();
        server
            .batch(&format!("CREATE DATABASE {database}"))
            .unwrap();
        let own = format!("{}/{database}", url.rsplit_once('/').unwrap().0);
        all.push(Scratch {
            connection: Connection::open_with(&own, Access::Write).unwrap(),
            drop: Some((url, database)),
        });
    }
    all
}

fn sqlite(script: &str) -> Snapshot {
    let mut connection = Connection::open_with("sqlite::memory:", Access::Write).unwrap();
    connection.batch(script).unwrap();
    snapshot(&mut connection)
}

fn snapshot(connection: &mut Connection) -> Snapshot {
    let snapshot = infer(&read_catalog(connection).unwrap());
    Schema::from_snapshot(&snapshot).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(
        Snapshot::parse(&snapshot.to_json()).unwrap().to_json(),
        snapshot.to_json()
    );
    snapshot
}

fn model<'s>(snapshot: &'s Snapshot, label: &str) -> &'s ModelEntry {
    let labels = || {
        snapshot
            .models
            .iter()
            .map(|model| model.label.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    snapshot
        .models
        .iter()
        .find(|model| model.label == label)
        .unwrap_or_else(|| panic!("no {label} in {}", labels()))
}

/// "name type -> target" of a model's fields.
fn fields(model: &ModelEntry) -> Vec<String> {
    let target = |field: &djq_schema::FieldEntry| {
        field
            .target
            .as_ref()
            .map(|target| format!(" -> {target}"))
            .unwrap_or_default()
    };
    model
        .fields
        .iter()
        .map(|field| {
            format!(
                "{} {}{}{}",
                field.name,
                field.ty,
                if field.null { "?" } else { "" },
                target(field)
            )
        })
        .collect()
}

#[test]
fn hostile_names_are_read_on_every_server() {
    let names = [
        "it's",
        "say \"so\"",
        "back`tick",
        "two words",
        "select",
        "Größe",
        "таблица",
        "表格",
        "a.b",
        "semi;colon--",
        "percent%s",
        "back\\slash",
        &"x".repeat(63),
    ];
    for mut scratch in scratch("names") {
        let database = scratch.connection.database();
        let mark = if matches!(database, Database::MySql | Database::MariaDb) {
            '`'
        } else {
            '"'
        };
        let quoted = |name: &str| {
            format!(
                "{mark}{}{mark}",
                name.replace(mark, &format!("{mark}{mark}"))
            )
        };
        for name in names {
            let sql = format!(
                "CREATE TABLE {} (id integer NOT NULL PRIMARY KEY, {} integer NOT NULL)",
                quoted(name),
                quoted(&format!("{}_", &name[..name.len().min(62)]))
            );
            // The whole statement at once: none of these may be cut at a semicolon.
            scratch
                .connection
                .execute(&sql, &[])
                .unwrap_or_else(|error| panic!("{} {name}: {error}", database.name()));
            let sql = format!(
                "CREATE INDEX {} ON {} ({})",
                quoted(&format!("i{}", &name.chars().take(30).collect::<String>())),
                quoted(name),
                quoted(&format!("{}_", &name[..name.len().min(62)]))
            );
            scratch
                .connection
                .execute(&sql, &[])
                .unwrap_or_else(|error| panic!("{} {name}: {error}", database.name()));
        }
        let snapshot = snapshot(&mut scratch.connection);
        for name in names {
            let found = snapshot
                .models
                .iter()
                .find(|model| model.table == name)
                .unwrap_or_else(|| panic!("{}: no {name}", database.name()));
            assert_eq!(
                found.fields[1].column,
                format!("{}_", &name[..name.len().min(62)]),
                "{}",
                database.name()
            );
            assert_eq!(found.indexes.len(), 1, "{} {name}", database.name());
        }
    }
}

#[test]
fn uniques_indexes_defaults_and_generated_columns_are_read_on_every_server() {
    for mut scratch in scratch("keys") {
        let database = scratch.connection.database();
        let generated = if database == Database::Postgres {
            "total integer GENERATED ALWAYS AS (a + b) STORED"
        } else {
            "total integer GENERATED ALWAYS AS (a + b) VIRTUAL"
        };
        let script = format!(
            "CREATE TABLE shop_size (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer DEFAULT 7, {generated}, UNIQUE (b, a));
             CREATE INDEX shop_size_b ON shop_size (b);
             CREATE VIEW shop_large AS SELECT id, a FROM shop_size WHERE a > 10;"
        );
        for statement in script.split_inclusive(';') {
            scratch.connection.batch(statement).unwrap();
        }
        let snapshot = snapshot(&mut scratch.connection);
        let size = model(&snapshot, "shop.Size");
        assert_eq!(
            fields(size),
            ["id int", "a int", "b int?", "total int?"],
            "{}",
            database.name()
        );
        assert_eq!(size.primary_key, ["id"]);
        assert_eq!(
            size.unique
                .iter()
                .map(|key| key.fields.join(" "))
                .collect::<Vec<_>>(),
            ["b a"]
        );
        assert!(
            size.indexes.iter().any(|key| key.fields == ["b"]),
            "{}",
            database.name()
        );
        assert_eq!(
            size.fields[2].db_default.as_deref(),
            Some("7"),
            "{}",
            database.name()
        );
        assert!(
            size.fields[3]
                .generated
                .as_deref()
                .is_some_and(|expression| expression.contains('+')),
            "{} {:?}",
            database.name(),
            size.fields[3].generated
        );
        let large = model(&snapshot, "shop.Large");
        assert_eq!(
            (large.kind.as_str(), large.primary_key.as_slice()),
            ("unmanaged", &["id".to_owned()][..]),
            "{}",
            database.name()
        );
    }
}

#[test]
fn a_partial_unique_index_keeps_its_condition() {
    let script = "CREATE TABLE shop_sale (id integer PRIMARY KEY, code varchar(9) NOT NULL, live bool NOT NULL);
                  CREATE UNIQUE INDEX one_live ON shop_sale (code) WHERE live;";
    for scratch in &mut scratch("partial")[..2] {
        let database = scratch.connection.database();
        scratch.connection.batch(script).unwrap();
        let snapshot = snapshot(&mut scratch.connection);
        let unique = &model(&snapshot, "db.ShopSale").unique;
        assert_eq!(unique.len(), 1, "{}", database.name());
        assert_eq!(
            unique[0]
                .condition
                .as_deref()
                .map(|condition| condition.trim_matches(['(', ')'])),
            Some("live"),
            "{}",
            database.name()
        );
    }
}

#[test]
fn keys_to_a_vanished_old_table_are_keys_to_the_table() {
    let found = sqlite(
        "PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF;
         CREATE TABLE blog_author (id integer PRIMARY KEY AUTOINCREMENT, name varchar(9) NOT NULL);
         CREATE TABLE blog_entry (id integer PRIMARY KEY AUTOINCREMENT, author_id integer NOT NULL REFERENCES \"blog_author__old\" (id));",
    );
    assert_eq!(
        fields(model(&found, "blog.Entry")),
        ["id int", "author int -> blog.Author"]
    );
}

/// Django's own tables with these rows of content types and names for people.
fn with_types(rows: &[(&str, &str, &str)], rest: &str) -> Snapshot {
    let mut script = String::from(
        "CREATE TABLE django_content_type (id integer PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL);
         CREATE TABLE auth_permission (id integer PRIMARY KEY, name varchar(255) NOT NULL, content_type_id integer NOT NULL REFERENCES django_content_type (id), codename varchar(100) NOT NULL);",
    );
    for (id, (app, lower, verbose)) in rows.iter().enumerate() {
        script.push_str(&format!(
            "INSERT INTO django_content_type VALUES ({id}, '{app}', '{lower}');"
        ));
        if !verbose.is_empty() {
            script.push_str(&format!("INSERT INTO auth_permission (name, content_type_id, codename) VALUES ('Can add {verbose}', {id}, 'add_{lower}');"));
        }
    }
    sqlite(&(script + rest))
}

/// The label that the table of a model of app `shop` gets.
fn labelled(lower: &str, verbose: &str, rest: &str) -> String {
    let found = with_types(
        &[("shop", lower, verbose)],
        &format!("CREATE TABLE shop_{lower} (id integer PRIMARY KEY); {rest}"),
    );
    found
        .models
        .iter()
        .find(|model| model.table == format!("shop_{lower}"))
        .unwrap()
        .label
        .clone()
}

#[test]
fn capitals_come_back_from_names_for_people() {
    assert_eq!(labelled("orderline", "order line", ""), "shop.OrderLine");
    assert_eq!(labelled("apikey", "API key", ""), "shop.APIKey");
    assert_eq!(
        labelled("oauth2token", "o auth2 token", ""),
        "shop.OAuth2Token"
    );
    assert_eq!(
        labelled("productreview", "review", ""),
        "shop.ProductReview"
    );
    assert_eq!(
        labelled(
            "newsletter",
            "newsletter",
            "CREATE TABLE x (news integer, letter integer)"
        ),
        "shop.Newsletter"
    );
}

#[test]
fn capitals_come_back_from_other_names_where_those_are_no_help() {
    assert_eq!(
        labelled(
            "orderline",
            "item",
            "CREATE TABLE x (order_line_id integer)"
        ),
        "shop.OrderLine"
    );
    assert_eq!(
        labelled(
            "orderline",
            "",
            "CREATE TABLE shop_x (order_lines_count integer)"
        ),
        "shop.OrderLine"
    );
}

#[test]
fn custom_table_names_are_found_by_what_points_to_them() {
    let found = with_types(
        &[("people", "employee", "employee"), ("people", "team", "team"), ("shop", "order", "order")],
        "CREATE TABLE staff (id integer PRIMARY KEY, name varchar(9));
         CREATE TABLE orders (id integer PRIMARY KEY, employee_id integer REFERENCES staff (id));
         CREATE TABLE groups_of_staff (id integer PRIMARY KEY);
         CREATE TABLE groups_of_staff_members (id integer PRIMARY KEY, team_id integer NOT NULL REFERENCES groups_of_staff (id),
             employee_id integer NOT NULL REFERENCES staff (id), UNIQUE (team_id, employee_id));",
    );
    let tables: Vec<(&str, &str)> = found
        .models
        .iter()
        .map(|model| (model.label.as_str(), model.table.as_str()))
        .collect();
    assert!(tables.contains(&("people.Employee", "staff")), "{tables:?}");
    assert!(
        tables.contains(&("people.Team", "groups_of_staff")),
        "{tables:?}"
    );
    assert!(tables.contains(&("shop.Order", "orders")), "{tables:?}");
    let team = model(&found, "people.Team");
    assert_eq!(
        (
            team.relations[0].name.as_str(),
            team.relations[0].target.as_deref()
        ),
        ("members", Some("people.Employee"))
    );
}

#[test]
fn inheritance_and_generic_keys_are_seen() {
    let found = with_types(
        &[("shop", "place", "place"), ("shop", "bar", "bar"), ("shop", "note", "note")],
        "CREATE TABLE shop_place (id integer PRIMARY KEY);
         CREATE TABLE shop_bar (place_ptr_id integer NOT NULL PRIMARY KEY REFERENCES shop_place (id), beers integer NOT NULL);
         CREATE TABLE shop_note (id integer PRIMARY KEY, content_type_id integer NOT NULL REFERENCES django_content_type (id), object_id integer NOT NULL);",
    );
    let bar = model(&found, "shop.Bar");
    assert_eq!(bar.parents, ["shop.Place"]);
    let note = &model(&found, "shop.Note").relations[0];
    assert_eq!(
        (note.name.as_str(), note.kind.as_str(), note.inferred),
        ("content_object", "generic_foreign_key", true)
    );
    let schema = Schema::from_snapshot(&found).unwrap();
    let place = schema
        .model_ids()
        .find(|id| &*schema.model(*id).label == "shop.Place")
        .unwrap();
    assert!(schema.member(place, "bar").is_some());
}

#[test]
fn a_key_without_a_constraint_is_guessed_by_name_and_index() {
    let found = sqlite(
        "CREATE TABLE blog_author (id integer PRIMARY KEY AUTOINCREMENT);
         CREATE TABLE blog_entry (id integer PRIMARY KEY AUTOINCREMENT, author_id bigint NOT NULL, external_id bigint NOT NULL, editor_id bigint NULL);
         CREATE INDEX a ON blog_entry (author_id); CREATE INDEX b ON blog_entry (external_id);",
    );
    let entry = model(&found, "blog.Entry");
    assert_eq!(
        fields(entry),
        [
            "id bigint",
            "author bigint -> blog.Author",
            "external_id bigint",
            "editor_id bigint?"
        ]
    );
    assert!(entry.fields[1].inferred && !entry.fields[1].constraint);
}

#[test]
fn several_keys_to_one_model_have_several_other_sides() {
    let found = sqlite(
        "CREATE TABLE blog_author (id integer PRIMARY KEY);
         CREATE TABLE blog_entry (id integer PRIMARY KEY, author_id integer REFERENCES blog_author (id), editor_id integer REFERENCES blog_author (id), entry_set integer);",
    );
    let schema = Schema::from_snapshot(&found).unwrap();
    let author = schema
        .models
        .iter()
        .find(|model| &*model.label == "blog.Author")
        .unwrap();
    assert_eq!(
        author
            .relations
            .iter()
            .map(|relation| &*relation.name)
            .collect::<Vec<_>>(),
        ["entry_set", "editor_entry_set"]
    );
}

#[test]
fn a_broken_view_and_an_empty_database_are_no_harm() {
    let mut connection = Connection::open_with("sqlite::memory:", Access::Write).unwrap();
    assert!(
        infer(&read_catalog(&mut connection).unwrap())
            .models
            .is_empty()
    );
    connection.batch("CREATE TABLE t (x integer); CREATE VIEW broken AS SELECT x FROM t; CREATE VIEW fine AS SELECT 1 AS id; PRAGMA legacy_alter_table = ON; DROP TABLE t;").unwrap();
    let catalog = read_catalog(&mut connection).unwrap();
    assert_eq!(
        catalog
            .unreadable
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["broken"]
    );
    assert_eq!(infer(&catalog).models.len(), 1);
}

#[test]
fn the_project_file_names_what_none_can_know() {
    let mut found = sqlite(
        "CREATE TABLE people (id integer PRIMARY KEY); CREATE TABLE scratchpad (id integer PRIMARY KEY, person_id integer REFERENCES people (id));
         CREATE TABLE posts (id integer PRIMARY KEY, person_id integer REFERENCES people (id), pad_id integer REFERENCES scratchpad (id) UNIQUE);",
    );
    let overrides = [
        (
            "people".to_owned(),
            Override {
                label: Some("blog.Person".into()),
                ..Override::default()
            },
        ),
        (
            "posts".to_owned(),
            Override {
                label: Some("blog.Post".into()),
                related_names: [("person_id".to_owned(), "posts".to_owned())].into(),
                ..Override::default()
            },
        ),
        (
            "scratchpad".to_owned(),
            Override {
                ignore: true,
                ..Override::default()
            },
        ),
        ("nothing".to_owned(), Override::default()),
    ];
    assert_eq!(apply_overrides(&mut found, &overrides.into()), ["nothing"]);
    assert_eq!(
        found
            .models
            .iter()
            .map(|model| model.label.as_str())
            .collect::<Vec<_>>(),
        ["blog.Person", "blog.Post"]
    );
    let post = model(&found, "blog.Post");
    assert_eq!(
        fields(post),
        ["id bigint", "person int? -> blog.Person", "pad_id int?"]
            .map(|field| field.replace("id bigint", &format!("id {}", post.fields[0].ty)))
    );
    assert_eq!(post.unique[0].fields, ["pad_id"]);
    let schema = Schema::from_snapshot(&found).unwrap();
    assert_eq!(&*schema.models[0].relations[0].name, "posts");
}
