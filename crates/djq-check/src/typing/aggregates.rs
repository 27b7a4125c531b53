//! Aggregates over rows.

use super::{
    AggregateCall,
    node::{self, node},
    numbers,
    signatures::gives,
};
use crate::{
    Ty, Type,
    functions::{self, AggregateId, Callable, Entry, Nulls},
    hir::{Aggregate, Expr, ExprKind, Literal},
    sink::Typing,
    visit,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

impl Typing<'_> {
    /// An aggregate of the catalogue over rows.
    pub(crate) fn aggregate(&mut self, name: &ast::Name, call: AggregateCall, span: Span) -> Expr {
        let Some(entry) = functions::entry_by_name(&name.text) else {
            self.unknown_function(name);
            self.silence_call(&call);
            return node::error(span);
        };
        match entry.callable {
            Callable::Aggregate(id) => self.rows_to_value(id, entry, name.span, call, span),
            Callable::Window(_) => {
                self.needs_over(entry, name.span);
                self.silence_call(&call);
                node::error(span)
            }
            Callable::Function(_)
            | Callable::Iif
            | Callable::Row
            | Callable::ContentType
            | Callable::Grouping => {
                self.no_aggregate(entry, name, &call);
                self.silence_call(&call);
                node::error(span)
            }
        }
    }

    pub(super) fn silence_call(&mut self, call: &AggregateCall) {
        for argument in &call.arguments {
            self.silence(argument);
        }
    }

    /// `distinct`, `where` or `order by` in the parentheses of a function that sees one row.
    fn no_aggregate(&mut self, entry: &Entry, name: &ast::Name, call: &AggregateCall) {
        let at = call.distinct.unwrap_or(name.span);
        self.problems.push(
            Diagnostic::new(
                &codes::MISPLACED_ORDER,
                at,
                format!(
                    "`{}` is no aggregate: it sees one row at a time",
                    entry.name
                ),
            )
            .note(format!("`{}`", entry.signature()))
            .help("`distinct`, `where` and `order by` in parentheses choose rows for an aggregate"),
        );
    }

    fn rows_to_value(
        &mut self,
        id: AggregateId,
        entry: &'static Entry,
        at: Span,
        mut call: AggregateCall,
        span: Span,
    ) -> Expr {
        if !self.arity(entry, at, &call.arguments) || !self.count_arguments(id, at, &call) {
            return node::error(span);
        }
        let Some(common) = self.arguments(entry, &mut call.arguments) else {
            return node::error(span);
        };
        if let (Some(distinct), Some(json)) = (
            call.distinct,
            call.arguments
                .iter()
                .find(|argument| argument.ty.kind.base() == &Type::Json),
        ) {
            let diagnostic = self
                .about(
                    &codes::OPERAND_TYPE,
                    distinct,
                    "`distinct` compares values, and databases do not compare json alike",
                    &[json],
                )
                .help("take out what is compared, with its type: `x['key']::text`");
            self.problems.push(diagnostic);
            return node::error(span);
        }
        if !self.gathered(id, entry, &mut call) {
            return node::error(span);
        }
        let condition = call.condition.map(|condition| self.condition(condition));
        if condition.as_ref().is_some_and(node::is_error)
            || call.order_by.iter().any(|key| node::is_error(&key.value))
        {
            return node::error(span);
        }
        if let (Some(key), false) = (call.order_by.first(), id.keeps_order()) {
            self.problems.push(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    key.value.span,
                    format!("`{}` is the same in any order of its rows", entry.name),
                )
                .help("leave `order by` out; only `string_agg`, `array_agg` and `json_agg` gather values in an order"),
            );
            return node::error(span);
        }
        // What is gathered has its nulls inside.
        let gathers = matches!(
            id,
            AggregateId::ArrayAgg | AggregateId::JsonAgg | AggregateId::JsonObjectAgg
        );
        let nullable = match entry.nulls {
            Nulls::Never => false,
            Nulls::Empty if gathers && id != AggregateId::JsonObjectAgg => {
                !call.has_rows || condition.is_some()
            }
            Nulls::Empty => {
                !call.has_rows
                    || condition.is_some()
                    || call.arguments.iter().any(|argument| argument.ty.nullable)
            }
            _ => true,
        };
        let ty = Ty {
            kind: gives(entry, &call.arguments, common),
            nullable,
        };
        let aggregate = Aggregate {
            function: id,
            distinct: call.distinct.is_some(),
            arguments: call.arguments,
            condition,
            order_by: call.order_by,
        };
        node(ExprKind::Aggregate(Box::new(aggregate)), ty, span)
    }

    /// What aggregates that gather values, and statistics, ask of their arguments; false after a diagnostic.
    fn gathered(&mut self, id: AggregateId, entry: &Entry, call: &mut AggregateCall) -> bool {
        use AggregateId as A;
        let takes_distinct = !matches!(
            id,
            A::CovarPop
                | A::CovarSamp
                | A::Corr
                | A::Median
                | A::PercentileCont
                | A::PercentileDisc
                | A::Mode
                | A::JsonAgg
                | A::JsonObjectAgg
                | A::RegrCount
                | A::RegrAvgX
                | A::RegrAvgY
                | A::RegrSxx
                | A::RegrSyy
                | A::RegrSxy
                | A::RegrSlope
                | A::RegrIntercept
                | A::RegrR2
        );
        if let (Some(distinct), false) = (call.distinct, takes_distinct) {
            self.problems.push(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    distinct,
                    format!("`{}` takes every value, equal ones too", entry.name),
                )
                .help("make them different first: `from (from … select x distinct) as d`"),
            );
            return false;
        }
        if let (Some(_), Some(key), A::ArrayAgg | A::StringAgg) =
            (call.distinct, call.order_by.first(), id)
            && (call.order_by.len() > 1
                || !call
                    .arguments
                    .first()
                    .is_some_and(|first| visit::same(first, &key.value)))
        {
            self.problems.push(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    key.value.span,
                    "values that are different are ordered by themselves alone",
                )
                .help("order by what is gathered, or leave `distinct` out"),
            );
            return false;
        }
        match id {
            A::JsonAgg => call
                .arguments
                .first_mut()
                .is_some_and(|value| self.json_value(value)),
            A::JsonObjectAgg => call
                .arguments
                .get_mut(1)
                .is_some_and(|value| self.json_value(value)),
            A::PercentileCont | A::PercentileDisc => self.fraction(&mut call.arguments),
            _ => true,
        }
    }

    /// The fraction of a percentile: the same for all rows, and from 0 to 1 where it is known; false after a diagnostic.
    fn fraction(&mut self, arguments: &mut [Expr]) -> bool {
        let Some(fraction) = arguments.get_mut(1) else {
            return false;
        };
        numbers::as_float_literal(fraction);
        let fits = match (&fraction.kind, node::literal(fraction)) {
            (_, Some(Literal::Float(value))) => (0.0..=1.0).contains(value),
            (ExprKind::Param(_), _) => true,
            _ => false,
        };
        if !fits {
            self.problems.push(
                Diagnostic::new(
                    &codes::ARGUMENT_TYPE,
                    fraction.span,
                    "the fraction is a literal from 0 to 1, or a parameter",
                )
                .help("the value comes first: `percentile_cont(x, 0.25)`"),
            );
        }
        fits
    }

    /// `count(distinct)` needs a value, and several values need `distinct`.
    fn count_arguments(&mut self, id: AggregateId, at: Span, call: &AggregateCall) -> bool {
        if id != AggregateId::Count {
            return true;
        }
        let diagnostic = match (call.distinct, call.arguments.as_slice()) {
            (Some(distinct), []) => Diagnostic::new(
                &codes::ARGUMENT_COUNT,
                distinct,
                "`count(distinct)` needs to know which values",
            )
            .help("`count(distinct x)` counts different values, `count()` rows"),
            (None, [first, .., _]) => Diagnostic::new(
                &codes::ARGUMENT_COUNT,
                at,
                "`count` of several values counts different ones, by `distinct`",
            )
            .fix(
                Applicability::Likely,
                "count different combinations",
                first.span.before(),
                "distinct ",
            ),
            _ => return true,
        };
        self.problems.push(diagnostic);
        self.silence_call(call);
        false
    }
}
