//! Making a failing query small: parts are left out or replaced by what is in them, as long as it fails the same way.

use crate::{
    judge::{Judge, Verdict},
    kind::Kind,
    query::Query,
    tree::{Sort, Tree},
};

/// How many queries may be tried for one failure.
const TRIES: usize = 600;

/// The smallest query found that fails as `what` says, and its story.
pub(crate) fn shrink(query: &Query, what: &str, judge: &mut Judge<'_>) -> (Query, String) {
    let mut best = query.clone();
    let mut story = tell(&best, what, judge).unwrap_or_default();
    let mut tries = 0;
    loop {
        let size = best.tree.to_string().len();
        let mut smaller: Vec<Tree> = candidates(&best.tree)
            .into_iter()
            .filter(|tree| tree.to_string().len() < size)
            .collect();
        smaller.sort_by_key(|tree| tree.to_string().len());
        smaller.dedup_by_key(|tree| tree.to_string());
        let mut found = false;
        for tree in smaller {
            tries += 1;
            if tries > TRIES {
                return (best, story);
            }
            let query = Query {
                tree,
                ..best.clone()
            };
            if let Some(told) = tell(&query, what, judge) {
                best = query;
                story = told;
                found = true;
                break;
            }
        }
        if !found {
            return (best, story);
        }
    }
}

/// The story of a query that fails as `what` says.
fn tell(query: &Query, what: &str, judge: &mut Judge<'_>) -> Option<String> {
    match judge.judge(query) {
        Verdict::Wrong { signature, story } if signature == what => Some(story),
        _ => None,
    }
}

/// The query with one part left out or replaced.
fn candidates(tree: &Tree) -> Vec<Tree> {
    let mut found = Vec::new();
    for path in tree.paths() {
        let part = tree.at(&path);
        match part.sort {
            Sort::Optional => found.push(tree.with(&path, Tree::nothing())),
            Sort::List => {
                for place in 0..part.parts.len() {
                    if part.parts.len() > 1 {
                        let mut items = part.parts.clone();
                        items.remove(place);
                        found.push(tree.with(&path, Tree::list(items)));
                    }
                }
            }
            Sort::Value(_) | Sort::Pipeline => {
                for inner in part.paths() {
                    if !inner.is_empty() && part.at(&inner).sort == part.sort {
                        found.push(tree.with(&path, part.at(&inner).clone()));
                    }
                }
                if let Sort::Value(kind) = part.sort {
                    for text in simple(kind) {
                        found.push(tree.with(&path, Tree::value(kind, *text, Vec::new())));
                    }
                }
            }
            Sort::Fixed | Sort::Verbatim => {}
        }
    }
    found
}

fn simple(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Bool => &["true", "false"],
        Kind::Int => &["1", "0"],
        Kind::Float | Kind::Approximate => &["1e0"],
        Kind::Decimal => &["1.0"],
        Kind::Text => &["''", "'a'"],
        Kind::Date => &["@2024-01-31"],
        Kind::DateTime => &["@2024-01-31T00:00:00Z"],
        Kind::Time => &["@12:00:00"],
        Kind::Duration => &["(1 hour)"],
        Kind::Uuid => &[],
        Kind::Json => &["json_array()"],
    }
}
