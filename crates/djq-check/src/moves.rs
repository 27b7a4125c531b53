//! Clauses that stand where SQL has them, below what needs them: `group by` behind the `select` that aggregates, and
//! a `window` behind its uses. One message each, with a fix that moves the clause up.

use crate::{
    functions::{Callable, by_name},
    paths::Meaning,
    resolve::may_be_relation,
    scope::FrameKind,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

/// A key's value where the `select` named it, and where it goes by its name.
struct Renamed<'t> {
    /// In the key.
    key: Span,
    /// The item of the `select`.
    item: Span,
    /// `value as name`, as the item has it.
    written: &'t str,
    /// The name.
    name: &'t str,
}

impl<'a> Walker<'a> {
    /// What is written at a place; none where it stands in another file, or the text is not known.
    pub(crate) fn written(&self, span: Span) -> Option<&'a str> {
        let (file, text) = self.text;
        (file == span.file)
            .then(|| text.get(span.range()))
            .flatten()
            .filter(|written| !written.is_empty())
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

    /// A clause without the space before it, and that space.
    fn with_space(&self, span: Span) -> (Span, &'a str) {
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

    /// SQL's order: a `select` that aggregates rows, or has more columns than keys are left, and its `group by` behind
    /// it. Says so, and nothing more of this pipeline.
    pub(crate) fn groups_below(
        &mut self,
        select: &'a ast::Clause,
        below: &'a [ast::Clause],
    ) -> bool {
        let ast::ClauseKind::Select(items) = &select.kind else {
            return false;
        };
        if !matches!(self.scope().frame().kind, FrameKind::Rows) {
            return false;
        }
        let mut above = below
            .iter()
            .skip_while(|clause| matches!(clause.kind, ast::ClauseKind::Where(_)));
        let Some(group) = above.next() else {
            return false;
        };
        let ast::ClauseKind::GroupBy(keys) = &group.kind else {
            return false;
        };
        let aggregates = items.iter().any(|item| self.aggregates_rows(item));
        let loses = items.len() > keys.len()
            && above.all(|clause| {
                !matches!(
                    clause.kind,
                    ast::ClauseKind::Select(_) | ast::ClauseKind::GroupBy(_)
                )
            });
        if !aggregates && !loses {
            return false;
        }
        let mut diagnostic = if aggregates {
            Diagnostic::new(
                &codes::NOT_GROUPED,
                group.keyword,
                "`group by` comes before the `select` that aggregates: clauses run in the order in which they stand",
            )
            .label("the rows have been aggregated into one by now")
            .because(select.keyword, "this `select` aggregates")
        } else {
            Diagnostic::new(
                &codes::NOT_GROUPED,
                group.keyword,
                "`group by` leaves its keys alone, and nothing selects more behind it",
            )
            .label("a row for each group from here on")
            .because(select.keyword, "what this `select` chose is gone")
            .help("clauses run in the order in which they stand: write `group by` above the `select`, which then aggregates what is no key")
        };
        if aggregates && let Some(edits) = self.group_above(items, select, keys, group) {
            diagnostic = diagnostic.fix_all(
                Applicability::Likely,
                "move `group by` before `select`",
                edits,
            );
        }
        self.report(diagnostic);
        self.broken = true;
        self.scope().grain.unknown = true;
        true
    }

    /// The edits that move the keys up; a key that is a name of the `select` takes its value along.
    fn group_above(
        &self,
        items: &'a [ast::SelectItem],
        select: &ast::Clause,
        keys: &'a [ast::GroupItem],
        group: &ast::Clause,
    ) -> Option<Vec<Edit>> {
        let renamed: Vec<Renamed<'a>> = keys
            .iter()
            .filter_map(|key| self.key_of_select(items, key))
            .collect();
        let mut text = String::new();
        let mut at = group.span.start;
        for key in &renamed {
            text += self.written(Span {
                start: at,
                end: key.key.start,
                ..group.span
            })?;
            text += key.written;
            at = key.key.end;
        }
        if at < group.span.end {
            text += self.written(Span {
                start: at,
                ..group.span
            })?;
        }
        let mut edits = self.moved(group.span, &text, select.span);
        edits.extend(renamed.iter().map(|key| Edit {
            span: key.item,
            text: key.name.to_owned(),
        }));
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        Some(edits)
    }

    /// `select date(x) as d … group by d`, and `group by 1`: the item that is meant.
    fn key_of_select(
        &self,
        items: &'a [ast::SelectItem],
        key: &'a ast::GroupItem,
    ) -> Option<Renamed<'a>> {
        let ast::GroupItem::Key { value: key, .. } = key else {
            return None;
        };
        let named = |item: &'a ast::SelectItem| match &item.kind {
            ast::SelectItemKind::Expr {
                alias: Some(alias), ..
            } => Some((item.span, alias)),
            _ => None,
        };
        let (item, alias) = match &key.kind {
            ast::ExprKind::Name(name) => items
                .iter()
                .filter_map(named)
                .find(|(_, alias)| alias.text == name.text)?,
            _ => named(items.get(ordinal(key)?)?)?,
        };
        Some(Renamed {
            key: key.span,
            item,
            written: self.written(item)?,
            name: self.written(alias.span)?,
        })
    }

    /// Whether an item has an aggregate of the rows, rather than of a relation of each.
    fn aggregates_rows(&mut self, item: &'a ast::SelectItem) -> bool {
        let ast::SelectItemKind::Expr { value, .. } = &item.kind else {
            return false;
        };
        let mut calls = Vec::new();
        calls_in(value, &mut calls);
        calls.into_iter().any(|call| {
            let aggregates = matches!(by_name(&call.name.text), Some(Callable::Aggregate(_)))
                && call.base.is_none()
                && call.over.is_none();
            aggregates
                && call
                    .arguments
                    .first()
                    .is_none_or(|first| !may_be_relation(first) || !self.is_many(first))
        })
    }

    /// Whether a path leads to many rows; says nothing.
    fn is_many(&mut self, path: &'a ast::Expr) -> bool {
        let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
        let broken = self.broken;
        let meaning = self.resolve(path);
        self.problems.diagnostics.truncate(problems);
        self.facts.truncate(facts);
        self.broken = broken;
        matches!(meaning, Meaning::Many(_))
    }

    /// `group by 1`, `group by d` of `select date(x) as d` below it, as some servers read them: a key is written where
    /// the groups are made. Says so, and nothing more of this pipeline.
    pub(crate) fn keys_below(&mut self, group: &'a ast::Clause, below: &'a [ast::Clause]) -> bool {
        let ast::ClauseKind::GroupBy(keys) = &group.kind else {
            return false;
        };
        let select = below
            .iter()
            .find(|clause| !matches!(clause.kind, ast::ClauseKind::Where(_)));
        let items: &'a [ast::SelectItem] = match select.map(|clause| &clause.kind) {
            Some(ast::ClauseKind::Select(items)) => items,
            _ => &[],
        };
        let mut found = false;
        for key in keys {
            let ast::GroupItem::Key { value, alias: None } = key else {
                continue;
            };
            let place = ordinal(value);
            let named = match &value.kind {
                ast::ExprKind::Name(_) => self.is_unknown(value),
                _ => false,
            };
            let renamed = self.key_of_select(items, key);
            if !(place.is_some() || (named && renamed.is_some())) {
                continue;
            }
            found = true;
            let mut diagnostic = Diagnostic::new(
                &codes::NOT_GROUPED,
                value.span,
                if place.is_some() {
                    "a key is an expression, not a place in the output"
                } else {
                    "a key is named where the groups are made, and `select` stands below"
                },
            )
            .label("not yet there");
            if let Some(renamed) = renamed {
                diagnostic = diagnostic.because(renamed.item, "this is meant").fix_all(
                    Applicability::Likely,
                    "write the key here, and its name there",
                    vec![
                        Edit {
                            span: renamed.key,
                            text: renamed.written.to_owned(),
                        },
                        Edit {
                            span: renamed.item,
                            text: renamed.name.to_owned(),
                        },
                    ],
                );
            } else if let Some(written) = place
                .and_then(|place| items.get(place))
                .and_then(|item| self.written(item.span))
            {
                diagnostic = diagnostic.fix(
                    Applicability::Likely,
                    format!("write `{written}`"),
                    value.span,
                    written,
                );
            }
            self.report(diagnostic);
        }
        if found {
            self.broken = true;
            self.scope().grain.unknown = true;
        }
        found
    }

    /// `order by 2`: the place of an output column, as SQL has it; every row has the same 2.
    pub(crate) fn refuse_ordinal(&mut self, value: &'a ast::Expr) -> bool {
        let Some(place) = ordinal(value) else {
            return false;
        };
        let name = self
            .scope()
            .output
            .as_ref()
            .and_then(|output| output.get(place))
            .map(|column| column.name.to_string())
            .filter(|name| !name.is_empty());
        let mut diagnostic = Diagnostic::new(
            &codes::MISPLACED_ORDER,
            value.span,
            "rows are in the order of a value, and this number is the same for all of them",
        )
        .label("not a place in the output");
        if let Some(name) = name {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                format!("write `{name}`"),
                value.span,
                name,
            );
        }
        self.report(diagnostic);
        true
    }

    /// What a rank is ordered by where an `order by` stands below it: the fix that says so.
    pub(crate) fn offer_order(&mut self, before: usize, call: Span) {
        let order = self
            .scope()
            .below
            .iter()
            .find_map(|clause| match &clause.kind {
                ast::ClauseKind::OrderBy(_) => Some(clause.span),
                _ => None,
            });
        let Some(written) = order.and_then(|order| self.written(order)) else {
            return;
        };
        let text = format!(" over ({written})");
        if let Some(diagnostic) = self.problems.diagnostics.get_mut(before..).and_then(|new| {
            new.iter_mut()
                .find(|new| new.code == &codes::MISPLACED_WINDOW)
        }) {
            diagnostic.fixes.push(djq_diagnostics::Fix {
                message: "in the order of the rows below".to_owned(),
                edits: vec![Edit {
                    span: call.after(),
                    text,
                }],
                applicability: Applicability::Likely,
            });
        }
    }

    /// The `where` at hand, moved below the `group by` behind it.
    pub(crate) fn moved_below_groups(&mut self) -> Option<Vec<Edit>> {
        let scope = self.scope();
        let filter = scope
            .at_clause
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::Where(_)))?
            .span;
        let group = scope
            .below
            .first()
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::GroupBy(_)))?
            .span;
        let text = self.written(filter)?;
        let (removed, space) = self.with_space(filter);
        let space = if space.is_empty() { " " } else { space };
        Some(vec![
            Edit {
                span: removed,
                text: String::new(),
            },
            Edit {
                span: group.after(),
                text: format!("{space}{text}"),
            },
        ])
    }

    /// The `where` at hand, moved above the `select` that aggregates.
    pub(crate) fn moved_above_select(&mut self, select: Span) -> Option<Vec<Edit>> {
        let filter = self
            .scope()
            .at_clause
            .filter(|clause| matches!(clause.kind, ast::ClauseKind::Where(_)))?
            .span;
        let text = self.written(filter)?;
        Some(self.moved(filter, text, select))
    }

    /// `country = o.customer.country` where a key or a column stands: a name before its value, as PRQL has it. What
    /// is meant by it, after a diagnostic.
    pub(crate) fn named_before(
        &mut self,
        value: &'a ast::Expr,
    ) -> Option<(&'a ast::Expr, &'a ast::Name)> {
        let ast::ExprKind::Binary {
            operator: ast::BinaryOperator::Equal,
            negated: false,
            left,
            right,
            ..
        } = &value.kind
        else {
            return None;
        };
        let ast::ExprKind::Name(name) = &left.kind else {
            return None;
        };
        if !self.is_unknown(left) {
            return None;
        }
        let removed = Span {
            end: right.span.start,
            ..left.span
        };
        self.report(
            Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!(
                    "nothing is called `{}`: a name stands behind its value, with `as`",
                    name.text
                ),
            )
            .label("not a field")
            .fix_all(
                Applicability::Likely,
                format!("write `as {}`", name.text),
                vec![
                    Edit {
                        span: removed,
                        text: String::new(),
                    },
                    Edit {
                        span: value.span.after(),
                        text: format!(" as {}", name.text),
                    },
                ],
            ),
        );
        Some((right, name))
    }

    /// Whether a name means nothing here; says nothing.
    fn is_unknown(&mut self, name: &'a ast::Expr) -> bool {
        let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
        let broken = self.broken;
        let meaning = self.resolve(name);
        let said = self.problems.diagnostics.len() > problems;
        self.problems.diagnostics.truncate(problems);
        self.facts.truncate(facts);
        self.broken = broken;
        said && matches!(
            meaning,
            Meaning::Error
                | Meaning::Value(crate::hir::Expr {
                    ty: crate::Ty {
                        kind: crate::Type::Error,
                        ..
                    },
                    ..
                })
        )
    }

    /// A window that is named below its use; says so once.
    pub(crate) fn window_below(&mut self, name: &ast::Name) -> bool {
        let scope = self.scope();
        if scope.windows_missed.contains(&name.text) {
            return true;
        }
        let found = scope.below.iter().find_map(|clause| match &clause.kind {
            ast::ClauseKind::Window { name: declared, .. } if declared.text == name.text => {
                Some((declared.span, clause.span))
            }
            _ => None,
        });
        let Some((declared, clause)) = found else {
            return false;
        };
        let user = scope.at_clause.map(|clause| clause.span);
        scope.windows_missed.push(name.text.clone());
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_WINDOW,
            name.span,
            format!("the window `{}` is named below its use", name.text),
        )
        .label("not yet named here")
        .because(declared, "named here; clauses run from top to bottom");
        if let (Some(text), Some(user)) = (self.written(clause), user) {
            diagnostic = diagnostic.fix_all(
                Applicability::Exact,
                "move `window` up",
                self.moved(clause, text, user),
            );
        }
        self.report(diagnostic);
        true
    }
}

/// The place, from 0, that a number in the place of an expression means in SQL.
fn ordinal(value: &ast::Expr) -> Option<usize> {
    match &value.kind {
        ast::ExprKind::Literal(ast::Literal::Int(place)) => {
            place.parse::<usize>().ok()?.checked_sub(1)
        }
        _ => None,
    }
}

/// The calls in an expression, but those of nested pipelines.
fn calls_in<'a>(expr: &'a ast::Expr, found: &mut Vec<&'a ast::Call>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if let ast::ExprKind::Call(call) = &expr.kind {
            found.push(call);
        }
        each_child(expr, &mut |child| calls_in(child, found));
    });
}

/// The expressions directly inside an expression, but for those of nested pipelines, shapes and escapes.
fn each_child<'a>(expr: &'a ast::Expr, each: &mut dyn FnMut(&'a ast::Expr)) {
    use ast::ExprKind as K;
    match &expr.kind {
        K::Field { base, .. } | K::Nest { base, .. } => each(base),
        K::Each { .. }
        | K::Pipeline(_)
        | K::Sql(_)
        | K::Error
        | K::Literal(_)
        | K::Parameter(_)
        | K::Name(_) => {}
        K::Index { base, index } => {
            each(base);
            each(index);
        }
        K::Call(call) => {
            call.base.iter().for_each(&mut *each);
            call.arguments.iter().for_each(&mut *each);
            call.condition.iter().for_each(&mut *each);
        }
        K::Paren(inner)
        | K::Unary { operand: inner, .. }
        | K::Is { operand: inner, .. }
        | K::Cast { operand: inner, .. }
        | K::TryCast { operand: inner, .. } => each(inner),
        K::Binary { left, right, .. } => {
            each(left);
            each(right);
        }
        K::Between {
            operand, low, high, ..
        } => {
            each(operand);
            each(low);
            each(high);
        }
        K::Case {
            operand,
            branches,
            otherwise,
        } => {
            operand.iter().for_each(|operand| each(operand));
            for (when, then) in branches {
                each(when);
                each(then);
            }
            otherwise.iter().for_each(|otherwise| each(otherwise));
        }
        K::Row(values) | K::List(values) => values.iter().for_each(each),
        K::Record(fields) => fields.iter().for_each(|(_, value)| each(value)),
    }
}
