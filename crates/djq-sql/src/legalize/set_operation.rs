//! Set operations: what stands in parentheses, and what a dialect lacks.

use super::Legalizer;
use crate::{
    dialect::Form,
    legal::{Body, Expr, From, Item, Name, Query, Select, Side},
};
use djq_check::hir::SetOperator;
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn set_operation(
        &mut self,
        operator: SetOperator,
        all: bool,
        left: &'a plan::Query,
        right: &'a plan::Query,
    ) -> Body<'a> {
        let (left, right) = (self.side_of(operator, left), self.side_of(operator, right));
        if all && !self.dialect.has_set_operation(operator, all) {
            return self.counted(operator, left, right);
        }
        Body::SetOperation {
            operator,
            all,
            left: self.side(left, operator, true),
            right: self.side(right, operator, false),
        }
    }

    /// A side, its windows out of reach of what is asked of the result.
    fn side_of(&mut self, operator: SetOperator, side: &'a plan::Query) -> Query<'a> {
        let query = self.exact_side(side);
        let apart = operator == SetOperator::Intersect
            && !self.dialect.has_windows_in_intersect()
            && super::lateral::makes_windows(side);
        if apart {
            self.derived(query, "windowed")
        } else {
            query
        }
    }

    /// A side whose text is compared exactly where that is asked for.
    fn exact_side(&mut self, side: &'a plan::Query) -> Query<'a> {
        let mut query = self.query(side);
        if let (Body::Select(select), plan::Body::Select(plan)) = (&mut query.body, &side.body) {
            for (item, plan) in select.items.iter_mut().zip(&plan.items) {
                if let (plan::ExprKind::Param(_), Some(sql)) = (
                    &plan.value.kind,
                    self.dialect.typed_side(&plan.value.ty.kind),
                ) {
                    let value = std::mem::replace(&mut item.value, Expr::atom("NULL"));
                    item.value = Expr::form(Form::atom(sql), vec![value]);
                }
            }
        }
        if let (Body::Select(select), plan::Body::Select(plan)) = (&mut query.body, &side.body)
            && !plan.distinct
            && !plan.grouped
        {
            self.exact_items(&mut select.items, &plan.items);
        }
        query
    }

    /// A side: in parentheses where it needs them, and as a derived table where there are none to have.
    fn side(&mut self, query: Query<'a>, operator: SetOperator, is_left: bool) -> Side<'a> {
        let alone = query.is_bare()
            && match &query.body {
                Body::Select(_) | Body::Values { .. } => true,
                // From left to right, but INTERSECT first where the standard is followed.
                Body::SetOperation {
                    operator: inner, ..
                } => {
                    is_left
                        && (!self.dialect.has_parenthesised_sides()
                            || operator != SetOperator::Intersect
                            || *inner == SetOperator::Intersect)
                }
            };
        if alone {
            Side {
                query: Box::new(query),
                parentheses: false,
            }
        } else if self.dialect.has_parenthesised_sides() {
            Side {
                query: Box::new(query),
                parentheses: true,
            }
        } else {
            Side {
                query: Box::new(self.derived(query, "side")),
                parentheses: false,
            }
        }
    }

    /// INTERSECT ALL and EXCEPT ALL: a row that is there for the n-th time is told from the others by n.
    fn counted(
        &mut self,
        operator: SetOperator,
        mut left: Query<'a>,
        mut right: Query<'a>,
    ) -> Body<'a> {
        left.name_items();
        right.name_items();
        let names: Vec<Name<'a>> = left.items().iter().map(|item| item.name.clone()).collect();
        let mut number = String::from("n");
        while names.iter().any(|name| **name == *number) {
            number.push('_');
        }
        let number = Name::from(number);
        let left = self.numbered(left, &number);
        let right = self.numbered(right, &number);
        let both = Query::bare(Body::SetOperation {
            operator,
            all: false,
            left: Side {
                query: Box::new(left),
                parentheses: false,
            },
            right: Side {
                query: Box::new(right),
                parentheses: false,
            },
        });
        let mut outer = self.derived(both, "counted");
        if let Body::Select(select) = &mut outer.body {
            select.items.truncate(names.len());
        }
        outer.body
    }

    fn numbered(&mut self, query: Query<'a>, number: &Name<'a>) -> Query<'a> {
        let alias = self.own_alias("side");
        let column = |name: &Name<'a>| Expr::Column(alias.clone(), name.clone());
        let mut items: Vec<_> = query
            .items()
            .iter()
            .map(|item| Item {
                value: column(&item.name),
                name: item.name.clone(),
            })
            .collect();
        items.push(Item {
            value: Expr::row_number(
                query
                    .items()
                    .iter()
                    .map(|item| column(&item.name))
                    .collect(),
                Vec::new(),
            ),
            name: number.clone(),
        });
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

    /// An order over a set operation by more than its outputs, which some servers refuse there.
    pub(super) fn ordered_by_expression(&mut self, query: Query<'a>) -> Query<'a> {
        let plain = matches!(query.body, Body::Select(_))
            || query
                .order_by
                .iter()
                .all(|key| matches!(key.value.unguarded(), Expr::Name(_)));
        if plain {
            return query;
        }
        let Query {
            recursive,
            ctes,
            body,
            order_by,
            limit,
            no_limit,
            offset,
        } = query;
        let bare = Query::bare(body);
        Query {
            recursive,
            ctes,
            order_by,
            limit,
            no_limit,
            offset,
            ..self.derived(bare, "either")
        }
    }
}
