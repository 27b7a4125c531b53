//! `sum(o.lines.quantity * o.lines.price)`: an aggregate of an expression whose paths lead to many rows. What is
//! meant is the expression of each item, `sum(o.lines.(quantity * price))`.

use crate::walker::Walker;
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

impl Walker<'_> {
    /// Makes one message, which offers the form with the expression behind the dot, of all that were raised since
    /// `before` for paths to many in an aggregate's first argument.
    pub(crate) fn offer_items(&mut self, before: usize, call: &ast::Call) {
        let Some(argument) = call.arguments.first() else {
            return;
        };
        let whole = argument.span;
        let is_path = |diagnostic: &Diagnostic| {
            let at = diagnostic.primary.span;
            diagnostic.code == &codes::TO_MANY_VALUE
                && at.file == whole.file
                && whole.start <= at.start
                && at.end <= whole.end
        };
        let mut paths: Vec<Span> = self
            .problems
            .diagnostics
            .get(before..)
            .unwrap_or(&[])
            .iter()
            .filter(|diagnostic| is_path(diagnostic))
            .map(|diagnostic| diagnostic.primary.span)
            .collect();
        paths.sort();
        let Some(first) = paths.first().copied() else {
            return;
        };
        let Some(relation) = self.relation_of(&paths) else {
            return;
        };
        let name = &call.name.text;
        let Some((edits, expression)) = self.behind_the_dot(whole, &paths, &relation) else {
            return;
        };
        let mut place = 0;
        self.problems.diagnostics.retain(|diagnostic| {
            place += 1;
            place <= before || !is_path(diagnostic)
        });
        let mut diagnostic = Diagnostic::new(
            &codes::TO_MANY_VALUE,
            first,
            format!("`{relation}` is many rows, and the expression is one of each of them"),
        )
        .label("a field of many rows")
        .help(format!(
            "an expression of each item stands behind the relation's dot: `{name}({relation}.({expression}))`"
        ));
        for other in paths.iter().skip(1) {
            diagnostic = diagnostic.because(*other, "of the same rows");
        }
        self.report(diagnostic.fix_all(
            Applicability::Likely,
            "put the expression behind the dot",
            edits,
        ));
    }

    /// The relation that all of these paths go through: the shortest, where the others go on from it.
    fn relation_of(&self, paths: &[Span]) -> Option<String> {
        let mut relations = Vec::with_capacity(paths.len());
        for path in paths {
            let (relation, _) = self.written(*path)?.rsplit_once('.')?;
            relations.push(relation);
        }
        let shortest = relations
            .iter()
            .copied()
            .min_by_key(|relation| relation.len())?;
        relations
            .iter()
            .all(|relation| {
                relation
                    .strip_prefix(shortest)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .then(|| shortest.to_owned())
    }

    /// The edits that put an argument behind the relation's dot, and what then stands there.
    fn behind_the_dot(
        &mut self,
        whole: Span,
        paths: &[Span],
        relation: &str,
    ) -> Option<(Vec<Edit>, String)> {
        let cut = u32::try_from(relation.len()).ok()? + 1;
        let mut edits = vec![Edit {
            span: whole.before(),
            text: format!("{relation}.("),
        }];
        let mut expression = String::new();
        let mut at = whole.start;
        for path in paths {
            let between = Span {
                start: at,
                end: path.start,
                ..whole
            };
            self.keep_outer(between, &mut edits, &mut expression)?;
            let kept = Span {
                start: path.start + cut,
                ..*path
            };
            edits.push(Edit {
                span: Span {
                    end: kept.start,
                    ..*path
                },
                text: String::new(),
            });
            expression += self.written(kept)?;
            at = path.end;
        }
        let rest = Span { start: at, ..whole };
        self.keep_outer(rest, &mut edits, &mut expression)?;
        edits.push(Edit {
            span: whole.after(),
            text: ")".to_owned(),
        });
        Some((edits, expression))
    }

    /// What stands between the paths; a bare field of the row outside goes by the row's name now. `None` where that
    /// name cannot be told.
    fn keep_outer(
        &mut self,
        span: Span,
        edits: &mut Vec<Edit>,
        expression: &mut String,
    ) -> Option<()> {
        if span.start >= span.end {
            return Some(());
        }
        let text = self.written(span)?;
        for (start, word) in bare_words(text) {
            let of: Vec<String> = self
                .scope()
                .sources
                .iter()
                .map(|source| (source.name.to_string(), source.id))
                .collect::<Vec<_>>()
                .into_iter()
                .filter(|(_, id)| self.has_member(*id, word))
                .map(|(name, _)| name)
                .collect();
            match of.as_slice() {
                [] => {}
                [name] if !name.is_empty() => edits.push(Edit {
                    span: Span {
                        start: span.start + u32::try_from(start).ok()?,
                        ..span
                    }
                    .before(),
                    text: format!("{name}."),
                }),
                _ => return None,
            }
        }
        *expression += text;
        Some(())
    }
}

/// The words of a text that stand alone: neither behind a dot, nor before one or a parenthesis, nor in a literal.
fn bare_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        let is_word = c.is_alphanumeric() || c == '_' || c == '$';
        match start {
            None if is_word => start = Some(at),
            Some(first) if !is_word => {
                let before = text.get(..first).unwrap_or("").trim_end();
                let behind = text.get(at..).unwrap_or("").trim_start();
                let word = text.get(first..at).unwrap_or("");
                if !before.ends_with(['.', ':']) && !behind.starts_with(['.', '(']) {
                    words.push((first, word));
                }
                start = None;
            }
            _ => {}
        }
        if matches!(c, '\'' | '"') {
            quote = Some(c);
        }
    }
    words
}
