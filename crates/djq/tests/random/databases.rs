//! The four databases of a run: made when it begins, dropped when it ends.

use crate::schema::World;
use djq_client::{Access, Connection};
use djq_sql::dialect::{DialectId, Options, dialect};

/// A connection to each.
pub(crate) struct Databases {
    connections: Vec<(DialectId, Connection)>,
    /// What drops the databases.
    servers: Vec<(String, String)>,
}

const SERVERS: [(DialectId, &str, &str); 3] = [
    (
        DialectId::Postgres,
        "DJQ_TEST_POSTGRES_URL",
        "SET statement_timeout = '5s'",
    ),
    (
        DialectId::MySql,
        "DJQ_TEST_MYSQL_URL",
        "SET SESSION max_execution_time = 5000",
    ),
    (
        DialectId::MariaDb,
        "DJQ_TEST_MARIADB_URL",
        "SET SESSION max_statement_time = 5",
    ),
];

impl Databases {
    /// Those of a worker.
    pub(crate) fn open(worker: usize) -> Self {
        let name = format!("djq_random_{}_{worker}", std::process::id());
        let mut databases = Self {
            connections: Vec::new(),
            servers: Vec::new(),
        };
        for (id, variable, limit) in SERVERS {
            let url = std::env::var(variable).unwrap_or_else(|_| {
                panic!("{variable} names no server; the tests need all of them")
            });
            let create = match id {
                DialectId::Postgres => format!("CREATE DATABASE {name}"),
                _ => format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
            };
            open(&url).batch(&create).unwrap();
            databases
                .servers
                .push((url.clone(), format!("DROP DATABASE {name}")));
            let (server, _) = url
                .rsplit_once('/')
                .unwrap_or_else(|| panic!("{variable} has no path"));
            let mut connection = open(&format!("{server}/{name}"));
            connection.batch(limit).unwrap();
            databases.connections.push((id, connection));
        }
        databases
            .connections
            .push((DialectId::Sqlite, open("sqlite::memory:")));
        databases
    }

    /// Makes a world's tables.
    pub(crate) fn fill(&mut self, world: &World) {
        self.each(|id, connection| {
            let dialect = dialect(id, Options::default());
            let sql = world.sql(&*dialect);
            connection
                .batch(&sql)
                .unwrap_or_else(|error| panic!("{id}: {error}\n{sql}"));
        });
    }

    /// Drops a world's tables.
    pub(crate) fn empty(&mut self, world: &World) {
        self.each(|id, connection| {
            let quote = dialect(id, Options::default()).quote();
            for table in world.tables() {
                connection
                    .batch(&format!("DROP TABLE {quote}{table}{quote}"))
                    .unwrap();
            }
        });
    }

    /// Does something on all of them side by side.
    pub(crate) fn each<T: Send>(
        &mut self,
        work: impl Fn(DialectId, &mut Connection) -> T + Sync,
    ) -> Vec<(DialectId, T)> {
        let work = &work;
        std::thread::scope(|scope| {
            let workers: Vec<_> = self
                .connections
                .iter_mut()
                .map(|(id, connection)| (*id, scope.spawn(move || work(*id, connection))))
                .collect();
            workers
                .into_iter()
                .map(|(id, worker)| {
                    (
                        id,
                        worker
                            .join()
                            .unwrap_or_else(|_| panic!("{id} failed; see above")),
                    )
                })
                .collect()
        })
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        self.connections.clear();
        for (url, sql) in &self.servers {
            if let Ok(mut server) = Connection::open_with(url, Access::Write) {
                let _ = server.batch(sql);
            }
        }
    }
}

fn open(url: &str) -> Connection {
    Connection::open_with(url, Access::Write).unwrap_or_else(|error| panic!("{error}"))
}
