//! How a diagnostic looks to programs: stable JSON, and GitHub's workflow commands.

use serde::Serialize;

use crate::{Applicability, Diagnostic, Severity, SourceMap, Span};

/// A place as programs and people count it: lines and columns from 1 (columns in Unicode scalar
/// values), offsets in bytes from 0.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
    primary: bool,
}

#[derive(Serialize)]
struct EditJson<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct FixJson<'a> {
    message: &'a str,
    applicability: &'static str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct DiagnosticJson<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelJson<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    fixes: Vec<FixJson<'a>>,
}

/// Diagnostics as a JSON array, each with its code, name, severity, message, place, labels, notes,
/// help and fixes with their edits.
///
/// ```
/// use djq_diagnostics::{codes, to_json, Diagnostic, SourceMap, Span};
/// let mut files = SourceMap::default();
/// let file = files.add("a.djq", "from Entry");
/// let diagnostic = Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(file, 0, 4), "no");
/// let json = to_json(&[diagnostic], &files);
/// assert_eq!(json[0]["code"], "E0101");
/// assert_eq!(json[0]["column"], 1);
/// ```
#[must_use]
pub fn to_json(diagnostics: &[Diagnostic], files: &SourceMap) -> serde_json::Value {
    let all: Vec<DiagnosticJson<'_>> = diagnostics
        .iter()
        .map(|diagnostic| of(diagnostic, files))
        .collect();
    serde_json::to_value(all).unwrap_or_default()
}

fn of<'a>(diagnostic: &'a Diagnostic, files: &'a SourceMap) -> DiagnosticJson<'a> {
    let labels = std::iter::once((&diagnostic.primary, true))
        .chain(diagnostic.secondary.iter().map(|label| (label, false)));
    DiagnosticJson {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        severity: severity(diagnostic.severity),
        message: &diagnostic.message,
        place: place(diagnostic.primary.span, files),
        labels: labels
            .map(|(label, primary)| LabelJson {
                place: place(label.span, files),
                message: &label.message,
                primary,
            })
            .collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| FixJson {
                message: &fix.message,
                applicability: match fix.applicability {
                    Applicability::Exact => "exact",
                    Applicability::Likely => "likely",
                },
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| EditJson {
                        place: place(edit.span, files),
                        text: &edit.text,
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn place(span: Span, files: &SourceMap) -> Place<'_> {
    let Some(file) = files.get(span.file) else {
        return Place {
            file: "",
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            start: span.start,
            end: span.end,
        };
    };
    let (start, end) = (file.line_column(span.start), file.line_column(span.end));
    Place {
        file: &file.name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: span.start,
        end: span.end,
    }
}

/// Diagnostics as GitHub's workflow commands, a line each, which its pages show beside the source.
///
/// ```
/// use djq_diagnostics::{codes, to_github, Diagnostic, SourceMap, Span};
/// let mut files = SourceMap::default();
/// let file = files.add("a.djq", "from Entry");
/// let diagnostic = Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(file, 0, 4), "50% of it");
/// assert_eq!(
///     to_github(&[diagnostic], &files),
///     "::error file=a.djq,line=1,endLine=1,col=1,endColumn=5,title=E0101 syntax-error::50%25 of it\n"
/// );
/// ```
#[must_use]
pub fn to_github(diagnostics: &[Diagnostic], files: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let place = place(diagnostic.primary.span, files);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut message = diagnostic.message.clone();
        for more in diagnostic.notes.iter().chain(&diagnostic.help) {
            message.push('\n');
            message.push_str(more);
        }
        for fix in &diagnostic.fixes {
            message.push('\n');
            message.push_str(&fix.message);
        }
        text.push_str(&format!(
            "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
            property(place.file),
            place.line,
            place.end_line,
            place.column,
            place.end_column,
            property(&format!("{} {}", diagnostic.code.id, diagnostic.code.name)),
            data(&message),
        ));
    }
    text
}

/// Escapes as GitHub's own toolkit does for a command's text.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// And for its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
