//! Aggregates over rows.

use super::{
    AggregateCall,
    calls::lowered,
    node::{self, node},
    signatures::gives,
};
use crate::{
    Ty, Type,
    functions::{self, AggregateId, Callable, Entry, Nulls},
    hir::{Aggregate, Expr, ExprKind},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

impl Typing<'_> {
    /// An aggregate of the catalogue over rows.
    pub(crate) fn aggregate(&mut self, name: &ast::Name, call: AggregateCall, span: Span) -> Expr {
        let Some(entry) = functions::entry_by_name(&lowered(&name.text)) else {
            self.unknown_function(name);
            self.silence_call(&call);
            return node::error(span);
        };
        match entry.callable {
            Callable::Aggregate(id) => self.rows_to_value(id, entry, name.span, call, span),
            Callable::Later(_) => {
                self.not_yet(entry, name.span);
                self.silence_call(&call);
                node::error(span)
            }
            Callable::Function(_) | Callable::Iif => {
                self.no_aggregate(entry, name, &call);
                self.silence_call(&call);
                node::error(span)
            }
        }
    }

    fn silence_call(&mut self, call: &AggregateCall) {
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
        let condition = call.condition.map(|condition| self.condition(condition));
        if condition.as_ref().is_some_and(node::is_error)
            || call.order_by.iter().any(|key| node::is_error(&key.value))
        {
            return node::error(span);
        }
        if let (Some(key), false) = (call.order_by.first(), id == AggregateId::StringAgg) {
            self.problems.push(
                Diagnostic::new(
                    &codes::MISPLACED_ORDER,
                    key.value.span,
                    format!("`{}` is the same in any order of its rows", entry.name),
                )
                .help("leave `order by` out; only `string_agg` gathers values in an order"),
            );
            return node::error(span);
        }
        let nullable = match entry.nulls {
            Nulls::Never => false,
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
