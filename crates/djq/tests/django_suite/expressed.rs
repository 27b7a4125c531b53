//! What the comments above a query say: which recorded cases it expresses, and how its rows are theirs.

use crate::case::Case;
use serde_json::Value as Json;
use std::collections::HashMap;

/// A recorded case that a query expresses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expressed {
    pub(crate) id: u32,
    /// Recorded columns, each with the path of the query's field that is compared with it; none pairs them by name, or
    /// else by place.
    pub(crate) columns: Vec<(String, Vec<String>)>,
    /// Whether equal rows of the query are one, as Django fetches an object once that has several parents.
    pub(crate) distinct: bool,
}

/// A query's cases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Steering {
    pub(crate) cases: Vec<Expressed>,
    /// Whether Django's order leaves the place of some rows open, or is one that nobody asked for.
    pub(crate) unordered: bool,
    /// What the query gives where that is not, on purpose, what Django gives.
    pub(crate) gives: Option<Vec<Vec<Json>>>,
}

/// The comments above each query of a file, by its name.
pub(crate) fn of(case: &Case) -> HashMap<String, Steering> {
    let mut queries = HashMap::new();
    let mut above = Steering::default();
    for line in case.text.lines() {
        if let Some(text) = line.strip_prefix("# case:") {
            above.cases.extend(cases(text).unwrap_or_else(|| {
                panic!(
                    "{}: `{line}` is not `# case: ID, …`, `# case: ID [distinct] column = path, …`",
                    case.path
                )
            }));
        } else if line.starts_with("# unordered:") {
            above.unordered = true;
        } else if let Some(text) = line.strip_prefix("# gives:") {
            let rows = serde_json::from_str(text)
                .unwrap_or_else(|error| panic!("{}: `{line}`: {error}", case.path));
            above.gives = Some(rows);
        } else if let Some(query) = line.strip_prefix("query ") {
            let name = query.split(['(', ' ', '{']).next().unwrap_or_default();
            queries.insert(name.to_owned(), std::mem::take(&mut above));
        }
    }
    queries
}

/// `1, 2`, or one with what is compared: `1 a = b.c, d = e`.
fn cases(text: &str) -> Option<Vec<Expressed>> {
    let text = text.trim();
    if let Ok(ids) = text.split(',').map(|id| id.trim().parse()).collect() {
        let ids: Vec<u32> = ids;
        return Some(ids.into_iter().map(plain).collect());
    }
    let (id, rest) = text.split_once(' ')?;
    let (distinct, rest) = match rest.strip_prefix("distinct") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let columns = rest
        .split(',')
        .map(|pair| {
            let (column, path) = pair.split_once('=')?;
            let path = path.trim().split('.').map(str::to_owned).collect();
            Some((column.trim().to_owned(), path))
        })
        .collect::<Option<_>>()?;
    Some(vec![Expressed {
        columns,
        distinct,
        ..plain(id.parse().ok()?)
    }])
}

fn plain(id: u32) -> Expressed {
    Expressed {
        id,
        ..Expressed::default()
    }
}
