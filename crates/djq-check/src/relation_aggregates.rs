//! Aggregates over the items of a relation, and the order in which aggregates gather.

use crate::{
    functions::{Callable, by_name},
    hir::{Aggregate, ClauseKind, Expr, ExprKind, OrderKey, SourceId},
    paths::{Many, Meaning},
    scope::Aggregates,
    typing::AggregateCall,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// An aggregate over the items of a relation: a value of the row.
    pub(crate) fn relation_aggregate(
        &mut self,
        call: &'a ast::Call,
        many: &Many<'a>,
        span: Span,
    ) -> Expr {
        self.open_scope(false);
        let item = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.open_items(many));
        if let Meaning::Error = item {
            self.scopes.pop();
            return self.error(span);
        }
        let count = call.name.text.eq_ignore_ascii_case("count");
        let first = call.arguments.first().map_or(span, |first| first.span);
        let row = match item {
            Meaning::Row(row) => Some(row),
            _ => None,
        };
        self.see_row(row, many.span);
        let mut arguments = Vec::with_capacity(call.arguments.len());
        let whole_rows = count && row.is_some() && call.distinct.is_none();
        if !whole_rows {
            match (&item, row) {
                (_, Some(_)) if !count => {
                    let word = self.relation_word(many);
                    self.scopes.pop();
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_VALUE,
                            first,
                            format!("`{}` takes values, and `{word}` is rows", call.name.text),
                        )
                        .help(format!(
                            "name a field of them: `{}({word}.field)`",
                            call.name.text
                        )),
                    );
                    return self.error(span);
                }
                _ => arguments.push(self.value_of(item, first)),
            }
        }
        let scope = self.scope();
        scope.aggregates = Aggregates::Inside(span);
        for argument in call.arguments.iter().skip(1) {
            arguments.push(self.expr(argument));
        }
        let condition = call.condition.as_ref().map(|condition| {
            let value = self.expr(condition);
            let value = self.typing().condition(value);
            self.lift_windows(value)
        });
        self.refuse_windows_in_aggregate(&arguments, span);
        let mut order_by = self.gathering_order(call, true);
        let condition = match &call.limit {
            Some(limit) => {
                self.limit_items(condition, &order_by, limit);
                if !keeps_order(call) {
                    order_by.clear();
                }
                None
            }
            None => condition,
        };
        let value = self.typing().aggregate(
            &call.name,
            AggregateCall {
                distinct: call.distinct,
                arguments,
                condition,
                order_by,
                has_rows: false,
            },
            span,
        );
        if value.ty.kind == crate::Type::Error {
            self.scopes.pop();
            return self.error(span);
        }
        let ty = value.ty.clone();
        let mut value = value;
        self.condition_as_filter(&mut value);
        let name = call.name.text.to_lowercase();
        let mut body = self.close_with(&name, value, span);
        body.at_most_one = true;
        Expr {
            kind: ExprKind::Scalar(Box::new(body)),
            ty,
            span,
        }
    }

    /// The order in which an aggregate gathers: its own, else the one that its rows have.
    pub(crate) fn gathering_order(
        &mut self,
        call: &'a ast::Call,
        rows_have_order: bool,
    ) -> Vec<OrderKey> {
        if call.order_by.is_empty() {
            let takes_it = rows_have_order && call.distinct.is_none() && keeps_order(call);
            return if takes_it {
                self.order_that_holds()
            } else {
                Vec::new()
            };
        }
        let mut keys = Vec::with_capacity(call.order_by.len());
        for item in &call.order_by {
            let value = self.expr(&item.value);
            keys.push(OrderKey {
                value: self.settle(value),
                descending: item.descending,
                nulls_first: item.nulls_first.unwrap_or(false),
            });
        }
        keys
    }

    /// The order of the innermost scope's rows; empty where they have none, or only under a guard.
    fn order_that_holds(&mut self) -> Vec<OrderKey> {
        for clause in self.scope().clauses.iter().rev() {
            match &clause.kind {
                ClauseKind::OrderBy(keys) if clause.guard.is_none() => return keys.clone(),
                ClauseKind::Where(_)
                | ClauseKind::Let(_)
                | ClauseKind::Select(_)
                | ClauseKind::Page { .. }
                | ClauseKind::PagePer { .. } => {}
                _ => break,
            }
        }
        Vec::new()
    }

    /// `sum(rel.x where c order by y limit n)`: so many of the rows for which it is true.
    fn limit_items(
        &mut self,
        condition: Option<Expr>,
        order_by: &[OrderKey],
        limit: &'a ast::Expr,
    ) {
        if let Some(condition) = condition {
            let span = condition.span;
            self.push_clause(ClauseKind::Where(condition), span);
        }
        if let Some(first) = order_by.first() {
            let span = first.value.span;
            self.push_clause(ClauseKind::OrderBy(order_by.to_vec()), span);
        }
        let count = self.expr(limit);
        let limit = Some(self.typing().row_count(count));
        let span = limit.as_ref().map_or(Span::default(), |limit| limit.span);
        let page = ClauseKind::Page {
            limit,
            offset: None,
        };
        self.push_clause(page, span);
    }

    /// `count(rel where c)` filters the relation's rows: the plainest SQL.
    fn condition_as_filter(&mut self, value: &mut Expr) {
        if let ExprKind::Aggregate(aggregate) = &mut value.kind {
            let aggregate: &mut Aggregate = aggregate;
            if let Some(condition) = aggregate.condition.take() {
                let span = condition.span;
                self.push_clause(ClauseKind::Where(condition), span);
            }
        }
    }

    /// Makes a relation's last row the one whose fields go by bare names.
    fn see_row(&mut self, row: Option<SourceId>, span: Span) {
        let scope = self.scope();
        let Some(row) = row.or(scope.item).or(scope.from) else {
            return;
        };
        if scope.output.is_none() {
            scope.item = Some(row);
        }
        if !scope.sources.iter().any(|source| source.id == row) {
            scope.sources.push(crate::scope::Visible {
                name: Box::default(),
                id: row,
                span,
            });
        }
    }
}

/// Whether what the called aggregate gives depends on the order of its rows.
fn keeps_order(call: &ast::Call) -> bool {
    matches!(by_name(&call.name.text), Some(Callable::Aggregate(id)) if id.keeps_order())
}
