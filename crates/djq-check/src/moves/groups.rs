//! `group by` below the `select` that needs it, and keys that only the `select` below them names.

use super::ordinal;
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
    pub(crate) fn is_many(&mut self, path: &'a ast::Expr) -> bool {
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
        // Each key is looked for among the items; longer lists are refused as such.
        let items = items
            .get(..crate::sizes::MOST.min(items.len()))
            .unwrap_or(items);
        let mut found = false;
        for key in keys.iter().take(crate::sizes::MOST) {
            let ast::GroupItem::Key { value, alias: None } = key else {
                continue;
            };
            let place = ordinal(value);
            let named = match &value.kind {
                ast::ExprKind::Name(_) => self.is_unknown(value),
                _ => false,
            };
            if place.is_none() && !named {
                continue;
            }
            let renamed = self.key_of_select(items, key);
            if place.is_none() && renamed.is_none() {
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
