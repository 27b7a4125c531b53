//! What a database URL names.

use std::path::PathBuf;

use url::Url;

use crate::{ClientError, ErrorKind};

/// Which database it is; MySQL and MariaDB are told apart only once they answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the database of its name")]
pub enum Database {
    Sqlite,
    Postgres,
    MySql,
    MariaDb,
}

impl Database {
    /// As `djq.toml` and `--dialect` spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "sqlite",
            Database::Postgres => "postgres",
            Database::MySql => "mysql",
            Database::MariaDb => "mariadb",
        }
    }
}

/// A URL, understood.
#[derive(Debug)]
pub(crate) enum Location {
    /// A file, or nothing for a database in memory.
    Sqlite(Option<PathBuf>),
    Postgres(Url),
    /// Its scheme is `mysql`, whatever it was.
    MySql(Url),
}

impl Location {
    pub(crate) fn parse(text: &str) -> Result<Self, ClientError> {
        let wrong = |message: String| ClientError::new(ErrorKind::Url, message);
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(wrong(
                "a database URL begins with sqlite:, postgres://, mysql:// or mariadb://, as in `sqlite:db.sqlite3`".into(),
            ));
        };
        match scheme {
            "sqlite" | "sqlite3" => sqlite_file(rest).map(Location::Sqlite),
            "postgres" | "postgresql" => Ok(Location::Postgres(server(text)?)),
            "mysql" | "mariadb" => Ok(Location::MySql(server(&format!("mysql:{rest}"))?)),
            _ => Err(wrong(format!(
                "no database has the URL scheme `{scheme}`; there are sqlite, postgres, mysql and mariadb"
            ))),
        }
    }

    /// The place in words, without user or password.
    pub(crate) fn words(&self) -> String {
        match self {
            Location::Sqlite(Some(file)) => file.display().to_string(),
            Location::Sqlite(None) => ":memory:".into(),
            Location::Postgres(url) => place(url, "PostgreSQL", 5432),
            Location::MySql(url) => place(url, "MySQL", 3306),
        }
    }
}

fn place(url: &Url, server: &str, port: u16) -> String {
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .unwrap_or("localhost");
    format!("{server} at {host}:{}", url.port().unwrap_or(port))
}

fn server(text: &str) -> Result<Url, ClientError> {
    // The parser's errors name the kind of mistake and never quote the text, which has a password in it.
    let url = Url::parse(text).map_err(|error| {
        ClientError::new(
            ErrorKind::Url,
            format!("the database URL is not well formed ({error}); write signs such as `@`, `/` and `#` in a password as `%40`, `%2F`, `%23`"),
        )
    })?;
    if url.cannot_be_a_base() {
        return Err(ClientError::new(
            ErrorKind::Url,
            "two slashes belong behind the scheme, as in `postgres://user:password@host/database`",
        ));
    }
    Ok(url)
}

/// `sqlite:relative`, `sqlite:/absolute`, `sqlite:///absolute`, `sqlite::memory:`.
fn sqlite_file(rest: &str) -> Result<Option<PathBuf>, ClientError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let path = percent_decoded(path)
        .ok_or_else(|| ClientError::new(ErrorKind::Url, "the file's name has a `%` that two hexadecimal digits of UTF-8 must follow; a percent sign itself is `%25`"))?;
    match path.as_str() {
        "" => Err(ClientError::new(
            ErrorKind::Url,
            "the URL names no file; write `sqlite:db.sqlite3`, or `sqlite:///` and an absolute path",
        )),
        ":memory:" | "/:memory:" => Ok(None),
        _ => Ok(Some(PathBuf::from(path))),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (high, low) = (
            char::from(rest.next()?).to_digit(16)?,
            char::from(rest.next()?).to_digit(16)?,
        );
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A database URL as it may be shown: the password is replaced by stars.
///
/// ```
/// assert_eq!(djq_client::redacted("postgres://ann:s3cret@db/shop"), "postgres://ann:***@db/shop");
/// assert_eq!(djq_client::redacted("sqlite:db.sqlite3"), "sqlite:db.sqlite3");
/// ```
#[must_use]
pub fn redacted(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.into();
    };
    // A password may hold slashes that should have been escaped: take the last `@` there is.
    let Some((user, rest)) = rest.rsplit_once('@') else {
        return text.into();
    };
    match user.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***@{rest}"),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> String {
        match Location::parse(text) {
            Ok(Location::Sqlite(Some(file))) => file.display().to_string(),
            Ok(other) => format!("{other:?}"),
            Err(error) => error.message,
        }
    }

    #[test]
    fn sqlite_urls_name_files() {
        assert_eq!(file("sqlite:db.sqlite3"), "db.sqlite3");
        assert_eq!(file("sqlite:./a%20b/%25.db"), "./a b/%.db");
        assert_eq!(file("sqlite:///var/db.sqlite3"), "/var/db.sqlite3");
        assert_eq!(file("sqlite:/var/db.sqlite3"), "/var/db.sqlite3");
        assert_eq!(file("sqlite::memory:"), "Sqlite(None)");
        assert!(file("sqlite:a%zz").contains("two hexadecimal digits"));
        assert!(file("sqlite:").contains("names no file"));
    }

    #[test]
    fn wrong_urls_say_what_is_wrong_and_keep_the_password() {
        for text in [
            "db.sqlite3",
            "oracle://x/y",
            "postgres:host/db",
            "postgres://ann:s3cret/word@host:x/db",
            "mysql://ann:s3cret@:99999999/d",
        ] {
            let error = Location::parse(text).map(|_| ()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Url);
            assert!(!error.message.contains("s3cret"), "{}", error.message);
        }
        assert_eq!(
            redacted("mysql://ann:s3/cr@t@host/db"),
            "mysql://ann:***@host/db"
        );
    }
}
