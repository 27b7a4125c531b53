//! The rows of tests/types, which tools/load_examples makes, in a copy that a test may change.

use djq_runtime::rusqlite::Connection;
use std::path::Path;

pub fn copy(name: &str) -> Connection {
    let rows = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/examples/types.sqlite3");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::copy(&rows, &copy).expect("tools/load_examples makes the example databases");
    let connection = Connection::open(copy).unwrap();
    // What a `jiff::Timestamp` holds ends a day before the year 9999 does.
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON;
             UPDATE typed_everything SET moment = '9999-12-30 21:59:59.999999' WHERE moment > '9999-12-30 22'",
        )
        .unwrap();
    connection
}
