//! The lines of a file that diagnostics point at, so that showing one costs the same in a file of
//! ten lines and in one of four megabytes, also where all of it is one line.

use std::collections::BTreeMap;

use crate::{SourceFile, Span};

/// A line longer than this is cut around its labels.
const LONGEST_LINE: usize = 240;
/// How much is shown on each side of a label on a cut line.
const AROUND: usize = 80;
/// A label over more lines than this shows its first and last alone.
const MOST_LINES: u32 = 8;
/// What stands for the rest of a cut line.
const CUT: &str = "…";

/// A text with as many lines as the file, of which those that matter have their contents.
pub(crate) struct Excerpt {
    pub(crate) text: String,
    lines: Vec<Line>,
}

/// A line that has its contents, or a window of them.
struct Line {
    /// Where it begins in the file.
    start: usize,
    /// What of it is shown.
    from: usize,
    to: usize,
    /// Where that begins in the excerpt.
    at: usize,
}

impl Excerpt {
    /// The excerpt that shows these spans.
    pub(crate) fn new(file: &SourceFile, spans: &[Span]) -> Self {
        let mut wanted: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        let mut want = |line: u32, from: usize, to: usize| {
            let window = wanted.entry(line).or_insert((from, to));
            *window = (window.0.min(from), window.1.max(to));
        };
        for span in spans {
            let (first, last) = (
                file.line_column(span.start).line,
                file.line_column(span.end).line,
            );
            want(
                first,
                span.start as usize,
                if first == last {
                    span.end as usize
                } else {
                    span.start as usize
                },
            );
            want(
                last,
                if first == last {
                    span.start as usize
                } else {
                    span.end as usize
                },
                span.end as usize,
            );
            if last - first < MOST_LINES {
                for line in first..last {
                    want(line, usize::MAX, 0);
                }
            }
        }
        let mut excerpt = Self {
            text: String::new(),
            lines: Vec::with_capacity(wanted.len()),
        };
        let mut written = 1;
        for (line, (from, to)) in wanted {
            for _ in written..line {
                excerpt.text.push('\n');
            }
            written = line;
            excerpt.add(file, line, from, to);
        }
        excerpt
    }

    fn add(&mut self, file: &SourceFile, line: u32, from: usize, to: usize) {
        let range = file.line_range(line);
        let text = file.text.get(range.clone()).unwrap_or("");
        if text.len() <= LONGEST_LINE {
            let at = self.text.len();
            self.text.extend(text.chars().map(visible));
            // NUL and other controls may change the length; only one-byte ones are replaced by one byte.
            self.lines.push(Line {
                start: range.start,
                from: range.start,
                to: range.end,
                at,
            });
            return;
        }
        let from = floor(
            &file.text,
            from.clamp(range.start, range.end)
                .saturating_sub(AROUND)
                .max(range.start),
        );
        let end = to.clamp(from, range.end).min(from + 2 * LONGEST_LINE);
        let to = floor(&file.text, (end + AROUND).min(range.end));
        if from > range.start {
            self.text.push_str(CUT);
        }
        let at = self.text.len();
        self.text
            .extend(file.text.get(from..to).unwrap_or("").chars().map(visible));
        if to < range.end {
            self.text.push_str(CUT);
        }
        self.lines.push(Line {
            start: range.start,
            from,
            to,
            at,
        });
    }

    /// Where a byte of the file stands in the excerpt.
    pub(crate) fn place(&self, offset: u32) -> usize {
        let offset = offset as usize;
        let after = self.lines.partition_point(|line| line.start <= offset);
        match after.checked_sub(1).and_then(|index| self.lines.get(index)) {
            Some(line) => line.at + offset.clamp(line.from, line.to) - line.from,
            None => 0,
        }
    }
}

/// A control character would move the cursor; its place is kept by one of the same length.
fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        c if c.is_ascii_control() => '?',
        c => c,
    }
}

/// The character boundary at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
