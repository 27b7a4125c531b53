//! A connection, whatever database it leads to.

use crate::driver::{Done, Driver, MySql, Postgres, Sqlite};
use crate::location::{Database, Location};
use crate::{ClientError, ErrorKind, Rows, Value};
use std::{sync::mpsc, thread, time::Duration};

/// Whether a connection or a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads only: the database refuses what writes.
    Read,
    /// Reads and writes.
    Write,
}

/// A session with a database.
pub struct Connection {
    driver: Box<dyn Driver>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Connection({} {})",
            self.database().name(),
            self.version()
        )
    }
}

/// How long a server that is there may take to greet and let in.
const GREETING: Duration = Duration::from_secs(10);

/// What is opened, unless the server takes too long: a port may be open and nobody answer.
fn answered<T: Send + 'static>(
    open: impl FnOnce() -> Result<T, ClientError> + Send + 'static,
) -> Result<T, ClientError> {
    let (sender, receiver) = mpsc::channel();
    // It ends when the server answers or hangs up; nobody waits for it then.
    thread::spawn(move || sender.send(open()));
    match receiver.recv_timeout(GREETING) {
        Ok(opened) => opened,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(ClientError::new(
            ErrorKind::Unreachable,
            format!(
                "something is there and does not answer ({} seconds)",
                GREETING.as_secs()
            ),
        )),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(ClientError::new(
            ErrorKind::Unreachable,
            "the driver gave up",
        )),
    }
}

impl Connection {
    /// Connects for reading: `sqlite:db.sqlite3`, `sqlite:///absolute`, `postgres://user:password@host/database`,
    /// `mysql://…`, `mariadb://…`. Times are in UTC for the session.
    ///
    /// ```
    /// let mut memory = djq_client::Connection::open("sqlite::memory:").unwrap();
    /// let rows = memory.query("select 1 + ?1 as two", &[djq_client::Value::Int(1)]).unwrap();
    /// assert_eq!(rows.rows, [[djq_client::Value::Int(2)]]);
    /// ```
    ///
    /// # Errors
    /// A wrong URL, no server there (after two seconds at most), one that does not answer (after ten), a server or a
    /// file that refuses.
    pub fn open(url: &str) -> Result<Self, ClientError> {
        Self::open_with(url, Access::Read)
    }

    /// Connects for reading, or for writing too; then a SQLite file that is not there is made.
    ///
    /// # Errors
    /// As [`Connection::open`].
    pub fn open_with(url: &str, access: Access) -> Result<Self, ClientError> {
        let location = Location::parse(url)?;
        let before = format!("cannot open {}", location.words());
        let driver: Result<Box<dyn Driver>, ClientError> = match &location {
            Location::Sqlite(file) => {
                Sqlite::open(file.as_deref(), access).map(|driver| Box::new(driver) as _)
            }
            Location::Postgres(url) => {
                let url = url.clone();
                answered(move || Postgres::open(&url, access)).map(|driver| Box::new(driver) as _)
            }
            Location::MySql(url) => {
                let url = url.clone();
                answered(move || MySql::open(&url, access)).map(|driver| Box::new(driver) as _)
            }
        };
        driver
            .map(|driver| Self { driver })
            .map_err(|error| error.context(&before))
    }

    /// Which database it is.
    #[must_use]
    pub fn database(&self) -> Database {
        self.driver.database()
    }

    /// The server's version, as it says it.
    #[must_use]
    pub fn version(&self) -> &str {
        self.driver.version()
    }

    /// Runs a statement that gives rows, with `values` for its placeholders in order.
    ///
    /// # Errors
    /// What the server says, or a lost connection.
    pub fn query(&mut self, sql: &str, values: &[Value]) -> Result<Rows, ClientError> {
        self.driver.query(sql, values)
    }

    /// Runs a statement and gives the number of rows it matched.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ClientError> {
        self.driver.execute(sql, values).map(|done| done.rows)
    }

    /// As `execute`, with all that the driver says.
    pub(crate) fn write(&mut self, sql: &str, values: &[Value]) -> Result<Done, ClientError> {
        self.driver.execute(sql, values)
    }

    /// Has the server check a statement without running it.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn prepare(&mut self, sql: &str) -> Result<(), ClientError> {
        self.driver.prepare(sql)
    }

    /// Runs several statements without values.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn batch(&mut self, sql: &str) -> Result<(), ClientError> {
        self.driver.batch(sql)
    }

    /// Begins a transaction that only reads and sees one state of the database to its end.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn begin_read_only(&mut self) -> Result<(), ClientError> {
        self.driver.begin(Access::Read)
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn begin(&mut self) -> Result<(), ClientError> {
        self.driver.begin(Access::Write)
    }

    /// Keeps what the transaction did.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn commit(&mut self) -> Result<(), ClientError> {
        self.driver.batch("COMMIT")
    }

    /// Drops what the transaction did.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn rollback(&mut self) -> Result<(), ClientError> {
        self.driver.batch("ROLLBACK")
    }
}
