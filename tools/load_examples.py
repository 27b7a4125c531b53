"""Makes the databases djq_blog, djq_shop, djq_tpch, djq_types, djq_rules and djq_django on each server, and target/examples/{tpch,types,rules,django}.sqlite3.

Tables are made by each project's own migrations, or of its models; blog and shop get the rows of their checked-in SQLite file, tpch
those of its data folder, types and rules those that their rows.py makes, django none.  What is there already and up to date is left alone.  Servers are named by DJQ_TEST_POSTGRES_URL,
DJQ_TEST_MYSQL_URL and DJQ_TEST_MARIADB_URL; one that is missing is an error, unless others were asked for.
"""

import csv
import gzip
import hashlib
import importlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

TOP = Path(__file__).resolve().parent.parent
PROJECTS = {"blog": TOP / "examples/blog", "shop": TOP / "examples/shop", "tpch": TOP / "tests/tpch", "types": TOP / "tests/types", "rules": TOP / "tests/rules", "django": TOP / "tests/django"}
SQLITE_FILES = {project: TOP / f"target/examples/{project}.sqlite3" for project in ("tpch", "types", "rules", "django")}
SERVERS = ("postgres", "mysql", "mariadb")


def main():
    wanted = sys.argv[1:] or [*SERVERS, "sqlite"]
    unknown = set(wanted) - {*SERVERS, "sqlite"}
    if unknown:
        sys.exit(f"load_examples: no such target: {', '.join(sorted(unknown))}")
    urls = {name: os.environ.get(f"DJQ_TEST_{name.upper()}_URL") for name in wanted if name != "sqlite"}
    missing = [f"DJQ_TEST_{name.upper()}_URL" for name, url in urls.items() if not url]
    if missing:
        sys.exit(f'load_examples: not set: {", ".join(missing)}; try: tools/testdb up && eval "$(tools/testdb env)"')
    fingerprints = {name: fingerprint(folder) for name, folder in PROJECTS.items()}
    jobs = [(load_server, name, url, fingerprints) for name, url in urls.items()]
    if "sqlite" in wanted:
        jobs.extend((load_sqlite, project, fingerprints[project]) for project in SQLITE_FILES)
    failed = False
    with ThreadPoolExecutor(len(jobs)) as pool:
        for running in [pool.submit(*job) for job in jobs]:
            try:
                running.result()
            except Exception as error:
                failed = True
                print(f"load_examples: {type(error).__name__}: {error}", file=sys.stderr)
    sys.exit(failed)


def fingerprint(folder):
    """Of everything that decides what the database holds."""
    files = [Path(__file__), *folder.rglob("migrations/*.py"), *folder.glob("db.sqlite3"), *folder.glob("data/*"), *folder.glob("*/rows.py")]
    if not any(folder.rglob("migrations/*.py")):
        files.extend(folder.glob("*/models.py"))
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:32]


def load_server(name, url, fingerprints):
    """Brings the server's databases up to date, one process at a time on each server."""
    server = Postgres(url) if name == "postgres" else MySql(url)
    with server.locked():
        for project, current in fingerprints.items():
            database = f"djq_{project}"
            if server.loaded(database) == current:
                continue
            started = time.monotonic()
            server.recreate(database)
            run_loader(project, urlunsplit(urlsplit(url)._replace(path=f"/{database}")))
            server.mark(database, current)
            print(f"load_examples: {name}: {database} ({time.monotonic() - started:.1f} s)", file=sys.stderr)


def load_sqlite(project, current):
    file = SQLITE_FILES[project]
    mark = file.with_suffix(".loaded")
    if file.exists() and mark.exists() and mark.read_text() == current:
        return
    started = time.monotonic()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    run_loader(project, f"sqlite:{new}")
    new.replace(file)
    mark.write_text(current)
    print(f"load_examples: {file.relative_to(TOP)} ({time.monotonic() - started:.1f} s)", file=sys.stderr)


def run_loader(project, url):
    """Django has one project in a process, so each database is filled by a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": f"{project}_site.settings",
        "PYTHONPATH": os.pathsep.join([str(PROJECTS[project]), os.environ.get("PYTHONPATH", "")]),
    }
    code = f"import sys; sys.path.insert(0, {str(TOP / 'tools')!r}); import load_examples; load_examples.fill({project!r})"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{project} into {urlsplit(url).scheme}:\n{done.stderr}")


# ---- servers: which databases there are, and what they were made from ----


class Postgres:
    """Keeps a database's fingerprint as its comment."""

    def __init__(self, url):
        import psycopg

        self.connection = psycopg.connect(url, autocommit=True)

    @contextmanager
    def locked(self):
        self.connection.execute("SELECT pg_advisory_lock(hashtext('djq_load_examples'))")
        with self.connection:  # closes it, and so ends the lock
            yield

    def loaded(self, database):
        row = self.connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
        return row and row[0]

    def recreate(self, database):
        self.connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.connection.execute(f'CREATE DATABASE "{database}"')

    def mark(self, database, current):
        self.connection.execute(f"COMMENT ON DATABASE \"{database}\" IS '{current}'")


class MySql:
    """Keeps the fingerprints in a database of their own."""

    def __init__(self, url):
        import pymysql

        parts = urlsplit(url)
        self.connection = pymysql.connect(
            host=parts.hostname,
            port=parts.port or 3306,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            autocommit=True,
        )

    def execute(self, sql, values=()):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()

    @contextmanager
    def locked(self):
        with self.connection:
            if self.execute("SELECT GET_LOCK('djq_load_examples', 300)") != (1,):
                raise RuntimeError("another load_examples does not end")
            self.execute("CREATE DATABASE IF NOT EXISTS djq_loaded")
            self.execute(
                "CREATE TABLE IF NOT EXISTS djq_loaded.loaded (name varchar(64) PRIMARY KEY, fingerprint varchar(64))"
            )
            yield

    def loaded(self, database):
        row = self.execute(
            "SELECT fingerprint FROM djq_loaded.loaded JOIN information_schema.schemata ON schema_name = name"
            " WHERE name = %s",
            [database],
        )
        return row and row[0]

    def recreate(self, database):
        self.execute("DELETE FROM djq_loaded.loaded WHERE name = %s", [database])
        self.execute(f"DROP DATABASE IF EXISTS `{database}`")
        self.execute(f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4")

    def mark(self, database, current):
        self.execute("INSERT INTO djq_loaded.loaded VALUES (%s, %s)", [database, current])


# ---- one project's tables and rows, with Django; run in a process of its own ----


def fill(project):
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection, transaction

    source = PROJECTS[project] / "db.sqlite3"
    if source.exists():
        settings.DATABASES["source"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": source}
    django.setup()
    call_command("migrate", verbosity=0, run_syncdb=True)
    models = [
        model
        for config in django.apps.apps.get_app_configs()
        if PROJECTS[project] in Path(config.path).parents
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.can_migrate(connection)
    ]
    made = sorted(PROJECTS[project].glob("*/rows.py"))
    copy = copy_rows if source.exists() else copy_files
    empty = not (source.exists() or made or (PROJECTS[project] / "data").exists())
    with connection.constraint_checks_disabled(), transaction.atomic():
        for rows in made:
            importlib.import_module(f"{rows.parent.name}.rows").fill()
        for model in () if made or empty else models:
            copy(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "mysql":
            tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
            cursor.execute(f"ANALYZE TABLE {tables}")
            cursor.fetchall()
        else:
            cursor.execute("ANALYZE")


def copy_rows(model):
    """Row by row through the model, which keeps microseconds; Django's own dumps round them off."""
    rows = model._base_manager.using("source").order_by("pk")
    model._base_manager.using("default").bulk_create(list(rows), batch_size=500)


def copy_files(model):
    """All values are given as text, which each server reads as the column's type."""
    from django.db import connection

    table = model._meta.db_table
    file = PROJECTS["tpch"] / "data" / f"{table}.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        columns = ", ".join(map(connection.ops.quote_name, next(rows)))
        into = f"{connection.ops.quote_name(table)} ({columns})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                rows = list(rows)
                cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


if __name__ == "__main__":
    main()
