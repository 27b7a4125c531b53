//! Applying a fix to a text.

use crate::{Edit, Fix};

/// The text with the edits of a fix applied. Edits that overlap or lie outside the text are left out.
///
/// ```
/// use djq_diagnostics::{apply_fix, Applicability, Edit, FileId, Fix, Span};
/// let edit = Edit { span: Span::new(FileId(0), 2, 4), text: "=".into() };
/// let fix = Fix { message: "write `=`".into(), edits: vec![edit], applicability: Applicability::Exact };
/// assert_eq!(apply_fix("a == b", &fix), "a = b");
/// ```
#[must_use]
pub fn apply_fix(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut applied = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < at || text.get(start..end).is_none() {
            continue;
        }
        applied.push_str(text.get(at..start).unwrap_or(""));
        applied.push_str(&edit.text);
        at = end;
    }
    applied.push_str(text.get(at..).unwrap_or(""));
    applied
}
