"""The databases that are measured: each loads the tables once, gives rows to compare, and takes the time of a statement.

Timing reads every row and decodes none, so that no driver's work is counted. The time is that of the processor in the
session's own thread, where the server is on this machine: other work there does not disturb it. PostgreSQL's parallel workers
are off then. With `wall` it is the clock's, with them.
"""

import json
import os
import sqlite3
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import tables

TOP = Path(__file__).resolve().parent.parent.parent
DATABASE = "djq_plans"
NAMES = ("postgres", "mysql", "mariadb", "sqlite")


class TooSlow(Exception):
    """The statement was ended at its time limit."""


def server(name, wall=False):
    """A database, loaded and ready."""
    found = make(name)
    found.load()
    found.clock = time.perf_counter if wall else found.processor()
    if name == "postgres" and not wall:
        found.connection.execute("SET max_parallel_workers_per_gather = 0")
    return found


def make(name):
    if name == "sqlite":
        return Sqlite()
    url = os.environ.get(f"DJQ_TEST_{name.upper()}_URL")
    if not url:
        raise SystemExit(f'plans: DJQ_TEST_{name.upper()}_URL is not set; try: tools/testdb up && eval "$(tools/testdb env)"')
    return Postgres(url) if name == "postgres" else MySql(url, name)


def thread_time(thread):
    """Seconds that a thread of this machine had the processor."""
    file = open(f"/proc/{thread}/schedstat")

    def read():
        file.seek(0)
        return int(file.read().split()[0]) / 1e9

    return read


def fingerprint():
    """Of what decides which rows there are."""
    import hashlib

    return hashlib.sha256(Path(tables.__file__).read_bytes()).hexdigest()[:16]


class Postgres:
    name, title = "postgres", "PostgreSQL"

    def __init__(self, url):
        import psycopg

        self.psycopg, self.url = psycopg, url
        self.connection = None

    def load(self):
        with self.psycopg.connect(self.url, autocommit=True) as connection:
            sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
            done = connection.execute(sql, [DATABASE]).fetchone() == (fingerprint(),)
            if not done:
                connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {DATABASE}")
        self.connection = self.psycopg.connect(urlunsplit(urlsplit(self.url)._replace(path=f"/{DATABASE}")), autocommit=True)
        if done:
            return
        for table in tables.COLUMNS:
            self.connection.execute(tables.create_table(table, self.name))
            with self.connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row in tables.rows(table):
                    copy.write_row(row)
        for sql in tables.indexes(self.name):
            self.connection.execute(sql)
        for table, column, target in tables.FOREIGN_KEYS:
            self.connection.execute(
                f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED"
            )
        self.connection.execute("VACUUM ANALYZE")
        self.connection.execute(f"COMMENT ON DATABASE {DATABASE} IS '{fingerprint()}'")

    def processor(self):
        return thread_time(self.connection.info.backend_pid)

    def version(self):
        return self.rows("SHOW server_version")[0][0].split()[0]

    def _run(self, sql, keys):
        values = None if keys is None else ["{" + ",".join(map(str, keys)) + "}"]
        return self.connection.pgconn.exec_params(sql.encode(), [v.encode() for v in values] if values else None)

    def rows(self, sql, keys=None):
        cursor = self.psycopg.RawCursor(self.connection)
        return cursor.execute(sql, None if keys is None else [list(keys)]).fetchall()

    def rows_timed(self, sql, keys, limit):
        self.connection.execute(f"SET statement_timeout = {int(limit * 1000)}")
        started = self.clock()
        try:
            rows = self.rows(sql, keys)
        except self.psycopg.errors.QueryCanceled:
            raise TooSlow from None
        return self.clock() - started, rows

    def time(self, sql, keys, limit):
        self.connection.execute(f"SET statement_timeout = {int(limit * 1000)}")
        started = self.clock()
        result = self._run(sql, keys)
        took = self.clock() - started
        if result.status not in (self.psycopg.pq.ExecStatus.TUPLES_OK,):
            message = result.error_message.decode()
            if "statement timeout" in message:
                raise TooSlow
            raise RuntimeError(message)
        return took

    def explain(self, sql, keys=None):
        return "\n".join(row[0] for row in self.rows(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", keys))


# Of MySQL, and of MariaDB.
TIMED_OUT = (3024, 1317, 1969, 1028)


class MySql:
    """MySQL and MariaDB."""

    def __init__(self, url, name):
        import pymysql

        self.pymysql, self.url, self.name = pymysql, urlsplit(url), name
        self.title = {"mysql": "MySQL", "mariadb": "MariaDB"}[name]
        self.connection = None

    def _connect(self, database):
        return self.pymysql.connect(
            host=self.url.hostname,
            port=self.url.port or 3306,
            user=unquote(self.url.username or ""),
            password=unquote(self.url.password or ""),
            database=database,
            autocommit=True,
        )

    def _execute(self, sql, values=None):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def load(self):
        self.connection = self._connect(None)
        # Forms that make JSON of a group's text are cut short without.
        self._execute("SET SESSION group_concat_max_len = 16000000")
        self._execute(f"CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4")
        self._execute(f"USE {DATABASE}")
        self._execute("CREATE TABLE IF NOT EXISTS loaded (fingerprint varchar(64))")
        if self._execute("SELECT fingerprint FROM loaded") == ((fingerprint(),),):
            return
        self._execute(f"DROP DATABASE {DATABASE}")
        self._execute(f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4")
        self._execute(f"USE {DATABASE}")
        for table in tables.COLUMNS:
            self._execute(tables.create_table(table, self.name))
            batch = []
            for row in tables.rows(table):
                batch.append(row)
                if len(batch) == 5000:
                    self._insert(table, batch)
                    batch = []
            if batch:
                self._insert(table, batch)
        for sql in tables.indexes(self.name):
            self._execute(sql)
        self._execute("SET foreign_key_checks = 0")  # checked, the table would be copied
        for table, column, target in tables.FOREIGN_KEYS:
            self._execute(f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {target} (id)")
        self._execute(f"ANALYZE TABLE {', '.join(tables.COLUMNS)}")
        self._execute("CREATE TABLE loaded (fingerprint varchar(64))")
        self._execute("INSERT INTO loaded VALUES (%s)", [fingerprint()])

    def _insert(self, table, batch):
        text = lambda value: "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"
        values = ",".join(f"({','.join(map(text, row))})" for row in batch)
        self._execute(f"INSERT INTO {table} VALUES {values}")

    def processor(self):
        """The session's thread is the one that works while the session does, and rests while it rests."""
        if self.name == "mariadb":
            return thread_time(self.rows("SELECT tid FROM information_schema.processlist WHERE id = connection_id()")[0][0])
        clocks = []
        for task in Path("/proc").glob("[0-9]*/task/[0-9]*"):
            try:
                if "mysqld" in (task / "cmdline").read_text():
                    clocks.append(thread_time(task.relative_to("/proc")))
            except OSError:
                pass
        for _ in range(2):
            before = [clock() for clock in clocks]
            time.sleep(0.2)
            rested = [clock() for clock in clocks]
            self.rows("SELECT benchmark(20000000, 1 + 1)")
            worked = [clock() for clock in clocks]
            clocks = [clock for clock, a, b, c in zip(clocks, before, rested, worked) if b - a < 0.0005 and c - b > 0.05]
        if len(clocks) != 1:
            raise SystemExit("plans: MySQL's thread cannot be told from others; try again, or --wall")
        return clocks[0]

    def version(self):
        return self.rows("SELECT version()")[0][0].split("-")[0]

    def _bound(self, sql, keys):
        return sql if keys is None else sql.replace("?", "'" + json.dumps(list(keys), separators=(",", ":")) + "'")

    def rows(self, sql, keys=None):
        return self._execute(self._bound(sql, keys))

    def _limit(self, limit):
        variable = f"max_execution_time = {int(limit * 1000)}" if self.name == "mysql" else f"max_statement_time = {limit}"
        self._execute(f"SET SESSION {variable}")

    def rows_timed(self, sql, keys, limit):
        self._limit(limit)
        started = self.clock()
        try:
            rows = self.rows(sql, keys)
        except self.pymysql.err.OperationalError as error:
            if error.args[0] in TIMED_OUT:
                raise TooSlow from None
            raise
        return self.clock() - started, rows

    def time(self, sql, keys, limit):
        """Reads the packets of the answer, and leaves them as they are."""
        from pymysql.constants import COMMAND

        self._limit(limit)
        sql = self._bound(sql, keys)
        connection = self.connection
        started = self.clock()
        connection._execute_command(COMMAND.COM_QUERY, sql)
        stream, ends = connection._rfile, 0
        while ends < 2:
            header = stream.read(4)
            size = int.from_bytes(header[:3], "little")
            packet = stream.read(size)
            if packet[0] == 0xFF:
                connection._next_seq_id = 0
                code = int.from_bytes(packet[1:3], "little")
                if code in TIMED_OUT:
                    raise TooSlow
                raise RuntimeError(packet[9:].decode(errors="replace"))
            ends += packet[0] == 0xFE and size < 9
        return self.clock() - started

    def explain(self, sql, keys=None):
        word = "EXPLAIN ANALYZE" if self.name == "mysql" else "ANALYZE FORMAT=JSON"
        return self.rows(f"{word} {self._bound(sql, keys)}")[0][0]


class Sqlite:
    name, title = "sqlite", "SQLite"

    def __init__(self):
        self.file = TOP / "target/plans.sqlite3"
        self.connection = None

    def load(self):
        fresh = not self.file.exists()
        if not fresh:
            self.connection = sqlite3.connect(self.file, isolation_level=None)
            fresh = self.connection.execute("PRAGMA user_version").fetchone() != (self._mark(),)
        if fresh:
            self.file.unlink(missing_ok=True)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(self.file, isolation_level=None)
            self.connection.execute("PRAGMA synchronous = off")
            self.connection.execute("BEGIN")
            for table, columns in tables.COLUMNS.items():
                self.connection.execute(tables.create_table(table, self.name))
                holes = ", ".join("?" * (columns.count(", ") + 1))
                self.connection.executemany(f"INSERT INTO {table} VALUES ({holes})", tables.rows(table))
            for sql in tables.indexes(self.name):
                self.connection.execute(sql)
            self.connection.execute("ANALYZE")
            self.connection.execute(f"PRAGMA user_version = {self._mark()}")
            self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA cache_size = -65536")

    def processor(self):
        return time.thread_time

    def _mark(self):
        return int(fingerprint()[:7], 16)

    def version(self):
        return sqlite3.sqlite_version

    def _values(self, keys):
        return [] if keys is None else [json.dumps(list(keys))]

    def rows(self, sql, keys=None):
        return self.connection.execute(sql, self._values(keys)).fetchall()

    def rows_timed(self, sql, keys, limit):
        rows = []
        return self.time(sql, keys, limit, rows.append), rows

    def time(self, sql, keys, limit, take=lambda row: None):
        values = self._values(keys)
        started = self.clock()
        self.connection.set_progress_handler(lambda: self.clock() - started > limit, 100_000)
        try:
            for row in self.connection.execute(sql, values):
                take(row)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlow from None
            raise
        finally:
            self.connection.set_progress_handler(None, 0)
        return self.clock() - started

    def explain(self, sql, keys=None):
        plan = self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", self._values(keys))
        return "\n".join(row[3] for row in plan)
