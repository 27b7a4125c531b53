//! The command line as people and scripts use it: what it prints, where, and its exit status.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Runs djq in a folder.
fn djq_in(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_djq"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("DATABASE_URL");
    command
}

/// Runs djq in a folder with text on standard input.
fn djq_reading(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Djq may refuse before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The blog example in a folder of its own.
fn blog() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = root().join("examples/blog");
    for file in ["schema.json", "db.sqlite3", "djq.toml"] {
        fs::copy(example.join(file), folder.path().join(file)).unwrap();
    }
    fs::create_dir(folder.path().join("queries")).unwrap();
    let text = "query titles(least: int = 5) {\n  from Entry where rating >= $least order by id limit 2 select id, title, rating\n}\n";
    fs::write(folder.path().join("queries/titles.djq"), text).unwrap();
    folder
}

#[test]
fn rows_go_to_standard_output_in_each_form() {
    let folder = blog();
    let run = |format| {
        let output = djq_in(
            folder.path(),
            &["run", "queries/titles.djq", "--format", format],
        );
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert_eq!(stderr(&output), "");
        stdout(&output)
    };
    assert_eq!(
        run("json"),
        "[\n  {\"id\":19,\"title\":\"a quiet morning\",\"rating\":5},\n  {\"id\":30,\"title\":\"100% of nothing 30\",\"rating\":5}\n]\n"
    );
    assert_eq!(run("ndjson").lines().count(), 2);
    assert_eq!(run("csv").lines().next(), Some("id,title,rating"));
    assert!(run("table").ends_with("(2 rows)\n"));
}

#[test]
fn a_bare_pipeline_runs_with_parameters_from_its_use() {
    let folder = blog();
    let query = "from Entry where rating = $stars select count() as n";
    let output = djq_in(
        folder.path(),
        &["run", "-e", query, "stars=5", "--format", "json"],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("\"n\":"));
}

#[test]
fn wrong_input_is_one_and_a_wrong_call_is_two() {
    let folder = blog();
    let told = |arguments: &[&str], wanted: i32, words: &str| {
        let output = djq_in(folder.path(), arguments);
        assert_eq!(
            (status(&output), stdout(&output).as_str()),
            (wanted, ""),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    };
    told(&["run", "-e", "from Entry select titel"], 1, "titel");
    told(&["run", "queries/titles.djq:titels"], 1, "`titles` is near");
    told(
        &[
            "run",
            "-e",
            "from Entry select title",
            "--database",
            "sqlite:no/such.sqlite3",
        ],
        2,
        "no/such.sqlite3",
    );
    told(
        &[
            "run",
            "-e",
            "from Entry select title",
            "--database",
            "postgres://u:secret@127.0.0.1:1/x",
        ],
        2,
        "127.0.0.1",
    );
    told(
        &[
            "run",
            "-e",
            "from Entry select title",
            "--database",
            "oracle://x",
        ],
        2,
        "oracle",
    );
    told(&["run", "no/such.djq"], 2, "no/such.djq");
    told(
        &["run", "queries/titles.djq", "leest=3"],
        2,
        "`least` is near",
    );
    told(&["run", "queries/titles.djq", "least=three"], 2, "`three`");
    told(
        &["run", "-e", "from Entry where rating = $stars select id"],
        2,
        "stars=",
    );
    told(
        &[
            "run",
            "-e",
            "from Entry order by id limit $n select id",
            "n=-1",
        ],
        1,
        "`limit` and `offset` take no negative number, and -1 is one",
    );
    told(&["sql", "queries/titles.djq", "--colour"], 2, "--colour");
    told(&["explain", "unknown-feild"], 2, "`unknown-field` is near");
    let output = djq_in(
        folder.path(),
        &[
            "run",
            "-e",
            "from Entry select title",
            "--database",
            "postgres://u:secret@127.0.0.1:1/x",
        ],
    );
    assert!(!stderr(&output).contains("secret"));
}

#[test]
fn a_pipe_gets_no_colour_unless_it_asks() {
    let folder = blog();
    let query = ["check", "broken.djq"];
    fs::write(
        folder.path().join("broken.djq"),
        "query q() { from Entry select titel }\n",
    )
    .unwrap();
    assert!(!stderr(&djq_in(folder.path(), &query)).contains('\u{1b}'));
    let asked = djq_in(folder.path(), &["check", "broken.djq", "--color", "always"]);
    assert!(stderr(&asked).contains('\u{1b}'));
}

#[test]
fn check_speaks_to_people_and_to_programs() {
    let folder = blog();
    let fine = djq_in(folder.path(), &["check"]);
    assert_eq!(status(&fine), 0, "{}", stderr(&fine));
    assert!(stderr(&fine).contains("1 query that compiles"));
    fs::write(
        folder.path().join("queries/broken.djq"),
        "query q() { from Entry select titel }\n",
    )
    .unwrap();
    let json = djq_in(folder.path(), &["check", "--format", "json"]);
    assert_eq!(status(&json), 1);
    let found: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(found[0]["name"], "unknown-field");
    assert_eq!(found[0]["line"], 1);
    let github = djq_in(folder.path(), &["check", "--format", "github"]);
    assert!(
        stdout(&github).starts_with("::error "),
        "{}",
        stdout(&github)
    );
}

#[test]
fn one_query_is_told_nothing_of_the_others() {
    let folder = blog();
    let file = folder.path().join("queries/mixed.djq");
    let text = "query good() { from Entry order by id limit 1 select id }\n\
                query bad() { from Entry select titel }\n\
                query warned() { from Entry as e join Author as a on a.id > 1 select e.id, a.name order by e.id limit 1 }\n";
    fs::write(&file, text).unwrap();
    let good = djq_in(folder.path(), &["run", "queries/mixed.djq:good"]);
    assert_eq!((status(&good), stderr(&good).as_str()), (0, ""));
    let bad = djq_in(folder.path(), &["run", "queries/mixed.djq:bad"]);
    assert_eq!(status(&bad), 1);
    assert!(stderr(&bad).contains("titel") && !stderr(&bad).contains("L0004"));
    // A file of the project goes by its path from here.
    let all = djq_in(folder.path(), &["check"]);
    assert!(stderr(&all).contains("[ queries/mixed.djq:2:"));
}

#[test]
fn init_starts_a_project_that_runs_and_never_twice() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        root().join("examples/shop/db.sqlite3"),
        folder.path().join("db.sqlite3"),
    )
    .unwrap();
    let init = djq_in(folder.path(), &["init"]);
    assert_eq!(status(&init), 0, "{}", stderr(&init));
    let run = djq_in(
        folder.path(),
        &["run", "queries/first.djq", "--format", "ndjson"],
    );
    assert_eq!(
        (status(&run), stdout(&run).lines().count()),
        (0, 10),
        "{}",
        stderr(&run)
    );
    assert_eq!(status(&djq_in(folder.path(), &["init"])), 2);
    assert_eq!(
        status(&djq_in(tempfile::tempdir().unwrap().path(), &["init"])),
        2
    );
}

#[test]
fn drift_is_told_and_mended() {
    let folder = blog();
    let database = ["--database", "sqlite:db.sqlite3"];
    let introspect = |more: &[&str]| {
        djq_in(
            folder.path(),
            &[&["introspect"], &database[..], more].concat(),
        )
    };
    assert_eq!(status(&introspect(&[])), 0);
    assert_eq!(status(&introspect(&["--check"])), 0);
    let connection = rusqlite::Connection::open(folder.path().join("db.sqlite3")).unwrap();
    connection
        .execute_batch("ALTER TABLE blog_entry ADD COLUMN subtitle varchar(80)")
        .unwrap();
    let drifted = introspect(&["--check"]);
    assert_eq!(
        (status(&drifted), stdout(&drifted).trim()),
        (1, "+ blog.Entry.subtitle text(80)? CharField")
    );
    assert_eq!(status(&introspect(&[])), 0);
    assert_eq!(status(&introspect(&["--check"])), 0);
}

#[test]
fn snapshots_are_written_and_held() {
    let folder = blog();
    assert_eq!(status(&djq_in(folder.path(), &["snapshot", "--check"])), 1);
    assert_eq!(status(&djq_in(folder.path(), &["snapshot"])), 0);
    assert_eq!(status(&djq_in(folder.path(), &["snapshot", "--check"])), 0);
    let text = fs::read_to_string(folder.path().join("queries/titles.djq.snap")).unwrap();
    assert!(
        text.contains("-- PostgreSQL") && text.contains("-- SQLite"),
        "{text}"
    );
}

#[test]
fn the_schema_is_listed_in_each_form() {
    let folder = blog();
    let schema =
        |arguments: &[&str]| stdout(&djq_in(folder.path(), &[&["schema"], arguments].concat()));
    assert!(schema(&[]).contains("blog.Entry"));
    assert!(schema(&["Entry"]).contains("pub_date"));
    assert!(schema(&["--format", "mermaid"]).starts_with("erDiagram"));
    let json: serde_json::Value =
        serde_json::from_str(&schema(&["Tag", "--format", "json"])).unwrap();
    assert_eq!(json["models"][0]["label"], "blog.Tag");
    let unknown = djq_in(folder.path(), &["schema", "Entri"]);
    assert_eq!(status(&unknown), 1);
    assert!(stderr(&unknown).contains("`Entry` is near"));
}

#[test]
fn why_names_each_implied_join_and_its_reason() {
    let folder = blog();
    let output = djq_in(
        folder.path(),
        &[
            "sql",
            "-e",
            "from Entry as e select e.title, e.editor.name as editor",
            "--why",
        ],
    );
    let text = stdout(&output);
    assert!(
        text.contains("blog.Entry.editor") && text.contains("left") && text.contains("may be null"),
        "{text}"
    );
}

#[test]
fn every_shell_has_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = djq_in(&root(), &["completions", shell]);
        assert!(
            status(&output) == 0 && stdout(&output).contains("introspect"),
            "{shell}"
        );
    }
}

#[test]
fn the_repl_reads_a_pipe() {
    let folder = blog();
    let input = "from Entry where id = 5\nselect title\n\n\\format json\nfrom Tag select count() as tags\n\n\\sql sqlite\n\\d Tag\nfrom Nothing\n";
    let output = djq_reading(folder.path(), &["repl"], input);
    let text = stdout(&output);
    assert!(
        text.contains("100% of nothing")
            && text.contains("\"tags\":")
            && text.contains("SELECT")
            && text.contains("slug"),
        "{text}"
    );
    assert!(stderr(&output).contains("Nothing"));
    assert_eq!(
        status(&output),
        1,
        "what failed in a pipe is told by the exit status"
    );
}

/// Runs djq on a file of these bytes: a clear diagnostic, exit status 1, and soon.
fn refuses(name: &str, bytes: &[u8], words: &str) {
    let folder = blog();
    fs::write(folder.path().join("bad.djq"), bytes).unwrap();
    let start = Instant::now();
    let output = djq_in(folder.path(), &["check", "bad.djq"]);
    let took = start.elapsed();
    let said = stderr(&output);
    assert_eq!(status(&output), 1, "{name}: {said:.400}");
    assert!(said.contains(words), "{name}: {said:.400}");
    // A debug build on a busy machine; the point is that nothing grows with the nesting or worse than the size.
    assert!(took < Duration::from_secs(20), "{name} took {took:?}");
}

#[test]
fn bad_input_gets_a_diagnostic_and_no_crash() {
    let nested = format!(
        "query q() {{ from Entry select {}1{} as x }}",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    refuses("nesting", nested.as_bytes(), "error");
    let negated = format!(
        "query q() {{ from Entry where {} true select id }}",
        "not ".repeat(100_000)
    );
    refuses("negations", negated.as_bytes(), "error");
    let summed = format!(
        "query q() {{ from Entry select {} 1 as x }}",
        "1 + ".repeat(100_000)
    );
    refuses("a long sum", summed.as_bytes(), "error");
    refuses(
        "not UTF-8",
        b"query q() { from Entry # caf\xe9\n select id }",
        "UTF-8",
    );
    refuses(
        "truncated",
        b"query q(a: int) { from Entry where title = 'abc",
        "error",
    );
    refuses("a NUL", b"query q() { from Entry \0 select id }", "error");
    refuses(
        "ten megabytes",
        "query q() { from Entry select nothing }\n"
            .repeat(250_000)
            .as_bytes(),
        "error",
    );
}

#[test]
fn a_broken_snapshot_is_told_with_its_place() {
    let folder = blog();
    for (text, words) in [
        ("", "schema.json"),
        (
            "{\"version\": 1, \"source\": \"django\", \"models\": [{}]}",
            "label",
        ),
        (
            "{\"version\": 99, \"source\": \"django\", \"models\": []}",
            "99",
        ),
        (&"[".repeat(100_000), "schema.json"),
    ] {
        fs::write(folder.path().join("schema.json"), text).unwrap();
        let output = djq_in(folder.path(), &["check"]);
        assert_eq!(status(&output), 1, "{:.200}", stderr(&output));
        assert!(stderr(&output).contains(words), "{:.400}", stderr(&output));
    }
}
