//! Expressions: names resolved here, types given by `typing`.

use crate::selection::strip;
use crate::{
    functions::{Callable, by_name},
    hir::{Expr, ExprKind, UnaryOperator},
    paths::{Meaning, Start},
    resolve::{is_path, may_be_relation},
    scope::{Aggregates, FrameKind},
    selection::Wanted,
    typing::{AggregateCall, Operand, Operator},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes, nearest};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// An expression as a typed value.
    pub(crate) fn expr(&mut self, expr: &'a ast::Expr) -> Expr {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_here(expr))
    }

    fn expr_here(&mut self, expr: &'a ast::Expr) -> Expr {
        let span = expr.span;
        match &expr.kind {
            ast::ExprKind::Literal(literal) => self.typing().literal(literal, span),
            ast::ExprKind::Parameter(name) => match self.use_value(name) {
                Some(id) => self.typing().parameter(id, span),
                None => self.error(span),
            },
            ast::ExprKind::Name(_)
            | ast::ExprKind::Field { .. }
            | ast::ExprKind::Each { .. }
            | ast::ExprKind::Pipeline(_) => {
                let meaning = self.resolve(expr);
                self.value_of(meaning, span)
            }
            ast::ExprKind::Paren(inner) => self.expr(inner),
            ast::ExprKind::Index { base, index } => {
                let base = self.expr(base);
                let index = self.expr(index);
                self.typing().index(base, index, span)
            }
            ast::ExprKind::Call(call) if crate::trees::is_tree(call) => {
                let meaning = self.resolve(expr);
                self.value_of(meaning, span)
            }
            ast::ExprKind::Call(call) if call.base.is_none() && &*call.name.text == "series" => {
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_VALUE,
                        span,
                        "`series` gives rows, not a value",
                    )
                    .help("read it: `from series(1, 10) as n`"),
                );
                self.error(span)
            }
            ast::ExprKind::Call(call) => self.call(call, span),
            ast::ExprKind::Nest { .. } => {
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_NEST,
                        span,
                        "a relation is nested in the output alone",
                    )
                    .help("write it as an item of `select`"),
                );
                self.error(span)
            }
            ast::ExprKind::Unary {
                operator: ast::UnaryOperator::Exists,
                operand,
                ..
            } => self.exists(operand, span),
            ast::ExprKind::Unary {
                operator,
                operator_span,
                operand,
            } => {
                let operand = self.expr(operand);
                self.typing()
                    .unary(*operator, *operator_span, operand, span)
            }
            ast::ExprKind::Binary {
                operator,
                negated,
                operator_span,
                left,
                right,
            } => {
                let operator = Operator {
                    kind: *operator,
                    negated: *negated,
                    span: *operator_span,
                };
                self.binary(operator, left, right, span)
            }
            ast::ExprKind::Is {
                operand,
                negated,
                what,
            } => {
                let operand = self.expr(operand);
                self.typing().is_test(operand, *negated, *what, span)
            }
            ast::ExprKind::Between {
                operand,
                negated,
                low,
                high,
            } => {
                let operand = self.expr(operand);
                let low = self.expr(low);
                let high = self.expr(high);
                self.typing().between(operand, *negated, low, high, span)
            }
            ast::ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_ref().map(|operand| self.expr(operand));
                let simple = operand.is_some();
                let branches = branches
                    .iter()
                    .map(|(condition, value)| {
                        let mut condition = self.expr(condition);
                        if !simple {
                            condition = self.typing().condition(condition);
                        }
                        (condition, self.expr(value))
                    })
                    .collect();
                let otherwise = otherwise.as_ref().map(|otherwise| self.expr(otherwise));
                self.typing().case(operand, branches, otherwise, span)
            }
            ast::ExprKind::Cast { operand, ty } => {
                if is_path(operand) {
                    // A generic key's cast is a way to a row.
                    let meaning = self.resolve_path_cast(expr, operand, ty);
                    return self.value_of(meaning, span);
                }
                let operand = self.expr(operand);
                self.cast_value(operand, ty, span)
            }
            ast::ExprKind::TryCast { operand, ty } => {
                let operand = self.expr(operand);
                let to = self.written_type(ty);
                self.typing().try_cast(operand, to, ty.span, span)
            }
            ast::ExprKind::Row(items) => {
                let items = items.iter().map(|item| self.expr(item)).collect();
                self.typing().row(items, span)
            }
            ast::ExprKind::List(_) => {
                self.report(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, "a list is not a value")
                        .help("lists stand behind `in`"),
                );
                self.error(span)
            }
            ast::ExprKind::Record(_) => {
                self.report(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, "a row is not a value")
                        .help("rows stand in a list that is read: `from [{id: 1}, {id: 2}] as r`"),
                );
                self.error(span)
            }
            ast::ExprKind::Sql(escape) => self.sql_value(escape, span),
            ast::ExprKind::Error => self.error(span),
        }
    }

    pub(crate) fn cast_value(&mut self, operand: Expr, ty: &'a ast::TypeExpr, span: Span) -> Expr {
        let to = self.written_type(ty);
        self.typing().cast(operand, to, ty.span, span)
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        span: Span,
    ) -> Expr {
        use ast::BinaryOperator as Op;
        match operator.kind {
            Op::In => return self.membership(operator, left, right, span),
            Op::Holds | Op::HeldBy | Op::Overlaps | Op::Adjacent => {
                let (left, right) = (self.operand(left), self.operand(right));
                return self
                    .typing()
                    .collection_operator(operator, left, right, span);
            }
            Op::Equal | Op::NotEqual | Op::DistinctFrom if is_list(left) || is_list(right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                return self.typing().array_comparison(operator, left, right, span);
            }
            Op::Coalesce => self.lint_coalesce(left, right),
            _ => {}
        }
        // A long chain of one operator leans to the left: walk it without recursion.
        let mut pending = vec![(operator, right, span)];
        let mut first = left;
        while let ast::ExprKind::Binary {
            operator: inner,
            negated,
            operator_span,
            left,
            right,
        } = &first.kind
        {
            if !matches!(
                inner,
                Op::Or | Op::And | Op::Xor | Op::Add | Op::Subtract | Op::Multiply | Op::Concat
            ) {
                break;
            }
            pending.push((
                Operator {
                    kind: *inner,
                    negated: *negated,
                    span: *operator_span,
                },
                right,
                first.span,
            ));
            first = left;
        }
        let mut value = self.expr(first);
        while let Some((operator, right, span)) = pending.pop() {
            let other = self.expr(right);
            self.lint_quoted(operator, &value, &other);
            value = self.typing().binary(operator, value, other, span);
        }
        value
    }

    /// An operand that may be an array written out.
    fn operand(&mut self, expr: &'a ast::Expr) -> Operand {
        match strip(expr) {
            ast::ExprKind::List(items) => {
                let items = items.iter().map(|item| self.expr(item)).collect();
                Operand::List(items, expr.span)
            }
            _ => Operand::Value(self.expr(expr)),
        }
    }

    fn resolve_path_cast(
        &mut self,
        expr: &'a ast::Expr,
        operand: &'a ast::Expr,
        ty: &'a ast::TypeExpr,
    ) -> Meaning<'a> {
        self.resolve_cast(expr, operand, ty)
    }

    /// `x [not] in …`.
    fn membership(
        &mut self,
        operator: Operator,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        span: Span,
    ) -> Expr {
        let value = self.expr(left);
        match &right.kind {
            ast::ExprKind::Row(items) | ast::ExprKind::List(items) => {
                let items: Vec<Expr> = items.iter().map(|item| self.expr(item)).collect();
                self.typing().in_list(operator, value, items, span)
            }
            ast::ExprKind::Parameter(name) => match self.use_value(name) {
                Some(id) => self
                    .typing()
                    .in_param(operator, value, id, right.span, span),
                None => self.error(span),
            },
            ast::ExprKind::Paren(inner) if !may_be_relation(inner) => match &inner.kind {
                ast::ExprKind::Parameter(name) => match self.use_value(name) {
                    Some(id)
                        if matches!(
                            self.parameters.ty(id).map(|ty| &ty.kind),
                            Some(crate::Type::List(_))
                        ) =>
                    {
                        self.typing()
                            .in_param(operator, value, id, inner.span, span)
                    }
                    Some(id) => {
                        let item = self.typing().parameter(id, inner.span);
                        self.typing().in_list(operator, value, vec![item], span)
                    }
                    None => self.error(span),
                },
                _ => {
                    let item = self.expr(inner);
                    self.typing().in_list(operator, value, vec![item], span)
                }
            },
            _ if may_be_relation(right) => {
                match self.resolve(right) {
                    Meaning::Many(many) => {
                        let known = match &many.start {
                            Start::Pipeline(body) => self.is_relation(body),
                            _ => true,
                        };
                        // The rows are asked for it, and have no windows of these rows.
                        let value = self.lift_windows(value);
                        let key = matches!(value.ty.kind, crate::Type::Key(_));
                        let Some(body) = self.items(&many, key, right.span) else {
                            return self.error(span);
                        };
                        self.typing().in_rows(operator, value, body, known, span)
                    }
                    Meaning::Error => self.error(span),
                    meaning => {
                        // `in (x)`: a list of one, whose parentheses a path swallows.
                        let one = matches!(right.kind, ast::ExprKind::Paren(_));
                        let item = self.value_of(meaning, right.span);
                        if one {
                            return self.typing().in_list(operator, value, vec![item], span);
                        }
                        if item.ty.kind != crate::Type::Error {
                            self.report(
                                Diagnostic::new(
                                    &codes::NOT_A_RELATION,
                                    right.span,
                                    "`in` needs a list, a relation or a pipeline, and this is one value",
                                )
                                .fix(
                                    Applicability::Likely,
                                    "compare with `=`",
                                    operator.span,
                                    if operator.negated { "!=" } else { "=" },
                                ),
                            );
                        }
                        self.error(span)
                    }
                }
            }
            _ => {
                let item = self.expr(right);
                if item.ty.kind != crate::Type::Error {
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_RELATION,
                            right.span,
                            "`in` needs a list, a relation or a pipeline",
                        )
                        .help("write the values in parentheses: `in (1, 2)`"),
                    );
                }
                self.error(span)
            }
        }
    }

    fn call(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        let name = call.name.text.to_lowercase();
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
        match by_name(&name) {
            Some(Callable::ContentType) => self.content_type(call, span),
            Some(Callable::Aggregate(_)) => self.aggregate(call, span),
            Some(Callable::Grouping) => self.grouping(call, span),
            known => {
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
                if let Some(condition) = &call.condition {
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
                self.typing().call(&call.name, arguments, span)
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
        );
        if by_name(&call.name.text.to_lowercase()).is_some() {
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
        self.report(diagnostic);
        self.error(span)
    }

    /// An aggregate: of a relation's items, or of the rows.
    fn aggregate(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        if let Some(first) = call.arguments.first()
            && may_be_relation(first)
        {
            let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
            let broken = self.broken;
            let meaning = self.resolve(first);
            if let Meaning::Many(many) = meaning {
                return self.relation_aggregate(call, &many, span);
            }
            // Looked up again among the rows below.
            self.problems.diagnostics.truncate(problems);
            self.facts.truncate(facts);
            self.broken = broken;
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
            Aggregates::Refused(place) if !grouped => {
                let mut diagnostic = Diagnostic::new(
                    &codes::MISPLACED_AGGREGATE,
                    span,
                    format!("{place} is asked of each row, and an aggregate needs many"),
                );
                diagnostic = if place == "`where`" {
                    diagnostic.help("write this `where` below `group by`; or aggregate a relation: `count(a.entries) > 3`")
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
        let mut arguments: Vec<Expr> = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            let value = self.expr(argument);
            arguments.push(self.settle(value));
        }
        let condition = call.condition.as_ref().map(|condition| {
            let value = self.expr(condition);
            let value = self.settle(value);
            self.typing().condition(value)
        });
        let order_by = call
            .order_by
            .iter()
            .map(|item| {
                let value = self.expr(&item.value);
                let value = self.settle(value);
                crate::hir::OrderKey {
                    value,
                    descending: item.descending,
                    nulls_first: item.nulls_first.unwrap_or(false),
                }
            })
            .collect();
        self.refuse_windows_in_aggregate(&arguments, span);
        if let Some(condition) = &condition {
            self.refuse_windows_in_aggregate(std::slice::from_ref(condition), span);
        }
        let rows_are_sources = self.scope().has_rows();
        let scope = self.scope();
        scope.level = level;
        scope.aggregates = allowed;
        let has_keys = matches!(&scope.frame().kind, FrameKind::Grouped(keys) if !keys.is_empty())
            && !scope.frame().summed;
        if rows_are_sources && call.distinct.is_none() {
            self.check_fan_out(call, &arguments, span);
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

    /// `exists …`.
    fn exists(&mut self, operand: &'a ast::Expr, span: Span) -> Expr {
        match self.resolve(operand) {
            Meaning::Many(many) => {
                self.open_scope(false);
                let ok = self.open_rows(&many);
                let body = self.close(Wanted::Nothing, many.span);
                if !ok {
                    return self.error(span);
                }
                Expr {
                    kind: ExprKind::Exists(Box::new(body)),
                    ty: crate::Type::Bool.required(),
                    span,
                }
            }
            Meaning::One(one) => {
                let source = self.imply(&one);
                let key = self.row_key(source, operand.span);
                let is_null = Expr {
                    kind: ExprKind::IsNull(Box::new(key)),
                    ty: crate::Type::Bool.required(),
                    span,
                };
                Expr {
                    kind: ExprKind::Unary(UnaryOperator::Not, Box::new(is_null)),
                    ty: crate::Type::Bool.required(),
                    span,
                }
            }
            Meaning::Error => self.error(span),
            other => {
                let what = self.describe(&other);
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_RELATION,
                        operand.span,
                        format!("`exists` asks whether there are rows, and this is {what}"),
                    )
                    .help(
                        "for a value, ask `is not null`; for other rows, `exists (from … where …)`",
                    ),
                );
                self.error(span)
            }
        }
    }
}

/// Whether it is `[a, b]`.
fn is_list(expr: &ast::Expr) -> bool {
    matches!(strip(expr), ast::ExprKind::List(_))
}
