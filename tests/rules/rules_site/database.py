"""A database by URL: sqlite:db.sqlite3, postgres://…, mysql://… or mariadb://…, as djq.toml names it."""

from urllib.parse import unquote, urlsplit

ENGINES = {"postgres": "postgresql", "postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}


def database(url):
    """The entry of DATABASES for a URL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": url.split(":", 1)[1]}
    engine = ENGINES[parts.scheme]
    entry = {
        "ENGINE": f"django.db.backends.{engine}",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
    }
    if engine == "mysql":
        import pymysql

        # Django asks for mysqlclient's version; PyMySQL, which needs no compiler, stands in for it.
        pymysql.version_info = (2, 2, 7, "final", 0)
        pymysql.__version__ = "2.2.7"
        pymysql.install_as_MySQLdb()
        entry["OPTIONS"] = {"charset": "utf8mb4"}
    return entry
