//! What was recorded when Django's own tests ran: querysets with their rows, and the rows that were in the tables.

use crate::case::root;
use djq_sql::dialect::DialectId;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};

/// A queryset that Django evaluated.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) id: u32,
    pub(crate) app: String,
    /// The rows that were there, by the name of a [`State`].
    pub(crate) state: String,
    /// The statement of the test.
    pub(crate) code: String,
    /// What Django made of it for SQLite.
    pub(crate) sql: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Json>>,
    /// The databases on which Django's SQL gave these rows; it did not run on MariaDB, whose SQL is MySQL's.
    agree: Vec<String>,
}

/// The rows of an app's tables.
#[derive(Debug, Deserialize)]
pub(crate) struct State {
    pub(crate) state: String,
    /// By the model's label.
    pub(crate) data: BTreeMap<String, Table>,
}

/// The rows of a model's table.
#[derive(Debug, Deserialize)]
pub(crate) struct Table {
    /// Django's names of the columns: `author_id`.
    pub(crate) fields: Vec<String>,
    pub(crate) rows: Vec<Vec<Json>>,
}

/// All that was recorded.
pub(crate) struct Recordings {
    pub(crate) cases: HashMap<u32, Recorded>,
    pub(crate) states: HashMap<String, State>,
}

impl Recordings {
    /// Those of these apps.
    pub(crate) fn of<'a>(apps: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self {
            cases: HashMap::new(),
            states: HashMap::new(),
        };
        for app in apps {
            let cases = lines::<Recorded>(&format!("tests/django/{app}/cases.jsonl"));
            all.cases
                .extend(cases.into_iter().map(|case| (case.id, case)));
            let states = lines::<State>(&format!("tests/django/{app}/states.jsonl"));
            all.states
                .extend(states.into_iter().map(|state| (state.state.clone(), state)));
        }
        all
    }
}

fn lines<T: for<'de> Deserialize<'de>>(path: &str) -> Vec<T> {
    let text = std::fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{path}: {error}")))
        .collect()
}

impl Recorded {
    /// Whether Django's own SQL gave these rows on a database.
    pub(crate) fn agrees(&self, dialect: DialectId) -> bool {
        let name = match dialect {
            DialectId::Postgres => "postgres",
            DialectId::MySql | DialectId::MariaDb => "mysql",
            DialectId::Sqlite => "sqlite",
        };
        self.agree.iter().any(|agreeing| agreeing == name)
    }

    /// Whether Django ordered the rows: an ORDER BY outside of all parentheses.
    pub(crate) fn is_ordered(&self) -> bool {
        let (mut depth, mut quoted) = (0_i32, false);
        self.sql.char_indices().any(|(place, letter)| {
            match letter {
                '"' | '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                'O' if !quoted && depth == 0 => {
                    return self
                        .sql
                        .get(place..)
                        .is_some_and(|rest| rest.starts_with("ORDER BY "));
                }
                _ => {}
            }
            false
        })
    }
}
