//! Nested rows as JSON.

use super::Legalizer;
use crate::{
    dialect::{Form, JsonList, Refusal},
    legal::Expr,
};
use djq_check::{Type, hir::Literal};
use djq_plan::plan::{self, ExprKind, JsonMember};

impl<'a> Legalizer<'a> {
    /// The object of a nested row.
    pub(super) fn json_object(&mut self, members: &'a [JsonMember]) -> Expr<'a> {
        let mut operands = Vec::with_capacity(2 * members.len());
        for member in members {
            let name = Literal::Text(member.name.clone());
            operands.push(match self.dialect.literal(&name, &Type::Text) {
                Ok(constant) => Expr::Text(constant.sql, constant.binds),
                Err(refusal) => self.refused(member.value.span, refusal),
            });
            operands.push(self.json_member(member));
        }
        Expr::form(self.dialect.json_object(members.len()), operands)
    }

    fn json_member(&mut self, member: &'a JsonMember) -> Expr<'a> {
        let value = &member.value;
        let form = match (&value.kind, member.nested) {
            (ExprKind::JsonObject(_), true) => return self.expression(value),
            (_, true) if depth(value) > self.dialect.json_depth() => Err(Refusal {
                why: "its JSON has no arrays and objects in each other as deep as these rows are nested".into(),
                instead: Some("`nest = \"levels\"`, which fetches nested rows by a statement for each level".into()),
            }),
            (_, true) => Ok(self.dialect.json_within()),
            (ExprKind::Literal(Literal::Null), false) => return Expr::atom("NULL"),
            (_, false) => self.dialect.json_value(&value.ty),
        };
        self.spelt(value, form, |this| vec![this.expression(value)])
    }

    /// The array of nested rows.
    pub(super) fn json_list(
        &mut self,
        item: &'a plan::Expr,
        order_by: &'a [plan::OrderKey],
    ) -> Expr<'a> {
        let outer = std::mem::replace(&mut self.aggregating, true);
        let mut operands = vec![self.expression(item)];
        let keys = self.order_in_aggregate(order_by);
        self.aggregating = outer;
        let list = self.dialect.json_list(!keys.is_empty());
        if !keys.is_empty() {
            operands.push(Expr::Keys(keys));
        }
        match list {
            JsonList::Aggregate(form) | JsonList::Window { form, .. } => Expr::form(form, operands),
        }
    }

    /// Whether a query is the array of nested rows, which this dialect makes by a window.
    pub(super) fn is_windowed_list(&self, query: &plan::Query) -> bool {
        order_of_list(query).is_some_and(|ordered| {
            matches!(self.dialect.json_list(ordered), JsonList::Window { .. })
        })
    }

    /// The first row's window, or an empty array where there is no row.
    pub(super) fn windowed_list(&mut self, query: &'a plan::Query) -> Expr<'a> {
        let mut legal = self.query(query);
        legal.forget_names();
        legal.limit = Some(Expr::atom("1"));
        let empty = match self.dialect.json_list(true) {
            JsonList::Window { empty, .. } => empty,
            JsonList::Aggregate(_) => "NULL",
        };
        Expr::form(
            Form::atom("coalesce({0}, {1})"),
            vec![Expr::Query(Box::new(legal)), Expr::atom(empty)],
        )
    }
}

/// How many arrays and objects are in each other.
fn depth(value: &plan::Expr) -> usize {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &value.kind {
        ExprKind::JsonObject(members) => {
            let nested = members.iter().filter(|member| member.nested);
            1 + nested.map(|member| depth(&member.value)).max().unwrap_or(0)
        }
        ExprKind::JsonList { item, .. } => 1 + depth(item),
        ExprKind::Case { branches, .. } => branches
            .iter()
            .map(|(_, value)| depth(value))
            .max()
            .unwrap_or(0),
        ExprKind::Scalar(query) => match &query.body {
            plan::Body::Select(select) => select.items.first().map_or(0, |item| depth(&item.value)),
            _ => 0,
        },
        _ => 0,
    })
}

/// Of a query that is the array of nested rows, whether it has an order.
fn order_of_list(query: &plan::Query) -> Option<bool> {
    let plan::Body::Select(select) = &query.body else {
        return None;
    };
    match select.items.as_slice() {
        [
            plan::Item {
                value:
                    plan::Expr {
                        kind: ExprKind::JsonList { order_by, .. },
                        ..
                    },
                ..
            },
        ] => Some(
            order_by
                .iter()
                .any(|key| !super::query::is_constant(&key.value)),
        ),
        _ => None,
    }
}
