//! How a diagnostic looks to people: rustc's order, ariadne's frame. Nothing else imports ariadne.

use std::fmt::Write as _;

use ariadne::{CharSet, Color, Config, IndexType, Label, LabelAttach, Report, ReportKind, Source};

use crate::excerpt::Excerpt;
use crate::{Diagnostic, Edit, FileId, Fix, Severity, SourceFile, SourceMap, Span};

/// The file's name and a range of its excerpt.
type Place = (String, std::ops::Range<usize>);

/// Diagnostics as text for a terminal, an empty line between them; with colours where asked.
///
/// ```
/// use djq_diagnostics::{codes, render, Diagnostic, SourceMap, Span};
/// let mut files = SourceMap::default();
/// let file = files.add("a.djq", "from Entry\nselect titel\n");
/// let diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, Span::new(file, 18, 23), "no `titel`");
/// assert!(render(&[diagnostic], &files, false).starts_with("error[E0204]: no `titel`"));
/// ```
#[must_use]
pub fn render(diagnostics: &[Diagnostic], files: &SourceMap, colour: bool) -> String {
    let mut cache = Excerpts::new(diagnostics, files);
    let mut text = String::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        render_one(diagnostic, files, &mut cache, colour, &mut text);
    }
    text
}

/// The excerpt of each file that a label points into.
struct Excerpts {
    files: Vec<(FileId, String, Excerpt, Source<String>)>,
}

impl Excerpts {
    fn new(diagnostics: &[Diagnostic], files: &SourceMap) -> Self {
        let mut excerpts = Vec::new();
        for (id, file) in files.iter() {
            let spans: Vec<Span> = diagnostics
                .iter()
                .flat_map(|diagnostic| {
                    std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary)
                })
                .map(|label| label.span)
                .filter(|span| span.file == id)
                .collect();
            if !spans.is_empty() {
                let excerpt = Excerpt::new(file, &spans);
                // A place at the very end of the text is the line end that is put there.
                let source = Source::from(format!("{}\n", excerpt.text));
                excerpts.push((id, file.name.to_string(), excerpt, source));
            }
        }
        Self { files: excerpts }
    }

    /// The place of a span; an empty one is widened to a character.
    fn place(&self, span: Span) -> Option<Place> {
        let (_, name, excerpt, _) = self.files.iter().find(|(id, ..)| *id == span.file)?;
        let (start, end) = (excerpt.place(span.start), excerpt.place(span.end));
        let rest = excerpt.text.get(start..).unwrap_or("");
        let one = rest
            .chars()
            .next()
            .filter(|c| *c != '\n')
            .map_or(1, char::len_utf8);
        Some((
            name.clone(),
            start..end.max(start + one).min(excerpt.text.len() + 1),
        ))
    }
}

impl ariadne::Cache<String> for &mut Excerpts {
    type Storage = String;

    fn fetch(&mut self, id: &String) -> Result<&Source<String>, impl std::fmt::Debug> {
        self.files
            .iter()
            .find(|(_, name, ..)| name == id)
            .map(|(.., source)| source)
            .ok_or("no such file")
    }

    fn display<'a>(&self, id: &'a String) -> Option<impl std::fmt::Display + 'a> {
        Some(id.clone())
    }
}

fn render_one(
    diagnostic: &Diagnostic,
    files: &SourceMap,
    excerpts: &mut Excerpts,
    colour: bool,
    text: &mut String,
) {
    let style = Style { colour };
    let (word, tone, paint) = match diagnostic.severity {
        Severity::Error => ("error", Color::Red, "31"),
        Severity::Warning => ("warning", Color::Yellow, "33"),
        Severity::Note => ("note", Color::Cyan, "36"),
    };
    let head = style.paint(
        &format!("1;{paint}"),
        &format!("{word}[{}]", diagnostic.code.id),
    );
    let _ = writeln!(
        text,
        "{head}{} {}",
        style.paint("1", ":"),
        style.paint("1", &diagnostic.message)
    );
    if let Some(place) = excerpts.place(diagnostic.primary.span) {
        let frame = frame(diagnostic, tone, place, excerpts, colour);
        text.push_str(&true_column(frame, diagnostic, files));
    }
    for note in &diagnostic.notes {
        let _ = writeln!(text, "  {} {note}", style.paint("1", "= note:"));
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "  {} {help}", style.paint("1;36", "= help:"));
    }
    for fix in &diagnostic.fixes {
        suggestion(fix, files, &style, text);
    }
}

fn frame(
    diagnostic: &Diagnostic,
    tone: Color,
    place: Place,
    excerpts: &mut Excerpts,
    colour: bool,
) -> String {
    let config = Config::default()
        .with_color(colour)
        .with_index_type(IndexType::Byte)
        .with_char_set(CharSet::Unicode)
        .with_label_attach(LabelAttach::Start)
        .with_compact(false)
        .with_tab_width(2);
    // A label without words is drawn without a mark, and the place is what people look for first.
    let words = match diagnostic.primary.message.as_str() {
        "" => diagnostic.code.label,
        words => words,
    };
    let primary = Label::new(place.clone())
        .with_color(tone)
        .with_priority(10)
        .with_message(words);
    let secondary: Vec<Label<Place>> = diagnostic
        .secondary
        .iter()
        .filter_map(|label| {
            Some(
                Label::new(excerpts.place(label.span)?)
                    .with_color(Color::Blue)
                    .with_message(&label.message),
            )
        })
        .collect();
    let report = Report::build(ReportKind::Custom("", tone), place)
        .with_config(config)
        .with_label(primary)
        .with_labels(secondary)
        .finish();
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = report.write(&mut *excerpts, &mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    // Its first line has been written already, with the code behind the word as rustc has it. No
    // space at line ends: it would be noise in snapshots and logs.
    text.lines()
        .skip(1)
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// On a cut line, the column is that of the file, not of what is shown.
fn true_column(frame: String, diagnostic: &Diagnostic, files: &SourceMap) -> String {
    let span = diagnostic.primary.span;
    let Some(file) = files.get(span.file) else {
        return frame;
    };
    let place = file.line_column(span.start);
    let head = format!("{}:{}:", file.name, place.line);
    let Some(at) = frame.find(&head) else {
        return frame;
    };
    let column = at + head.len();
    let digits = frame
        .get(column..)
        .unwrap_or("")
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let mut frame = frame;
    frame.replace_range(column..column + digits, &place.column.to_string());
    frame
}

/// A fix: what it does, and the lines before and after it.
fn suggestion(fix: &Fix, files: &SourceMap, style: &Style, text: &mut String) {
    let _ = writeln!(text, "  {} {}", style.paint("1;36", "= help:"), fix.message);
    let Some(file) = fix.edits.first().and_then(|edit| files.get(edit.span.file)) else {
        return;
    };
    let Some(change) = Change::of(file, &fix.edits) else {
        return;
    };
    let width = (change.line + change.before.lines().count())
        .to_string()
        .len()
        + 2;
    for (index, line) in change.before.lines().enumerate() {
        let _ = writeln!(
            text,
            "{:>width$} {}",
            change.line + index,
            style.paint("31", format!("- {line}").trim_end())
        );
    }
    for (index, line) in change.after.lines().enumerate() {
        let _ = writeln!(
            text,
            "{:>width$} {}",
            change.line + index,
            style.paint("32", format!("+ {line}").trim_end())
        );
    }
}

/// The lines that a fix changes.
struct Change {
    line: usize,
    before: String,
    after: String,
}

impl Change {
    /// `None` where they are too long or too many to be shown.
    fn of(file: &SourceFile, edits: &[Edit]) -> Option<Self> {
        let start = edits.iter().map(|edit| edit.span.start).min()?;
        let end = edits.iter().map(|edit| edit.span.end).max()?;
        let (first, last) = (file.line_column(start).line, file.line_column(end).line);
        let range = file.line_range(first).start..file.line_range(last).end;
        if last - first > 12 || range.len() > 1000 {
            return None;
        }
        let before = file.text.get(range.clone())?.to_owned();
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut after = String::new();
        let mut at = range.start;
        for edit in sorted {
            after.push_str(file.text.get(at..edit.span.start as usize)?);
            after.push_str(&edit.text);
            at = edit.span.end as usize;
        }
        after.push_str(file.text.get(at..range.end)?);
        Some(
            Self {
                line: first as usize,
                before,
                after,
            }
            .without_common_lines(),
        )
    }

    /// Without the lines at both ends that stay as they are.
    fn without_common_lines(self) -> Self {
        let before: Vec<&str> = self.before.lines().collect();
        let after: Vec<&str> = self.after.lines().collect();
        let head = before
            .iter()
            .zip(&after)
            .take_while(|(left, right)| left == right)
            .count();
        let most = before.len().min(after.len()) - head;
        let tail = before
            .iter()
            .rev()
            .zip(after.iter().rev())
            .take(most)
            .take_while(|(left, right)| left == right)
            .count();
        let part = |lines: &[&str]| {
            lines
                .get(head..lines.len() - tail)
                .unwrap_or_default()
                .join("\n")
        };
        Self {
            line: self.line + head,
            before: part(&before),
            after: part(&after),
        }
    }
}

struct Style {
    colour: bool,
}

impl Style {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
