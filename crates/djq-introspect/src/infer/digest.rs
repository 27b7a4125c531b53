//! How Django makes names of tables: by app and model, shortened with four digits of a hash.
//!
//! As `django.db.backends.utils.truncate_name` and `names_digest`.

use djq_client::Database;
use md5::{Digest, Md5};

/// The longest name that Django gives a table there.
pub(super) fn longest(database: Database) -> Option<usize> {
    match database {
        Database::Sqlite => None,
        Database::Postgres => Some(63),
        Database::MySql | Database::MariaDb => Some(64),
    }
}

/// The name as Django shortens it for a database.
pub(super) fn truncated(name: &str, database: Database) -> String {
    match longest(database) {
        Some(longest) if name.chars().count() > longest => {
            let digest = Md5::digest(name.as_bytes());
            let digits: String = digest
                .iter()
                .take(2)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            name.chars()
                .take(longest - digits.len())
                .chain(digits.chars())
                .collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_end_in_four_digits_of_their_hash() {
        // Said by Django 5.2: `truncate_name("a" * 70, 63)`.
        let long = "a".repeat(70);
        assert_eq!(
            truncated(&long, Database::Postgres),
            format!("{}{}", "a".repeat(59), "0f5c")
        );
        assert_eq!(truncated(&long, Database::Sqlite), long);
        assert_eq!(truncated("blog_entry", Database::Postgres), "blog_entry");
    }
}
