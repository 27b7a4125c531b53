//! Orders, nulls in them, pages.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{Type, hir::Literal};
use djq_client::Value;
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

fn ratings(descending: bool, nulls_first: bool) -> Query {
    let mut query = query(select(
        table(ENTRY),
        vec![item("id", id(ENTRY)), item("rating", rating())],
    ));
    query.order_by = vec![
        OrderKey {
            value: expr(ExprKind::Item(1), Type::Int.nullable()),
            descending,
            nulls_first,
        },
        by(0, Type::BigInt.required()),
    ];
    query
}

#[test]
fn nulls_go_where_they_are_said_to_go() {
    for descending in [false, true] {
        for nulls_first in [false, true] {
            let rows = same_rows(&plan(ratings(descending, nulls_first)), &[]);
            let ends = [&rows[0][1], &rows[rows.len() - 1][1]];
            assert_eq!(ends.map(|end| end == "null"), [nulls_first, !nulls_first]);
        }
    }
}

#[test]
fn a_page_of_parameters() {
    let mut query = ratings(false, false);
    query.limit = Some(param(0, Type::Int.required()));
    query.offset = Some(param(1, Type::BigInt.required()));
    let columns = vec![Type::BigInt.required(), Type::Int.nullable()];
    let plan = plan_with(
        query,
        columns,
        &[Type::Int.required(), Type::BigInt.required()],
    );
    let rows = same_rows(&plan, &[Value::Int(3), Value::Int(2)]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn an_offset_alone() {
    let all = same_rows(&plan(ratings(false, false)), &[]);
    let mut query = ratings(false, false);
    query.offset = Some(int(2));
    assert_eq!(same_rows(&plan(query), &[]), all[2..]);
}

#[test]
fn constants_neither_sort_nor_group() {
    let mut query = query(Select {
        grouped: true,
        group_by: vec![int(1)],
        ..select(table(ENTRY), vec![item("entries", count())])
    });
    query.order_by = vec![OrderKey {
        value: literal(Literal::Text("x".into()), Type::Text),
        descending: false,
        nulls_first: false,
    }];
    let plan = plan(query);
    assert_eq!(same_rows(&plan, &[]).len(), 1);
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan), @r"
    SELECT count(*) AS entries
    FROM blog_entry AS e
    HAVING count(*) > 0
    ");
}
