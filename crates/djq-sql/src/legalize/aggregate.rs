//! Aggregates: their condition and order.

use super::{Legalizer, expression::Use};
use crate::{
    dialect::{Binding, Form, Spelling},
    legal::Expr,
};
use djq_check::functions::AggregateId;
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn aggregate(
        &mut self,
        expr: &plan::Expr,
        aggregate: &'a plan::Aggregate,
    ) -> Expr<'a> {
        let condition = aggregate
            .condition
            .as_ref()
            .map(|condition| self.expression_for(condition, Use::Truth));
        let function = match aggregate.function {
            // Among rows that do not count, `any_value` would find the null that stands for them.
            AggregateId::AnyValue if condition.is_some() && !self.dialect.has_filter() => {
                AggregateId::Max
            }
            function => function,
        };
        let ordered = !aggregate.order_by.is_empty();
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
        let Some(condition) = condition else {
            if ordered {
                operands.push(Expr::OrderBy(self.order_by(&aggregate.order_by)));
            }
            return Expr::form(form, operands);
        };
        if self.dialect.has_filter() && is_one_call(&form.sql) {
            if ordered {
                operands.push(Expr::OrderBy(self.order_by(&aggregate.order_by)));
            }
            let hole = operands.len();
            operands.push(condition);
            return Expr::form(
                Form {
                    sql: format!("{} FILTER (WHERE {{{hole}}})", form.sql).into(),
                    ..form
                },
                operands,
            );
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
            operands.push(Expr::OrderBy(self.order_by(&aggregate.order_by)));
        }
        Expr::Form {
            sql: form.sql,
            binds: form.binds,
            holes: Binding::Atom.min(form.holes),
            operands,
        }
    }
}

/// Whether a template is one call and nothing around it, so that FILTER may stand behind it.
fn is_one_call(sql: &str) -> bool {
    let Some(open) = sql.find('(') else {
        return false;
    };
    let named = sql.get(..open).is_some_and(|name| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    let mut depth = 0usize;
    for (at, byte) in sql.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return named && at + 1 == sql.len();
                }
            }
            _ => {}
        }
    }
    false
}
