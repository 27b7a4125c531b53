//! Null in each argument of each function of the catalogue, on each database: what the catalogue claims of nulls holds,
//! and all databases give the same.

use crate::case::Project;
use crate::databases;
use crate::rows::{self, Cell, Order, Tolerance};
use djq_check::functions::{self, Callable, Nulls};
use djq_compiler::{CompiledQuery, Program, Settings};
use djq_sql::dialect::DialectId;

/// What needs an index or an extension, or differs at every call.
const ELSEWHERE: [&str; 5] = ["search", "search_rank", "similarity", "random", "uuid_v4"];

pub(crate) fn check() -> Vec<String> {
    let mut wrong = Vec::new();
    let mut runs = 0;
    let mut held = 0;
    let mut connections =
        DialectId::ALL.map(|dialect| (dialect, databases::open(Project::Blog, dialect)));
    let entries = functions::all()
        .filter(|entry| matches!(entry.callable, Callable::Function(_)))
        .filter(|entry| !ELSEWHERE.contains(&entry.name));
    for entry in entries {
        let Some(arguments) = arguments(entry.name, entry.example) else {
            continue;
        };
        for null in 0..=arguments.len() {
            // The last round has null everywhere.
            let all = null == arguments.len();
            let given: Vec<String> = arguments
                .iter()
                .enumerate()
                .map(|(place, argument)| match all || place == null {
                    true => format!("nullif({argument}, {argument})"),
                    false => (*argument).to_owned(),
                })
                .collect();
            let call = format!("{}({})", entry.name, given.join(", "));
            // A unit, a zone or a pattern is a literal: there is no null to give.
            let Some(query) = compiled(&call) else {
                continue;
            };
            let is_null = match entry.nulls {
                Nulls::Strict | Nulls::Partial => true,
                Nulls::First => all || null == 0,
                Nulls::All => all,
                _ => false,
            };
            held += 1;
            let order = Order::of(&query.plan);
            let mut first: Option<(DialectId, Vec<Vec<Cell>>)> = None;
            for (dialect, connection) in &mut connections {
                let Some(sql) = query.sql(*dialect) else {
                    continue;
                };
                runs += 1;
                let found = match djq_client::run(connection, Project::Blog.schema(), sql, &[]) {
                    Ok(found) => found,
                    Err(error) => {
                        wrong.push(format!("`{call}` on {dialect}: {error}"));
                        continue;
                    }
                };
                let mut broken = Vec::new();
                rows::broken_promises(&query.hir.interface.row, &found, &mut broken);
                if !broken.is_empty() {
                    wrong.push(format!(
                        "`{call}` on {dialect} is null, and is typed never null"
                    ));
                }
                let mut cells = rows::cells(&found);
                rows::settle(&mut cells, &order);
                let has_value = cells
                    .iter()
                    .flatten()
                    .any(|cell| cell.to_string() != "null");
                if is_null && has_value {
                    wrong.push(format!(
                        "`{call}` on {dialect} is not null, and the catalogue says so"
                    ));
                }
                match &first {
                    None => first = Some((*dialect, cells)),
                    Some((whose, wanted)) => {
                        if let Some(difference) =
                            rows::difference(wanted, &cells, Tolerance::SQLITE)
                        {
                            wrong.push(format!(
                                "`{call}`: {dialect} differs from {whose}: {difference}"
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(held > 100, "null was given to {held} arguments alone");
    eprintln!("null in {held} places, {runs} runs");
    wrong
}

fn compiled(call: &str) -> Option<CompiledQuery> {
    let text = format!("query given() {{ from Entry select {call} as value order by id limit 5 }}");
    let program = Program::from_text("given", &text);
    let settings = Settings {
        exact_collation: true,
        ..Settings::of(DialectId::ALL)
    };
    djq_compiler::compile(&program, Project::Blog.schema(), &settings)
        .into_iter()
        .next()?
        .queries
        .into_iter()
        .next()
}

/// The arguments of an example that is one call.
fn arguments<'a>(name: &str, example: &'a str) -> Option<Vec<&'a str>> {
    let inside = example
        .strip_prefix(name)?
        .strip_prefix('(')?
        .strip_suffix(')')?;
    let mut found = Vec::new();
    let (mut depth, mut quoted, mut start) = (0, false, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(inside.get(start..at)?.trim());
                start = at + 1;
            }
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    let last = inside.get(start..)?.trim();
    if !last.is_empty() {
        found.push(last);
    }
    (!found.is_empty()).then_some(found)
}
