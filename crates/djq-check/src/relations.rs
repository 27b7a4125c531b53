//! Relations to many: their rows as a pipeline of its own, linked to the row they belong to; values
//! of at most one of them, `in`.

use crate::{
    hir::{Clause, ClauseKind, Expr, ExprKind, Pipeline, Role, SourceId},
    paths::{Many, Meaning, Start},
    scope::{Aggregates, FrameKind, OutputColumn, OutputKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

/// The offer to many rows that are used as one value.
pub(crate) const COUNT: &str = "count them";
/// The offer to a field of many rows that is used as one value.
pub(crate) const GREATEST: &str = "take the greatest";

impl<'a> Walker<'a> {
    /// The rows of a relation in the innermost scope, just opened. Gives what an item is: its row where
    /// nothing else is said.
    pub(crate) fn open_items(&mut self, many: &Many<'a>) -> Meaning<'a> {
        let mut at = match &many.start {
            Start::Pipeline(body) => {
                self.run(body);
                self.item_of_pipeline(&many.steps, many.span)
            }
            Start::Relation { .. } | Start::Declared { .. } | Start::Tree { .. } => {
                let row = self.enter(many, Role::From);
                Meaning::Row(row)
            }
        };
        let skip = usize::from(
            matches!(many.start, Start::Pipeline(_))
                && matches!(at, Meaning::Value(_))
                && !many.steps.is_empty(),
        );
        for name in many.steps.iter().skip(skip) {
            if let Meaning::Row(row) = at {
                self.scope().item = Some(row);
                if self.narrow(row, name) {
                    continue;
                }
            }
            at = match self.step(at, name) {
                Meaning::Many(next) => Meaning::Row(self.enter(&next, Role::Join)),
                other => other,
            };
        }
        if let Meaning::Row(row) = at {
            self.scope().item = Some(row);
            self.scope().grain.start(row);
        }
        if let Some(each) = many.each {
            let row = match at {
                Meaning::Row(row) => row,
                Meaning::One(one) => self.join_item(&one),
                other => return other,
            };
            let scope = self.scope();
            if !scope.sources.iter().any(|source| source.id == row) {
                let span = many.span;
                scope.sources.push(crate::scope::Visible {
                    name: Box::default(),
                    id: row,
                    span,
                });
            }
            scope.aggregates = Aggregates::Refused("an item");
            let value = self.expr(each);
            return Meaning::Value(value);
        }
        at
    }

    /// What an item of a pipeline in parentheses is.
    fn item_of_pipeline(&mut self, steps: &[&'a ast::Name], span: Span) -> Meaning<'a> {
        let scope = self.scope();
        if scope.grain.unknown {
            return Meaning::Error;
        }
        let Some(output) = scope.output.clone() else {
            let row = scope.item.or(scope.from);
            return match (row, &scope.frame().kind) {
                (Some(row), FrameKind::Rows) => Meaning::Row(row),
                _ => {
                    self.default_output(span);
                    let output = self.scope().output.clone().unwrap_or_default();
                    self.item_of_output(&output, steps, span)
                }
            };
        };
        self.item_of_output(&output, steps, span)
    }

    fn item_of_output(
        &mut self,
        output: &[OutputColumn],
        steps: &[&'a ast::Name],
        span: Span,
    ) -> Meaning<'a> {
        let column = match (steps.first(), output) {
            (Some(name), _) => {
                let found = output.iter().find(|column| column.name == name.text);
                if found.is_none() {
                    let near = djq_diagnostics::nearest(
                        &name.text,
                        output.iter().map(|column| &*column.name),
                    )
                    .map(str::to_owned);
                    self.report(crate::names::with_nearest(
                        Diagnostic::new(
                            &codes::UNKNOWN_FIELD,
                            name.span,
                            format!("the pipeline has no column `{}`", name.text),
                        ),
                        name.span,
                        near.as_deref(),
                    ));
                    return Meaning::Error;
                }
                found
            }
            (None, [only]) => Some(only),
            (None, several) => {
                let names: Vec<String> = several
                    .iter()
                    .map(|column| format!("`{}`", column.name))
                    .collect();
                self.report(
                    Diagnostic::new(
                        &codes::ONE_COLUMN,
                        span,
                        format!("one column is needed here, and there are {}", several.len()),
                    )
                    .note(format!("it has {}", names.join(", ")))
                    .help("select the one that is meant"),
                );
                return Meaning::Error;
            }
        };
        match column.map(|column| (&column.kind, column.span)) {
            Some((OutputKind::Named(id), _)) => Meaning::Value(self.named_expr(*id, span)),
            Some((OutputKind::Nest(_), at)) => {
                self.report(Diagnostic::new(
                    &codes::MISPLACED_NEST,
                    at,
                    "nested rows are not a value",
                ));
                Meaning::Error
            }
            None => Meaning::Error,
        }
    }

    /// The rows of a relation in the innermost scope, where only the rows are asked for. Whether it worked.
    pub(crate) fn open_rows(&mut self, many: &Many<'a>) -> bool {
        if let (Start::Pipeline(body), true, None) = (&many.start, many.steps.is_empty(), many.each)
        {
            self.run(body);
            return !self.scope().grain.unknown;
        }
        match self.open_items(many) {
            Meaning::Row(_) => true,
            Meaning::One(one) => {
                self.join_item(&one);
                true
            }
            Meaning::Error => false,
            Meaning::Value(value) => {
                if value.ty.kind != crate::Type::Error {
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_RELATION,
                            many.span,
                            "this leads to values, and rows are needed here",
                        )
                        .help("end the path at the relation, and ask for the values in parentheses: `(rel where field …)`"),
                    );
                }
                false
            }
            other => {
                let what = self.describe(&other);
                self.report(Diagnostic::new(
                    &codes::NOT_A_RELATION,
                    many.span,
                    format!("rows are needed here, and this is {what}"),
                ));
                false
            }
        }
    }

    /// Joins the row that an item leads to: an item is a way to a row, so there is one where the row is.
    fn join_item(&mut self, one: &crate::paths::One) -> SourceId {
        let id = self.link_one(one, Role::Join, None);
        self.push_clause(
            ClauseKind::Join {
                kind: crate::hir::JoinKind::Inner,
                steps: vec![id],
                on: None,
            },
            one.span,
        );
        self.scope().item = Some(id);
        id
    }

    /// Whether a pipeline in parentheses starts at a relation, so that it is a relation expression.
    pub(crate) fn is_relation(&mut self, body: &'a ast::Pipeline) -> bool {
        let Some(source) = &body.source else {
            return false;
        };
        let ast::SourceKind::Expr(expr) = &source.kind else {
            return false;
        };
        let mut root = &**expr;
        let mut step = None;
        while let ast::ExprKind::Field { base, name } = &root.kind {
            root = base;
            step = Some(name);
        }
        let ast::ExprKind::Name(name) = &root.kind else {
            return matches!(root.kind, ast::ExprKind::Pipeline(_));
        };
        self.scopes.iter().any(|scope| {
            // A row's own name is none of its relations: `from Author` reads the model inside of `from Author`, too.
            step.zip(scope.find_source(&name.text))
                .is_some_and(|(step, row)| self.has_member(row, &step.text))
                || scope
                    .sources
                    .iter()
                    .any(|source| self.has_member(source.id, &name.text))
        }) && !self
            .scopes
            .iter()
            .any(|scope| scope.ctes.iter().any(|(known, _)| **known == *name.text))
    }

    /// Ends the innermost scope with one value as its output.
    pub(crate) fn close_with(&mut self, name: &str, value: Expr, span: Span) -> Pipeline {
        let id = self.add_named(name, value, span);
        let scope = self.scope();
        scope.clauses.push(Clause {
            kind: ClauseKind::Select(vec![id]),
            guard: None,
            span,
        });
        scope.output = Some(vec![OutputColumn {
            name: name.into(),
            span,
            aliased: false,
            kind: OutputKind::Named(id),
        }]);
        self.close(Wanted::Unnamed, span)
    }

    /// The items of a relation as a pipeline of one column, for `in`; `key` where rows may stand for their keys.
    pub(crate) fn items(&mut self, many: &Many<'a>, key: bool, span: Span) -> Option<Pipeline> {
        if let (Start::Pipeline(body), true, None) = (&many.start, many.steps.is_empty(), many.each)
        {
            self.open_scope(false);
            stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run(body));
            if self.scope().grain.unknown {
                self.scopes.pop();
                return None;
            }
            let rows = self.scope().output.is_none() && self.scope().has_rows();
            let row = self.scope().item.or(self.scope().from);
            if let (true, true, Some(row)) = (rows, key, row)
                && self.info(row).model.is_some()
            {
                let value = self.row_key(row, span);
                return Some(self.close_with("pk", value, span));
            }
            return Some(self.close(Wanted::Unnamed, body.span));
        }
        self.open_scope(false);
        let item = self.open_items(many);
        if let Meaning::Error = item {
            self.scopes.pop();
            return None;
        }
        let value = self.value_of(item, span);
        if value.ty.kind == crate::Type::Error {
            self.scopes.pop();
            return None;
        }
        Some(self.close_with("item", value, span))
    }

    /// A relation or pipeline where a value is needed: only if it has at most one row.
    pub(crate) fn scalar_of_many(&mut self, many: &Many<'a>, span: Span) -> Expr {
        self.open_scope(false);
        let item = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.open_items(many));
        if let Meaning::Error = item {
            self.scopes.pop();
            return self.error(span);
        }
        let single = crate::cardinality::at_most_one(self);
        if !single {
            self.scopes.pop();
            let of_pipeline = match &many.start {
                Start::Pipeline(body) => !self.is_relation(body),
                _ => false,
            };
            if of_pipeline {
                self.many_rows(many, span);
            } else {
                self.refuse_many(many, &item, span);
            }
            return self.error(span);
        }
        let value = self.value_of(item, span);
        if value.ty.kind == crate::Type::Error {
            self.scopes.pop();
            return self.error(span);
        }
        // One row for certain only where all rows are aggregated into it.
        let total = matches!(
            &self.scope().frame().kind,
            FrameKind::Grouped(keys) if keys.is_empty()
        ) && self
            .scope()
            .clauses
            .iter()
            .rev()
            .all(|clause| !matches!(clause.kind, ClauseKind::Page { .. }))
            && !self.filtered_after_total();
        let mut ty = value.ty.clone();
        ty.nullable |= !total;
        let body = self.close_with("value", value, span);
        Expr {
            kind: ExprKind::Scalar(Box::new(body)),
            ty,
            span,
        }
    }

    /// Whether a `where` stands behind the select that made one row of all.
    fn filtered_after_total(&mut self) -> bool {
        let clauses = &self.scope().clauses;
        let last_select = clauses
            .iter()
            .rposition(|clause| matches!(clause.kind, ClauseKind::Select(_)));
        clauses
            .iter()
            .skip(last_select.unwrap_or(0))
            .any(|clause| matches!(clause.kind, ClauseKind::Where(_)))
    }

    fn many_rows(&mut self, many: &Many<'a>, span: Span) {
        let mut diagnostic = Diagnostic::new(
            &codes::MANY_ROWS,
            span,
            "this pipeline may give several rows, and a value is needed here",
        )
        .label("nothing proves that there is at most one row");
        if let Start::Pipeline(body) = &many.start {
            diagnostic = diagnostic.help(
                "end it with `limit 1`, aggregate it (`select min(…)`), or pin a unique field with `where`",
            );
            if let Some(last) = body.clauses.last() {
                diagnostic = diagnostic.fix(
                    Applicability::Likely,
                    "take one",
                    last.span.after(),
                    " limit 1",
                );
            }
        }
        self.report(diagnostic);
    }

    /// A path to many used as a value: the three forms.
    fn refuse_many(&mut self, many: &Many<'a>, item: &Meaning<'a>, span: Span) {
        let word = self.relation_word(many);
        let is_row = matches!(item, Meaning::Row(_));
        let (rows, field) = match (is_row, word.rsplit_once('.')) {
            (false, Some((rows, field))) => (rows.to_owned(), field.to_owned()),
            _ => (word.clone(), "…".to_owned()),
        };
        let mut diagnostic = Diagnostic::new(
            &codes::TO_MANY_VALUE,
            span,
            format!("`{word}` leads to many rows, and one value is needed here"),
        )
        .label("many rows");
        diagnostic = if is_row {
            diagnostic
                .fix_all(
                    Applicability::Likely,
                    COUNT,
                    wrap(span, "count(", ")"),
                )
                .fix_all(
                    Applicability::Likely,
                    "ask whether there are any",
                    wrap(span, "exists ", ""),
                )
                .help(format!(
                    "aggregate the relation (`count({rows})`), join it (`join {rows} as x`), or nest it (`{rows} {{ … }}`); what one of its rows is asked stands inside: `exists ({rows} where … = …)`"
                ))
        } else {
            diagnostic
                .fix_all(
                    Applicability::Likely,
                    GREATEST,
                    wrap(span, "max(", ")"),
                )
                .help(format!(
                    "aggregate the values (`max({word})`), join the relation (`join {rows} as x`, then `x.{field}`), or nest it (`{rows} {{ {field} }}`); one row of many is `({rows} order by … limit 1).{field}`"
                ))
        };
        self.report(diagnostic);
    }
}

fn wrap(span: Span, before: &str, after: &str) -> Vec<djq_diagnostics::Edit> {
    let mut edits = vec![djq_diagnostics::Edit {
        span: span.before(),
        text: before.to_owned(),
    }];
    if !after.is_empty() {
        edits.push(djq_diagnostics::Edit {
            span: span.after(),
            text: after.to_owned(),
        });
    }
    edits
}
