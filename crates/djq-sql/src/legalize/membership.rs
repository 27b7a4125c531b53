//! `x in …`.

use super::{Legalizer, truth, walk};
use crate::{
    dialect::{Binding, Form, Refusal},
    legal::{Body, Expr, From, Item, Query, Select},
    rendered::SlotValue,
};
use djq_check::{Ty, Type, hir::ParamId};
use djq_diagnostics::codes;
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    pub(super) fn in_list(
        &mut self,
        value: &'a plan::Expr,
        list: &'a [plan::Expr],
        negated: bool,
    ) -> Expr<'a> {
        if matches!(value.kind, ExprKind::Row(_)) && !self.dialect.has_row_lists() {
            return self.in_row_list(value, list, negated);
        }
        let left = match (&value.kind, list.first()) {
            (ExprKind::Row(_), _) => self.exact(value),
            (_, Some(first)) => {
                let left = self.beside(value, first);
                self.exactly(left, &value.ty)
            }
            (_, None) => self.exact(value),
        };
        Expr::InList {
            value: Box::new(left),
            negated,
            list: list.iter().map(|item| self.beside(item, value)).collect(),
        }
    }

    /// `(a, b) = (1, 2) OR …`
    fn in_row_list(
        &mut self,
        value: &'a plan::Expr,
        list: &'a [plan::Expr],
        negated: bool,
    ) -> Expr<'a> {
        let mut any: Vec<_> = list
            .iter()
            .map(|row| equal(self.exact(value), self.expression(row)))
            .collect();
        let any = if any.len() > 1 {
            Expr::Chain(crate::legal::Chain::Or, any)
        } else {
            any.pop().unwrap_or_else(|| Expr::atom("FALSE"))
        };
        if negated {
            Expr::Not(Box::new(any))
        } else {
            any
        }
    }

    /// An operand that is compared exactly where that is asked for; of a row, each value.
    pub(super) fn exact(&mut self, value: &'a plan::Expr) -> Expr<'a> {
        if let ExprKind::Row(values) = &value.kind {
            return Expr::Row(values.iter().map(|value| self.exact(value)).collect());
        }
        let operand = self.expression(value);
        self.exactly(operand, &value.ty)
    }

    pub(super) fn in_param(
        &mut self,
        expr: &plan::Expr,
        value: &'a plan::Expr,
        param: ParamId,
    ) -> Expr<'a> {
        let element = usize::try_from(param.0)
            .ok()
            .and_then(|place| self.plan.interface.parameters.get(place))
            .and_then(|parameter| match &parameter.ty.kind {
                Type::List(element) => match element.kind {
                    Type::Key(_) => None,
                    _ => Some((**element).clone()),
                },
                _ => None,
            })
            .unwrap_or_else(|| value.ty.clone());
        let values = match &value.kind {
            ExprKind::Row(values) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        self.in_bound(expr, values, SlotValue::Param(param), element)
    }

    pub(super) fn in_parent(&mut self, expr: &plan::Expr, values: &'a [plan::Expr]) -> Expr<'a> {
        let element = match values {
            [value] => value.ty.clone(),
            values => Type::Row(
                values
                    .iter()
                    .map(|value| (Box::from(""), value.ty.clone()))
                    .collect(),
            )
            .required(),
        };
        self.in_bound(
            expr,
            values,
            SlotValue::ParentKeys,
            element.with_null(false),
        )
    }

    fn in_bound(
        &mut self,
        expr: &plan::Expr,
        values: &'a [plan::Expr],
        list: SlotValue,
        element: Ty,
    ) -> Expr<'a> {
        let form = match values {
            [_] => self.dialect.in_list_parameter(&element),
            values => self.dialect.in_rows_parameter(values),
        };
        self.spelt(expr, form, |this| {
            let mut operands: Vec<_> = values.iter().map(|value| this.exact(value)).collect();
            operands.push(this.slot(list, element, true));
            operands
        })
    }

    /// `x in (query)`; with `known`, never null.
    pub(super) fn in_query(
        &mut self,
        expr: &plan::Expr,
        value: &'a plan::Expr,
        query: &'a plan::Query,
        known: bool,
        negated: bool,
    ) -> Expr<'a> {
        if truth::is_empty(query) {
            return Expr::atom(if negated { "TRUE" } else { "FALSE" });
        }
        let may_be_null = has_null(value) || items(query).iter().any(|item| has_null(&item.value));
        // A row with a query in it: `exists` compares its values one by one, and knows no null.
        let queried = matches!(value.kind, ExprKind::Row(_))
            && !self.dialect.has_query_in_row()
            && walk::has_query(value);
        if queried && (!is_plain(query) || (may_be_null && !known)) {
            self.refuse(
                expr.span,
                Refusal {
                    why: "a row on the left of `in` cannot have a query in it there".into(),
                    instead: Some(
                        "compare with `exists (from … where …)`, or make the value a column of a source".into(),
                    ),
                },
            );
        }
        if queried || (known && may_be_null) {
            return self.known_in_query(expr, value, query, negated);
        }
        let left = Box::new(self.exact(value));
        Expr::InQuery {
            value: left,
            negated,
            query: Box::new(self.query_in_list(expr, query)),
        }
    }

    /// `EXISTS` says false where `IN` would say null; a query that is more than a filter is asked as a whole.
    fn known_in_query(
        &mut self,
        expr: &plan::Expr,
        value: &'a plan::Expr,
        query: &'a plan::Query,
        negated: bool,
    ) -> Expr<'a> {
        let plain =
            is_plain(query) && !walk::has_aggregate(value) && !super::lateral::has_window(value);
        let left = self.exact(value);
        let mut legal = if plain {
            self.query(query)
        } else {
            self.query_in_list(expr, query)
        };
        let known = match (plain, &mut legal.body) {
            (true, Body::Select(select)) => {
                let mut values: Vec<_> = std::mem::take(&mut select.items)
                    .into_iter()
                    .map(|item| item.value)
                    .collect();
                let right = match (values.pop(), values.is_empty()) {
                    (Some(value), true) => value,
                    (last, _) => {
                        values.extend(last);
                        Expr::Row(values)
                    }
                };
                select.items.push(one());
                select.distinct = false;
                select.filter = Expr::all(
                    select
                        .filter
                        .take()
                        .into_iter()
                        .chain([equal(right, left)])
                        .collect(),
                );
                legal.order_by.clear();
                Expr::Exists(Box::new(legal))
            }
            _ => {
                let inside = Expr::InQuery {
                    value: Box::new(left),
                    negated: false,
                    query: Box::new(legal),
                };
                Expr::form(
                    Form::infix("{0} IS TRUE", Binding::Comparison, Binding::Atom),
                    vec![inside],
                )
            }
        };
        if negated {
            Expr::Not(Box::new(known))
        } else {
            known
        }
    }

    /// `EXISTS (SELECT 1 …)`: what a query selects does not matter to it, as long as that makes no groups.
    pub(super) fn exists(&mut self, query: &'a plan::Query) -> Expr<'a> {
        if truth::is_empty(query) {
            return Expr::atom("FALSE");
        }
        let mut legal = self.query(query);
        if let (Body::Select(select), plan::Body::Select(plan)) = (&mut legal.body, &query.body)
            && !plan.grouped
        {
            select.items = vec![one()];
            if legal.limit.is_none() && legal.offset.is_none() {
                select.distinct = false;
                legal.order_by.clear();
            }
        }
        Expr::Exists(Box::new(legal))
    }

    /// A query on the right of IN: MySQL and MariaDB refuse a LIMIT there, but not one level deeper.
    fn query_in_list(&mut self, expr: &plan::Expr, query: &'a plan::Query) -> Query<'a> {
        let mut legal = self.query(query);
        let windowed = !self.dialect.has_windows_in_list() && super::lateral::makes_windows(query);
        let limited = !self.dialect.has_limit_in_subquery()
            && (legal.limit.is_some() || legal.offset.is_some());
        if !windowed && !limited {
            legal.forget_names();
            return legal;
        }
        if !self.dialect.has_outer_references_in_derived() && walk::uses_outer(query) {
            let (why, instead) = if limited {
                (
                    "a query with `limit` on the right of `in` cannot use the rows around it there",
                    "join a query that numbers the rows, or compare with a query of one row by `=`",
                )
            } else {
                (
                    "a query with windows on the right of `in` cannot use the rows around it there",
                    "join a query that has the window's value in a column, and compare with that",
                )
            };
            self.refuse_as(
                &codes::LIMITED_SUBQUERY,
                expr.span,
                Refusal {
                    why: why.into(),
                    instead: Some(instead.into()),
                },
            );
        }
        self.derived(legal, if limited { "limited" } else { "windowed" })
    }

    /// `SELECT t.a, t.b FROM (query) AS t`.
    pub(super) fn derived(&mut self, mut query: Query<'a>, what: &str) -> Query<'a> {
        query.name_items();
        let alias = self.own_alias(what);
        let items = query
            .items()
            .iter()
            .map(|item| Item {
                value: Expr::Column(alias.clone(), item.name.clone()),
                name: item.name.clone(),
            })
            .collect();
        Query::select(Select {
            items,
            from: Some(From::Derived {
                query: Box::new(query),
                lateral: false,
                alias,
            }),
            ..Select::default()
        })
    }
}

/// Whether a condition on its outputs may stand in its WHERE.
fn is_plain(query: &plan::Query) -> bool {
    match &query.body {
        plan::Body::Select(select) => {
            !select.grouped
                && select.group_by.is_empty()
                && query.ctes.is_empty()
                && query.limit.is_none()
                && query.offset.is_none()
                && !select
                    .items
                    .iter()
                    .any(|item| super::lateral::has_window(&item.value))
        }
        plan::Body::SetOperation { .. } | plan::Body::Values(_) => false,
    }
}

/// `1`, what EXISTS selects.
fn one<'a>() -> Item<'a> {
    Item {
        value: Expr::atom("1"),
        name: "".into(),
    }
}

/// `left = right`.
pub(super) fn equal<'a>(left: Expr<'a>, right: Expr<'a>) -> Expr<'a> {
    Expr::form(
        Form::infix("{0} = {1}", Binding::Comparison, Binding::Other),
        vec![left, right],
    )
}

/// The output of a query's first SELECT.
pub(super) fn items(query: &plan::Query) -> &[plan::Item] {
    match &query.body {
        plan::Body::Select(select) => &select.items,
        plan::Body::SetOperation { left, .. } => items(left),
        plan::Body::Values(_) => &[],
    }
}

fn has_null(expr: &plan::Expr) -> bool {
    match &expr.kind {
        ExprKind::Row(values) => values.iter().any(has_null),
        _ => expr.ty.nullable,
    }
}
