//! The schema snapshot from Django, PostgreSQL, MySQL, MariaDB or SQLite.
