//! All four databases, for real: values go there and come back, failures say what happened.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use djq_client::{Access, Connection, Database, ErrorKind, Value};
use djq_schema::FieldType;

fn url(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic_missing(name))
}

#[expect(
    clippy::panic,
    reason = "a missing server is a failure, not a reason to skip"
)]
fn panic_missing(name: &str) -> String {
    panic!("{name} names no server; the tests need all of them")
}

fn urls() -> [String; 4] {
    [
        "sqlite::memory:".into(),
        url("DJQ_TEST_POSTGRES_URL"),
        url("DJQ_TEST_MYSQL_URL"),
        url("DJQ_TEST_MARIADB_URL"),
    ]
}

fn connections() -> [Connection; 4] {
    urls().map(|url| Connection::open_with(&url, Access::Write).unwrap())
}

/// The column type that Django gives a field of this type.
fn column(database: Database, ty: &FieldType) -> &'static str {
    use Database::{Postgres, Sqlite};
    match (ty, database) {
        (FieldType::Bool, Postgres) => "boolean",
        (FieldType::Bool, _) => "bool",
        (FieldType::Int, _) => "integer",
        (FieldType::BigInt, _) => "bigint",
        (FieldType::Float, Postgres | Sqlite) => "double precision",
        (FieldType::Float, _) => "double",
        (FieldType::Decimal(..), Sqlite) => "decimal",
        (FieldType::Decimal(..), _) => "numeric(20, 5)",
        (FieldType::Text, Postgres | Sqlite) => "text",
        (FieldType::Text, _) => "longtext",
        (FieldType::Bytes, Postgres) => "bytea",
        (FieldType::Bytes, Sqlite) => "BLOB",
        (FieldType::Bytes, _) => "longblob",
        (FieldType::Date, _) => "date",
        (FieldType::Time, Postgres | Sqlite) => "time",
        (FieldType::Time, _) => "time(6)",
        (FieldType::DateTime, Postgres) => "timestamp with time zone",
        (FieldType::DateTime, Sqlite) => "datetime",
        (FieldType::DateTime, _) => "datetime(6)",
        (FieldType::Duration, Postgres) => "interval",
        (FieldType::Duration, _) => "bigint",
        (FieldType::Uuid, Postgres | Database::MariaDb) => "uuid",
        (FieldType::Uuid, _) => "char(32)",
        (FieldType::Json, Postgres) => "jsonb",
        (FieldType::Json, Sqlite) => "text",
        (FieldType::Json, _) => "json",
        (FieldType::Inet, Postgres) => "inet",
        (FieldType::Inet, _) => "char(39)",
        _ => "text",
    }
}

#[test]
fn every_type_of_value_comes_back_as_it_went() {
    let samples: Vec<(&str, Vec<Value>)> = vec![
        ("bool", vec![Value::Bool(true), Value::Bool(false)]),
        ("int", vec![Value::Int(0), Value::Int(-2_147_483_648)]),
        ("bigint", vec![Value::Int(i64::MAX), Value::Int(i64::MIN)]),
        (
            "float",
            vec![
                Value::Float(0.1),
                Value::Float(-1.5e-300),
                Value::Float(1e21),
            ],
        ),
        (
            "decimal(20, 5)",
            [
                "0.00000",
                "-9.99000",
                "123456789.12345",
                "0.00001",
                "10000.00000",
            ]
            .map(|text| Value::Decimal(text.into()))
            .into(),
        ),
        (
            "text",
            [
                "",
                "it's \"quoted\" `so` \\ % _",
                "Ünïcode 漢字 🎉\u{301}",
                "line\nbreak\ttab",
            ]
            .map(|text| Value::Text(text.into()))
            .into(),
        ),
        (
            "bytes",
            vec![Value::Bytes(vec![0, 255, 39, 92, 10]), Value::Bytes(vec![])],
        ),
        (
            "date",
            ["1970-01-01", "2024-02-29", "9999-12-31"]
                .map(|text| Value::Date(text.parse().unwrap()))
                .into(),
        ),
        (
            "time",
            ["00:00:00", "23:59:59.999999"]
                .map(|text| Value::Time(text.parse().unwrap()))
                .into(),
        ),
        (
            "datetime",
            [
                "2023-12-31T23:59:59.999999",
                "2024-01-01T00:00:00",
                "1999-06-15T12:30:00.5",
            ]
            .map(|text| Value::DateTime(text.parse().unwrap()))
            .into(),
        ),
        (
            "duration",
            vec![
                Value::Duration(0),
                Value::Duration(-1),
                Value::Duration(90_061_000_001),
            ],
        ),
        (
            "uuid",
            vec![
                Value::Uuid(0),
                Value::Uuid(0xa0ee_bc99_9c0b_4ef8_bb6d_6bb9_bd38_0a11),
            ],
        ),
        (
            "json",
            vec![
                Value::Json(serde_json::json!({"a": [1, 2.5, null, "é'\"\\"]})),
                Value::Json(serde_json::json!("text")),
            ],
        ),
        (
            "inet",
            vec![
                Value::Text("192.168.0.1".into()),
                Value::Text("2001:db8::1".into()),
            ],
        ),
    ];
    for mut connection in connections() {
        let name = connection.database().name();
        let postgres = connection.database() == Database::Postgres;
        let mark = if postgres { "$1" } else { "?" };
        let temporary = if connection.database() == Database::Sqlite {
            "TEMP"
        } else {
            "TEMPORARY"
        };
        for (number, (words, values)) in samples.iter().enumerate() {
            let ty = FieldType::parse(words).unwrap();
            let definition = column(connection.database(), &ty);
            connection
                .batch(&format!(
                    "CREATE {temporary} TABLE sample{number} (id integer, v {definition})"
                ))
                .unwrap();
            for value in values.iter().chain([&Value::Null]) {
                let insert = format!("INSERT INTO sample{number} (id, v) VALUES (1, {mark})");
                assert_eq!(
                    connection
                        .execute(&insert, std::slice::from_ref(value))
                        .unwrap(),
                    1,
                    "{name} {words} {value:?}"
                );
                let rows = connection
                    .query(&format!("SELECT v FROM sample{number}"), &[])
                    .unwrap();
                assert_eq!(rows.columns, ["v"]);
                let got = rows.rows[0][0]
                    .clone()
                    .typed(&ty)
                    .unwrap_or_else(|error| Value::Text(error.to_string()));
                assert_eq!(got, *value, "{name} {words}");
                // What is stored is also found by the same value, bound the same way (MySQL compares JSON with JSON only).
                if !value.is_null() && *words != "json" {
                    let found = connection
                        .query(
                            &format!("SELECT id FROM sample{number} WHERE v = {mark}"),
                            std::slice::from_ref(value),
                        )
                        .unwrap();
                    assert_eq!(found.rows, [[Value::Int(1)]], "{name} {words} {value:?}");
                }
                connection
                    .execute(&format!("DELETE FROM sample{number}"), &[])
                    .unwrap();
            }
        }
    }
}

#[test]
fn postgres_arrays_ranges_and_the_rest_are_read() {
    let mut connection = Connection::open(&url("DJQ_TEST_POSTGRES_URL")).unwrap();
    let mut shown = |sql: &str| connection.query(sql, &[]).unwrap().rows[0][0].to_string();
    assert_eq!(shown("select array[[1,2],[3,null]]"), "[[1,2],[3,null]]");
    assert_eq!(shown("select '{}'::text[]"), "[]");
    assert_eq!(shown("select int4range(1, 5)"), "[1,5)");
    assert_eq!(
        shown("select daterange(null, '2024-01-01', '(]')"),
        "(,2024-01-02)"
    );
    assert_eq!(shown("select 'empty'::int8range"), "empty");
    assert_eq!(shown("select 0.00012345::numeric"), "0.00012345");
    assert_eq!(shown("select 100000000::numeric"), "100000000");
    assert_eq!(shown("select -12345678.9::numeric"), "-12345678.9");
    assert_eq!(shown("select 'NaN'::numeric"), "NaN");
    assert_eq!(shown("select '10.0.0.0/8'::cidr"), "10.0.0.0/8");
    assert_eq!(shown("select 0.1::real"), "0.1");
    assert_eq!(shown("select interval '1 day 2 hours'"), "P1DT2H");
    assert_eq!(
        shown("select array[null, 'a\"b\\c']"),
        r#"[null,"a\"b\\c"]"#
    );
    let lost = connection
        .query("select 'infinity'::timestamptz", &[])
        .unwrap_err();
    assert_eq!(lost.kind, ErrorKind::Value);
    let bound = Value::Array(vec![
        Value::Text("a\"b\\c".into()),
        Value::Null,
        Value::Text(String::new()),
    ]);
    let rows = connection
        .query("select $1::text[] = array['a\"b\\c', null, '']", &[bound])
        .unwrap();
    assert_eq!(rows.rows, [[Value::Bool(true)]]);
}

#[test]
fn lists_are_json_arrays_where_there_are_no_arrays() {
    let list = Value::Array(vec![Value::Int(3), Value::Int(1)]);
    for (url, sql) in [
        (
            "sqlite::memory:".to_owned(),
            "select 1 in (select value from json_each(?1))",
        ),
        (
            url("DJQ_TEST_MYSQL_URL"),
            "select 1 in (select v from json_table(?, '$[*]' columns (v bigint path '$')) t)",
        ),
        (
            url("DJQ_TEST_MARIADB_URL"),
            "select 1 in (select v from json_table(?, '$[*]' columns (v bigint path '$')) t)",
        ),
    ] {
        let rows = Connection::open(&url)
            .unwrap()
            .query(sql, std::slice::from_ref(&list))
            .unwrap();
        assert_eq!(rows.rows, [[Value::Int(1)]]);
    }
}

#[test]
fn the_session_is_in_utc_and_concatenates_without_end() {
    for (url, sql) in [
        (
            url("DJQ_TEST_POSTGRES_URL"),
            "select current_setting('TimeZone')",
        ),
        (
            url("DJQ_TEST_MYSQL_URL"),
            "select case when @@time_zone = '+00:00' and @@group_concat_max_len > 1000000000 then 'UTC' else 'no' end",
        ),
        (
            url("DJQ_TEST_MARIADB_URL"),
            "select case when @@time_zone = '+00:00' and @@group_concat_max_len > 1000000000 then 'UTC' else 'no' end",
        ),
    ] {
        let rows = Connection::open(&url).unwrap().query(sql, &[]).unwrap();
        assert_eq!(rows.rows[0][0].as_text(), Some("UTC"));
    }
    let mut sqlite = Connection::open("sqlite::memory:").unwrap();
    assert_eq!(
        sqlite.query("pragma foreign_keys", &[]).unwrap().rows,
        [[Value::Int(1)]]
    );
    assert_eq!(
        sqlite
            .query("select 'Entry 7' regexp '^E.*\\d$', null regexp 'x'", &[])
            .unwrap()
            .rows,
        [[Value::Int(1), Value::Null]]
    );
    assert!(
        sqlite
            .query("select 'x' regexp '('", &[])
            .unwrap_err()
            .message
            .contains("no regular expression")
    );
}

#[test]
fn a_connection_for_reading_cannot_write() {
    let directory = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}/a b.db", directory.path().display());
    Connection::open_with(&file, Access::Write)
        .unwrap()
        .batch("create table keep (id integer)")
        .unwrap();
    let urls = [
        file,
        url("DJQ_TEST_POSTGRES_URL"),
        url("DJQ_TEST_MYSQL_URL"),
        url("DJQ_TEST_MARIADB_URL"),
    ];
    for url in urls {
        let mut connection = Connection::open(&url).unwrap();
        let error = connection
            .batch("create table djq_client_never (id integer)")
            .unwrap_err();
        let words = format!(
            "{} {}",
            connection.database().name(),
            error.message.to_lowercase()
        );
        assert!(
            words.contains("read-only")
                || words.contains("read only")
                || words.contains("readonly"),
            "{words}"
        );
    }
}

#[test]
fn transactions_see_one_state_and_can_be_dropped() {
    for mut connection in connections() {
        let temporary = if connection.database() == Database::Sqlite {
            "TEMP"
        } else {
            "TEMPORARY"
        };
        connection
            .batch(&format!("CREATE {temporary} TABLE moved (id integer)"))
            .unwrap();
        let count = |connection: &mut Connection| {
            connection
                .query("SELECT count(*) FROM moved", &[])
                .unwrap()
                .rows[0][0]
                .clone()
        };
        connection.begin().unwrap();
        connection
            .execute("INSERT INTO moved VALUES (1)", &[])
            .unwrap();
        connection.rollback().unwrap();
        assert_eq!(count(&mut connection), Value::Int(0));
        connection.begin().unwrap();
        connection
            .execute("INSERT INTO moved VALUES (1)", &[])
            .unwrap();
        connection.commit().unwrap();
        connection.begin_read_only().unwrap();
        assert_eq!(count(&mut connection), Value::Int(1));
        connection.commit().unwrap();
    }
}

#[test]
fn preparing_checks_names_and_runs_nothing() {
    for mut connection in connections() {
        let name = connection.database().name();
        connection.prepare("SELECT 1").unwrap();
        for wrong in ["SELECT nothing FROM nowhere", "SELEC 1"] {
            let error = connection.prepare(wrong).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Statement, "{name} {error}");
            assert!(
                error.code.is_some() && !error.is_disconnected(),
                "{name} {error:?}"
            );
        }
    }
}

#[test]
fn a_wrong_statement_tells_where() {
    let mut postgres = Connection::open(&url("DJQ_TEST_POSTGRES_URL")).unwrap();
    let error = postgres
        .query("select 'é', nothing from pg_class", &[])
        .unwrap_err();
    assert_eq!(
        (error.code.as_deref(), error.position),
        (Some("42703"), Some(13))
    );
    let mut sqlite = Connection::open("sqlite::memory:").unwrap();
    assert_eq!(
        sqlite
            .query("select 'é', nothing from sqlite_schema", &[])
            .unwrap_err()
            .position,
        Some(13)
    );
}

#[test]
fn a_server_that_does_not_answer_is_told() {
    // The system takes connections to it, and nobody ever says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = silent.local_addr().unwrap();
    let began = std::time::Instant::now();
    std::thread::scope(|threads| {
        for scheme in ["postgres", "mysql"] {
            threads.spawn(move || {
                let error = Connection::open(&format!("{scheme}://ann@{place}/db")).unwrap_err();
                assert_eq!(error.kind, ErrorKind::Unreachable, "{error}");
                assert!(error.message.contains("does not answer"), "{error}");
            });
        }
    });
    assert!(began.elapsed().as_secs() < 30);
}

#[test]
fn a_server_that_is_not_there_is_told_soon_and_without_the_password() {
    let began = std::time::Instant::now();
    for place in [
        "postgres://ann:s3cret@127.0.0.1:1/db",
        "mysql://ann:s3cret@127.0.0.1:1/db",
        "mariadb://ann:s3cret@127.0.0.1:1/db",
    ] {
        let error = Connection::open(place).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreachable, "{error}");
        assert!(
            error.message.contains("127.0.0.1:1")
                && error.message.contains("is the server running?"),
            "{error}"
        );
        assert!(!error.message.contains("s3cret"), "{error}");
    }
    assert!(began.elapsed().as_secs() < 1);
}

#[test]
fn a_server_that_refuses_says_whom() {
    for variable in [
        "DJQ_TEST_POSTGRES_URL",
        "DJQ_TEST_MYSQL_URL",
        "DJQ_TEST_MARIADB_URL",
    ] {
        let right = url(variable);
        let (before, after) = right.rsplit_once('@').unwrap();
        let (before, _) = before.rsplit_once(':').unwrap();
        let error = Connection::open(&format!("{before}:wr0ng%40word@{after}")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused, "{error}");
        assert!(
            error.message.contains("djq") && !error.message.contains("wr0ng"),
            "{error}"
        );
        let (before, _) = right.rsplit_once('/').unwrap();
        let error = Connection::open(&format!("{before}/djq_no_such_database")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused, "{error}");
    }
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notes.txt");
    std::fs::write(
        &path,
        "Not a database, but long enough to be looked at as one.".repeat(100),
    )
    .unwrap();
    let error = Connection::open(&format!("sqlite:{}", path.display())).unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("not a database")),
        (ErrorKind::Refused, true),
        "{error}"
    );
    let error =
        Connection::open(&format!("sqlite:{}/nothing.db", directory.path().display())).unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("no such file")),
        (ErrorKind::Unreachable, true),
        "{error}"
    );
    let error = Connection::open(&format!("sqlite:{}", directory.path().display())).unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("directory")),
        (ErrorKind::Unreachable, true),
        "{error}"
    );
}

#[test]
fn a_lost_connection_is_known_as_one() {
    for (variable, me, kill) in [
        (
            "DJQ_TEST_POSTGRES_URL",
            "select pg_backend_pid()",
            "select pg_terminate_backend($)",
        ),
        ("DJQ_TEST_MYSQL_URL", "select connection_id()", "kill $"),
        ("DJQ_TEST_MARIADB_URL", "select connection_id()", "kill $"),
    ] {
        let mut victim = Connection::open(&url(variable)).unwrap();
        let id = victim.query(me, &[]).unwrap().rows[0][0]
            .as_int()
            .expect("a number");
        Connection::open_with(&url(variable), Access::Write)
            .unwrap()
            .batch(&kill.replace('$', &id.to_string()))
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(50));
        let error = victim.query("select 1", &[]).unwrap_err();
        assert!(error.is_disconnected(), "{variable}: {error:?}");
    }
}
