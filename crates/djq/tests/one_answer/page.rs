//! The page of the rules.

use crate::Compiled;
use djq_sql::dialect::DialectId;
use std::fmt::Write;

const BEGINNING: &str = "# One query, one answer

The same query on the same rows gives the same rows on PostgreSQL, MySQL, MariaDB and SQLite. These are the rules, cases at
their edges with what they give, and how each database is asked. A test runs every case on all four, and makes this page.

What the database decides: the collation, where a project does not ask for `collation = \"exact\"`; regular expressions beyond
their common part; the last digits of floats; what SQLite does where 64 bits overflow (a float, where others fail);
dates before the year 1 or after 9999 that arithmetic makes; the rules of zones with a name, of which each has its own release, and on MySQL
and MariaDB none before 1970; `random()`; which row `limit` keeps among equals; rank and stemming of
full-text search.
";

/// The whole page.
pub(crate) fn page(cases: &[Compiled]) -> String {
    let mut page = String::from(BEGINNING);
    let mut title = "";
    for (place, case) in cases.iter().enumerate() {
        if case.rule.title != title {
            title = case.rule.title;
            let _ = write!(
                page,
                "\n## {title}\n\n{}\n\n| query | gives |\n| --- | --- |\n",
                case.rule.says
            );
        }
        let _ = writeln!(
            page,
            "| `{}` | {} |",
            case.shown.replace('|', "\\|"),
            case.expected
        );
        let is_last = cases
            .get(place + 1)
            .is_none_or(|next| next.rule.title != title);
        if is_last && let Some(shown) = cases.iter().find(|case| case.rule.title == title) {
            dialects(&mut page, shown);
        }
    }
    page
}

/// How each database is asked for the first case of a rule.
fn dialects(page: &mut String, case: &Compiled) {
    let _ = write!(page, "\n`{}` is\n\n```sql\n", case.shown);
    let mut before = String::new();
    for dialect in DialectId::ALL {
        let Some(sql) = case.query.sql(dialect) else {
            continue;
        };
        let pieces = sql
            .statements
            .iter()
            .flat_map(|statement| &statement.pieces);
        let text: String = pieces.map(|piece| &*piece.sql).collect();
        if text == before {
            let _ = writeln!(page, "-- {}: the same", dialect.title());
        } else {
            let _ = writeln!(page, "-- {}\n{}", dialect.title(), text.trim_end());
            before = text;
        }
    }
    page.push_str("```\n");
}
