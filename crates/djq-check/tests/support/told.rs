//! What is said of queries that are wrong, in short, and where the offers lead.

use super::run;
use djq_diagnostics::{Diagnostic, apply_fix};
use djq_schema::Schema;
use std::fmt::Write as _;

/// Whether the offers lead to a query that compiles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Applying the first offers, one after the other, ends clean.
    Clean,
    /// Someone has to say what is meant.
    Open,
}
use Ends::{Clean, Open};

/// A bare pipeline as a file.
fn file(query: &str) -> String {
    let is_item = ["query ", "def ", "view ", "use "]
        .iter()
        .any(|word| query.starts_with(word));
    if is_item {
        query.to_owned()
    } else {
        format!("query q() {{\n{query}\n}}")
    }
}

fn errors(text: &str, schema: &Schema) -> Vec<Diagnostic> {
    let (_, diagnostics, _) = run(text, schema);
    diagnostics
        .into_iter()
        .filter(Diagnostic::is_error)
        .collect()
}

/// The text with its first offers applied, until there is no error or no offer.
fn mended(text: &str, schema: &Schema) -> Result<String, String> {
    let mut text = text.to_owned();
    for _ in 0..16 {
        let found = errors(&text, schema);
        let Some(first) = found.first() else {
            return Ok(text);
        };
        let fix = found.iter().find_map(|diagnostic| diagnostic.fixes.first());
        let Some(fix) = fix else {
            return Err(first.message.clone());
        };
        text = apply_fix(&text, fix);
    }
    Err(format!("the offers do not end: {text}"))
}

/// What is said of each query, in short: message, labels with their places, help, and the offers.
pub(crate) fn told(schema: &Schema, queries: &[(Ends, &str)]) -> String {
    let mut out = String::new();
    let mut wrong: Vec<String> = Vec::new();
    for (ends, query) in queries {
        let text = file(query);
        let _ = writeln!(out, "──── {query}");
        let found = errors(&text, schema);
        if found.is_empty() {
            wrong.push(format!("nothing is said of {query}"));
        }
        for diagnostic in &found {
            let _ = writeln!(out, "{}: {}", diagnostic.code.id, diagnostic.message);
            let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
            for label in labels {
                let place = text.get(label.span.range()).unwrap_or("");
                let place = place.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(out, "    `{place}` ~ {}", label.message);
            }
            if let Some(help) = &diagnostic.help {
                let _ = writeln!(out, "    help: {help}");
            }
            for fix in &diagnostic.fixes {
                let _ = writeln!(out, "    {}", fix.message);
            }
        }
        match (ends, mended(&text, schema)) {
            (Clean, Ok(mended)) => {
                let mended = mended.strip_prefix("query q() {\n").unwrap_or(&mended);
                let mended = mended.strip_suffix("\n}").unwrap_or(mended);
                let _ = writeln!(out, "  => {mended}");
            }
            (Open, Err(_)) => {}
            (Clean, Err(left)) => wrong.push(format!("{query}: {left}")),
            (Open, Ok(mended)) => wrong.push(format!("{query} ends clean: {mended}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    out
}
