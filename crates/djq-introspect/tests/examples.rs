//! The example projects' databases on all four servers give back what Django knows of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(missing_docs, unreachable_pub, reason = "shared with an example")]

mod rates;

use djq_client::{Connection, Database};
use djq_introspect::{
    DjangoProject, IntrospectError, ask_django, disagreements, infer, read_catalog,
};
use djq_schema::{Schema, Snapshot, diff};

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The project's database on each server; `tools/load_examples` makes those that are not files.
fn urls(project: &str) -> [(Database, String); 4] {
    let server = |name: &str| {
        let url = std::env::var(name)
            .unwrap_or_else(|_| panic!("{name} names no server; the tests need all of them"));
        format!("{}/djq_{project}", url.rsplit_once('/').unwrap().0)
    };
    [
        (
            Database::Sqlite,
            format!("sqlite:{TOP}/examples/{project}/db.sqlite3"),
        ),
        (Database::Postgres, server("DJQ_TEST_POSTGRES_URL")),
        (Database::MySql, server("DJQ_TEST_MYSQL_URL")),
        (Database::MariaDb, server("DJQ_TEST_MARIADB_URL")),
    ]
}

fn truth(project: &str) -> Snapshot {
    Snapshot::parse(
        &std::fs::read_to_string(format!("{TOP}/examples/{project}/schema.json")).unwrap(),
    )
    .unwrap()
}

fn introspected(url: &str) -> Snapshot {
    let snapshot = infer(&read_catalog(&mut Connection::open(url).unwrap()).unwrap());
    // What was inferred is a schema, and its text is read back as it is.
    Schema::from_snapshot(&snapshot).unwrap();
    let text = snapshot.to_json();
    assert_eq!(Snapshot::parse(&text).unwrap().to_json(), text);
    snapshot
}

/// Rates below which introspection must not fall, in the order of [`rates::NAMES`]; what is lost is said beside them.
fn check_rates(project: &str, floor: [f64; 7]) {
    for (database, url) in urls(project) {
        let found = rates::compare(&truth(project), &introspected(&url));
        for ((rate, floor), name) in found.rates.iter().zip(floor).zip(rates::NAMES) {
            assert!(
                rate.percent() >= floor,
                "{project} on {}: {name} {:.1}% of {}\n{}",
                database.name(),
                rate.percent(),
                rate.all,
                found.wrong.join("\n")
            );
        }
    }
}

#[test]
fn the_blog_is_given_back() {
    // `entries`, `edited_entries`, `books`, `comments` and `replies` are in no database.
    check_rates("blog", [100.0, 100.0, 100.0, 100.0, 45.0, 100.0, 100.0]);
}

#[test]
fn the_shop_is_given_back() {
    check_rates("shop", [100.0, 100.0, 97.0, 100.0, 31.0, 50.0, 80.0]);
}

#[test]
fn django_and_its_own_database_agree() {
    for project in ["blog", "shop"] {
        for (database, url) in urls(project) {
            let found: Vec<String> = disagreements(&truth(project), &introspected(&url), database)
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(
                found,
                Vec::<String>::new(),
                "{project} on {}",
                database.name()
            );
        }
    }
}

#[test]
fn a_missing_migration_is_told() {
    let mut blog = truth("blog");
    let entry = blog
        .models
        .iter_mut()
        .find(|model| model.label == "blog.Entry")
        .unwrap();
    let mut subtitle = entry.fields[1].clone();
    subtitle.name = "subtitle".into();
    subtitle.column = "subtitle".into();
    entry.fields.retain(|field| field.name != "rating");
    entry.fields[1].null = true;
    entry.fields[1].max_length = Some(50);
    entry.fields.push(subtitle);
    let mut draft = entry.clone();
    draft.label = "blog.Draft".into();
    draft.table = "blog_draft".into();
    blog.models.push(draft);
    for (database, url) in urls("blog") {
        let found: Vec<String> = disagreements(&blog, &introspected(&url), database)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            [
                "blog.Entry.title: the field can be null, the column cannot be null; is a migration missing?",
                "blog.Entry.title: the field holds 50 characters, the column 200; is a migration missing?",
                "blog.Entry.subtitle: the table `blog_entry` has no column `subtitle`; has its migration run?",
                "blog.Entry: the table `blog_entry` has the column `rating`, which the model does not; is a migration missing?",
                "blog.Draft: the database has no table `blog_draft`; has its migration run?",
            ],
            "{}",
            database.name()
        );
    }
}

/// A command that runs the Python that `tools/python` makes, with Django in it and the package of this repository.
fn python(folder: &std::path::Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let python = format!("{TOP}/target/venv/examples/bin/python");
    assert!(
        std::path::Path::new(&python).exists(),
        "there is no {python}; `tools/python` makes it"
    );
    let command = folder.join("python");
    let script = format!("#!/bin/sh\nPYTHONPATH={TOP}/crates/djq-django exec {python} \"$@\"\n");
    std::fs::write(&command, script).unwrap();
    std::fs::set_permissions(&command, std::fs::Permissions::from_mode(0o755)).unwrap();
    command
}

#[test]
fn django_itself_gives_the_snapshot_that_is_checked_in() {
    let folder = tempfile::tempdir().unwrap();
    let python = python(folder.path());
    for project in ["blog", "shop"] {
        let manage = format!("{TOP}/examples/{project}/manage.py").into();
        let snapshot = ask_django(&DjangoProject {
            manage,
            python: python.clone(),
        })
        .unwrap();
        let changes: Vec<String> = diff(&truth(project), &snapshot)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(changes, Vec::<String>::new(), "{project}");
    }
}

fn refusal(manage: &str, python: &str) -> String {
    match ask_django(&DjangoProject {
        manage: manage.into(),
        python: python.into(),
    }) {
        Err(IntrospectError::Django { message, .. }) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_keeps_django_from_answering_is_told_with_a_way_out() {
    let blog = format!("{TOP}/examples/blog/manage.py");
    assert!(refusal("nowhere/manage.py", "python3").contains("there is no nowhere/manage.py"));
    assert!(refusal(&blog, "no-such-python").contains("cannot run no-such-python"));
    let folder = tempfile::tempdir().unwrap();
    let manage = folder.path().join("manage.py");
    let run = |script: &str, python: &str| {
        std::fs::write(&manage, script).unwrap();
        refusal(manage.to_str().unwrap(), python)
    };
    let python = python(folder.path());
    let python = python.to_str().unwrap();
    assert!(
        run("import django.no_such_thing_at_all_here", python)
            .contains("does not find the module `django.no_such_thing_at_all_here`")
    );
    assert!(
        run(
            "raise ImportError(\"Couldn't import Django. Are you sure\")",
            python
        )
        .contains("has no Django")
    );
    assert!(
        run("import djq_django_that_is_not", python)
            .contains("does not find the module `djq_django_that_is_not`")
    );
    let script = "import django, sys\nfrom django.conf import settings\nsettings.configure(INSTALLED_APPS=[])\ndjango.setup()\n\
                  from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)";
    assert!(run(script, python).contains("add \"djq_django\" to INSTALLED_APPS"));
    assert!(run("raise ValueError('broken settings')", python).contains("djq_schema failed"));
}
