//! The four databases of a project.

use crate::case::{Project, root};
use djq_client::{Access, Connection};
use djq_sql::dialect::DialectId;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Connects to a project's database of a dialect. A server that is not there is a failure, never a reason to skip.
pub(crate) fn open(project: Project, dialect: DialectId) -> Connection {
    open_with(project, dialect, Access::Read)
}

/// As `open`, perhaps to write: what is written is rolled back.
pub(crate) fn open_with(project: Project, dialect: DialectId, access: Access) -> Connection {
    let url = match dialect {
        DialectId::Postgres => server("DJQ_TEST_POSTGRES_URL", project),
        DialectId::MySql => server("DJQ_TEST_MYSQL_URL", project),
        DialectId::MariaDb => server("DJQ_TEST_MARIADB_URL", project),
        DialectId::Sqlite if access == Access::Write => {
            format!("sqlite:{}", copy(project).display())
        }
        DialectId::Sqlite => format!("sqlite:{}", root().join(file(project)).display()),
    };
    Connection::open_with(&url, access).unwrap_or_else(|error| {
        panic!(
            "{} of {dialect}: {error} (tools/load_examples makes it)",
            project.name()
        )
    })
}

/// To be held while something is written on a server: two transactions of tests side by side that lock the same rows in another
/// order would be a deadlock.
pub(crate) fn write_alone(dialect: DialectId) -> MutexGuard<'static, ()> {
    static WRITING: [Mutex<()>; 4] = [const { Mutex::new(()) }; 4];
    let server = DialectId::ALL.iter().position(|other| *other == dialect);
    let writing = &WRITING[server.unwrap_or_default()];
    writing.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A copy of a project's file, another one each time: while one connection writes, another could not read the file itself.
fn copy(project: Project) -> PathBuf {
    static COPIES: AtomicUsize = AtomicUsize::new(0);
    let number = COPIES.fetch_add(1, Ordering::Relaxed);
    let copy =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}.sqlite3", project.name()));
    let file = root().join(file(project));
    std::fs::copy(&file, &copy).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    copy
}

fn file(project: Project) -> &'static str {
    match project {
        Project::Blog => "examples/blog/db.sqlite3",
        Project::Shop => "examples/shop/db.sqlite3",
        Project::Tpch => "target/examples/tpch.sqlite3",
        Project::Types => "target/examples/types.sqlite3",
        Project::Django => "target/examples/django.sqlite3",
        Project::Rules => "target/examples/rules.sqlite3",
    }
}

fn server(variable: &str, project: Project) -> String {
    let url = std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} names no server; the tests need all of them"));
    let (server, _) = url
        .rsplit_once('/')
        .unwrap_or_else(|| panic!("{variable} has no path"));
    format!("{server}/djq_{}", project.name())
}
