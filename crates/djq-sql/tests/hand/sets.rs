//! Set operations.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{Type, hir::SetOperator};
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

fn authors() -> Query {
    query(select(
        table(ENTRY),
        vec![item(
            "id",
            column(ENTRY, "author_id", Type::BigInt.required()),
        )],
    ))
}

fn editors() -> Query {
    query(select(
        table(ENTRY),
        vec![item(
            "id",
            column(ENTRY, "editor_id", Type::BigInt.nullable()),
        )],
    ))
}

fn everyone() -> Query {
    query(select(table(AUTHOR), vec![item("id", id(AUTHOR))]))
}

fn set(operator: SetOperator, all: bool, left: Query, right: Query) -> Query {
    Query {
        ctes: Vec::new(),
        body: Body::SetOperation {
            operator,
            all,
            left: Box::new(left),
            right: Box::new(right),
        },
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}

#[test]
fn every_operator() {
    for operator in [
        SetOperator::Union,
        SetOperator::Intersect,
        SetOperator::Except,
    ] {
        for all in [false, true] {
            same_rows(&plan(set(operator, all, authors(), editors())), &[]);
            same_rows(&plan(set(operator, all, editors(), authors())), &[]);
        }
    }
}

#[test]
fn they_nest_as_written() {
    use SetOperator::{Except, Intersect, Union};
    let left = set(
        Intersect,
        false,
        set(Union, true, authors(), editors()),
        everyone(),
    );
    same_rows(&plan(left), &[]);
    let right = set(
        Except,
        false,
        everyone(),
        set(Except, false, authors(), editors()),
    );
    let plan = plan(right);
    same_rows(&plan, &[]);
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
}

#[test]
fn sides_with_order_and_limit_and_nulls_last() {
    let mut left = editors();
    left.order_by = vec![OrderKey {
        value: expr(ExprKind::Item(0), Type::BigInt.nullable()),
        descending: true,
        nulls_first: true,
    }];
    left.limit = Some(int(5));
    let mut query = set(SetOperator::Union, false, left, everyone());
    query.order_by = vec![by(0, Type::BigInt.nullable())];
    query.limit = Some(int(4));
    let plan = plan(query);
    assert!(!same_rows(&plan, &[]).is_empty());
    insta::assert_snapshot!(sql(DialectId::Sqlite, &plan));
}
