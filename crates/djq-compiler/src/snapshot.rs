//! The SQL of a query as a snapshot shows it: the first dialect in full, the others as differences.

use crate::{CompiledQuery, pieces::statements};
use std::fmt::Write;

/// The text for one query.
#[must_use]
pub fn sql(query: &CompiledQuery) -> String {
    let mut text = format!(
        "## {}\n",
        if query.name().is_empty() {
            "(bare)"
        } else {
            query.name()
        }
    );
    let mut sql = query.sql.iter();
    let Some((first, full)) = sql.next() else {
        return text;
    };
    let full = statements(full, &query.hir.interface);
    let _ = write!(text, "\n-- {}\n{full}", first.title());
    for (dialect, other) in sql {
        let other = statements(other, &query.hir.interface);
        if other == full {
            let _ = write!(text, "\n-- {}: the same\n", dialect.title());
        } else {
            let _ = write!(
                text,
                "\n-- {}\n{}",
                dialect.title(),
                difference(&full, &other)
            );
        }
    }
    text
}

/// Lines that are gone, marked `-`, and that came, marked `+`, between lines that stay, of which only the
/// neighbours are shown. A text that is mostly new is shown in full.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let lengths = common_lengths(&old, &new);
    let common = lengths
        .first()
        .and_then(|row| row.first())
        .copied()
        .unwrap_or(0);
    if common * 2 < new.len() {
        return new
            .iter()
            .fold(String::new(), |text, line| text + line + "\n");
    }
    let (mut left, mut right) = (0, 0);
    let mut text = String::new();
    while left < old.len() || right < new.len() {
        let (mark, line) = match (old.get(left), new.get(right)) {
            (Some(a), Some(b)) if a == b => {
                left += 1;
                right += 1;
                (' ', *a)
            }
            (Some(a), b) if b.is_none() || lengths[left + 1][right] >= lengths[left][right + 1] => {
                left += 1;
                ('-', *a)
            }
            (_, Some(b)) => {
                right += 1;
                ('+', *b)
            }
            _ => break,
        };
        if mark != ' ' {
            let _ = writeln!(text, "{mark} {line}");
        }
    }
    text
}

/// `lengths[i][j]`: how many lines `old[i..]` and `new[j..]` have in common, in order.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            lengths[i][j] = if a == b {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_shown() {
        assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n"), "- b\n+ x\n");
        assert_eq!(difference("a\nb\n", "a\nb\nc\n"), "+ c\n");
        assert_eq!(difference("a\n", "x\ny\n"), "x\ny\n");
    }
}
