//! Calls: of functions, of definitions, of aggregates over rows.

use crate::{
    asked_of_many::without_call,
    functions::{Callable, by_name},
    hir::Expr,
    paths::Meaning,
    resolve::may_be_relation,
    scope::{Aggregates, FrameKind},
    typing::AggregateCall,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes, nearest};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(crate) fn call(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        if let Some(over) = &call.over {
            return self.window(call, over, span);
        }
        if let Some(base) = &call.base {
            if self.names.has_method(&call.name.text) && may_be_relation(base) {
                let meaning = self.call_member(base, call, span);
                return self.value_of(meaning, span);
            }
            return self.method(base, call, span);
        }
        if let Some(place) = self.names.function(&call.name.text) {
            let declared = self.names.definitions[place].ast.name.span;
            self.fact(call.name.span, crate::facts::FactKind::Definition(declared));
            let meaning = self.expand_function(place, &call.arguments, span);
            return self.value_of(meaning, span);
        }
        match by_name(&call.name.text) {
            Some(Callable::ContentType) => self.content_type(call, span),
            Some(Callable::Aggregate(_)) => self.aggregate(call, span),
            Some(Callable::Grouping) => self.grouping(call, span),
            known => {
                if self.asked_of_many(call, span) {
                    return self.error(span);
                }
                if known.is_none()
                    && let Some(found) = nearest(&call.name.text, self.names.function_names())
                {
                    let found = found.to_owned();
                    for argument in &call.arguments {
                        let _ = self.expr(argument);
                    }
                    self.report(crate::names::with_nearest(
                        Diagnostic::new(
                            &codes::UNKNOWN_FUNCTION,
                            call.name.span,
                            format!("there is no function `{}`", call.name.text),
                        ),
                        call.name.span,
                        Some(&found),
                    ));
                    return self.error(span);
                }
                if matches!(known, Some(Callable::Window(_))) {
                    // That it needs `over` is said alone.
                } else if let Some(condition) = &call.condition {
                    self.refuse_in_call(condition.span, "`where`", &call.name);
                } else if let Some(word) = call.distinct {
                    self.refuse_in_call(word, "`distinct`", &call.name);
                } else if let Some(key) = call.order_by.first() {
                    self.refuse_in_call(key.span, "`order by`", &call.name);
                }
                let arguments = call
                    .arguments
                    .iter()
                    .map(|argument| self.expr(argument))
                    .collect();
                let before = self.problems.diagnostics.len();
                let value = self.typing().call(&call.name, arguments, span);
                if matches!(known, Some(Callable::Window(_))) && call.order_by.is_empty() {
                    self.offer_order(before, span);
                }
                value
            }
        }
    }

    fn refuse_in_call(&mut self, at: Span, what: &str, name: &ast::Name) {
        self.report(Diagnostic::new(
            &codes::MISPLACED_AGGREGATE,
            at,
            format!(
                "{what} is for aggregates, and `{}` is a function of one row",
                name.text
            ),
        ));
    }

    /// `base.f(…)`, which is not djq.
    fn method(&mut self, base: &'a ast::Expr, call: &'a ast::Call, span: Span) -> Expr {
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_FUNCTION,
            call.name.span,
            format!("nothing here has a method `{}`", call.name.text),
        )
        .label("not a method");
        if by_name(&call.name.text).is_some() {
            let open = base.span.before();
            let between = Span {
                start: base.span.end,
                end: call.name.span.end,
                ..base.span
            };
            let mut edits = vec![djq_diagnostics::Edit {
                span: open,
                text: format!("{}(", call.name.text),
            }];
            if call.arguments.is_empty() {
                edits.push(djq_diagnostics::Edit {
                    span: Span {
                        end: span.end,
                        ..between
                    },
                    text: ")".into(),
                });
                diagnostic =
                    diagnostic.fix_all(Applicability::Likely, "write it as a function", edits);
            } else {
                diagnostic =
                    diagnostic.help(format!("write it as a function: `{}(…)`", call.name.text));
            }
        }
        if let Some((offer, edits)) = crate::meant::query_set_method(base.span, call, span) {
            diagnostic = diagnostic.fix_all(Applicability::Likely, offer, edits);
        }
        let lookup = crate::meant::is_lookup(&call.name.text);
        if lookup && let [argument] = call.arguments.as_slice() {
            let between = Span {
                start: base.span.end,
                end: argument.span.start,
                ..span
            };
            let behind = Span {
                start: argument.span.end,
                ..span
            };
            let edits = vec![
                djq_diagnostics::Edit {
                    span: between,
                    text: format!(" {} ", call.name.text),
                },
                djq_diagnostics::Edit {
                    span: behind,
                    text: String::new(),
                },
            ];
            diagnostic =
                diagnostic.fix_all(Applicability::Likely, "write it between its sides", edits);
        }
        self.report(diagnostic);
        self.error(span)
    }

    /// An aggregate: of a relation's items, or of the rows.
    fn aggregate(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        if let Some(first) = call.arguments.first()
            && may_be_relation(first)
        {
            let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
            let (broken, unknown) = (self.broken, self.scope().grain.unknown);
            let meaning = self.resolve(first);
            if let Meaning::Many(many) = meaning {
                return self.relation_aggregate(call, &many, span);
            }
            let misspelt =
                matches!(meaning, Meaning::Error) && self.problems.diagnostics.len() > problems;
            if misspelt && (crate::trees::of_tree(first) || !self.takes_row_aggregates()) {
                return self.error(span);
            }
            // Looked up again among the rows below.
            self.problems.diagnostics.truncate(problems);
            self.facts.truncate(facts);
            self.broken = broken;
            self.scope().grain.unknown = unknown;
        }
        if let Some(limit) = &call.limit {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    limit.span,
                    "an aggregate of rows is of all of them: `limit` stands in one of a relation alone",
                )
                .help("put `limit` on the rows, or `limit … per` the key, in a clause above the groups"),
            );
        }
        self.row_aggregate(call, span)
    }

    /// Whether an aggregate of the rows of the group, or of all, may stand here.
    fn takes_row_aggregates(&mut self) -> bool {
        let scope = self.scope();
        let grouped = matches!(scope.frame().kind, FrameKind::Grouped(_));
        match scope.aggregates {
            Aggregates::Inside(_) => false,
            Aggregates::Refused(_) => grouped,
            _ => true,
        }
    }

    /// An aggregate of the rows of the group, or of all.
    fn row_aggregate(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        let scope = self.scope();
        let level = scope.level;
        let grouped = matches!(scope.frame().kind, FrameKind::Grouped(_));
        let allowed = scope.aggregates;
        match allowed {
            Aggregates::Inside(outer) => {
                self.report(
                    Diagnostic::new(
                        &codes::NESTED_AGGREGATE,
                        span,
                        "an aggregate inside an aggregate",
                    )
                    .because(outer, "inside of this one")
                    .help("make the inner one a column first: `from ( … select …, count() as n ) as x select avg(x.n)`"),
                );
                return self.error(span);
            }
            Aggregates::Refused(_) if !grouped && self.is_of_one_row(call) => {
                let diagnostic = Diagnostic::new(
                    &codes::MISPLACED_AGGREGATE,
                    span,
                    "this is one value of each row: there is nothing to aggregate",
                );
                let edits = without_call(call, span);
                self.report(diagnostic.fix_all(
                    Applicability::Likely,
                    format!("leave out `{}`", call.name.text),
                    edits,
                ));
                return self.error(span);
            }
            Aggregates::Refused(place) if !grouped => {
                let mut diagnostic = Diagnostic::new(
                    &codes::MISPLACED_AGGREGATE,
                    span,
                    format!("{place} is asked of each row, and an aggregate needs many"),
                );
                diagnostic = if place == "`where`" {
                    match self.moved_below_groups() {
                        Some(edits) => diagnostic.fix_all(
                            Applicability::Likely,
                            "move it below `group by`",
                            edits,
                        ),
                        None => diagnostic.help("write this `where` below `group by`; or aggregate a relation: `count(a.entries) > 3`"),
                    }
                } else {
                    diagnostic.help("write `group by` above it, or select the aggregate; a relation's aggregate, `count(a.entries)`, may stand anywhere")
                };
                self.report(diagnostic);
                return self.error(span);
            }
            _ => {}
        }
        let scope = self.scope();
        scope.aggregates = Aggregates::Inside(span);
        if grouped {
            scope.level = level.saturating_sub(1);
        }
        let before = self.problems.diagnostics.len();
        let (arguments, condition) = self.settled_operands(call);
        self.offer_items(before, call);
        // An order ends at `group by`.
        let order_by = self.gathering_order(call, !grouped);
        self.refuse_windows_in_aggregate(&arguments, span);
        if let Some(condition) = &condition {
            self.refuse_windows_in_aggregate(std::slice::from_ref(condition), span);
        }
        let reads_none =
            self.scope().from.is_none() && self.names_rows(arguments.iter().chain(&condition));
        let rows_are_sources = self.scope().has_rows();
        let scope = self.scope();
        scope.level = level;
        scope.aggregates = allowed;
        if reads_none {
            // Rows that could not be read have been reported.
            if !scope.grain.unknown {
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_AGGREGATE,
                        span,
                        "there are no rows here to aggregate: this pipeline reads none",
                    )
                    .help("begin it with `from`, or write the aggregate where the rows are"),
                );
            }
            return self.error(span);
        }
        let scope = self.scope();
        let has_keys = matches!(&scope.frame().kind, FrameKind::Grouped(keys) if !keys.is_empty())
            && !scope.frame().summed;
        self.lint_counted(call, &arguments);
        if rows_are_sources && call.distinct.is_none() {
            self.check_fan_out(call, &arguments, &[], span);
        }
        self.typing().aggregate(
            &call.name,
            AggregateCall {
                distinct: call.distinct,
                arguments,
                condition,
                order_by,
                has_rows: has_keys,
            },
            span,
        )
    }

    /// Whether any of these values is of a source's row.
    fn names_rows<'e>(&self, values: impl Iterator<Item = &'e Expr>) -> bool {
        let mut named = false;
        for value in values {
            crate::visit::each_source(self, value, &mut |_| named = true);
        }
        named
    }

    /// What an aggregate or a window is given: its arguments, and the condition in its parentheses.
    pub(crate) fn settled_operands(&mut self, call: &'a ast::Call) -> (Vec<Expr>, Option<Expr>) {
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            let value = self.expr(argument);
            arguments.push(self.settle(value));
        }
        let condition = call.condition.as_ref().map(|condition| {
            let value = self.expr(condition);
            let value = self.settle(value);
            self.typing().condition(value)
        });
        (arguments, condition)
    }
}
