//! What is written at a place, and the edits that put it elsewhere.

use crate::walker::Walker;
use djq_diagnostics::{Edit, Span};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// What is written at a place; none where it stands in another file, or the text is not known.
    pub(crate) fn written(&self, span: Span) -> Option<&'a str> {
        let (file, text) = self.text;
        (file == span.file)
            .then(|| text.get(span.range()))
            .flatten()
            .filter(|written| !written.is_empty())
    }

    /// A clause without the space before it, and that space.
    pub(super) fn with_space(&self, span: Span) -> (Span, &'a str) {
        let before = self.text.1.get(..span.start as usize).unwrap_or("");
        let kept = before.trim_end().len();
        let space = before.get(kept..).unwrap_or(" ");
        let start = u32::try_from(kept).unwrap_or(span.start);
        (Span { start, ..span }, space)
    }

    /// Edits that put a clause before another, on a line of its own where it has one.
    pub(crate) fn moved(&self, clause: Span, text: &str, to: Span) -> Vec<Edit> {
        let (removed, space) = self.with_space(clause);
        let between = if space.contains('\n') {
            self.with_space(to).1
        } else {
            " "
        };
        vec![
            Edit {
                span: to.before(),
                text: format!("{text}{between}"),
            },
            Edit {
                span: removed,
                text: String::new(),
            },
        ]
    }

    /// `select Entry { title }` as `from Entry select title`: the edits.
    pub(crate) fn read_first(&mut self, model: Span) -> Option<Vec<Edit>> {
        let scope = self.scope();
        let clause = scope.at_clause?;
        let ast::ClauseKind::Select(items) = &clause.kind else {
            return None;
        };
        let [item] = items.as_slice() else {
            return None;
        };
        if scope.from.is_some() || !scope.clauses.is_empty() {
            return None;
        }
        let name = self.written(model)?;
        let braces = Span {
            start: model.end,
            ..item.span
        };
        let columns = self.written(braces)?.trim();
        let columns = columns.strip_prefix('{')?.strip_suffix('}')?;
        let columns = columns.trim().trim_end_matches(',');
        Some(vec![Edit {
            span: clause.keyword.to(item.span),
            text: format!("from {name} select {columns}"),
        }])
    }

    /// Where a parameter of this query is declared: first in the parentheses behind its name.
    pub(crate) fn declaration(&self, parameter: &str) -> Option<Edit> {
        let header = self.header?;
        let rest = self.text.1.get(header.end as usize..)?;
        let space = u32::try_from(rest.len() - rest.trim_start().len()).ok()?;
        let Some(inside) = rest.trim_start().strip_prefix('(') else {
            // `query q {`, whose parentheses are missing.
            return Some(Edit {
                span: header.after(),
                text: format!("({parameter})"),
            });
        };
        let comma = if inside.trim_start().starts_with(')') {
            ""
        } else {
            ", "
        };
        let place = header.end + space + 1;
        Some(Edit {
            span: Span {
                start: place,
                end: place,
                ..header
            },
            text: format!("{parameter}{comma}"),
        })
    }
}
