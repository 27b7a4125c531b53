//! Aggregates: their condition and order.

use super::{Legalizer, expression::Use, query::is_constant, walk::has_aggregate};
use crate::{
    dialect::{Form, Spelling},
    legal::{Expr, OrderKey},
};
use djq_check::{Ty, functions::AggregateId};
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn aggregate(
        &mut self,
        expr: &plan::Expr,
        aggregate: &'a plan::Aggregate,
    ) -> Expr<'a> {
        let outer = std::mem::replace(&mut self.aggregating, true);
        let value = if self.is_windowed(aggregate) {
            let value = self.aggregate_inner(expr, aggregate);
            self.over_all(value, &aggregate.order_by)
        } else {
            self.aggregate_inner(expr, aggregate)
        };
        self.aggregating = outer;
        value
    }

    /// What an aggregate is ordered by.
    fn keys(&mut self, aggregate: &'a plan::Aggregate) -> Expr<'a> {
        let mut keys = self.order_in_aggregate(&aggregate.order_by);
        // Different texts are ordered by themselves, and a null is none of them: a key for nulls in front of theirs would make
        // MySQL and MariaDB sort by something else.
        if let (true, AggregateId::StringAgg, Some(key), Some(first), Some(argument)) = (
            aggregate.distinct,
            aggregate.function,
            aggregate.order_by.first(),
            keys.first(),
            aggregate.arguments.first(),
        ) {
            let value = match self.dialect.different_values() {
                Some(name) => Expr::atom(name),
                None => {
                    let value = self.expression(argument);
                    self.gathered(aggregate, value, &argument.ty)
                }
            };
            let guarded = first.value.guard().is_some();
            let value = first.value.guard_of(value);
            keys.clear();
            keys.push(OrderKey {
                value,
                descending: key.descending,
                nulls_first: None,
            });
            if guarded {
                keys.push(OrderKey {
                    value: Expr::atom("NULL"),
                    descending: false,
                    nulls_first: None,
                });
            }
        }
        Expr::Keys(keys)
    }

    /// One of different values that are gathered, compared exactly where that is asked for.
    fn gathered(&self, aggregate: &plan::Aggregate, value: Expr<'a>, ty: &Ty) -> Expr<'a> {
        let ordered = aggregate.function == AggregateId::StringAgg
            && !aggregate.order_by.is_empty()
            && self.collation_of(ty).is_some();
        let value = match ordered {
            true => Expr::form(self.dialect.different_text(), vec![value]),
            false => value,
        };
        self.exactly(value, ty)
    }

    fn is_windowed(&self, aggregate: &plan::Aggregate) -> bool {
        self.windowed
            .is_some_and(|windowed| std::ptr::eq(windowed, aggregate))
    }

    /// The aggregate's form, of rows where it stands in a window.
    pub(super) fn aggregate_inner(
        &mut self,
        expr: &plan::Expr,
        aggregate: &'a plan::Aggregate,
    ) -> Expr<'a> {
        // FILTER takes no aggregate, which the condition of a window may have.
        let filters =
            self.dialect.has_filter() && !aggregate.condition.as_ref().is_some_and(has_aggregate);
        let condition = aggregate
            .condition
            .as_ref()
            .map(|condition| self.expression_for(condition, Use::Truth));
        let function = match aggregate.function {
            // Among rows that do not count, `any_value` would find the null that stands for them.
            AggregateId::AnyValue if condition.is_some() && !filters => AggregateId::Max,
            function => function,
        };
        let mut keys = aggregate.order_by.iter();
        let ordered =
            !self.is_windowed(aggregate) && keys.any(|key| !is_constant(key.value.unguarded()));
        self.features.mode |= function == AggregateId::Mode;
        let form = self.dialect.spell(Spelling::Aggregate {
            function,
            distinct: aggregate.distinct,
            operands: &aggregate.arguments,
            ty: &expr.ty,
            ordered,
        });
        let form = match form {
            Ok(form) => form,
            Err(refusal) => return self.refused(expr.span, refusal),
        };
        self.functions.extend(form.registers);
        let mut operands = self.expressions(&aggregate.arguments);
        let gathered = match aggregate.function {
            AggregateId::JsonAgg => Some(0),
            AggregateId::JsonObjectAgg => Some(1),
            _ => None,
        };
        if let Some(place) = gathered
            && let Some(argument) = aggregate.arguments.get(place)
            && let Ok(item) = self.dialect.spell(Spelling::JsonItem(argument))
        {
            let value = operands.remove(place);
            operands.insert(place, Expr::form(item, vec![value]));
        }
        if aggregate.distinct {
            let counted = match aggregate.function {
                AggregateId::Count => operands.len(),
                AggregateId::StringAgg | AggregateId::ArrayAgg => 1,
                _ => 0,
            };
            operands = operands
                .into_iter()
                .zip(&aggregate.arguments)
                .enumerate()
                .map(|(place, (operand, argument))| {
                    if place < counted {
                        self.gathered(aggregate, operand, &argument.ty)
                    } else {
                        operand
                    }
                })
                .collect();
        }
        let Some(condition) = condition else {
            if ordered {
                operands.push(self.keys(aggregate));
            }
            return Expr::form(form, operands);
        };
        if filters && let Some(place) = behind_the_aggregate(&form.sql) {
            if ordered {
                operands.push(self.keys(aggregate));
            }
            let mut sql = form.sql.into_owned();
            sql.insert_str(place, &format!(" FILTER (WHERE {{{}}})", operands.len()));
            operands.push(condition);
            return Expr::Form {
                sql: sql.into(),
                binds: form.binds,
                holes: form.holes,
                operands,
            };
        }
        // Rows that do not count give null, which no aggregate counts.
        let case = |condition, value| Expr::Case {
            branches: vec![(condition, value)],
            otherwise: None,
        };
        if operands.is_empty() {
            return Expr::form(
                Form::atom("count({0})"),
                vec![case(condition, Expr::atom("1"))],
            );
        }
        let first = operands.remove(0);
        operands.insert(0, case(condition, first));
        if ordered {
            operands.push(self.keys(aggregate));
        }
        Expr::Form {
            sql: form.sql,
            binds: form.binds,
            holes: form.holes,
            operands,
        }
    }
}

/// The aggregates that the dialects' templates call.
const AGGREGATES: [&str; 37] = [
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "bool_and",
    "bool_or",
    "string_agg",
    "group_concat",
    "bit_and",
    "bit_or",
    "bit_xor",
    "stddev_pop",
    "stddev_samp",
    "var_pop",
    "var_samp",
    "covar_pop",
    "covar_samp",
    "corr",
    "percentile_cont",
    "percentile_disc",
    "mode",
    "array_agg",
    "jsonb_agg",
    "json_group_array",
    "jsonb_object_agg",
    "json_group_object",
    "regr_count",
    "regr_avgx",
    "regr_avgy",
    "regr_sxx",
    "regr_syy",
    "regr_sxy",
    "regr_slope",
    "regr_intercept",
    "regr_r2",
    "json_arrayagg",
];

/// Where FILTER may stand in a template: behind the call of its aggregate, if it has exactly one.
fn behind_the_aggregate(sql: &str) -> Option<usize> {
    match behind_aggregates(sql).as_slice() {
        [only] if !sql.contains("FILTER") => Some(*only),
        _ => None,
    }
}

/// The places behind the calls of aggregates in a template, from left to right; none where a query is in it.
pub(super) fn behind_aggregates(sql: &str) -> Vec<usize> {
    let mut places = Vec::new();
    if sql.contains("SELECT") {
        return places;
    }
    for (open, _) in sql.match_indices('(') {
        let before = sql.get(..open).unwrap_or("");
        let start = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .map_or(0, |at| at + 1);
        if AGGREGATES.contains(&before.get(start..).unwrap_or(""))
            && let Some(end) = closing(sql, open)
        {
            places.push(end);
        }
    }
    places.sort_unstable();
    places
}

/// The place behind the parenthesis that closes the one at `open`.
pub(super) fn closing(sql: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in sql.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                let ends = !sql
                    .get(at + 1..)
                    .is_some_and(|rest| rest.starts_with(" WITHIN GROUP ("));
                if depth == 0 && ends {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
